"""Amounts of money as a decision prints them: in capitals (人民币大写) and in figures.

The rules are those for bills and settlement vouchers (正确填写票据和结算凭证的基本规定), which decisions follow by
custom. Where a rule leaves a choice there is one house form: 整 after 元 and after 角, an optional 零 is left out.
"""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
LARGEST_FEN = 10**16 * 100 - 1
"""Up to 9,999 万亿 yuan; nothing larger has a place in GROUPS."""


def capitals(fen: int) -> str:
    """`fen` in Chinese capitals without the prefix 人民币: 18400000 → 壹拾捌万肆仟元整.

    Raises ValueError for a negative amount (a document has none) and beyond `LARGEST_FEN`.
    """
    if not 0 <= fen <= LARGEST_FEN:
        raise ValueError(f"an amount on a document lies between 0 and {LARGEST_FEN} fen, not {fen}")
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    if fen == 0:
        return "零元整"
    words = _whole(yuan) + "元" if yuan else ""
    if not rest:
        return words + "整"
    if jiao:
        words += DIGITS[jiao] + "角"
    elif words:
        words += "零"
    return words + (DIGITS[cents] + "分" if cents else "整")


def figures(fen: int) -> str:
    """`fen` as ¥184,000.00, with the half-width sign and thousands separators."""
    if fen < 0:
        raise ValueError(f"an amount on a document is not negative: {fen} fen")
    return f"¥{fen // 100:,}.{fen % 100:02d}"


def words_and_figures(fen: int) -> str:
    """As a decision prints an amount: 人民币壹拾捌万肆仟元整（¥184,000.00）. Where the two differ, the words decide."""
    return f"人民币{capitals(fen)}（{figures(fen)}）"


def _whole(yuan: int) -> str:
    """The yuan part in capitals, without 元."""
    groups = []
    while yuan:
        yuan, group = divmod(yuan, 10_000)
        groups.append(group)
    words = ""
    gap = False
    for place in reversed(range(len(groups))):
        group = groups[place]
        if not group:
            gap = True
            continue
        # 零 stands for zeros between two figures: a whole empty group, or the head of this one. Where only the unit
        # place before 万 or 亿 is zero (1,001,000 壹佰万壹仟) it is optional, and left out.
        if words and (gap or group < 1000):
            words += "零"
        words += _group(group) + GROUPS[place]
        gap = False
    return words


def _group(group: int) -> str:
    """Up to four digits in capitals; a run of zeros between figures is one 零, zeros at the end are silent."""
    words = ""
    gap = False
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + DIGITS[digit] + UNITS[place]
        gap = False
    return words
