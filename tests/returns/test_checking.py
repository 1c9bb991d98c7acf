"""What stands in the way of a table, and where it leads: each check finds what it is for, and says nothing else."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import event

from inspectorate.accounts.actor import SYSTEM
from inspectorate.campaigns import queries
from inspectorate.campaigns.actions import create_campaign, load_form
from inspectorate.campaigns.forms_known import shipped_form
from inspectorate.cases.models import CaseFinding
from inspectorate.errors import Refusals
from inspectorate.returns import actions, checking
from inspectorate.returns.checking.last_period import swung
from inspectorate.returns.models import Return
from inspectorate.returns.periods import period_of
from inspectorate.returns.reading import Given, read_values
from inspectorate.returns.tables import table_of
from tests import factories
from tests.campaigns.world import Builder
from tests.returns.conftest import CAMPAIGN, FORM, PERIOD, TODAY, Chain

AFTER = date(2022, 1, 5)


def found(row: Return, today: date = TODAY) -> dict[str, Any]:
    """The findings of a return by their keys."""
    return {one.key: one for one in checking.findings(row, table_of(row, today), today)}


def department(region: str, sector: str, document: Any, *, period: Any = PERIOD, form: str = FORM) -> Return:
    """A department's figures, filed."""
    agency = factories.agency(region, sector)
    given: Given = read_values(shipped_form(form), document)
    assert not given.problems
    return actions.file_department(SYSTEM, CAMPAIGN, form, region, period, given, TODAY, agency_id=agency.id)


def cells(**lines: Any) -> dict[str, Any]:
    return {"cells": lines}


@pytest.mark.one_database
def test_a_sound_table_has_no_finding(chain: Chain) -> None:
    build = Builder()
    build.inspection(build.subject("org"))
    assert found(chain.own(chain.county)) == {}


@pytest.mark.one_database
def test_a_check_of_the_form_tells_its_figures_and_what_to_do(chain: Chain) -> None:
    build = Builder()
    build.complaint(received_on=date(2021, 5, 1), closed_on=date(2021, 7, 1))
    (finding,) = found(chain.own(chain.county)).values()
    assert (finding.level, finding.reason_needed) == ("warn", True)
    assert finding.key.startswith("check:") and finding.key.endswith("@foot")
    assert str(finding.way_out)


@pytest.mark.one_database
def test_a_part_larger_than_its_whole_blocks_a_return(chain: Chain) -> None:
    given = read_values(shipped_form("occ_supervision_bulletin_2008"), cells(u={"n": 2}, u_org={"n": 3}))
    assert not given.problems
    agency = factories.agency("330106", "disease_control")
    with pytest.raises(Refusals, match="设立职业卫生管理机构"):
        actions.file_department(
            SYSTEM, "", "occ_supervision_bulletin_2008", "330106", period_of(None, None), given, TODAY,
            agency_id=agency.id,
        )  # fmt: skip


def test_records_that_must_be_mended_are_named_with_their_links(chain: Chain) -> None:
    build = Builder()
    clinic = build.subject("org", uscc="91330106MA2AAAAA1X", name="甲门诊部")
    build.subject("org", uscc="91330106MA2AAAAA1X", name="甲门诊部（旧）")
    case = build.case(clinic)
    build.decide(case.respondents[0], ("fine", None))
    undecided = build.case(clinic)
    draft = build.inspection(clinic, state="draft")
    build.inspection(clinic)
    findings = found(chain.own(chain.county), AFTER)
    assert set(findings) == {f"records:{name}" for name in ("articles", "amounts", "undecided", "drafts", "register")}
    assert [link.id for link in findings["records:articles"].links] == [case.id]
    assert [link.id for link in findings["records:undecided"].links] == [undecided.id]
    assert [(link.kind, link.id) for link in findings["records:drafts"].links] == [("inspection", draft.id)]
    assert [(link.kind, link.id) for link in findings["records:register"].links] == [("subject", clinic.id)]
    assert all(str(one.way_out) and str(one.text).startswith("1") for one in findings.values())
    assert "records:undecided" not in found(chain.own(chain.county), TODAY)


def decided(build: Builder, subject: Any, region: str, day: date, number: str | None = None) -> Any:
    case = build.case(subject, region_code=region)
    case.respondents[0].findings = [CaseFinding(violation="MC-001", facts="…", position=0)]
    build.decide(case.respondents[0], ("warning", None), decided_on=day, number=number)
    return case


@pytest.mark.parametrize("same", ["subject", "code", "name and address"])
def test_one_case_in_two_counties_is_found_at_the_city(chain: Chain, same: str) -> None:
    build = Builder()
    values = {"uscc": "91330106MA2AAAAA1X"} if same == "code" else {"name": "甲", "address": "文三路1号"}
    one = build.subject("org", **values)
    other = one if same == "subject" else build.subject("org", **values)
    first = decided(build, one, "330106", date(2021, 7, 1))
    second = decided(build, other, "330105", date(2021, 8, 30))
    decided(build, build.subject("org", name="乙", address="文三路1号"), "330105", date(2021, 8, 1))
    (finding,) = found(chain.own(chain.city)).values()
    assert finding.key == f"duplicate:{first.id}:{second.id}"
    assert {(link.kind, link.id) for link in finding.links} == {("case", first.id), ("case", second.id)}
    assert found(chain.own(chain.county)) == {}


@pytest.mark.one_database
def test_beyond_sixty_days_or_in_one_county_they_are_two_cases_but_one_number_is_always_one(chain: Chain) -> None:
    build = Builder()
    clinic = build.subject("org", uscc="91330106MA2AAAAA1X")
    decided(build, clinic, "330106", date(2021, 7, 1), "杭罚〔2021〕1号")
    decided(build, clinic, "330106", date(2021, 7, 2), "杭罚〔2021〕2号")
    later = decided(build, clinic, "330105", date(2021, 9, 1))
    assert found(chain.own(chain.city)) == {}
    later.respondents[0].decision.number = "杭罚〔2021〕1号"
    assert [key.split(":")[0] for key in found(chain.own(chain.city))] == ["duplicate"]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [(20, 31, True), (20, 30, False), (20, 9, True), (20, 10, False), (0, 10, True), (0, 9, False), (4, 13, False)],
)
def test_a_swing_is_more_than_half_and_at_least_ten(old: int, new: int, expected: bool) -> None:
    assert swung(Fraction(old), Fraction(new)) is expected


@pytest.mark.one_database
def test_a_large_change_since_the_last_month_is_explained(chain: Chain) -> None:
    agency = factories.agency("330106", "market")
    rows = []
    for month, value in ((7, 20), (8, 60)):
        period = period_of(date(2021, month, 1), date(2021, month, 31))
        given = read_values(shipped_form(FORM), cells(inspected={"ad": value, "mail": 3}))
        rows.append(
            actions.file_department(SYSTEM, CAMPAIGN, FORM, "330106", period, given, TODAY, agency_id=agency.id)
        )
    (finding,) = found(rows[1]).values()
    assert (finding.key, finding.addresses) == ("swing:inspected", (("inspected", "ad"),))
    assert "20→60" in str(finding.text)
    assert found(rows[0]) == {}


@pytest.mark.one_database
def test_a_table_that_would_say_something_else_today_is_told_above(chain: Chain) -> None:
    build = Builder()
    build.inspection(build.subject("org"))
    chain.submitted(chain.county)
    assert found(chain.own(chain.city)) == {}
    build.inspection(build.subject("org"))
    (finding,) = found(chain.own(chain.city)).values()
    assert finding.key == "below:330106"
    assert finding.addresses == (("inspected", "unlicensed"),)
    assert "1→2" in str(finding.text)


@pytest.mark.one_database
def test_what_a_department_sent_without_a_reason_is_explained_by_the_office_that_reports(chain: Chain) -> None:
    row = department("330106", "market", {"foot": {"in": 1, "closed": 3}})
    findings = found(chain.own(chain.county))
    assert f"supplied:{row.reporter}:{row.period}" in findings
    assert f"supplied:{row.reporter}:{row.period}" not in found(chain.own(chain.city))


@pytest.mark.one_database
def test_an_explained_residue_travels_with_the_total(chain: Chain) -> None:
    document = cells(visits={"n": 10}, v_units={"n": 6}) | {"reasons": {"total:visits@n": "其他单位"}}
    given = read_values(shipped_form("routine_supervision_ningxia_2017h1"), document)
    agency = factories.agency("330106", "tcm")
    row = actions.file_department(
        SYSTEM, "", "routine_supervision_ningxia_2017h1", "330106", period_of(date(2021, 1, 1), date(2021, 6, 30)),
        given, TODAY, agency_id=agency.id,
    )  # fmt: skip
    (finding,) = found(row).values()
    assert (finding.key, finding.addresses) == ("total:visits@n", (("visits", "n"),))
    assert "4" in str(finding.text)
    assert row.snapshots[-1].content["findings"][0]["reason"] == "其他单位"


TWIN = """
[form]
id = "{id}"
title = "{title}"
[period]
kind = "campaign"
[[row]]
id = "{row}"
label = "抽检数"
m = "samples"
where = {{ category = "{category}" }}
"""


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("category", "numbers", "differ"), [("a", (3, 4), True), ("a", (3, 3), False), ("b", (3, 4), False)]
)
def test_what_two_forms_count_alike_is_the_same_number(
    chain: Chain, category: str, numbers: tuple[int, int], differ: bool
) -> None:
    for form_id, row, counted in (("twin_one", "r", "a"), ("twin_two", "s", category)):
        text = TWIN.format(id=form_id, title=form_id, row=row, category=counted)
        load_form(SYSTEM, text, f"{form_id}.toml")
    create_campaign(
        SYSTEM, code="twins", title="两表", region_code="330000", date_from=PERIOD.start, date_to=PERIOD.end,
        forms=["twin_one", "twin_two"], categories=[{"code": code, "label": code} for code in "ab"],
    )  # fmt: skip
    agency = factories.agency("330106", "market")
    for (form_id, row), number in zip((("twin_one", "r"), ("twin_two", "s")), numbers, strict=True):
        form = queries.form(form_id)
        assert form is not None
        given = read_values(form, cells(**{row: {"n": number}}))
        actions.file_department(SYSTEM, "twins", form_id, "330106", PERIOD, given, TODAY, agency_id=agency.id)
    own = actions.open_level(chain.county, "twins", "twin_one", "330106", PERIOD)
    assert list(found(own)) == (["form:twin_two:r@n"] if differ else [])


@pytest.mark.one_database
def test_all_checks_of_a_city_take_a_few_statements(chain: Chain, session: Any) -> None:
    build = Builder()
    for _ in range(5):
        build.inspection(build.subject("org"))
    chain.submitted(chain.county)
    department("330105", "market", cells(inspected={"ad": 3}))
    row = chain.own(chain.city)
    table = table_of(row, TODAY)
    taken: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *args: taken.append(args[2]))
    checking.findings(row, table, TODAY)
    assert 0 < len(taken) <= 30, len(taken)
