"""A city's agency and who administers it."""

import pytest

from inspectorate.accounts.permissions import Role
from tests import factories


@pytest.fixture
def city(session):
    return factories.agency(factories.CITY)


@pytest.fixture
def administrator(city):
    return factories.user(Role.ADMINISTRATOR, agency=city)
