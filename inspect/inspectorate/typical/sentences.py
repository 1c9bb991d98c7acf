"""The cells of annex 2. They are official text and therefore Chinese whatever the language of the screen."""

from collections.abc import Iterable, Sequence

from ..cases.models import Penalty
from ..codes import PENALTIES
from ..law.listing import listed_by_law
from ..law.statutes import Citation

LAW_PATTERN = "违反了《{law}》第{art}条;按照《{law}》第{art}条进行处罚"
PENALTY_PATTERN = "警告,(罚款: {yuan}元);行政强制及其他措施:责令改正"
_ONE_CITATION = "《{law}》第{art}条"


def law_cell(pattern: str | None, violated: Sequence[Citation], basis: Sequence[Citation]) -> str:
    """违反法律及处罚依据: the template's sentence with the real provisions in the places of its two examples."""
    text = pattern or LAW_PATTERN
    for cited in (violated, basis):
        text = text.replace(_ONE_CITATION, "、".join(listed_by_law(cited)), 1)
    return text


def penalty_cell(pattern: str | None, penalties: Iterable[Penalty], order_correction: bool) -> str:
    """行政处罚具体内容: penalties, and behind them the measures; an order to correct is a measure, not a penalty."""
    _head, semicolon, tail = (pattern or PENALTY_PATTERN).partition(";")
    words = ",".join(_penalty(penalty) for penalty in penalties)
    measures = f"{semicolon}{tail}" if order_correction and tail else ""
    return (words or "无行政处罚") + measures


def _penalty(penalty: Penalty) -> str:
    word = PENALTIES.get(penalty.kind, penalty.kind)
    if penalty.kind == "fine" and penalty.amount_fen is not None:
        return f"(罚款: {plain(penalty.amount_fen)}元)"
    if penalty.kind == "confiscate_income" and penalty.amount_fen is not None:
        return f"(没收违法所得: {plain(penalty.amount_fen)}元)"
    return f"{word}({penalty.detail})" if penalty.detail else word


def plain(fen: int) -> str:
    """18400000 fen → 184000; 5 fen → 0.05."""
    whole, part = divmod(fen, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".") if part else str(whole)


def in_words(penalty: Penalty) -> str:
    """罚款人民币184000元; 吊销许可证件（医疗机构执业许可证）."""
    word = PENALTIES.get(penalty.kind, penalty.kind)
    if penalty.kind in ("fine", "confiscate_income") and penalty.amount_fen is not None:
        return f"{word}人民币{plain(penalty.amount_fen)}元"
    return f"{word}（{penalty.detail.strip()}）" if penalty.detail and penalty.detail.strip() else word
