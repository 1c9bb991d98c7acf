"""Screens of typical cases."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.orm.exc import StaleDataError

from inspectorate.accounts.permissions import Role
from inspectorate.extensions import db
from inspectorate.typical import actions
from inspectorate.typical.models import TypicalCase
from tests import factories
from tests.campaigns.world import CAMPAIGN, Builder, decided_case


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
