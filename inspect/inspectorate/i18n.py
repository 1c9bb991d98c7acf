"""The interface in Simplified Chinese and English: one PO file per area, read at first use, no compile step."""

from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import has_request_context, request, session
from flask_babel import Babel, Domain, get_locale
from flask_login import current_user
from jinja2.nodes import EvalContext
from jinja2.utils import pass_eval_context
from markupsafe import Markup

FOLDER = Path(__file__).with_name("translations")
LOCALES = ("zh", "en")


@cache
def chinese() -> Translations:
    """All areas' PO files as one catalogue."""
    merged = Catalog(locale="zh_Hans_CN")
    for path in sorted(FOLDER.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_Hans_CN"):
                if message.id and message.string:
                    merged.add(message.id, message.string, context=message.context)
    buffer = BytesIO()
    write_mo(buffer, merged)
    buffer.seek(0)
    return Translations(buffer)


ENGLISH = NullTranslations()


class Areas(Domain):
    """The translation domain made of all areas' files."""

    def get_translations(self) -> NullTranslations:
        """Chinese from the files; English is the source itself."""
        locale = get_locale()
        return chinese() if locale is not None and locale.language == "zh" else ENGLISH


class AreaBabel(Babel):
    """Flask-Babel reading our PO files itself."""

    @cached_property
    def domain_instance(self) -> Areas:
        """The one domain."""
        return Areas()


@pass_eval_context
def in_templates(context: EvalContext, message: str, **values: Any) -> str:
    """``_`` of the templates: a list of fifty rows asks it hundreds of times, so it takes the shortest way."""
    locale = get_locale()
    is_chinese = locale is not None and locale.language == "zh"
    if not values:
        return _told(message, is_chinese, context.autoescape)
    told = _words(message, is_chinese)
    return (Markup(told) if context.autoescape else told) % values


def _words(message: str, is_chinese: bool) -> str:
    told: str = chinese().ugettext(message) if is_chinese else message
    return told


@cache
def _told(message: str, is_chinese: bool, autoescape: bool) -> str:
    """A message without values, made once: messages stand in templates, so there are only so many of them."""
    told = _words(message, is_chinese)
    return (Markup(told) if autoescape else told) % {}


def select_locale() -> str:
    """The language chosen in this session, which begins with the user's own, then Chinese."""
    if not has_request_context():
        return "zh"
    chosen = session.get("locale")
    if chosen in LOCALES:
        return str(chosen)
    own = current_user.locale if current_user and current_user.is_authenticated else None
    if own in LOCALES:
        return str(own)
    return request.accept_languages.best_match(["zh"]) or "zh"
