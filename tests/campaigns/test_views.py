"""Screens of campaigns: the table like the paper, the records behind a figure; who sees what."""

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from markupsafe import Markup

from inspectorate.accounts.permissions import Role
from tests import factories
from tests.campaigns.world import CAMPAIGN, Builder, decided_case

TABLE = f"/campaigns/{CAMPAIGN}/tables/{CAMPAIGN}"
RECORDS = f"{TABLE}/records"


@pytest.fixture
def browse(session: Any, sign_in: Any) -> Callable[..., Any]:
    """A browser of somebody with a role in a region and sector."""

    def browse(role: Role = Role.CAMPAIGN_OFFICE, region: str = "330000", sector: str = "health") -> Any:
        return sign_in(factories.user(role, agency=factories.agency(region, sector)))

    return browse


def words(response: Any) -> str:
    """The page as one reads it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


def test_the_list_and_the_page_of_a_campaign_say_what_it_is(browse: Any) -> None:
    decided_case(Builder())
    client = browse()
    assert "打击非法医疗美容服务专项整治" in words(client.get("/campaigns"))
    page = words(client.get(f"/campaigns/{CAMPAIGN}"))
    for text in ("国卫办监督函〔2021〕273号", "2021年12月20日", "违规开展寄递业务信息", "220,800.00", "杭州市"):
        assert text in page


def test_each_figure_that_is_not_zero_leads_to_its_records_and_zero_to_nothing(browse: Any) -> None:
    decided_case(Builder())
    html = browse().get(TABLE).get_data(as_text=True)
    links = re.findall(r'href="([^"]*/records\?[^"]*)"[^>]*>([^<]+)<', html)
    assert len(links) == 7
    assert all(text != "0" for _url, text in links)
    assert ("18.4") in [text for _url, text in links]
    assert html.count(">0</td>") == 99


def test_every_link_of_the_table_opens_and_shows_the_same_figure(browse: Any) -> None:
    build = Builder()
    decided_case(build, amount=18_400_049)
    build.complaint()
    client = browse(Role.SUPERVISOR, "330106")
    html = client.get(TABLE).get_data(as_text=True).replace("&amp;", "&")
    links = re.findall(r'href="([^"]*/records\?[^"]*)"[^>]*>([^<]+)<', html)
    assert len(links) == 8
    for url, text in links:
        page = words(client.get(url))
        unit = "万元" if "_sum" in url or "confiscated" in url else "[户个件人次()]+"
        assert re.search(rf"表中数字 {re.escape(text)}( {unit})? 记录合计", page)
        assert "核对结果 相符" in page


def test_the_records_behind_a_rounded_amount_add_up_to_the_fen(browse: Any) -> None:
    build = Builder()
    decided_case(build, amount=18_400_000)
    decided_case(build, amount=10_049)
    page = words(browse(Role.SUPERVISOR, "330106").get(f"{RECORDS}?row=fine_sum&col=unlicensed_org"))
    assert "表中数字 18.41 万元 记录合计 184,100.49 元 核对结果 相符 以万元为单位，四舍五入保留2位小数" in page
    assert "184,000.00" in page and " 100.49 " in page
    assert "合计2条 184,100.49" in page


def test_orders_at_inspections_and_in_decisions_are_shown_as_the_sum_they_are(browse: Any) -> None:
    build = Builder()
    build.inspection(build.subject("org"), order_correction=True)
    case = build.case(build.subject("org"))
    build.decide(case.respondents[0], ("warning", None), order_correction=True)
    page = words(browse(Role.SUPERVISOR).get(f"{RECORDS}?row=order_correction&col=unlicensed_org"))
    assert "表中数字 2 个 记录合计 1 + 1 = 2 核对结果 相符" in page


def test_what_the_region_itself_recorded_stands_beside_the_regions_below(browse: Any) -> None:
    build = Builder()
    subject = build.subject("org")
    for region in ("330000", "330106", "330203"):
        build.inspection(subject, region_code=region)
    page = words(browse().get(f"{RECORDS}?row=inspected&col=unlicensed"))
    assert "浙江省本级 1 杭州市 1 宁波市 1" in page
    assert "各地区之和大于本表数字" in page
    assert "合计1条" in page


def test_a_failed_check_is_shown_with_its_figures_and_marked(browse: Any) -> None:
    Builder().complaint(received_on=date(2021, 5, 1), closed_on=date(2021, 7, 1))
    page = words(browse().get(TABLE))
    assert "办结 ≤ 投诉举报" in page
    assert "须说明" in page


def test_the_region_and_the_days_can_be_chosen_within_the_own_scope(browse: Any) -> None:
    decided_case(Builder())
    client = browse()
    assert "浙江省杭州市西湖区" in words(client.get(TABLE + "?region=330106"))
    assert "2021年8月1日至12月31日" in Markup(client.get(TABLE + "?start=20210801").text).striptags()


def test_a_region_that_does_not_work_with_the_system_is_told_so(browse: Any) -> None:
    page = words(browse().get(TABLE + "?region=330182"))
    assert "本地区没有部门使用本系统" in page
    assert "均已计入" not in page


@pytest.mark.parametrize("region", ["440000", "000000", "999999", "x"])
def test_another_region_in_the_address_is_not_found(browse: Any, region: str) -> None:
    client = browse()
    for page in (TABLE, f"{TABLE}/file.xlsx", f"{RECORDS}?row=cases&col=ad"):
        joint = "&" if "?" in page else "?"
        assert client.get(f"{page}{joint}region={region}").status_code == 404


def test_contradictory_days_are_refused_beside_the_field_and_kept(browse: Any) -> None:
    page = browse().get(TABLE + "?start=2021-12-01&end=2021-11-01")
    assert page.status_code == 200
    assert "截止日期早于起始日期" in words(page)
    assert 'value="2021-11-01"' in page.get_data(as_text=True)


@pytest.mark.parametrize(
    "address",
    ["/campaigns/x", f"/campaigns/{CAMPAIGN}/tables/x", f"{RECORDS}?row=x&col=y", f"{RECORDS}?foot=x", RECORDS,
     f"{TABLE}/file.exe", f"{RECORDS}/list.exe?row=cases&col=ad", f"/campaigns/{CAMPAIGN}/cases/file.exe"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(browse: Any, address: str) -> None:
    assert browse().get(address).status_code == 404


@pytest.mark.parametrize("format", ["xlsx", "docx", "csv", "json"])
def test_the_table_can_be_downloaded(browse: Any, format: str) -> None:
    response = browse().get(f"{TABLE}/file.{format}")
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].isascii()
    if format == "json":
        assert json.loads(response.data)["region"] == "330000"


def test_the_campaign_office_sees_figures_of_other_departments_but_not_their_records(browse: Any) -> None:
    build = Builder()
    case = decided_case(build)
    case.sector = "market"
    case.inspection.sector = "market"
    client = browse()
    assert "col=unlicensed_org" in client.get(TABLE).get_data(as_text=True)
    page = words(client.get(f"{RECORDS}?row=fine_count&col=unlicensed_org"))
    assert "杭西卫医罚" not in page
    assert "其他部门的记录" in page and "共1条，计1。" in page
    assert "核对结果 相符" in page


def test_the_campaign_office_sees_how_many_inspections_but_not_the_inspections(browse: Any) -> None:
    build = Builder()
    build.inspection(build.subject("org", name="美芮医疗美容门诊部"), order_correction=True)
    page = words(browse().get(f"{RECORDS}?row=order_correction&col=unlicensed_org"))
    assert "美芮" not in page and "不能查看其背后的记录" in page
    page = words(browse().get(f"{RECORDS}?row=inspected&col=unlicensed"))
    assert "美芮" in page  # the register is open to the office


def test_a_case_not_decided_yet_is_counted_but_not_shown_to_the_campaign_office(browse: Any) -> None:
    build = Builder()
    build.case(build.subject("org"), number="杭西立〔2021〕9号", state="investigation")
    address = f"{RECORDS}?row=cases&col=unlicensed_org"
    assert "杭西立" not in words(browse().get(address))
    assert "杭西立" in words(browse(Role.SUPERVISOR).get(address))


def test_the_list_behind_a_figure_can_be_taken_along(browse: Any) -> None:
    decided_case(Builder())
    text = browse().get(f"{RECORDS}/list.csv?row=fine_sum&col=unlicensed_org").get_data(as_text=True)
    assert text.count("杭西卫医罚〔2021〕1号") == 1
    head, line = csv.reader(text.removeprefix("\ufeff").splitlines())
    assert (head[-1], line[-1]) == ("计入金额（元）", "184000")


def test_a_neighbour_sees_nothing_of_this_county(browse: Any) -> None:
    decided_case(Builder())
    page = browse(Role.INSPECTOR, "330105").get(TABLE)
    assert "/records?" not in page.get_data(as_text=True)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.AUDITOR])
def test_others_read_the_table_but_choose_no_cases(browse: Any, role: Role) -> None:
    case = decided_case(Builder())
    client = browse(role)
    assert client.get(TABLE).status_code == 200
    assert client.get(f"/campaigns/{CAMPAIGN}/cases").status_code == 200
    assert client.post(f"/campaigns/{CAMPAIGN}/cases/{case.id}/choose").status_code in (400, 403)


def test_the_administrator_has_no_business_here(browse: Any) -> None:
    assert browse(Role.ADMINISTRATOR).get("/campaigns").status_code == 403


def test_the_office_makes_a_campaign_with_the_categories_of_its_tables(browse: Any, app: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = browse()
    plan = {"title": "医疗美容“回头看”", "code": "review_2026", "date_from": "20260301", "date_to": "20260630",
            "forms": [CAMPAIGN], "due_county": "2026-07-01"}  # fmt: skip
    page = client.post("/campaigns/new", data=plan, follow_redirects=True)
    for text in ("专项行动已设立", "医疗美容“回头看”", "2026年7月1日", "非法医疗美容·无证行医", "设立了专项行动"):
        assert text in words(page)
    assert "已有使用该标识的专项行动" in words(client.post("/campaigns/new", data=plan))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"date_to": "20260101"}, "截止日期早于起始日期"),
        ({"forms": []}, "请至少选择一张报表"),
        ({"forms": ["nothing"]}, "没有报表nothing"),
        ({"code": "回头看"}, "标识须由小写字母"),
        ({"title": ""}, "请填写专项行动名称"),
        ({"date_from": "2026-02-30"}, "不是有效日期"),
    ],
)
def test_a_wrong_campaign_is_refused_and_what_was_typed_stays(
    browse: Any, app: Any, change: dict[str, Any], refusal: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    plan = {
        "title": "回头看",
        "code": "review_2026",
        "date_from": "20260301",
        "date_to": "20260630",
        "forms": [CAMPAIGN],
    }
    page = browse().post("/campaigns/new", data=plan | {"notice": "浙卫发〔2026〕1号"} | change)
    assert refusal in words(page)
    assert "浙卫发〔2026〕1号" in page.get_data(as_text=True)
