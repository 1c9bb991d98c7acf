"""What stands beside the violations, checked: rules on repetition, on the level of authority, grounds of discretion."""

from collections.abc import Iterator

from .. import grounds, jurisdiction, repetition
from ..statutes import Citation, UnknownLaw, law
from ..violations import catalogue
from ..words import SECTORS
from .problems import Problem


def check_beside() -> Iterator[Problem]:
    """Whatever cites, names or leads to something that there is not. Raises MalformedData."""
    for ground in grounds.grounds().values():
        where = f"discretion.toml: {ground.code}"
        for text in (*_cited(ground.citation), *_laws(ground.laws), *_grounds(ground.excludes)):
            yield Problem(where, text)
    for rule in repetition.rules():
        for text in _repetition(rule):
            yield Problem(f"repetition.toml: {rule.code}", text)
    for limit in jurisdiction.by_amount():
        where = f"jurisdiction.toml: from {limit.least // 100} yuan"
        unknown = (f"unknown sector {name!r}" for name in limit.sectors if name not in SECTORS)
        for text in (*_cited(limit.citation), *_laws(limit.laws), *unknown):
            yield Problem(where, text)


def _repetition(rule: repetition.RepetitionRule) -> Iterator[str]:
    yield from _cited(rule.citation)
    for citation in rule.transfer:
        yield from _cited(citation)
    yield from _laws((*rule.on, *rule.counts))
    if rule.violation and rule.violation not in catalogue():
        yield f"leads to {rule.violation}, which is not in the catalogue"
    if rule.ground and rule.ground not in grounds.grounds():
        yield f"rests on {rule.ground}, which is no ground"
    if not rule.on and not rule.illegal_practice:
        yield "says of no violation that it concerns it"
    if rule.earlier < 1:
        yield "needs at least one earlier penalty"


def _cited(citation: Citation) -> Iterator[str]:
    try:
        if not law(citation.law).current.has_article(citation):
            yield f"{citation.zh()}: the law has no such article"
    except UnknownLaw as error:
        yield str(error)


def _laws(ids: tuple[str, ...]) -> Iterator[str]:
    for law_id in ids:
        try:
            law(law_id)
        except UnknownLaw as error:
            yield str(error)


def _grounds(codes: tuple[str, ...]) -> Iterator[str]:
    for code in codes:
        if code not in grounds.grounds():
            yield f"excludes {code}, which is no ground"
