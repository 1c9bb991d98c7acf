"""Offices of a chain, and returns ready to be played with."""

from collections.abc import Callable
from datetime import date

import pytest

from inspectorate.accounts.actor import Actor, actor_of
from inspectorate.accounts.permissions import Role
from inspectorate.returns import actions
from inspectorate.returns.models import Return
from inspectorate.returns.periods import Period, period_of
from tests import factories

CAMPAIGN = "medical_cosmetology_2021"
FORM = "medical_cosmetology_2021"
TODAY = date(2021, 12, 3)
PERIOD = period_of(date(2021, 6, 1), date(2021, 12, 31))


class Chain:
    """The campaign offices and heads of West Lake, its neighbour, Hangzhou, Zhejiang and the ministry."""

    def __init__(self) -> None:
        self.county = self.office(factories.COUNTY)
        self.neighbour = self.office(factories.OTHER_COUNTY)
        self.city = self.office(factories.CITY)
        self.province = self.office(factories.PROVINCE)
        self.ministry = self.office("000000")

    @staticmethod
    def office(region: str, *roles: Role, sector: str = "health") -> Actor:
        """Somebody of a region's authority."""
        agency = factories.agency(region, sector)
        return actor_of(factories.user(*(roles or (Role.CAMPAIGN_OFFICE,)), agency=agency, linked=False))

    @staticmethod
    def head(region: str) -> Actor:
        """A head who signs."""
        return Chain.office(region, Role.SUPERVISOR)

    def own(self, actor: Actor, period: Period = PERIOD) -> Return:
        """The level return of the actor's region."""
        return actions.open_level(actor, CAMPAIGN, FORM, actor.region_code, period)

    def submitted(self, actor: Actor, reasons: dict[str, str] | None = None) -> Return:
        """The same, signed and submitted."""
        row = self.own(actor)
        actions.sign(self.head(actor.region_code), row.id, TODAY)
        actions.submit(actor, row.id, TODAY, reasons=reasons or {"missing": "尚未报送"})
        return row


@pytest.fixture
def chain(session: object) -> Chain:
    """The offices of one chain."""
    return Chain()


Play = Callable[[Chain], Return]
