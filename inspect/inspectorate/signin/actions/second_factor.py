"""A second factor beside the password: codes of an authenticator on the phone (TOTP), and codes for when it is lost."""

import secrets
from hmac import compare_digest

import pyotp
from flask_babel import gettext as _
from sqlalchemy import delete

from ... import clock
from ...accounts.actor import SYSTEM, Actor, actor_of
from ...accounts.models import User
from ...audit.actions import record
from ...errors import Refusal
from ...extensions import db
from ...turns import take_turn
from .. import queries
from ..models import RecoveryCode, SecondFactor, SignInSession, UsedStep
from ..rules import DRIFT, RECOVERY_CODES, STEP, is_totp, plain_code
from ..sealing import Unsealable, fingerprint, seal, unseal
from .attempts import Visitor, Wait, count_failure, keys, take_turn_of, wait_before
from .sessions import renew_token

SECRET = "second factor"
CODES = "recovery code"


def new_secret() -> str:
    """A secret to be carried to the phone; it counts from its first right code on."""
    return pyotp.random_base32()


def provisioning_uri(user: User, secret: str, issuer: str) -> str:
    """What the QR code says (``otpauth://``)."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.name, issuer_name=issuer)


def begin(user: User, secret: str, code: str, present: SignInSession) -> tuple[list[str], str]:
    """The phone has shown its first right code: from now on it is asked for. Raises Refusal for a wrong one.

    Returns ten recovery codes, to be shown once, and the new token of the session.
    """
    if queries.second_factor(user.id) is not None:
        raise Refusal(_("You have a second factor already. Turn it off before you set up another phone."))
    if not _shown_now(user, secret, plain_code(code)):
        raise Refusal(
            _("The code does not fit. See that the phone's clock is right, and type the newest."), field="code"
        )
    db.session.add(SecondFactor(user_id=user.id, sealed_secret=seal(secret.encode(), SECRET), since=clock.now()))
    codes = _new_codes(user)
    present.second_factor = True
    token = renew_token(present)
    record(user, "signin:factor:begin", actor_of(user))
    return codes, token


def renew_codes(user: User) -> list[str]:
    """Ten other recovery codes; the old ones are good for nothing. Raises Refusal without a second factor."""
    if queries.second_factor(user.id) is None:
        raise Refusal(_("You have no second factor."))
    codes = _new_codes(user)
    record(user, "signin:factor:codes", actor_of(user))
    return codes


def end(user: User, present: SignInSession) -> str:
    """The user turns the second factor off; returns the session's new token. Raises Refusal where it is demanded."""
    if queries.demands_second_factor(user):
        raise Refusal(
            _("Your role has to sign in with a second factor. An administrator can reset it for a new phone.")
        )
    _forget(user)
    token = renew_token(present)
    record(user, "signin:factor:end", actor_of(user))
    return token


def reset(actor: Actor, user: User) -> None:
    """An administrator takes a lost phone's second factor away. Raises Refusal for the own one."""
    if user.id == actor.user_id:
        raise Refusal(_("Another administrator resets your own second factor."))
    _forget(user)
    record(user, "signin:factor:reset", actor)


def confirm(user: User, code: str, visitor: Visitor) -> bool | Wait:
    """Whether the code of the phone or a recovery code is right; counted together with wrong passwords."""
    counted = keys(user.name, user.id, visitor)
    take_turn_of(counted)
    if wait := wait_before(counted):
        return wait
    plain = plain_code(code)
    if _phone_shows(user, plain) if is_totp(plain) else _spent(user, plain):
        return True
    count_failure(counted, user.id, visitor)
    record(user, "signin:factor:fail", SYSTEM, reason=visitor.address)
    return False


def _phone_shows(user: User, code: str) -> bool:
    factor = queries.second_factor(user.id)
    if factor is None:
        return False
    try:
        secret = unseal(factor.sealed_secret, SECRET).decode()
    except Unsealable:
        message = _("The installation's secret has changed: no code can be checked. Ask an administrator to reset it.")
        raise Refusal(message, field="code") from None
    return _shown_now(user, secret, code)


def _shown_now(user: User, secret: str, code: str) -> bool:
    """Whether a phone shows the code now, and this one was not used before."""
    take_turn("second factor", str(user.id))
    totp, now = pyotp.TOTP(secret, interval=STEP), int(clock.now().timestamp())
    used = db.session.query(UsedStep).filter_by(user_id=user.id).populate_existing().one_or_none()
    for step in range(now // STEP - DRIFT, now // STEP + DRIFT + 1):
        if compare_digest(totp.generate_otp(step), code.encode("ascii", "replace").decode()):
            if used is not None and step <= used.step:
                return False
            if used is None:
                db.session.add(UsedStep(user_id=user.id, step=step))
            else:
                used.step = step
            db.session.flush()
            return True
    return False


def _spent(user: User, code: str) -> bool:
    take_turn("second factor", str(user.id))
    query = db.session.query(RecoveryCode).filter_by(user_id=user.id, code_hash=_hash(user, code), used_at=None)
    found = query.populate_existing().one_or_none()
    if found is None:
        return False
    found.used_at = clock.now()
    record(user, "signin:factor:recover", actor_of(user))
    return True


def _new_codes(user: User) -> list[str]:
    for old in db.session.query(RecoveryCode).filter_by(user_id=user.id):
        db.session.delete(old)
    codes = [f"{secrets.token_hex(4)}-{secrets.token_hex(4)}" for _number in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(user_id=user.id, code_hash=_hash(user, plain_code(code))) for code in codes)
    db.session.flush()
    return codes


def _hash(user: User, code: str) -> str:
    return fingerprint(f"{user.id}\n{code}", CODES)


def _forget(user: User) -> None:
    factor = queries.second_factor(user.id)
    if factor is None:
        raise Refusal(_("There is no second factor."))
    db.session.delete(factor)
    for code in db.session.query(RecoveryCode).filter_by(user_id=user.id):
        db.session.delete(code)
    db.session.execute(delete(UsedStep).where(UsedStep.user_id == user.id))
    db.session.flush()
