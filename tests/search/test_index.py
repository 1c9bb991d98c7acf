"""The index follows every change of what is searched, inside the transaction that makes it, on both databases."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from inspectorate.accounts.actor import SYSTEM
from inspectorate.accounts.permissions import Role
from inspectorate.audit.actions import record
from inspectorate.cases.queries import Filters as CaseFilters
from inspectorate.cases.queries import filtered as filtered_cases
from inspectorate.cases.queries import page as page_of_cases
from inspectorate.complaints.models import Complaint
from inspectorate.complaints.queries import Filter as ComplaintFilter
from inspectorate.complaints.queries import complaints
from inspectorate.extensions import db
from inspectorate.inspections.queries import Filters, filtered, page
from inspectorate.registry import queries as registry
from inspectorate.registry.models import Establishment, Licence
from inspectorate.search import commonness, entries, finding
from inspectorate.search.searched import SEARCHED
from tests import factories
from tests.harness.world import OWN_NAME, World, build

NAME = "玥然医疗美容门诊部"


@pytest.fixture
def actor(session: Any) -> Any:
    return factories.actor(Role.INSPECTOR)


@pytest.fixture
def place(actor: Any) -> Establishment:
    return factories.establishment(name=NAME, uscc="91330106MA2B000013", address="文三路 12 号", phone="13812345678")


def found(actor: Any, words: str, **more: Any) -> list[str]:
    query = registry.establishments(actor, registry.Filter(words=words, **more), date(2026, 1, 1))
    return [row.name for row in registry.page(query, Establishment, after=None, before=None).rows]


@pytest.mark.parametrize(
    "words",
    ["玥", "玥然", "医疗美", NAME, "9", "91", "ma2b", "ＭＡ２Ｂ0000", "000013", "文三路12号", "玥 门诊", "门诊部 12号"],
)
def test_any_part_of_name_code_and_address_finds_a_place(actor: Any, place: Establishment, words: str) -> None:
    assert found(actor, words) == [NAME]


@pytest.mark.parametrize("words", ["然玥", "玥医", "MA2C", "玥 口腔", "部9133", "〔〕", "13812345678", "1381"])
def test_what_is_not_there_finds_nothing(actor: Any, place: Establishment, words: str) -> None:
    assert found(actor, words) == []


def test_pairs_that_stand_apart_make_no_word(actor: Any) -> None:
    factories.establishment(name="美容医美")
    assert found(actor, "美容医美") and found(actor, "医美")
    assert not found(actor, "容医容") and not found(actor, "医美容")


def test_signs_of_the_query_language_are_only_signs(actor: Any, place: Establishment) -> None:
    for words in ('"', "玥*", "NOT 玥", "玥%", "_", "'", "玥 OR 王", "a:b", "NEAR(玥 然)", "\\"):
        assert set(found(actor, words)) <= {NAME}


@pytest.mark.parametrize("walks", [True, False])
def test_walking_finds_what_gathering_finds(
    actor: Any, place: Establishment, monkeypatch: pytest.MonkeyPatch, walks: bool
) -> None:
    factories.establishment(name=f"西湖{NAME}", region_code="330203")
    monkeypatch.setattr(finding, "is_common", lambda *_: walks)
    assert found(actor, "门诊部") == found(actor, "玥 门诊") == [NAME]
    assert found(actor, "部门诊") == []


@pytest.mark.parametrize(
    ("entries", "grams", "common"),
    [
        (1_000_000, ["门诊", "诊部"], True),
        (1_000_000, ["门诊", "玥"], False),
        (1_000_000, ["瑜琪"], False),
        (10_000, ["门诊", "诊部"], False),
    ],
)
def test_common_is_what_is_found_sooner_by_walking(
    monkeypatch: pytest.MonkeyPatch, entries: int, grams: list[str], common: bool
) -> None:
    shares = {"areahealth": 0.5, "门诊": 0.06, "诊部": 0.05, "瑜琪": 0.01}
    monkeypatch.setattr(commonness, "_statistics", lambda _: commonness.Statistics(0, entries, shares))
    assert commonness.is_common("search_inspection", ["areahealth"], grams) is common
    assert not commonness.is_common("search_inspection", ["area330106health"], grams)


def test_the_index_follows_names_licences_and_regions(actor: Any, place: Establishment) -> None:
    place.licences = [Licence(kind="医疗机构执业许可证", number="PDY-77-31")]
    assert found(actor, "pdy7731") == [NAME]
    place.licences = []
    assert found(actor, "pdy7731") == []
    place.name = "瑾瑜口腔诊所"
    assert found(actor, "玥") == [] and found(actor, "瑾") == ["瑾瑜口腔诊所"]
    place.region_code = factories.OTHER_COUNTY
    assert found(actor, "瑾") == []


def test_only_the_own_region_is_found_and_a_filter_narrows_it(session: Any) -> None:
    for region in ("330105", "330106", "330200", "440106"):
        factories.establishment(region, name=f"玥{region}")
    city = factories.actor(Role.INSPECTOR, agency=factories.agency("330100"))
    assert sorted(found(city, "玥")) == ["玥330105", "玥330106"]
    assert found(city, "玥", region="330105") == ["玥330105"]
    assert found(city, "玥", region="440000") == []
    nation = factories.actor(Role.INSPECTOR, agency=factories.agency("000000"))
    assert len(found(nation, "玥")) == 4


def test_what_is_rolled_back_is_not_found_and_what_was_there_still_is(actor: Any, place: Establishment) -> None:
    record(place, "registry:establishment:add", SYSTEM)
    db.session.commit()
    with db.session.begin_nested() as savepoint:
        place.name = "瑾"
        assert found(actor, "瑾") == ["瑾"]
        savepoint.rollback()
    assert found(actor, "瑾") == [] and found(actor, "玥") == [NAME]
    place.name = "璟"
    db.session.flush()
    db.session.rollback()
    assert found(actor, "璟") == [] and found(actor, "玥") == [NAME]


@pytest.fixture
def world(session: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    return build(monkeypatch)


def test_cases_inspections_and_complaints_are_found_by_party_number_and_name(world: World) -> None:
    actor = factories.actor(Role.INSPECTOR, agency=world.office.agency)
    case = world.walk.case
    party = case.respondents[0]
    assert party.decision is not None and party.decision.number
    for words in (case.number, case.name[:2], party.decision.number, party.subject.name[:3], "紫藤 青鸾"):
        rows = page_of_cases(filtered_cases(actor, CaseFilters(words=words))).rows
        assert [row.id for row in rows] == [case.id], words
    by_number = page(filtered(actor, Filters(words=f"{OWN_NAME}检1"))).rows
    assert [row.id for row in by_number] == [world.ids["inspection_id"]]
    assert len(page(filtered(actor, Filters(words="紫藤"))).rows) == 2
    assert len(db.session.scalars(complaints(actor, ComplaintFilter(words="无证行医"))).all()) == 1
    assert not db.session.scalars(complaints(actor, ComplaintFilter(words="青鸾女士"))).all()
    party.subject.name = "楠溪门诊部"
    assert [row.id for row in page_of_cases(filtered_cases(actor, CaseFilters(words="楠溪"))).rows] == [case.id]
    assert len(page(filtered(actor, Filters(words="楠溪"))).rows) == 2


def whole_index() -> dict[str, list[tuple[Any, ...]]]:
    connection = db.session.connection()
    return {
        searched.table.name: [tuple(row) for row in connection.execute(select(searched.table).order_by("place"))]
        for searched in SEARCHED
    }


def test_the_index_made_anew_is_the_one_that_grew(world: World) -> None:
    grown = whole_index()
    assert all(grown.values())
    numbers = dict(entries.rebuild(db.session.connection()))
    assert whole_index() == grown
    assert numbers == {name: len(rows) for name, rows in grown.items()}
    actor = factories.actor(Role.INSPECTOR, agency=world.office.agency)
    assert len(page(filtered(actor, Filters(words="紫藤"))).rows) == 2


def test_no_identity_number_or_telephone_is_in_the_index(world: World) -> None:
    person = factories.person(name="王玥", id_number="110105194912310021", phone="13912345678")
    complaint = db.session.get_one(Complaint, world.ids["complaint_id"])
    complaint.text = "电话13600001111，身份证11010519491231002X，请查处"
    entries.bring_up_to_date(db.session())
    told = str(whole_index())
    assert "王玥" in told and "请查处" in told
    for number in (person.id_number, person.phone, "13600001111", "11010519491231002x", "1949"):
        assert number not in told


def test_the_command_tells_how_many_entries_there_are(app: Any, session: Any) -> None:
    result = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert result.exit_code == 0, result.output
    assert "search_subject: 0" in result.output
