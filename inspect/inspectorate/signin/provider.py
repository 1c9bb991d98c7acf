"""The OpenID provider, when one is configured (OIDC_ISSUER): everything that Authlib is told."""

from typing import Any

from flask import current_app

NAME = "single_sign_on"
ALGORITHMS = ["RS256", "ES256", "PS256"]
"""Signatures of identity tokens that are taken; ``none`` and those by a shared secret are not."""

SECOND_FACTORS = {"mfa", "otp", "hwk", "swk", "sms", "face", "fpt", "iris"}
"""Values of ``amr`` (RFC 8176) that tell of more than a password."""


class Refused(Exception):
    """The provider said no, cannot be reached, or said what cannot be believed; the message is for the log."""


def client() -> Any:
    """Authlib's client of the provider, made when it is first needed: nobody else pays for loading it."""
    from authlib.integrations.flask_client import OAuth

    from .straight import Straight

    known = current_app.extensions.get(NAME)
    if known is None:
        config = current_app.config
        known = OAuth(current_app._get_current_object()).register(  # type: ignore[attr-defined]
            NAME,
            client_cls=Straight,
            client_id=config["OIDC_CLIENT_ID"],
            client_secret=config["OIDC_CLIENT_SECRET"],
            server_metadata_url=config["OIDC_ISSUER"].rstrip("/") + "/.well-known/openid-configuration",
            # Proof Key for Code Exchange (RFC 7636): a code that was overheard is good for nothing.
            client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": 10},
        )
        current_app.extensions[NAME] = known
    return known


def to_provider(return_to: str) -> Any:
    """The answer that sends the browser to the provider, with state, nonce and proof key. Raises Refused."""
    return _asked(lambda found: found.authorize_redirect(return_to))


def claims() -> dict[str, Any]:
    """What the provider says of whoever came back: signature, issuer, audience, nonce, state and age are checked.

    Raises Refused.
    """
    expected = {
        "iss": {"essential": True, "value": current_app.config["OIDC_ISSUER"]},
        "aud": {"essential": True, "value": current_app.config["OIDC_CLIENT_ID"]},
    }
    token = _asked(lambda found: found.authorize_access_token(claims_options=expected, leeway=60))
    if "userinfo" not in token:
        raise Refused("no identity token")
    return dict(token["userinfo"])


def has_second_factor(found: dict[str, Any]) -> bool:
    """Whether the provider has asked for more than a password."""
    methods = found.get("amr")
    return bool(SECOND_FACTORS & set(methods)) if isinstance(methods, list) else False


def _asked(ask: Any) -> Any:
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError
    from requests import RequestException

    try:
        found = client()
        metadata = found.load_server_metadata()
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [one for one in offered if one in ALGORITHMS] or ["RS256"]
        return ask(found)
    except (AuthlibBaseError, JoseError, RequestException, RuntimeError, ValueError, KeyError, TypeError) as error:
        raise Refused(f"{type(error).__name__}: {error}") from error
