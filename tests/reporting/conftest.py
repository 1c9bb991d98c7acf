"""The offices of a chain with a few decided cases, in the campaign of 2021."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from inspectorate import clock
from inspectorate.accounts.actor import Actor, actor_of
from inspectorate.accounts.models import Agency, User
from inspectorate.accounts.permissions import Role
from inspectorate.campaigns.catalogue import CampaignFacts
from inspectorate.campaigns.queries import campaign
from tests import factories
from tests.campaigns.world import CAMPAIGN, Builder, decided_case
from tests.harness.world import keep

TODAY = date(2021, 9, 10)


class Offices:
    """Campaign offices by region, and the records that they tell of."""

    def __init__(self) -> None:
        self.build = Builder()
        self.users: dict[tuple[str, str, Role], User] = {}
        self.case = decided_case(self.build)
        shop = self.build.subject("org", name="杭州某店", region_code="330105")
        self.build.inspection(shop, region_code="330105", inspected_on=date(2021, 8, 3))
        self.build.inspection(shop, region_code="330105", inspected_on=date(2021, 8, 4))
        keep()

    def user(self, region: str, role: Role = Role.CAMPAIGN_OFFICE, sector: str = "health") -> User:
        """Somebody of a region's authority; always the same one."""
        key = (region, sector, role)
        if key not in self.users:
            agency = self._agency(region, sector)
            self.users[key] = factories.user(role, agency=agency, linked=False)
            keep()
        return self.users[key]

    def _agency(self, region: str, sector: str) -> Agency:
        same = (user.agency for (of, by, _role), user in self.users.items() if (of, by) == (region, sector))
        return next(same, None) or factories.agency(region, sector, name=f"{region}{sector}机关")

    def actor(self, region: str, sector: str = "health") -> Actor:
        """The same as who acts."""
        return actor_of(self.user(region, sector=sector))

    def actor_of_head(self, region: str) -> Actor:
        """A head who signs."""
        return actor_of(self.user(region, Role.SUPERVISOR))


@pytest.fixture
def offices(session: Any, monkeypatch: pytest.MonkeyPatch) -> Offices:
    """The offices, on a day in September."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return Offices()


@pytest.fixture
def facts(offices: Offices) -> CampaignFacts:
    """The campaign."""
    found = campaign(CAMPAIGN)
    assert found is not None
    return found


@pytest.fixture
def browse(app: Any, offices: Offices) -> Callable[..., Any]:
    """A browser of somebody of a region's office."""
    app.config["WTF_CSRF_ENABLED"] = False

    def browse(region: str, role: Role = Role.CAMPAIGN_OFFICE, sector: str = "health") -> Any:
        browser = app.test_client()
        browser.sign_in(offices.user(region, role, sector))
        return browser

    return browse
