"""Form definitions by id: those that ship with the code, and those accepted later by ``flask campaign load-form``."""

from functools import cache, lru_cache
from pathlib import Path

from sqlalchemy import select

from ..accounts.actor import NATION
from ..extensions import db
from .engine.definition import FormDefinition
from .engine.parsing import load, parse
from .models import LoadedForm

FORMS = Path(__file__).with_name("forms")


def shipped_ids() -> tuple[str, ...]:
    """The ids of all shipped forms, in alphabetical order."""
    return tuple(sorted(path.stem for path in FORMS.glob("*.toml")))


@cache
def shipped_form(form_id: str) -> FormDefinition:
    """A shipped form; read once. Raises KeyError."""
    if form_id not in shipped_ids():
        raise KeyError(form_id)
    return load(FORMS / f"{form_id}.toml")


@lru_cache(maxsize=64)
def _parsed(definition: str) -> FormDefinition:
    return parse(definition)


def form(form_id: str) -> FormDefinition | None:
    """A form by id; one loaded here goes before one that ships."""
    text = db.session.scalar(select(LoadedForm.definition).where(LoadedForm.code == form_id))
    if text is not None:
        return _parsed(text)
    return shipped_form(form_id) if form_id in shipped_ids() else None


def definition_text(form_id: str) -> str:
    """The definition of a form as its author wrote it. Raises KeyError."""
    text = db.session.scalar(select(LoadedForm.definition).where(LoadedForm.code == form_id))
    return text if text is not None else _shipped_text(form_id)


@cache
def _shipped_text(form_id: str) -> str:
    if form_id not in shipped_ids():
        raise KeyError(form_id)
    return (FORMS / f"{form_id}.toml").read_text(encoding="utf-8")


def loaded_texts() -> dict[str, str]:
    """The definitions accepted at run time by their forms' ids, as they were written."""
    rows = db.session.execute(select(LoadedForm.code, LoadedForm.definition).order_by(LoadedForm.code))
    return {row.code: row.definition for row in rows}


def owners() -> dict[str, str]:
    """The regions whose the forms accepted at run time are, by the forms' ids; those of everybody are left out."""
    query = select(LoadedForm.code, LoadedForm.region_code).where(LoadedForm.region_code != NATION)
    return {row.code: row.region_code for row in db.session.execute(query)}


def loaded_forms() -> list[FormDefinition]:
    """The forms accepted at run time."""
    return [_parsed(text) for text in loaded_texts().values()]


def form_titles() -> dict[str, str]:
    """Every form's title by id."""
    found = {form_id: shipped_form(form_id).title for form_id in shipped_ids()}
    return found | {form.id: form.title for form in loaded_forms()}
