"""The first letter of a surname's reading: 陈 → C. Pure.

GB 2312 orders its commoner characters by their reading, so the first character of each letter is enough; surnames among
its rarer characters, and those read otherwise as a name, are listed.
"""

from bisect import bisect_right

_FIRSTS = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
_STARTS = [one.encode("gb2312") for one in _FIRSTS]
_LAST = "座".encode("gb2312")

_OTHERWISE = {
    surname: letter
    for letter, surnames in {
        "C": "岑晁谌褚种", "D": "窦邸", "F": "樊", "G": "盖", "J": "嵇", "M": "缪", "O": "区", "P": "朴逄",
        "Q": "覃仇裘瞿麴", "R": "任", "S": "单佘邵莘", "X": "解冼郗", "Y": "闫鄢嬴尉乐", "Z": "曾翟祭臧查长",
    }.items()
    for surname in surnames
}  # fmt: skip


def initial_of(surname: str) -> str:
    """The letter of a surname; a Latin name keeps its own, an unknown character is told as X."""
    first = surname[:1]
    if first.isascii():
        return first.upper() or "X"
    if first in _OTHERWISE:
        return _OTHERWISE[first]
    try:
        code = first.encode("gb2312")
    except UnicodeEncodeError:
        return "X"
    at = bisect_right(_STARTS, code)
    return _LETTERS[at - 1] if at > 0 and code <= _LAST else "X"
