"""Use cases of the registry on both databases: once, in scope, recorded, never overwritten unseen."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.errors import NotFound, Refusal, Refusals, Stale
from inspectorate.extensions import unit_of_work
from inspectorate.registry import actions, queries
from inspectorate.registry.models import Establishment, Licence, Person
from inspectorate.registry.queries import Filter
from inspectorate.registry.rules import LicenceFacts, born_on
from tests import factories
from tests.registry.test_rules import CODE, IDENTITY, TODAY, clinic, code, person

LICENCE = LicenceFacts(kind="medical_practice", number="PDY1", issued_on=date(2022, 1, 1), expires_on=date(2027, 1, 1))


@pytest.fixture
def inspector(session: Any) -> Any:
    from tests.client import save

    found = factories.actor(Role.INSPECTOR)
    save()
    return found


def count(session: Any, model: Any) -> int:
    return int(session.scalar(select(func.count()).select_from(model)))


def add(inspector: Any, **changes: Any) -> Establishment:
    options = {name: changes.pop(name) for name in ("key", "confirmed", "source") if name in changes}
    with unit_of_work():
        return actions.add_establishment(inspector, TODAY, clinic(**changes), **options)


def test_an_establishment_is_registered_with_licences_and_recorded(session: Any, inspector: Any) -> None:
    place = add(inspector, licences=[LICENCE], attributes={"departments": ["医疗美容科"], "beds": None})
    assert (place.uscc, place.licences[0].number) == (CODE, "PDY1")
    assert place.attributes == {"departments": ["医疗美容科"]}
    [entry] = session.scalars(select(RecordEntry))
    assert (entry.event, entry.subject_id) == ("registry:establishment:add", place.id)


def test_the_same_key_sent_twice_makes_one(session: Any, inspector: Any) -> None:
    first = add(inspector, key="from-the-phone")
    assert add(inspector, key="from-the-phone", name="别的名字").id == first.id
    assert count(session, Establishment) == count(session, RecordEntry) == 1


def test_a_code_that_is_registered_is_refused_with_the_name_that_bears_it(session: Any, inspector: Any) -> None:
    add(inspector)
    with pytest.raises(Refusal) as refused:
        add(inspector, name="别的名字", address="别处1号")
    assert refused.value.field == "uscc" and "美芮医疗美容门诊部" in str(refused.value)


def test_a_code_registered_in_another_region_is_refused_without_telling_whose(session: Any, inspector: Any) -> None:
    from tests.client import save

    factories.establishment(factories.OTHER_COUNTY, uscc=CODE, name="邻县诊所")
    save()
    with pytest.raises(Refusal) as refused:
        add(inspector)
    assert refused.value.field == "uscc" and "邻县诊所" not in str(refused.value)


def test_a_likely_duplicate_must_be_confirmed(session: Any, inspector: Any) -> None:
    add(inspector, uscc=None)
    with pytest.raises(Refusal) as refused:
        add(inspector, uscc=None, name="别的名字", address="文三路 1号")
    assert refused.value.field == "confirmed"
    add(inspector, uscc=None, name="别的名字", confirmed=True)
    assert count(session, Establishment) == 2


def test_two_shops_of_one_name_with_codes_of_their_own_are_two(session: Any, inspector: Any) -> None:
    add(inspector)
    add(inspector, uscc=code("91330106MA2B00002"), address="文三路2号")
    assert count(session, Establishment) == 2


def test_a_refused_establishment_leaves_nothing_behind(session: Any, inspector: Any) -> None:
    with pytest.raises(Refusals):
        add(inspector, uscc="1", licences=[LICENCE])
    assert count(session, Establishment) == count(session, Licence) == count(session, RecordEntry) == 0


def test_a_late_save_is_refused_even_when_only_a_licence_was_changed(session: Any, inspector: Any) -> None:
    place = add(inspector, licences=[LICENCE])
    read = place.version
    with unit_of_work():
        longer = LICENCE._replace(expires_on=date(2030, 1, 1))
        actions.change_establishment(inspector, place.id, TODAY, clinic(licences=[longer]), version=read)
    with pytest.raises(Stale), unit_of_work():
        actions.change_establishment(inspector, place.id, TODAY, clinic(name="晚到"), version=read)
    session.expire_all()
    kept = session.get(Establishment, place.id)
    assert kept.name == "美芮医疗美容门诊部" and kept.licences[0].expires_on == date(2030, 1, 1)


def test_saving_without_a_change_is_not_recorded(session: Any, inspector: Any) -> None:
    place = add(inspector, licences=[LICENCE])
    with unit_of_work():
        actions.change_establishment(inspector, place.id, TODAY, clinic(licences=[LICENCE]), version=place.version)
    assert count(session, RecordEntry) == 1


def test_attributes_of_another_sender_survive_a_change(session: Any, inspector: Any) -> None:
    from tests.client import save

    odd = {"wifi": True, "beds": "三张", "doctors": 3}
    place = factories.establishment(attributes=odd)
    save()
    with unit_of_work():
        facts = clinic(attributes={"nurses": 2})
        actions.change_establishment(inspector, place.id, TODAY, facts, version=place.version)
    session.expire_all()
    assert session.get(Establishment, place.id).attributes == {"wifi": True, "beds": "三张", "nurses": 2}


def test_boxes_ticked_in_another_order_are_no_change(session: Any, inspector: Any) -> None:
    from tests.client import save

    known = {"industry": "chemical", "size": "small", "registration": "private"}
    place = factories.establishment(kind="workplace", attributes={"hazards": ["噪声", "苯"]})
    save()
    for ticked, kept in ((["苯", "噪声"], ["噪声", "苯"]), (["苯", "甲苯"], ["苯", "甲苯"])):
        with unit_of_work():
            facts = clinic(kind="workplace", attributes={**known, "hazards": ticked})
            actions.change_establishment(inspector, place.id, TODAY, facts, version=place.version)
        session.expire_all()
        assert session.get(Establishment, place.id).attributes["hazards"] == kept


def test_nobody_reads_or_changes_a_neighbours_place(session: Any, inspector: Any) -> None:
    from tests.client import save

    there = factories.establishment(factories.OTHER_COUNTY)
    save()
    with pytest.raises(NotFound):
        queries.subject(inspector, there.id)
    with pytest.raises(NotFound), unit_of_work():
        actions.change_establishment(inspector, there.id, TODAY, clinic(), version=1)


def test_birth_and_sex_follow_from_the_identity_number(session: Any, inspector: Any) -> None:
    with unit_of_work():
        made = actions.add_person(inspector, TODAY, person(id_number=IDENTITY))
    assert (made.born_on, made.sex) == (born_on(IDENTITY), "F")


def test_an_identity_number_is_registered_once_and_a_namesake_must_be_confirmed(session: Any, inspector: Any) -> None:
    with unit_of_work():
        actions.add_person(inspector, TODAY, person(id_number=IDENTITY))
    with pytest.raises(Refusal) as refused, unit_of_work():
        actions.add_person(inspector, TODAY, person(name="李四", id_number=IDENTITY))
    assert refused.value.field == "id_number"
    with pytest.raises(Refusal) as refused, unit_of_work():
        actions.add_person(inspector, TODAY, person())
    assert refused.value.field == "confirmed"
    with unit_of_work():
        actions.add_person(inspector, TODAY, person(), confirmed=True)
    assert count(session, Person) == 2


def test_a_person_is_connected_once_and_taken_off_again(session: Any, inspector: Any) -> None:
    place = add(inspector, uscc=None)
    with unit_of_work():
        met = actions.add_person(inspector, TODAY, person())
        first = actions.connect_person(inspector, place.id, met.id, "met_there")
        assert actions.connect_person(inspector, place.id, met.id, "met_there").id == first.id
    assert [one.person.name for one in queries.people_of(inspector, place)] == ["张三"]
    with pytest.raises(Refusal), unit_of_work():
        actions.connect_person(inspector, place.id, met.id, "friend")
    with unit_of_work():
        actions.disconnect_person(inspector, place.id, first.id)
    with pytest.raises(NotFound), unit_of_work():
        actions.disconnect_person(inspector, place.id, first.id)
    events = session.scalars(select(RecordEntry.event).where(RecordEntry.subject_id == place.id)).all()
    assert events[1:] == ["registry:person:connect", "registry:person:disconnect"]


def found(actor: Any, **filter: Any) -> list[str]:
    query = queries.establishments(actor, Filter(**filter), TODAY)
    return [row.name for row in queries.page(query, Establishment, after=None, before=None).rows]


def test_the_list_is_narrowed_by_kind_region_licence_and_words(session: Any) -> None:
    from tests.client import save

    city = factories.actor(Role.INSPECTOR, agency=factories.agency(factories.CITY))
    old, new = Licence(kind="catering", expires_on=date(2020, 1, 1)), Licence(kind="catering", number="JY7")
    factories.establishment(name="甲餐馆", kind="catering", subkind="restaurant", licences=[old, new])
    factories.establishment(name="乙诊所", licences=[Licence(kind="medical_practice", expires_on=date(2020, 1, 1))])
    factories.establishment(factories.OTHER_COUNTY, name="丙诊所", uscc=CODE, closed_on=date(2025, 1, 1))
    factories.establishment(factories.OTHER_PROVINCE, name="丁诊所")
    save()
    assert found(city) == ["乙诊所", "甲餐馆"]
    assert found(city, closed=True) == ["丙诊所", "乙诊所", "甲餐馆"]
    assert found(city, kind="catering") == found(city, subkind="restaurant") == ["甲餐馆"]
    assert found(city, region=factories.OTHER_COUNTY, closed=True) == ["丙诊所"]
    assert found(city, licence="valid") == ["甲餐馆"]
    assert found(city, licence="expired") == ["乙诊所"]
    assert found(city, licence="none", closed=True) == ["丙诊所"]
    assert found(city, words="餐馆 文三路") == found(city, words="JY7") == ["甲餐馆"]
    assert found(city, words=CODE[:10].lower(), closed=True) == ["丙诊所"]
    assert found(city, words="%") == found(city, words="_") == []


def test_the_list_goes_on_part_by_part_and_back(session: Any) -> None:
    from tests.client import save

    actor = factories.actor(Role.INSPECTOR)
    names = [f"诊所{number:03d}" for number in range(120)]
    for name in names:
        factories.establishment(name=name)
    save()
    query = queries.establishments(actor, Filter(), TODAY)
    for sort, expected in (("", names), ("-name", names[::-1])):
        seen, place = [], {"after": None, "before": None}
        while True:
            part = queries.page(query, Establishment, sort=sort, **place)
            seen += [row.name for row in part.rows]
            if part.later is None:
                break
            place = {"after": part.later["after"], "before": None}
        assert seen == expected
        back = queries.page(query, Establishment, sort=sort, after=None, before=(part.earlier or {})["before"])
        assert [row.name for row in back.rows] == expected[50:100]


@pytest.mark.parametrize("token", ["x", "W10", "bnVsbA", "WzFd", "eyJhIjoxfQ", "é"])
def test_a_strange_place_in_the_list_begins_it_anew(session: Any, token: str) -> None:
    actor = factories.actor(Role.INSPECTOR)
    factories.establishment(name="甲")
    query = queries.establishments(actor, Filter(), TODAY)
    assert [row.name for row in queries.page(query, Establishment, after=token, before=token).rows] == ["甲"]


def test_the_global_search_finds_exact_names_first_and_only_in_the_region(session: Any) -> None:
    actor = factories.actor(Role.INSPECTOR)
    factories.establishment(name="美芮二店")
    factories.establishment(name="美芮")
    factories.establishment(factories.OTHER_COUNTY, name="美芮邻县")
    factories.person(name="美芮娜")
    assert [row.name for row in queries.search(actor, "美芮")] == ["美芮", "美芮二店", "美芮娜"]
    assert queries.search(actor, "  ") == []
    assert len(queries.search(actor, "美芮", 1)) == 1
