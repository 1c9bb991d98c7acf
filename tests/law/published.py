"""The catalogue held against penalties that offices have published: what it finds for each, and what cannot be said.

``PYTHONPATH=inspect python -m tests.law.published`` writes ``docs/published-cases.md`` anew. Needs the reference folder
beside the checkout.
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from inspectorate.law import Citation, Facts, NoRange, PenaltyRange, UnknownLaw, Violation, parse_citation, range_for
from inspectorate.law import violation as violation_of
from inspectorate.law.examples import base_amount
from inspectorate.law.resemblance import resembling
from inspectorate.money import yuan

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
REPORT = ROOT / "docs" / "published-cases.md"
READINGS = Path(__file__).parent / "data" / "published_cases.toml"

OUTCOMES = {
    "within": "the fine lies in the range",
    "no_fine": "no fine, where none need be imposed",
    "below": "the fine lies below the range",
    "above": "the fine lies above the range",
    "combined": "cannot be said: fine and confiscation in one sum",
    "several_acts": "cannot be said: several acts in one sum",
    "several_cases": "cannot be said: several parties in one sum",
    "no_figure": "cannot be said: no figure published",
    "not_in_force": "cannot be said: the law of that day is not recorded",
}
ARTICLES = {
    "all": "every article the source names is ours",
    "some": "some are ours",
    "none": "none is ours",
    "unnamed": "the source names no article",
    "not_comparable": "named, but the law of that day is not recorded",
}

# Cited by every decision: the general part, not the rule.
GENERAL = {"apl"}
FIRST = 10


class Reading(NamedTuple):
    """Our reading of a case, and the case: see the head of the data file."""

    record: dict[str, Any]
    case: dict[str, Any]

    @property
    def id(self) -> str:
        return self.record["id"]

    @property
    def violation(self) -> Violation:
        return violation_of(self.record["violation"])

    @property
    def on(self) -> date | None:
        return self.record.get("on")

    @property
    def edition(self) -> Violation | None:
        """The rule as it was on that day; None where it was not, or is not recorded."""
        return self.violation.edition_on(self.on) if self.on else None

    @property
    def fine(self) -> int:
        """In fen; nought where none was imposed, or its figure was not published."""
        return round((self.case["penalties"]["fine_yuan"] or 0) * 100)


class Verdict(NamedTuple):
    """What the catalogue says of a case. ``outcome``: within, below, above, no_fine, or why it cannot be said."""

    reading: Reading
    outcome: str
    found: PenaltyRange | None
    articles: str
    rank: int | None


def readings() -> list[Reading]:
    """All cases in the order of the source. Raises KeyError where one has no reading, or a reading no case."""
    records = {record["id"]: record for record in tomllib.loads(READINGS.read_text(encoding="utf-8"))["case"]}
    lines = (SHARED / "cases" / "published_cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = {case["id"]: case for case in map(json.loads, filter(None, lines))}
    if surplus := set(records) ^ set(cases):
        raise KeyError(f"read but not there, or there and not read: {sorted(surplus)}")
    return [Reading(records[case_id], case) for case_id, case in cases.items()]


def verdicts() -> list[Verdict]:
    """What the catalogue says of every case."""
    return [_verdict(reading) for reading in readings()]


def _verdict(reading: Reading) -> Verdict:
    found, outcome = _held_against_the_range(reading)
    return Verdict(reading, outcome, found, _articles(reading), _rank(reading))


def _held_against_the_range(reading: Reading) -> tuple[PenaltyRange | None, str]:
    if "cannot" in reading.record:
        return None, reading.record["cannot"]
    assert reading.on, f"{reading.id}: name a day, or why it cannot be said"
    record = reading.record
    pairs = (pair.partition("=") for pair in record.get("facts", "").split(";") if pair)
    bases = {name.strip(): base_amount(name.strip(), text.strip()) for name, _, text in pairs}
    try:
        found = range_for(reading.violation, Facts(record.get("subject"), record.get("tier"), bases), reading.on)
    except NoRange as refusal:
        return None, refusal.code
    return found, _place(reading.fine, found)


def _place(fen: int, found: PenaltyRange) -> str:
    least, most = (found.fine.min, found.fine.max) if found.fine else (0, 0)
    if not fen and (found.fine is None or not found.fine.mandatory):
        return "no_fine"
    return "below" if fen < least else "above" if fen > most else "within"


def _articles(reading: Reading) -> str:
    """Whether the articles that the source names are ours on that day: all, some, none; unnamed; not_comparable."""
    cited = list(_cited(reading.case))
    if not cited:
        return "unnamed"
    if reading.edition is None:
        return "not_comparable"
    ours = (*reading.edition.violated, *reading.edition.basis)
    hits = [one is not None and any(one.contains(own) or own.contains(one) for own in ours) for one in cited]
    return "all" if all(hits) else "some" if any(hits) else "none"


def _cited(case: dict[str, Any]) -> Iterator[Citation | None]:
    """The articles that a source names; None for one of a law that the catalogue does not have."""
    for entry in (*case["laws_violated"], *case["penalty_basis"]):
        if not entry["article"]:
            continue
        # As printed: 第三十三条一款 without its 第, several items of one article behind each other.
        place = re.sub(r"条([一二三四五六七八九十]+款)", r"条第\1", entry["article"])
        article, *others = place.split("、")
        for part in (article, *(re.sub(r"第[^第]*项$", other, article) for other in others)):
            try:
                citation = parse_citation(f"《{entry['law']}》{part}")
            except UnknownLaw:
                yield None
                continue
            if citation.law not in GENERAL:
                yield citation


def _rank(reading: Reading) -> int | None:
    """Where the violation stands among those that the published facts resemble, from 1; None beyond the first."""
    found = [one.violation.code for one in resembling(reading.case["violation_facts"], limit=FIRST)]
    code = reading.record["violation"]
    return found.index(code) + 1 if code in found else None


def rendered(found: list[Verdict]) -> str:
    """The report, in Markdown."""
    return "\n".join((*_summary(found), *_table(found), ""))


def _summary(found: list[Verdict]) -> Iterator[str]:
    yield "# Published cases against the catalogue"
    yield ""
    yield (
        f"{len(found)} penalties that offices published, each read as a violation of the catalogue and held against "
        "the range of its day (`tests/law/data/published_cases.toml` says why). What the sources leave out is not "
        "guessed. Written by `PYTHONPATH=inspect python -m tests.law.published`; `tests/law/test_published_cases.py` "
        "keeps the numbers."
    )
    for heading, words, chosen in (
        ("The fine", OUTCOMES, [one.outcome for one in found]),
        ("The articles", ARTICLES, [one.articles for one in found]),
    ):
        counts = Counter(chosen)
        yield from ("", f"## {heading}", "", "| outcome | cases |", "|---|---|")
        yield from (f"| {said} | {counts[name]} |" for name, said in words.items() if counts[name])
    ranks = [one.rank for one in found]
    first, three, ten = (sum(rank is not None and rank <= most for rank in ranks) for most in (1, 3, FIRST))
    yield ""
    yield (
        f"From the published facts alone the catalogue proposes the violation first in {first} of {len(ranks)} cases, "
        f"among the first three in {three}, among the first ten in {ten}."
    )


def _table(found: list[Verdict]) -> Iterator[str]:
    yield from (
        "",
        "## Case by case",
        "",
        "| case | violation | day | fine | range | outcome | articles | why |",
        "|" + "---|" * 8,
    )
    for one in found:
        reading = one.reading
        rule = f"{reading.violation.code} {reading.violation.title_zh}"
        day = f"{reading.on}" + ("*" if "dated" in reading.record else "") if reading.on else ""
        why = "; ".join(filter(None, (reading.record["why"], reading.record.get("dated"))))
        fine = yuan(reading.fine) if reading.fine else ""
        cells = (reading.id, rule, day, fine, _range(one), one.outcome, one.articles, why)
        yield f"| {' | '.join(cells)} |"
    yield from ("", "* the source prints no year; the last column says how the day was found.")


def _range(one: Verdict) -> str:
    if one.found is None:
        return ""
    if one.found.fine is None:
        return "none"
    fine = one.found.fine
    return f"{yuan(fine.min)}–{yuan(fine.max)}" + ("" if fine.mandatory else ", optional")


if __name__ == "__main__":
    REPORT.write_text(rendered(verdicts()), encoding="utf-8")
