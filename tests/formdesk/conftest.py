"""What tests of the form editor share: a province's campaign office and what it sends."""

from typing import Any

import pytest
from flask import Flask

from inspectorate.accounts.actor import Actor, actor_of
from inspectorate.accounts.models import User
from inspectorate.accounts.permissions import Role
from tests import factories
from tests.client import save


@pytest.fixture
def province(session: Any) -> User:
    """Somebody of a province's campaign office."""
    user = factories.user(Role.CAMPAIGN_OFFICE, agency=factories.agency("330000"), name="province")
    save()
    return user


@pytest.fixture
def actor(province: User) -> Actor:
    return actor_of(province)


@pytest.fixture
def desk(app: Flask, province: User) -> Any:
    """A browser in which the province's office has signed in."""
    browser = app.test_client()
    browser.sign_in(province)  # type: ignore[attr-defined]
    return browser
