"""How the demo's fines are weighed: the invented local standard, its tiers, and what is special in a few cases."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from ..accounts.actor import SYSTEM, Actor
from ..accounts.models import Agency
from ..cases import actions as cases
from ..extensions import db
from ..interchange.loading import Loader
from ..interchange.reading import Entry
from ..law.ranges import PenaltyRange
from ..law.standards import LocalTier, applied, narrow
from ..money import plain_yuan
from ..standards.actions import load_standard
from ..standards.queries import binding
from .sanctions import HUNDRED_YUAN, Charge

STANDARD = Path(__file__).with_name("data") / "standard.toml"
AGAIN = ("演示卫医罚〔2024〕11号", "演示卫医罚〔2025〕7号")


def load_demo_standard(administrator: Actor) -> None:
    """The province's standard, as its administrator loads it."""
    agency = db.session.get_one(Agency, administrator.agency_id)
    load_standard(administrator, STANDARD.read_text(encoding="utf-8"), STANDARD.name, agency)


def criminal_fine(day: date) -> cases.CriminalFine:
    """The sentence of an invented court, some days before."""
    return cases.CriminalFine(3_000_000, "演示区人民法院", f"（{day.year}）演0106刑初18号", day - timedelta(days=2))


def weighed(
    special: str | None, finding_id: int, fine: int | None, found: PenaltyRange, region: str, on: date
) -> cases.FineProposal:
    """The fine as the handlers propose it: with its local tier, and with reasons where it needs them."""
    if special == "court":
        return cases.FineProposal(finding_id, None)
    tiers = _tiers(found, region, on)
    if special == "mitigated" and found.fine:
        lower = found.fine.min * 8 // 10 // HUNDRED_YUAN * HUNDRED_YUAN
        name = tiers[0].name if tiers else None
        reason = "当事人在立案前即停止诊疗活动，并向全部顾客退还费用，有退款凭证和顾客签收记录为证"
        return cases.FineProposal(finding_id, lower, ("harm_undone",), reason, local_tier=name)
    fitting = next((tier for tier in tiers if _holds(found, tier, fine)), None)
    if special == "departs" and tiers and fine:
        other = next(tier for tier in tiers if tier is not fitting)
        reason = "当事人同时存在该阶次的情节和较轻情节，经集体讨论，综合全案在相邻阶次内确定罚款数额"
        return cases.FineProposal(finding_id, fine, local_tier=other.name, departure=reason)
    if tiers and not fine:
        reason = "违法情节轻微，当事人当场改正，未造成危害后果，所处其他处罚足以起到惩戒和教育作用，不再并处罚款"
        return cases.FineProposal(finding_id, None, local_tier=tiers[0].name, departure=reason)
    return cases.FineProposal(finding_id, fine, local_tier=fitting.name if fitting else None)


def _tiers(found: PenaltyRange, region: str, on: date) -> tuple[LocalTier, ...]:
    ruled = applied(binding("health", region, on), found, region, "health", on)
    return ruled.rule.tiers if ruled else ()


def _holds(found: PenaltyRange, tier: LocalTier, fine: int | None) -> bool:
    span = narrow(found, tier)
    return span is not None and fine is not None and span.min <= fine <= span.max


def punish_before(person: str, charge: Charge, agency: str, today: date) -> None:
    """Two earlier penalties of a person for the same, in another province, loaded like a stranger's."""
    Loader(SYSTEM).load(_earlier(person, charge, agency, today))


def _earlier(person: str, charge: Charge, agency: str, today: date) -> Iterator[Entry]:
    for place, number in enumerate(AGAIN):
        filed = today - timedelta(days=760 - 330 * place)
        facts = f"{filed.year}年{filed.month}月，在租住房内为他人注射美容产品，收取费用12000元。"
        income = 1_200_000
        record = {
            "type": "case",
            "key": f"demo-again-{place + 1}",
            "agency": agency,
            "region": "440106",
            "filed_on": filed.isoformat(),
            "closed_on": (filed + timedelta(days=70)).isoformat(),
            "respondents": [
                {
                    "subject": person,
                    "violations": [{"code": charge.offence.code, "facts": facts, "illegal_income": plain_yuan(income)}],
                    "decision": {
                        "number": number,
                        "decided_on": (filed + timedelta(days=40)).isoformat(),
                        "served_on": (filed + timedelta(days=42)).isoformat(),
                        "order_correction": True,
                        "penalties": [
                            {"kind": "fine", "amount": plain_yuan(income * 3)},
                            {"kind": "confiscate_income", "amount": plain_yuan(income)},
                        ],
                    },
                }
            ],
        }
        yield Entry(f"demo record of {number}", record)
