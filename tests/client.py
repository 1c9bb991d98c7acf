"""A browser without a screen, for tests of views."""

import contextvars
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from lxml import html

from inspectorate import clock
from inspectorate.audit.capture import take_changes
from inspectorate.extensions import db
from inspectorate.signin.models import SignInSession
from inspectorate.signin.sealing import new_token, token_hash


def save() -> None:
    """Commit what a test has prepared, without the record entries that its making would need outside a test."""
    take_changes(db.session())
    db.session.commit()


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of the page's main form, were it sent untouched."""
    filled = [form.form_values() for form in html.fromstring(page).forms]
    pairs = max(filled, key=lambda pairs: ("version" in dict(pairs), len(pairs)))
    return {name: value for name, value in pairs if "__row__" not in name}


class IsolatedClient(FlaskClient):
    """A client whose requests run as in production: own context, own session.

    What the test has prepared in its session is committed before, and afterwards its session sees what the request did.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Make a request."""
        if has_app_context():
            save()
        return contextvars.Context().run(super().open, *args, **kwargs)

    def sign_in(self, user: Any) -> None:
        """Carry the cookie of a user who has signed in."""
        token, now = new_token(), clock.now()
        row = SignInSession(token_hash=token_hash(token), user=user, started_at=now, seen_at=now, address="", agent="")
        db.session.add(row)
        save()
        with self.session_transaction() as cookie:
            cookie.clear()
            cookie["token"] = token
