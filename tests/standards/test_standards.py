"""Local standards: loaded whole or not at all, for the own region and below, ended, replaced; the nearest binds."""

from datetime import date
from typing import Any

import pytest

from inspectorate.accounts.permissions import Role
from inspectorate.errors import Forbidden, Refusal, Refusals, refusals_in
from inspectorate.extensions import db
from inspectorate.standards import actions, queries
from inspectorate.standards.models import LocalStandard
from tests import factories
from tests.client import save
from tests.standards.sample import rule_text, standard_text

DAY = date(2026, 6, 1)


def keeper(region: str = "330000", **columns: Any) -> Any:
    return factories.actor(Role.ADMINISTRATOR, agency=factories.agency(region, **columns))


def load(actor: Any, content: str, **more: Any) -> LocalStandard:
    from inspectorate.accounts.models import Agency

    return actions.load_standard(actor, content, "基准.toml", db.session.get_one(Agency, actor.agency_id), **more)


def reasons(error: pytest.ExceptionInfo[Any]) -> str:
    return " ".join(str(one) for one in refusals_in(error.value))


def names(region: str, on: date = DAY, sector: str = "health") -> list[str]:
    return sorted(one.number for one in queries.binding(sector, region, on))


def test_a_standard_binds_its_region_and_all_below_it_from_its_day_on(session) -> None:
    load(keeper(), standard_text())
    assert names("330000") == names("330106") == ["试卫规〔2026〕1号"]
    assert names("440106") == names("330106", sector="market") == []
    assert names("330106", date(2025, 12, 31)) == []


def test_what_a_wider_region_issued_binds_only_the_office_that_loaded_it_and_those_below(session) -> None:
    row = load(keeper("330106"), standard_text(region="330000"))
    assert row.region_code == "330106"
    assert names("330106") and not names("330105")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (standard_text().replace('criteria = "违法所得不足五万元"', ""), "基准.toml:11"),
        (standard_text().replace("[5, 10]", "[4, 10]"), "基准.toml:11"),
        (standard_text().replace('"较轻"', '"-"'), "阶次名称须有文字"),
        (standard_text(rules=rule_text("ZZ-999")), "ZZ-999"),
        ("name = ", "基准.toml:1"),
        (standard_text(region="440000"), "广东省"),
        (standard_text().replace('"health"', '"market"'), "领域"),
        (standard_text().replace("某省裁量基准", "长" * 201), "200"),
    ],
)
def test_a_file_that_is_wrong_is_refused_by_line_and_nothing_is_loaded(session, content, told) -> None:
    with pytest.raises((Refusal, Refusals)) as error:
        load(keeper(), content)
    assert told in reasons(error)
    assert session.query(LocalStandard).count() == 0


def test_two_standards_of_a_region_do_not_rule_on_one_violation_at_once(session) -> None:
    actor = keeper()
    first = load(actor, standard_text())
    again = standard_text(number="试卫规〔2026〕2号", since="2026-05-01")
    with pytest.raises(Refusal) as error:
        load(actor, again)
    assert "MC-001" in reasons(error) and first.document_number in reasons(error)
    other = load(
        actor,
        standard_text(number="试卫规〔2026〕3号", rules=rule_text("MC-005"))
        .replace("[5, 10]", "[2, 5]")
        .replace("[10, 20]", "[5, 10]"),
    )
    assert names("330106") == sorted([first.document_number, other.document_number])


def test_a_new_edition_ends_the_older_one_on_the_day_before(session) -> None:
    actor = keeper()
    first = load(actor, standard_text())
    second = load(actor, standard_text(number="试卫规〔2026〕2号", since="2026-05-01"), replaces_id=first.id)
    assert (first.ended_on, second.replaces_id) == (date(2026, 4, 30), first.id)
    assert names("330106", date(2026, 4, 30)) == ["试卫规〔2026〕1号"]
    assert names("330106", date(2026, 5, 1)) == ["试卫规〔2026〕2号"]


def test_the_same_file_loaded_again_is_there_once(session) -> None:
    actor = keeper()
    assert load(actor, standard_text()).id == load(actor, standard_text()).id


def test_a_standard_ends_with_a_reason_and_no_day_later_than_it_ends_already(session) -> None:
    actor = keeper()
    row = load(actor, standard_text())
    for on, reason in ((date(2025, 12, 31), "废止"), (DAY, " ")):
        with pytest.raises(Refusals):
            actions.end_standard(actor, row.id, on, reason=reason)
    actions.end_standard(actor, row.id, DAY, reason="试卫规〔2026〕9号废止")
    assert names("330106", DAY) and not names("330106", date(2026, 6, 2))
    with pytest.raises(Refusals):
        actions.end_standard(actor, row.id, DAY, reason="再次")


def test_only_administrators_load_and_nobody_ends_what_was_loaded_above(session) -> None:
    inspector = factories.actor(Role.INSPECTOR, agency=factories.agency("330000"))
    with pytest.raises(Forbidden):
        load(inspector, standard_text())
    row = load(keeper(), standard_text())
    with pytest.raises(Refusal):
        actions.end_standard(keeper("330106"), row.id, DAY, reason="不适用")


def test_the_command_loads_or_names_the_line_and_loads_nothing(app, session, tmp_path) -> None:
    factories.agency("330000", key="A1")
    save()
    file = tmp_path / "standard.toml"
    file.write_text(standard_text().replace("[5, 10]", "[4, 10]"), encoding="utf-8")
    runner = app.test_cli_runner()
    refused = runner.invoke(args=["standards", "load", str(file), "--agency", "A1"])
    assert (refused.exit_code, session.query(LocalStandard).count()) == (1, 0)
    assert "standard.toml:11" in refused.stderr
    file.write_text(standard_text(), encoding="utf-8")
    done = runner.invoke(args=["standards", "load", str(file), "--agency", "A1"])
    assert done.exit_code == 0 and "1 rules" in done.stdout
    newer = tmp_path / "newer.toml"
    newer.write_text(standard_text(number="试卫规〔2026〕2号", since="2026-05-01"), encoding="utf-8")
    replaced = ["standards", "load", str(newer), "--agency", "A1", "--replaces"]
    assert runner.invoke(args=[*replaced, "没有"]).exit_code == 1
    assert runner.invoke(args=[*replaced, "试卫规〔2026〕1号"]).exit_code == 0
    assert runner.invoke(args=["standards", "load", str(newer), "--agency", "B9"]).exit_code == 1


def test_its_page_shows_each_violation_with_its_tiers_beside_the_statutory_range(session, client) -> None:
    row = load(keeper(), standard_text())
    save()
    client.sign_in(factories.user(Role.INSPECTOR))
    page = client.get(f"/standards/{row.id}").text
    for words in (
        "违法所得5倍以上20倍以下罚款",
        "较轻",
        "违法所得不足五万元",
        "5倍至10倍",
        "第九十九条第一款",
        row.document_number,
    ):
        assert words in page
    assert row.name in client.get("/standards").text


def test_what_is_typed_into_the_form_is_loaded_or_refused_beside_the_file(session, client) -> None:
    import io

    user = factories.user(Role.ADMINISTRATOR, agency=factories.agency("330000"))
    save()
    client.sign_in(user)
    for content, told in (
        (b"\xff\xfe", "UTF-8"),
        (standard_text().replace("[5, 10]", "[4, 10]").encode(), "基准.toml:11"),
    ):
        answer = client.post("/standards/new", data={"file": (io.BytesIO(content), "基准.toml")})
        assert answer.status_code == 200 and told in answer.text
    assert (
        client.post("/standards/new", data={"file": (io.BytesIO(standard_text().encode()), "基准.toml")}).status_code
        == 302
    )
    assert session.query(LocalStandard).one().document_number == "试卫规〔2026〕1号"


@pytest.mark.parametrize(
    "content",
    [
        standard_text() + "\nx = " + "[" * 5000,
        standard_text() + "\n" + ".".join(["a"] * 20_000) + " = 1",
        standard_text().replace("[5, 10]", "[5, " + "9" * 5000 + "]"),
        standard_text().replace("[5, 10]", "[5, 1e99999999999999999999]"),
        standard_text().replace("times = [5, 10]", "sum = [0, 1e999999]"),
        standard_text().replace("某省裁量基准", "某\\u0000省"),
        standard_text().replace("某省裁量基准", " "),
        standard_text().replace("较重", "较轻"),
        standard_text(region="３３００００"),
        standard_text(region="339999"),
    ],
)
def test_a_file_made_to_break_the_reader_is_refused_in_words(session, content) -> None:
    with pytest.raises((Refusal, Refusals)):
        load(keeper(), content)


def test_a_file_that_has_ended_may_be_loaded_again(session) -> None:
    actor = keeper()
    first = load(actor, standard_text())
    actions.end_standard(actor, first.id, date(2026, 1, 1), reason="误载")
    with pytest.raises(Refusal):
        load(actor, standard_text())  # they would bind together on its first day


def test_a_decided_case_keeps_the_text_under_which_it_was_decided(session) -> None:
    actor = keeper()
    first = load(actor, standard_text())
    load(actor, standard_text(since="2026-05-01").replace("10", "12"), replaces_id=first.id)
    then = queries.by_number("health", "330106", first.document_number, date(2026, 4, 30))
    now = queries.by_number("health", "330106", first.document_number, date(2026, 5, 1))
    assert then and now and then.rules[0].tiers[0].times != now.rules[0].tiers[0].times


def test_the_page_tells_what_the_catalogue_of_a_later_release_has_outgrown(session, client) -> None:
    row = load(keeper(), standard_text())
    client.sign_in(factories.user(Role.INSPECTOR, agency=factories.agency("330106")))
    assert "与现行违法行为目录不符之处" not in client.get(f"/standards/{row.id}").text
    row.definition = standard_text(rules=rule_text("ZZ-999"))
    save()
    assert "与现行违法行为目录不符之处" in client.get(f"/standards/{row.id}").text
