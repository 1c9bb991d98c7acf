"""A user with a password, and the door."""

import pytest

from inspectorate.accounts.passwords import hash_password
from inspectorate.accounts.permissions import Role
from tests import factories

PASSWORD = "一个很长的密码123"


@pytest.fixture
def somebody(app, session):
    app.config["PASSWORD_COST"] = "test"
    return factories.user(Role.INSPECTOR, name="wang", display_name="王芳", password_hash=hash_password(PASSWORD))


@pytest.fixture
def enter():
    """``enter(client, name, password)`` sends the sign-in form."""

    def enter(client, name="wang", password=PASSWORD, **query):
        return client.post("/sign-in", query_string=query, data={"name": name, "password": password})

    return enter
