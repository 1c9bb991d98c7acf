"""Screens of typical cases."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.orm.exc import StaleDataError

from inspectorate import clock
from inspectorate.accounts.permissions import Role
from inspectorate.extensions import db
from inspectorate.typical import actions
from inspectorate.typical.models import TypicalCase
from tests import factories
from tests.campaigns.world import CAMPAIGN, Builder, decided_case

pytestmark = pytest.mark.one_database


@pytest.fixture
def browse(session: Any, sign_in: Any) -> Callable[..., Any]:
    """A browser of somebody with a role in a region and sector."""

    def browse(role: Role = Role.CAMPAIGN_OFFICE, region: str = "330000", sector: str = "health") -> Any:
        return sign_in(factories.user(role, agency=factories.agency(region, sector)))

    return browse


def words(response: Any) -> str:
    """The page as one reads it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


def rewrite(client: Any, page: str, **typed: str) -> Any:
    """Send the page of an account with the version that it shows."""
    version = re.search(r'name="version"[^>]*value="(\d+)"', client.get(page).text)
    assert version, "the page shows no version"
    return client.post(page, data={"version": version[1], **typed}, follow_redirects=True)


def test_typical_cases_are_chosen_and_printed(browse: Any, app: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    case = decided_case(Builder())
    client, base = browse(), f"/campaigns/{CAMPAIGN}/cases"
    assert "要素齐全" in words(client.get(base))
    assert client.get(f"{base}/file.docx").status_code == 302
    client.post(f"{base}/{case.id}/choose")
    assert client.get(f"{base}/file.docx").status_code == 200
    assert "经查明" in words(client.get(f"{base}/{case.id}/account"))
    rewrite(client, f"{base}/{case.id}/account", account="改写的概述")
    assert json.loads(client.get(f"{base}/file.json").data)["cases"][0]["account"] == "改写的概述"
    assert client.post(f"{base}/{case.id}/account", data={"account": "长" * 20_001}).status_code == 200
    assert "“张”过短" in words(rewrite(client, f"{base}/{case.id}/account", account="改写", names="张"))
    client.post(f"{base}/{case.id}/drop")
    assert client.get(f"{base}/{case.id}/account").status_code == 404


def test_an_account_of_a_case_that_others_drop_in_that_moment_is_not_found(
    browse: Any, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(*_arguments: Any, **_values: Any) -> None:
        db.session.rollback()
        with db.engine.begin() as others:
            others.execute(delete(TypicalCase))
        raise StaleDataError

    app.config["WTF_CSRF_ENABLED"] = False
    case = decided_case(Builder())
    client, page = browse(), f"/campaigns/{CAMPAIGN}/cases/{case.id}"
    client.post(f"{page}/choose")
    monkeypatch.setattr(actions, "write_account", overtaken)
    assert client.post(f"{page}/account", data={"version": "1", "account": "改写的概述"}).status_code == 404


def test_the_office_sees_which_names_were_masked_and_which_may_not_have_been(browse: Any, app: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    case = decided_case(Builder())
    case.respondents[0].findings[0].facts = "医师夏浩然在杭州美芮医疗美容门诊部有限公司坐诊"
    client, base = browse(), f"/campaigns/{CAMPAIGN}/cases"
    client.post(f"{base}/{case.id}/choose")
    assert "有1处待核看" in words(client.get(base))
    page = words(client.get(f"{base}/{case.id}/account"))
    assert "疑似未隐去的姓名或名称 夏浩然" in page
    assert "杭州美芮医疗美容门诊部有限公司 某医疗美容门诊部" in page
    page = words(rewrite(client, f"{base}/{case.id}/account", names="夏浩然"))
    assert "疑似" not in page
    assert "夏浩然 夏某某" in page
    assert "目录中的违法事实 医师夏某某在某医疗美容门诊部坐诊" in page


def test_an_incomplete_case_sends_back_to_the_list_with_what_is_missing(browse: Any, app: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    case = decided_case(Builder(), violation=None)
    client, base = browse(), f"/campaigns/{CAMPAIGN}/cases"
    client.post(f"{base}/{case.id}/choose")
    page = client.get(f"{base}/file.pdf", follow_redirects=True)
    assert "缺违反条款" in words(page)


def test_the_list_says_why_a_case_stands_where_it_stands_and_where_it_is_mended(browse: Any) -> None:
    decided_case(Builder())
    decided_case(Builder(), amount=100)
    page = browse().get(f"/campaigns/{CAMPAIGN}/cases")
    told = words(page)
    for text in ("严重程度", "典型性", "案卷完整性", "处罚种类：警告、罚款、没收违法所得", "超出法定幅度", "前往补正"):
        assert text in told
    assert re.search(r'href="/cases/\d+#facts"', page.text)
    assert "没有该专项行动" in words(browse().get(f"/campaigns/{CAMPAIGN}/cases?category=licensed_institution"))


def test_a_case_is_sent_up_returned_and_mended_on_the_screens(browse: Any, app: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    case = decided_case(Builder())
    base = f"/campaigns/{CAMPAIGN}/cases"
    county = browse(region="330106")
    county.post(f"{base}/{case.id}/choose")
    assert "已上报上级" in words(county.post(f"{base}/{case.id}/nominate", follow_redirects=True))
    assert county.post(f"{base}/{case.id}/drop").status_code == 409
    city = browse(region="330100")
    assert "下级推荐 1" in words(city.get(base))
    assert "请填写退回理由" in words(city.post(f"{base}/{case.id}/send-back", data={"reason": ""}))
    city.post(f"{base}/{case.id}/send-back", data={"reason": "补充整改情况"})
    assert "下级推荐" not in words(city.get(base))
    county = browse(region="330106")
    for page in (base, "/", f"{base}/{case.id}/account"):
        assert "补充整改情况" in words(county.get(page))


def test_the_account_shows_what_was_changed_and_is_drafted_anew(browse: Any, app: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    case = decided_case(Builder())
    client, base = browse(), f"/campaigns/{CAMPAIGN}/cases"
    client.post(f"{base}/{case.id}/choose")
    page = f"{base}/{case.id}/account"
    changed = rewrite(client, page, account="经查明，另有一句。")
    assert re.search(r"<ins>[^<]*另有一句。</ins>", changed.text), re.findall(r"compared.*", changed.text)
    assert "<del>" in changed.text
    assert "第1版" in words(changed)
    anew = words(rewrite(client, page, account="经查明，另有一句。", anew="1"))
    assert "无改动，按案卷草稿打印" in anew and "第2版" in anew


def test_a_remark_that_somebody_has_looked_at_no_longer_keeps_the_material_back(browse: Any, app: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    case = decided_case(Builder())
    case.respondents[0].findings[0].facts = "医师夏浩然坐诊"
    client, base = browse(), f"/campaigns/{CAMPAIGN}/cases"
    client.post(f"{base}/{case.id}/choose")
    assert "夏浩然" in words(client.get(f"{base}/file.json", follow_redirects=True))
    rewrite(client, f"{base}/{case.id}/account", looked_at="疑似未隐去的姓名或名称：夏浩然")
    assert client.get(f"{base}/file.json").json["cases"][0]["facts"] == "医师夏浩然坐诊"


def test_names_are_chosen_once_there_are_cases(browse: Any, app: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client, base = browse(), f"/campaigns/{CAMPAIGN}/cases"
    assert client.get(f"{base}/names").status_code == 302
    case = decided_case(Builder())
    client.post(f"{base}/{case.id}/choose")
    told = rewrite(client, f"{base}/names", persons="initial", places="full")
    assert "已按所选方式显示" in words(told)
    assert client.get(f"{base}/file.json").json["cases"][0]["party"] == "杭州美芮医疗美容门诊部有限公司"
    assert "请选择" in words(rewrite(client, f"{base}/names", persons="x", places="full"))


def test_the_exposure_list_is_shown_left_out_put_back_and_printed(browse: Any, app: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    case = decided_case(Builder())
    case.respondents[0].decision.decided_on = clock.today()
    client, base = browse(), f"/campaigns/{CAMPAIGN}/exposure"
    assert "列入名单 1" in words(client.get(base))
    assert client.get(f"{base}/file.csv").status_code == 200
    assert "不予列入曝光名单" in words(client.get(f"{base}/{case.id}/leave-out"))
    party = str(case.respondents[0].id)
    refused = client.post(f"{base}/{case.id}/leave-out", data={"party": party, "kind": "repaired", "reason": ""})
    assert "请填写依据" in words(refused)
    client.post(f"{base}/{case.id}/leave-out", data={"party": party, "kind": "repaired", "reason": "浙信修1号"})
    assert "已完成信用修复" in words(client.get(base)) and "浙信修1号" in words(client.get(base))
    assert "无名单可导出" in words(client.get(f"{base}/file.pdf", follow_redirects=True))
    client.post(f"{base}/{case.id}/put-back", data={"party": party})
    assert "列入名单 1" in words(client.get(base))
    assert client.post(f"{base}/{case.id}/put-back", data={"party": party}).status_code == 409


@pytest.mark.parametrize("asked", ["month=x", "month=2021-13", "month=0001-01", "month=9999-12"])
def test_a_month_that_is_none_is_not_found(browse: Any, asked: str) -> None:
    assert browse().get(f"/campaigns/{CAMPAIGN}/exposure?{asked}").status_code == 404
    assert "请另选月份" in words(browse().get(f"/campaigns/{CAMPAIGN}/exposure?month=2020-01"))


@pytest.mark.parametrize("party", ["x", "-1", "99999999999", "7"])
def test_a_party_that_is_none_of_the_case_is_not_found(browse: Any, app: Any, party: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    case = decided_case(Builder())
    url = f"/campaigns/{CAMPAIGN}/exposure/{case.id}/put-back"
    assert browse().post(url, data={"party": party}).status_code == 404
