"""What ``flask law check`` says of a catalogue that is not as the texts are: where, and what it looked for."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from inspectorate.law import violation, words
from inspectorate.law.checks import Cited, check_texts
from inspectorate.law.checks import texts as against
from inspectorate.law.checks.days import check_days
from inspectorate.law.checks.uncovered import uncovered
from inspectorate.law.checks.versions import check_versions
from inspectorate.law.checks.wording import BASES, MEASURES, PERSONAL, unsaid_measures, unsaid_of_fine
from inspectorate.law.cli import law_cli
from inspectorate.law.model import FineRule, Tier, Violation
from inspectorate.law.statutes import Citation
from inspectorate.law.texts import Article, Item, Paragraph, Text, store, use
from inspectorate.law.words import COUNTED
from tests.law.texts.layouts import content_of, stand_in

FINE = "有下列情形之一的，处一千元以上五千元以下的罚款："


def text_of(law_id: str, version: str) -> Text | None:
    """The later law against unfair competition, with one article on fines; of nothing else."""
    if (law_id, version) != ("auc", "2025-06-27"):
        return None
    items = (Item(1, "甲；"), Item(2, "乙。"))
    fines = Article(23, None, (), (Paragraph(FINE, items), Paragraph("丙的，依照前款规定处罚。")), 9)
    return Text(law_id, version, "", (), (Article(1, None, (), (Paragraph("为了提灯。"),), 5), fines))


def rule(**changes: Any) -> Violation:
    """A violation with one tier and figures that stand in the article."""
    plain = Violation(
        code="XX-001",
        domain="food",
        subject="org",
        title_zh="试验",
        title_en="trial",
        violated=(Citation("auc", 1),),
        basis=(Citation("auc", 23, 1),),
        sectors=("market",),
        checked="text",
        checked_in=("invented",),
        tiers=(Tier("base", "任何情节", fine=FineRule("range", min=100_000, max=500_000)),),
        since=date(2025, 10, 15),
    )
    return replace(plain, **changes)


@pytest.fixture
def problems(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The problems of a catalogue that holds nothing but the rules given."""

    def problems(*entries: Violation) -> list[str]:
        monkeypatch.setattr(against, "catalogue", lambda: {entry.code: entry for entry in entries})
        return [str(problem) for problem in check_texts(text_of)[1]]

    return problems


def tier(**fine: int) -> tuple[Tier, ...]:
    return (Tier("base", "任何情节", fine=FineRule("range", **fine)),)


def test_a_rule_that_is_as_its_text_has_no_problem(problems: Any) -> None:
    assert problems(rule()) == []


def test_a_figure_that_stands_nowhere_is_named_with_what_was_read(problems: Any) -> None:
    assert problems(rule(tiers=tier(min=100_000, max=600_000))) == [
        "XX-001: tier base, min–max: 1,000.00 yuan to 6,000.00 yuan is not in "
        "《反不正当竞争法》第二十三条第一款（2025-06-27）"
    ]


def test_an_unverified_rule_is_not_held_against_the_text(problems: Any) -> None:
    assert problems(rule(tiers=tier(min=1, max=2), checked="unverified")) == []


def test_a_reference_needs_what_it_refers_to_cited_too(problems: Any) -> None:
    refers = Citation("auc", 23, 2)
    assert len(problems(rule(basis=(refers,)))) == 1
    assert problems(rule(basis=(refers, Citation("auc", 23, 1)))) == []


def test_the_basis_of_a_tier_is_read_too(problems: Any) -> None:
    narrower = (
        Tier("base", "任何情节", basis=(Citation("auc", 23),), fine=FineRule("range", min=100_000, max=500_000)),
    )
    assert problems(rule(basis=(Citation("auc", 1),), tiers=narrower)) == []
    wrong = (narrower[0]._replace(basis=(Citation("auc", 1),)),)
    assert len(problems(rule(tiers=wrong))) == 1, "a tier's own basis stands in the place of the violation's"
    assert len(problems(rule(basis=(Citation("auc", 1),)))) == 1


@pytest.mark.parametrize(
    ("cited", "lack"),
    [
        (Citation("auc", 24), "there is no such article"),
        (Citation("auc", 23, 3), "it has 2 paragraphs"),
        (Citation("auc", 23, 1, 3), "its paragraph 1 has no item 3"),
        (Citation("auc", 23, suffix=1), "there is no such article"),
    ],
    ids=lambda value: value.place() if isinstance(value, Citation) else "",
)
def test_a_citation_that_leads_nowhere_is_named(problems: Any, cited: Citation, lack: str) -> None:
    assert problems(rule(violated=(cited,))) == [f"XX-001: {cited.zh()} is cited, but in version 2025-06-27 {lack}"]


def test_an_edition_of_days_without_a_text_is_not_judged_but_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    old = rule(since=date(2019, 4, 23), until=date(2025, 10, 14), historic=True)
    monkeypatch.setattr(against, "catalogue", lambda: {old.code: old})
    compared, found = check_texts(text_of)
    assert (found, compared.figures, compared.without_text) == ([], 0, ("XX-001 2019-04-23",))


def test_what_else_cites_the_law_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(against, "catalogue", dict)
    cited = [Cited("procedure.toml: PR-1", Citation("auc", 99)), Cited("PR-2", Citation("lantern", 1))]
    assert [str(problem) for problem in check_texts(text_of, cited)[1]] == [
        "procedure.toml: PR-1: 《反不正当竞争法》第九十九条 is cited, "
        "but in version 2025-06-27 there is no such article",
        "PR-2: the catalogue has no law 'lantern'",
    ]


# --- what stands beside the figures -----------------------------------------------------------------------------

WORDS = [
    "由监督部门责令改正，给予警告，没收违法所得，可以并处违法所得一倍以上三倍以下的罚款；"
    "情节严重的，处五千元以上一万元以下的罚款，吊销许可证。"
]
INCOME = FineRule("multiple", base="illegal_income", min_times=Decimal(1), max_times=Decimal(3), optional=True)
SERIOUS = FineRule("range", min=500_000, max=1_000_000)


@pytest.mark.parametrize(
    ("measures", "unsaid"),
    [
        ({"warning": True, "order_correction": True, "confiscate": ("illegal_income",)}, []),
        ({"revoke": ("许可证",)}, []),
        ({"public_criticism": True}, ["public_criticism: none of 通报"]),
        ({"suspend_business": True}, ["suspend_business: none of 停产、停业、停止、暂停、关闭、整顿"]),
        ({"person_ban_life": True}, ["person_ban_life: none of 终身"]),
        ({"police_detention_days": (1, 5)}, ["police_detention_days: none of 拘留"]),
    ],
    ids=str,
)
def test_a_measure_of_which_the_text_says_nothing_is_named(measures: dict[str, Any], unsaid: list[str]) -> None:
    tier = Tier("base", "", **measures)
    assert [*unsaid_measures(tier, MEASURES, WORDS), *unsaid_measures(tier, PERSONAL, WORDS)] == unsaid


@pytest.mark.parametrize(
    ("fine", "unsaid"),
    [
        (INCOME, []),
        (SERIOUS, []),
        (INCOME._replace(optional=False), ["times: 1 times to 3 times: obligatory, but only with 可以"]),
        (
            SERIOUS._replace(optional=True),
            ["min–max: 5,000.00 yuan to 10,000.00 yuan: optional, but neither 可以 nor another choice"],
        ),
        (INCOME._replace(base="ad_cost"), ["times: 1 times to 3 times of ad_cost: none of 广告费"]),
        (SERIOUS._replace(max=2_000_000), []),
        (None, []),
    ],
)
def test_must_or_may_and_the_base_are_those_of_the_text(fine: FineRule | None, unsaid: list[str]) -> None:
    assert list(unsaid_of_fine(fine, WORDS)) == unsaid


def test_a_measure_that_is_not_said_is_a_problem_of_its_tier(problems: Any) -> None:
    warned = (rule().tiers[0]._replace(warning=True),)
    assert problems(rule(tiers=warned)) == [
        "XX-001: tier base, warning: none of 警告 in 《反不正当竞争法》第二十三条第一款（2025-06-27）"
    ]


def test_every_base_has_its_words() -> None:
    assert set(BASES) | COUNTED.keys() == set(words.BASES)


# --- days -------------------------------------------------------------------------------------------------------


def editions(first: tuple[str, str], second: str) -> Violation:
    since, until = map(date.fromisoformat, first)
    return rule(since=date.fromisoformat(second), earlier=(rule(since=since, until=until, historic=True),))


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (editions(("2019-04-23", "2025-10-14"), "2025-10-15"), None),
        (editions(("2019-04-23", "2025-10-15"), "2025-10-15"), "overlaps"),
        (editions(("2019-04-23", "2025-10-13"), "2025-10-15"), "a gap"),
        (editions(("1980-01-01", "2025-10-14"), "2025-10-15"), "no law that it rests on was in force on 1980-01-01"),
        (replace(editions(("2019-04-23", "2025-10-14"), "2025-10-15"), since=None), "names its first and last day"),
    ],
    ids=lambda value: "" if isinstance(value, Violation) else str(value),
)
def test_editions_follow_each_other_day_by_day(entry: Violation, why: str | None) -> None:
    found = [problem.problem for problem in check_days(entry)]
    assert len(found) == (why is not None) and all(why in each for each in found if why)


# --- versions ---------------------------------------------------------------------------------------------------


def test_a_paragraph_that_changed_must_be_named_in_differs() -> None:
    texts = {version: stand_in("device", version) for version in ("2021-02-09", "2024-12-06")}

    def of(law_id: str, version: str) -> Text | None:
        return texts.get(version) if law_id == "device" else None

    assert list(check_versions(of)) == []
    old = texts["2021-02-09"]
    assert not old.articles[18].suffix and old.articles[18].number == 19, "named in differs"
    articles = list(old.articles)
    for place in (18, 19):
        articles[place] = articles[place]._replace(paragraphs=(Paragraph("旧。"),))
    texts["2021-02-09"] = replace(old, articles=tuple(articles))
    assert [str(problem) for problem in check_versions(of)] == [
        "laws.toml: device, version 2021-02-09: 《医疗器械监督管理条例》第二十条第一款 reads otherwise than today, "
        "but differs does not name it"
    ]


# --- the other way round ----------------------------------------------------------------------------------------


def test_a_fine_that_no_rule_holds_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    held = rule(basis=(Citation("auc", 23, 1),))
    monkeypatch.setattr("inspectorate.law.checks.uncovered.catalogue", lambda: {held.code: held})
    text = text_of("auc", "2025-06-27")
    assert text
    assert list(uncovered([text])) == []
    more = Article(24, None, (), (Paragraph("丁的，处二千元以下的罚款，并处一倍以下的罚款。"),), 12)
    raised = text.articles[1]._replace(paragraphs=(Paragraph("甲的，处九千元以下的罚款。"),))
    found = list(uncovered([replace(text, articles=(raised, more))]))
    assert [(each.citation.article, each.clause, each.cited) for each in found] == [
        (23, "处九千元以下的罚款", True),
        (24, "处二千元以下的罚款", False),
        (24, "并处一倍以下的罚款", False),
    ]
    assert str(found[1]) == "《反不正当竞争法》第二十四条第一款（2025-06-27）: no rule rests on: 处二千元以下的罚款"
    assert list(uncovered([replace(text, adopted="2019-04-23")])) == [], "of the current version alone"


def test_uncovered_fines_are_no_problem(tmp_path: Path, nothing_loaded: None) -> None:
    text = stand_in("toxicdrug", "1988-12-27", words="的，处七千元以下的罚款。")
    (tmp_path / "toxicdrug@1988-12-27.md").write_bytes(content_of(text))
    result = CliRunner().invoke(law_cli, ["check", "--texts", str(tmp_path), "--uncovered", "--json"])
    report = json.loads(result.stdout)
    assert len(report["uncovered"]) == 14
    assert report["uncovered"][0]["citation"] == {"law": "toxicdrug", "article": 1, "paragraph": 1}


# --- the command ------------------------------------------------------------------------------------------------


@pytest.fixture
def nothing_loaded() -> Iterator[None]:
    """No folder of texts, whatever a test before has used."""
    before = store.folder()
    use(None)
    yield
    use(before)


def test_the_catalogue_is_as_it_should_be_without_any_text(nothing_loaded: None) -> None:
    result = CliRunner().invoke(law_cli, ["check"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("no statute text is loaded\n")


def test_the_report_in_json_tells_what_was_compared(nothing_loaded: None) -> None:
    report = json.loads(CliRunner().invoke(law_cli, ["check", "--json"]).stdout)
    assert report["ok"] == (report["problems"] == []) and "uncovered" not in report
    assert report["compared"]["texts"] == report["compared"]["figures"] == 0
    assert report["violations"] >= 650


def test_a_text_that_cannot_be_read_is_a_problem_of_the_check(tmp_path: Path, nothing_loaded: None) -> None:
    (tmp_path / "food@2021-04-29.md").write_text("# 中华人民共和国食品安全法\n\n第二条 吃。\n", "utf-8")
    result = CliRunner().invoke(law_cli, ["check", "--texts", str(tmp_path)])
    assert result.exit_code == 1
    assert "food@2021-04-29.md:3: the text begins with article 2" in result.stderr


def test_a_problem_is_placed_at_its_line_in_the_data() -> None:
    from inspectorate.law.checks.problems import place_of
    from inspectorate.law.datafile import DATA

    entry = violation("FD-001")
    file, line, code = place_of(entry, 0).split(":")
    lines = (DATA / file).read_text("utf-8").splitlines()
    assert code.strip() == "FD-001" and lines[int(line) - 1] == "[[violation.tier]]"
    assert 'code = "FD-001"' in lines[: int(line)]
