"""The catalogue checked as a whole: citations, values, dates, examples."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from .. import words
from ..examples import disagreement, examples
from ..statutes import Citation, Law, UnknownLaw, law, laws
from ..violations import FineRule, Tier, Violation, catalogue, violation
from .beside import check_beside
from .days import check_days
from .problems import Problem, place_of
from .texts import Cited, Compared, TextOf, check_texts, no_text, versions_read
from .versions import check_versions


class Report(NamedTuple):
    """What was checked, and what is wrong."""

    laws: int
    violations: int
    by_verification: dict[str, int]
    examples: int
    compared: Compared
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


def check(text_of: TextOf = no_text, others: Iterable[Cited] = ()) -> Report:
    """Checks everything, against the texts that ``text_of`` gives; ``others``: what else cites the law.

    Raises MalformedData where a file cannot be read at all.
    """
    compared, against_texts = check_texts(text_of, others)
    verified = Counter(entry.checked for entry in catalogue().values())
    problems = (
        *(problem for entry in laws().values() for problem in _law(entry)),
        *(problem for entry in catalogue().values() for problem in _violation(entry)),
        *check_beside(),
        *_examples(),
        *(problem for entry in catalogue().values() for problem in check_days(entry)),
        *against_texts,
        *check_versions(text_of),
    )
    return Report(len(laws()), len(catalogue()), dict(sorted(verified.items())), len(examples()), compared, problems)


def _law(entry: Law) -> Iterator[Problem]:
    for earlier, later in pairwise(entry.versions):
        if earlier.in_force_from >= later.in_force_from:
            yield Problem(entry.id, f"version {later.name} does not begin after version {earlier.name}")
    if entry.in_force_from > entry.current.in_force_from:
        yield Problem(entry.id, "its version is in force before the law is")


def _violation(entry: Violation) -> Iterator[Problem]:
    for edition in entry.editions:
        where = place_of(edition)
        yield from (Problem(where, text) for text in _facts(edition))
        yield from (Problem(where, text) for citation in edition.cited for text in _citation(citation, edition))
        for number, tier in enumerate(edition.tiers):
            yield from (Problem(place_of(edition, number), f"tier {tier.name}: {text}") for text in _tier(tier))
    for code in entry.replaced_by:
        if code not in catalogue():
            yield Problem(place_of(entry), f"is replaced by {code}, which is not in the catalogue")


def _facts(entry: Violation) -> Iterator[str]:
    if not entry.violated:
        yield "names no provision violated"
    if not entry.basis:
        yield "names no basis of its penalty"
    if entry.since is None:
        yield "names no day from which it holds"
    if not entry.tiers:
        yield "has no tier"
    if len(entry.tiers_by_name) != len(entry.tiers):
        yield "has two tiers of one name"
    if entry.domain not in words.DOMAINS:
        yield f"unknown domain {entry.domain!r}"
    if entry.subject not in ("org", "person"):
        yield f"unknown subject {entry.subject!r}"
    if entry.checked not in words.VERIFICATIONS:
        yield f"unknown verification {entry.checked!r}"
    if entry.checked == "text" and not entry.checked_in:
        yield "says that it was compared with the text, but not where"
    if not entry.sectors:
        yield "nobody may punish it"
    for sector in entry.sectors:
        if sector not in words.SECTORS:
            yield f"unknown sector {sector!r}"
    if entry.responsible:
        yield from _rule(entry.responsible.fine)


def _tier(tier: Tier) -> Iterator[str]:
    if tier.name not in words.TIERS:
        yield "no words for a tier of that name"
    if tier.subject not in (None, "org", "person"):
        yield f"unknown subject {tier.subject!r}"
    for name in (*tier.confiscate, *tier.confiscate_optional, *tier.person_confiscate):
        if name not in words.CONFISCATED:
            yield f"no word for what is confiscated: {name!r}"
    for pair in (tier.suspend_practice_months, tier.person_suspend_practice_months, tier.police_detention_days):
        if pair and (len(pair) != 2 or pair[0] > pair[1]):
            yield f"not from–to: {list(pair)}"
    for rule in (tier.fine, tier.person_fine):
        if rule:
            yield from _rule(rule)


def _rule(rule: FineRule) -> Iterator[str]:
    for base in rule.bases:
        if base not in words.BASES:
            yield f"no word for the base {base!r}"


def _citation(citation: Citation, edition: Violation | None = None) -> Iterator[str]:
    """What is wrong with a citation: by an earlier edition, of the versions of its days, else of the current one."""
    try:
        cited = law(citation.law)
    except UnknownLaw as error:
        yield str(error)
        return
    versions = versions_read(edition, citation) if edition and edition.historic else [cited.current]
    for version in versions:
        if not version.has_article(citation):
            yield f"{citation.zh()}: version {version.name} has no such article"


def _examples() -> Iterator[Problem]:
    shown: set[tuple[str, date | None, str]] = set()
    for example in examples():
        if example.violation not in catalogue():
            yield Problem(example.violation, "has an example, but is not in the catalogue")
            continue
        entry = violation(example.violation)
        edition = entry.edition_on(example.on) if example.on else entry
        if edition is not None:
            shown.add((entry.code, edition.since, example.tier))
        if wrong := disagreement(example):
            yield Problem(example.violation, f"tier {example.tier}, {example.subject}, {dict(example.bases)}: {wrong}")
    for entry in catalogue().values():
        for edition in entry.editions:
            for number, tier in enumerate(edition.tiers):
                if (entry.code, edition.since, tier.name) not in shown:
                    days = f" of {edition.since} to {edition.until}" if edition.historic else ""
                    yield Problem(place_of(edition, number), f"tier {tier.name}{days} has no worked example")
