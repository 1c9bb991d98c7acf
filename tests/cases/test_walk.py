"""The ordinary procedure from intake to closing."""

from sqlalchemy import select

from inspectorate.documents.models import Document
from inspectorate.procedure.states import State
from tests.cases.walk import FINE, INCOME, Walk, office


def test_a_case_goes_from_intake_to_closing(session) -> None:
    walk = Walk(office()).until(State.CLOSED)
    case, decision = walk.case, walk.party.decision
    assert case.number == "杭西卫医立〔2026〕1号"
    assert decision.number == "杭西卫医罚〔2026〕1号"
    assert decision.law_versions
    assert case.closed_on == walk.day
    assert sum(payment.amount_fen for payment in decision.payments) == FINE + INCOME
    kinds = [d.kind for d in session.scalars(select(Document).where(Document.case_id == case.id).order_by(Document.id))]
    assert kinds == ["D19", "D23", "D27", "D30", "D37", "D37", "D34", "D37", "D43"]
