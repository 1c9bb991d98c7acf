"""Whether what a rule says beside its figures stands in words in what it cites: measures, bases, must or may."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ..model import FineRule, Tier
from .figures import PER_PIECE, Figure, figures_in, needed_by

_CLAUSE = re.compile(r"[，。；：\n]")
_SENTENCE = re.compile(r"[。；\n]")
_MAY = re.compile(r"(?<![许认])可(?!能)")
_MAY_OR_ELSE = re.compile(r"(?<![许认])可(?!能)|或")
_ANY_OF_THESE = re.compile(r"可以[^；]*单处|可以[^；]*按日")

MEASURES = {
    "warning": "警告",
    "public_criticism": "通报",
    "suspend_business": "停产|停业|停止|暂停|关闭|整顿",
    "order_correction": "改正|限期|停止|治理|纠正",
    "order_rectify_deadline": "限期|逾期|期限",
    "order_stop": "停止|制止",
    "stop_practice": "停止|取缔|禁止|关闭",
    "orders": "责令|教育",
    "confiscate": "没收|收缴|追缴|销毁",
    "revoke": "吊销|撤销|注销|取消|收回|收缴",
    "revoke_optional": "吊销|撤销|注销|取消|收回|收缴",
}
"""The words of which one at least stands in a provision that lets a measure be imposed."""

PERSONAL = {
    "person_confiscate": "没收|收缴|追缴",
    "person_revoke": "吊销|撤销|注销|取消|收回|收缴",
    "person_revoke_optional": "吊销|撤销|注销|取消|收回|收缴",
    "person_ban_life": "终身",
    "police_detention_days": "拘留",
}
"""Likewise for what is imposed on the persons responsible."""

BASES = {
    "illegal_income": "违法所得|违法收入|非法所得|营业所得",
    "goods_value": "货值|价值|价款|价格|等值",
    "ad_cost": "广告费",
    "personal_income_from_unit": "收入",
    "last_year_income_from_unit": "收入",
    "annual_income": "收入",
    "last_year_turnover": "营业额|销售额",
    "evaded_duty": "税",
    "illegal_turnover": "经营额|销售额|营业额|货款",
    "traded_amount": "交易额|金额",
    "service_fee": "费",
    "original_fine": "罚款|处罚数额",
}
"""The words of which one at least stands beside a multiple of a base."""


@lru_cache(maxsize=8192)
def _spoken(words: str) -> tuple[tuple[str, str, frozenset[Figure]], ...]:
    """Each clause that holds figures, the sentence that it stands in, and its figures."""
    clauses = ((clause, sentence) for sentence in _SENTENCE.split(words) for clause in _CLAUSE.split(sentence))
    return tuple((clause, sentence, found) for clause, sentence in clauses if (found := figures_in(clause)))


def unsaid_measures(tier: Tier, named: Mapping[str, str], words: Sequence[str]) -> Iterator[str]:
    """The measures of a tier, of those named, of which the words say nothing."""
    for field, pattern in named.items():
        if getattr(tier, field) and not any(re.search(pattern, each) for each in words):
            yield f"{field}: none of {pattern.replace('|', '、')}"


def unsaid_of_fine(rule: FineRule | None, words: Sequence[str]) -> Iterator[str]:
    """What a fine says of its base, and of whether it must be imposed, and the words say otherwise.

    Only where its figures are found: that they are is looked for elsewhere.
    """
    main = next((each for each in needed_by(rule) if each.field in ("min–max", "times")), None)
    if rule is None or main is None:
        return
    spoken = (each for part in words for each in _spoken(part))
    found = [(clause, sentence) for clause, sentence, figures in spoken if main.stands_in(figures)]
    if not found:
        return
    if rule.optional and not any(
        _MAY_OR_ELSE.search(clause) or _ANY_OF_THESE.search(all_of) for clause, all_of in found
    ):
        yield f"{main}: optional, but neither 可以 nor another choice"
    if not rule.optional and all(_MAY.search(clause) for clause, _ in found):
        yield f"{main}: obligatory, but only with 可以"
    if main.field == "times" and rule.base not in PER_PIECE:
        pattern = BASES.get(rule.base or "", "")
        if not any(re.search(pattern, clause) for clause, _ in found):
            yield f"{main} of {rule.base}: none of {pattern.replace('|', '、')}"
