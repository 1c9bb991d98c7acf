"""The catalogue as it is, held against the real texts; and how many falsified figures that finds."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from inspectorate.law.checks import check_texts
from inspectorate.law.checks import texts as against
from inspectorate.law.cli import law_cli
from inspectorate.law.model import FineRule, Tier, Violation
from inspectorate.law.texts import Text
from inspectorate.law.texts.loading import read_folder
from inspectorate.law.violations import catalogue
from tests.harness.scale import count

Texts = dict[tuple[str, str], Text]


@pytest.fixture(scope="module")
def texts(shared_folder: Path) -> Texts:
    found, unreadable = read_folder(shared_folder / "law-texts")
    assert unreadable == []
    return {(text.law, text.adopted): text for text in found.values()}


def test_every_citation_figure_and_measure_is_as_the_texts_have_it(shared_folder: Path) -> None:
    result = CliRunner().invoke(law_cli, ["check", "--texts", str(shared_folder / "law-texts")])
    assert (result.exit_code, result.stderr) == (0, "")


def falsified(entry: Violation) -> Iterator[tuple[str, Violation]]:
    """The violation with one thing wrong in one tier."""
    for number, tier in enumerate(entry.tiers):

        def wrong(tier: Tier, number: int = number) -> Violation:
            return replace(entry, tiers=(*entry.tiers[:number], tier, *entry.tiers[number + 1 :]))

        for what, fine in _falsified(tier.fine) if tier.fine else ():
            yield what, wrong(tier._replace(fine=fine))
        if tier.person_fine and tier.person_fine.max:
            doubled = tier.person_fine._replace(max=tier.person_fine.max * 2)
            yield "the maximum for persons", wrong(tier._replace(person_fine=doubled))


def _falsified(fine: FineRule) -> Iterator[tuple[str, FineRule]]:
    if fine.max:
        yield "a maximum ten times as high", fine._replace(max=fine.max * 10)
        yield "a maximum one yuan too low", fine._replace(max=fine.max - 100)
    if fine.min:
        yield "half the minimum", fine._replace(min=fine.min // 2)
        yield "no minimum", fine._replace(min=0)
    if fine.max_times:
        yield "another multiple", fine._replace(max_times=fine.max_times + 1)
    if fine.base in ("illegal_income", "goods_value"):
        other = {"illegal_income": "goods_value", "goods_value": "illegal_income"}[fine.base]
        yield "another base", fine._replace(base=other)
    yield "must instead of may, or may instead of must", fine._replace(optional=not fine.optional)


def test_what_is_falsified_is_found(
    texts: Texts, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, str], None]
) -> None:
    def problems(entry: Violation) -> int:
        monkeypatch.setattr(against, "catalogue", lambda: {entry.code: entry})
        compared, found = check_texts(lambda law, version: texts.get((law, version)))
        return len(found) if not compared.without_text else -1

    dice = random.Random(20261122)
    compared = [entry for entry in catalogue().values() if entry.checked == "text" and problems(entry) == 0]
    assert len(compared) > 650
    made, found = Counter[str](), Counter[str]()
    for entry in dice.sample(compared, count(150, len(compared))):
        for what, wrong in falsified(replace(entry, earlier=())):
            made[what] += 1
            found[what] += problems(wrong) > 0
    record_property("found", "; ".join(f"{what}: {found[what]} of {made[what]}" for what in made))
    assert found.total() / made.total() > 0.93
    assert all(found[what] / made[what] > 0.85 for what in made if made[what] > 20), (made, found)
