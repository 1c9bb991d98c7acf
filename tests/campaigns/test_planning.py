"""What a campaign says beside its tables: indicators with targets, what provinces choose, and the screens for both."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from lxml import html

from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.permissions import Role
from inspectorate.campaigns import actions, queries
from inspectorate.campaigns.catalogue import shipped_campaigns
from inspectorate.campaigns.choices import narrowing
from inspectorate.campaigns.engine.figures import Filled
from inspectorate.campaigns.engine.vocabulary import FILTERS
from inspectorate.campaigns.facts import ASKS, IndicatorFacts
from inspectorate.campaigns.forms_known import shipped_form
from inspectorate.campaigns.indicators import indicators, indicators_below
from inspectorate.campaigns.quotients import asked, told
from inspectorate.campaigns.summary import summarise
from inspectorate.codes import SECTORS
from inspectorate.errors import NotFound, Refused
from inspectorate.registry.models import Establishment
from tests import factories
from tests.campaigns.world import Builder

HEALTH = "migrant_health_2026"
TODAY = date(2026, 6, 1)


@pytest.mark.parametrize("campaign", shipped_campaigns(), ids=lambda one: one.id)
def test_every_shipped_campaign_is_whole(campaign: Any) -> None:
    forms = {form_id: shipped_form(form_id) for form_id in campaign.forms}
    for one in campaign.indicators:
        asked(one, forms[one.form])
    nodes = {node.id for form in forms.values() for tree in (form.rows, form.cols) for node in tree}
    assert {node for one in campaign.departments for node in one.supplies} <= nodes
    assert {one.sector for one in campaign.departments} <= set(SECTORS)
    assert set(campaign.asks) <= set(ASKS)
    assert all(1 <= day <= 28 for day in campaign.monthly_due.values())
    assert all(c.filter in FILTERS and c.least <= c.most <= len(c.among) for c in campaign.choices)
    assert campaign.template is None or forms[campaign.template].attachment("case_list")
    assert campaign.evidence


def test_standing_statistics_are_offered_to_no_inspection(session: Any) -> None:
    on_offer = {one.id for one in queries.open_campaigns(TODAY, "330106")}
    assert "yearly_statistics" not in on_offer
    assert {HEALTH, "catering_canteens_2026"} <= on_offer


@pytest.mark.parametrize(
    ("done", "due", "met", "text"), [(19, 20, True, "95.0%"), (94_999, 100_000, False, "95.0%"), (0, 0, None, "")]
)
def test_a_target_is_met_by_the_exact_value_not_by_the_printed_one(done: int, due: int, met: Any, text: str) -> None:
    (facts,) = [one for one in _campaign().indicators if one.id == "exam_rate"]
    figures = {("exam_done", "coal"): done, ("exam_due", "coal"): due}
    found = told(facts, Filled(shipped_form("migrant_health_campaign"), figures))
    assert (found.met, found.text, found.address) == (met, text, ("r_exam", "all"))


def test_an_indicator_may_divide_counts_of_the_footer_and_be_reached_from_above() -> None:
    facts = IndicatorFacts(
        "x", "投诉未办结", "medical_cosmetology_2021", "(in - closed) / in", "foot", Decimal(10), "less"
    )
    form = shipped_form("medical_cosmetology_2021")
    found = told(facts, Filled(form, {}, {}, {"in": 40, "closed": 37}))
    assert (found.value, found.met) == (Fraction(15, 2), True)


@pytest.mark.parametrize("wrong", [("r_none", None), ("exam_done / nobody", None), ("closed / in", "nowhere")])
def test_an_indicator_that_the_form_cannot_answer_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError):
        asked(IndicatorFacts("x", "甲", "migrant_health_campaign", *wrong), shipped_form("migrant_health_campaign"))


def _campaign() -> Any:
    return next(one for one in shipped_campaigns() if one.id == HEALTH)


def _workplace(build: Builder, industry: str, region: str) -> Establishment:
    place = build.subject("org", kind="workplace", region_code=region)
    place.attributes = {"industry": industry, "exam_due": 10, "exam_done": 9}
    build.inspection(place, campaign=HEALTH, category="employer", region_code=region, inspected_on=date(2026, 5, 1))
    return place  # type: ignore[return-value]


@pytest.mark.one_database
def test_each_province_counts_the_industries_that_it_has_chosen(session: Any) -> None:
    build = Builder()
    for region in ("330106", "440106"):
        for industry in ("coal", "chemical", "electronics", "light_industry", "furniture"):
            _workplace(build, industry, region)
    office = actor_of(factories.user(Role.CAMPAIGN_OFFICE, agency=factories.agency("330000", "health")))
    actions.choose_for_region(office, HEALTH, "industries", ["coal", "chemical", "electronics"])
    form = shipped_form("migrant_health_campaign")

    def inspected(region: str) -> list[Any]:
        table = summarise(form, region, today=TODAY, campaign_id=HEALTH, by="region")
        columns = ("coal", "chemical", "electronics", "light_industry", "all")
        by_region = {part.key: part.filled.value(("inspected", "all")) for part in table.parts}
        return [*(table.filled.value(("inspected", column)) for column in columns), by_region.get("330000", "")]

    assert inspected("330106")[:5] == [1, 1, 1, 0, 3]
    assert inspected("440106")[:5] == [1, 1, 1, 1, 4]
    assert inspected("000000") == [2, 2, 2, 1, 7, 3]
    (rate, *_) = indicators(_campaign(), "330000", today=TODAY)
    assert (rate.text, rate.met) == ("90.0%", False)
    (_, below), *_ = indicators_below(_campaign(), "330000", today=TODAY)
    assert below["330100"].text == "90.0%" and below["330200"].text == ""


def test_choosing_too_few_or_elsewhere_is_refused(session: Any) -> None:
    province, city = (
        actor_of(factories.user(Role.CAMPAIGN_OFFICE, agency=factories.agency(region, "health")))
        for region in ("330000", "330100")
    )
    with pytest.raises(Refused):
        actions.choose_for_region(province, HEALTH, "industries", ["coal"])
    with pytest.raises(Refused):
        actions.choose_for_region(province, HEALTH, "industries", ["coal", "chemical", "textile"])
    with pytest.raises(NotFound):
        actions.choose_for_region(city, HEALTH, "industries", ["coal", "chemical", "electronics"])
    assert "*:coal" in narrowing(_campaign(), "330000")[0].values


def test_a_campaign_is_made_like_another_and_changed_on_screen(session: Any, client: Any, sign_in: Any) -> None:
    sign_in(factories.user(Role.CAMPAIGN_OFFICE, agency=factories.agency("330000", "health")))
    sent = _sent(client.get(f"/campaigns/new?like={HEALTH}").text)
    sent |= {"title": ["农民工职业健康监护（2027年）"], "code": ["migrant_2027"], "due_province": ["2027-10-30"]}
    sent |= {"date_from": ["2027-04-01"], "date_to": ["2027-12-31"]}
    assert client.post(f"/campaigns/new?like={HEALTH}", data=sent).status_code == 302
    made, pattern = queries.campaign("migrant_2027"), _campaign()
    assert made is not None
    assert (made.departments, made.asks) == (pattern.departments, pattern.asks)
    assert sorted(made.choices[0].among) == sorted(pattern.choices[0].among)
    assert [one.expr for one in made.indicators] == [one.expr for one in pattern.indicators]
    assert made.due == {"province": "2027-10-30"} and made.monthly_due == pattern.monthly_due
    sent = _sent(client.get("/campaigns/migrant_2027/change").text)
    refused = client.post("/campaigns/migrant_2027/change", data=sent | {"indicators-0-expr": ["nobody / nothing"]})
    assert "报表算不出指标" in refused.text and "nobody / nothing" in refused.text
    sent |= {"indicators-0-target": ["97.5"]}
    assert client.post("/campaigns/migrant_2027/change", data=sent).status_code == 302
    changed = queries.campaign("migrant_2027")
    assert changed is not None and changed.indicators[0].target == Decimal("97.5")
    assert "不低于97.5%" in client.get("/campaigns/migrant_2027").text


def _sent(page: str) -> dict[str, list[str]]:
    """What a browser would send of the page's largest form, with all that is ticked."""
    pairs = max((form.form_values() for form in html.fromstring(page).forms), key=len)
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if "__row__" not in name:
            found.setdefault(name, []).append(value)
    return found


def test_the_page_of_a_campaign_tells_targets_departments_and_months(session: Any, client: Any, sign_in: Any) -> None:
    sign_in(factories.user(Role.CAMPAIGN_OFFICE, agency=factories.agency("330000", "health")))
    text = client.get(f"/campaigns/{HEALTH}").text
    for words in (
        "在岗职业健康检查率",
        "不低于95%",
        "尚未选定，统计全部",
        "人力资源社会保障",
        "次月10日前",
        "参照本专项新建",
    ):
        assert words in text
    assert "所选案例的报送目录" not in client.get("/campaigns/yearly_statistics").text
    assert client.get(f"/campaigns/{HEALTH}/indicators").text.count("杭州市") == 4
