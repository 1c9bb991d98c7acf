"""Authlib's client, except that it follows no redirect; a module of its own, because loading Authlib takes time."""

from typing import Any

from authlib.integrations.flask_client import FlaskOAuth2App
from authlib.integrations.requests_client import OAuth2Session


class StraightSession(OAuth2Session):
    """Speaks with the address that it was given and no other."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.max_redirects = 0


class Straight(FlaskOAuth2App):
    """A client whose every request is answered by the provider itself, or refused."""

    client_cls = StraightSession
