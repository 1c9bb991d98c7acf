"""What every view stands on: routes that declare a permission, one transaction a request, refusals beside the field."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache, partial, wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, g, make_response, request
from flask_babel import force_locale
from flask_login import current_user, login_required
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.routing import IntegerConverter, Map, Rule

from .accounts.actor import NATION, Actor, actor_of
from .accounts.permissions import Permission
from .accounts.scope import LARGEST_ID
from .audit import access
from .errors import Forbidden, NotFound, Refused, Stale, refusals_in
from .extensions import db, marked_as_writing

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

ANONYMOUS = Actor(user_id=None, name="", agency_id=None, authority_id=None, region_code=NATION, sector="")


class NumberConverter(IntegerConverter):
    """Numbers in addresses: what is beyond any row's is not found before a view or database sees it."""

    regex = r"[0-9]{1,10}"

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST_ID)


class Route(Rule):
    """A route that learns to write its addresses with the first of them.

    Werkzeug compiles two functions for every route as it is made, a sixth of what starting takes beyond the libraries;
    a page writes the addresses of a few routes, and hardly any in both ways.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = cache(partial(super()._compile_builder, append_unknown))
        return lambda _, /, **values: compiled()(self, **values)


class Area(Blueprint):
    """A blueprint on which a route without a permission cannot be registered (deny by default)."""

    def route(
        self, rule: str, *, permission: Permission | None = None, records: str | None = None, **options: Any
    ) -> Callable[..., Any]:
        """Register a view; ``permission`` is demanded. Unsafe methods run as one writing transaction.

        ``records``: the event under which each giving of this file, or of what is shielded, is entered in the record.
        """
        if permission is None:
            raise TypeError(f"the route {rule} declares no permission")

        def register(view: Callable[..., Any]) -> Callable[..., Any]:
            guarded = _guarded(view, permission, records)
            guarded.permission = permission  # type: ignore[attr-defined]
            guarded.records = records  # type: ignore[attr-defined]
            self.add_url_rule(rule, view_func=guarded, **options)
            return guarded

        return register


def _guarded(view: Callable[..., Any], permission: Permission, records: str | None) -> Callable[..., Any]:
    checked = view if permission is Permission.PUBLIC else login_required(_permitted(view, permission))

    @wraps(view)
    def run(**arguments: Any) -> Response:
        writing = request.method not in SAFE_METHODS
        with marked_as_writing() if writing else nullcontext():
            try:
                response = make_response(checked(**arguments))
                if writing and response.status_code < 400:
                    db.session.commit()
                elif writing:
                    db.session.rollback()
                elif records and request.method == "GET" and response.status_code < 300:
                    access.taken(records, current_actor(), asked(), arguments)
                return response
            except BaseException:
                db.session.rollback()
                raise

    return run


def _permitted(view: Callable[..., Any], permission: Permission) -> Callable[..., Any]:
    @wraps(view)
    def run(**arguments: Any) -> Any:
        if not current_actor().may(permission):
            raise Forbidden
        return view(**arguments)

    return run


def current_actor() -> Actor:
    """The person behind the request."""
    if "actor" not in g:
        g.actor = actor_of(current_user) if current_user.is_authenticated else ANONYMOUS
    actor: Actor = g.actor
    return actor


def asked() -> str:
    """The address that was asked for, with its filters, as a person reads it."""
    filters = "&".join(f"{name}={value}" for name, value in request.args.items(multi=True))
    return f"{request.path}?{filters}" if filters else request.path


def enter_refusal(error: Exception) -> None:
    """Enter in the record that somebody who has signed in was refused; what nobody forbids is no refusal.

    A record that is not there is entered like one outside the scope: neither the answer nor its speed tells them apart.
    """
    named = request.view_args or {}
    if isinstance(error, CSRFError):
        event = "audit:refusal:token"
    elif isinstance(error, Forbidden):
        event = "audit:refusal:permission"
    elif isinstance(error, NotFound):
        event = "audit:refusal:scope" if access.exists(named) else "audit:refusal:nothing"
    else:
        return _enter_refusals_by_law(error)
    access.refused(event, current_actor(), f"{request.method} {asked()}")


def _enter_refusals_by_law(error: Exception) -> None:
    """In Chinese, the language of the record, whatever the language of the screen."""
    reasons = refusals_in(error) if isinstance(error, Refused) else []
    with force_locale("zh"):
        by_law = [str(reason) for reason in reasons if reason.citation]
    if by_law:
        access.refused("audit:refusal:law", current_actor(), f"{request.method} {asked()}: {'；'.join(by_law)}")


def local_path(target: str | None) -> str | None:
    """The address when it is a path of this site, else None: nobody is sent elsewhere."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    parts = urlsplit(target)
    return None if parts.netloc or parts.scheme else target


@contextmanager
def refusals_on(form: FlaskForm) -> Iterator[None]:
    """A refusal inside becomes errors of the form; what was changed is rolled back, what was typed stays."""
    try:
        yield
    except StaleDataError as error:
        db.session.rollback()
        raise Stale(None) from error
    except Refused as error:
        reasons = refusals_in(error)
        if not reasons:
            raise
        db.session.rollback()
        enter_refusal(error)
        for reason in reasons:
            field = field_named(form, reason.field or "")
            errors = form.form_errors if field is None else field.errors
            errors.append(str(reason)) if isinstance(errors, list) else setattr(field, "errors", [*errors, str(reason)])


def field_named(form: FlaskForm, name: str) -> Any:
    """The field of a name (``licences-0-number``: the number in the first of the rows shown), or None."""
    found: Any = form
    for part in name.split("-"):
        found = getattr(found, "form", found)
        inner = getattr(found, "entries", None)
        if inner is not None:
            found = inner[int(part)] if part.isdigit() and int(part) < len(inner) else None
        else:
            found = getattr(found, "_fields", {}).get(part)
    return found
