"""A browser without a screen, for tests of views."""

import contextvars
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient

from inspectorate.audit.capture import take_changes
from inspectorate.extensions import db


def save() -> None:
    """Commit what a test has prepared, without the record entries that its making would need outside a test."""
    take_changes(db.session())
    db.session.commit()


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
        save()
        identity = user.get_id()
        with self.session_transaction() as cookie:
            cookie.clear()
            cookie.update({"_user_id": identity, "_fresh": True})
