"""A person at the screens of cases: reads pages, sends their forms, carries a case to a state."""

import re
from typing import Any

from inspectorate.cases.models import Case
from inspectorate.clock import today
from inspectorate.extensions import db
from tests.cases.walk import Office, inspection

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the last form of a page."""
    form = page[page.index('class="form" novalidate') :]
    found = {}
    for tag in HIDDEN.findall(form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and "__row__" not in name[1]:
            found[name[1]] = value[1] if value else ""
    return found


class Browser:
    """A signed-in person who reads a page and sends its form."""

    def __init__(self, client: Any, user: Any) -> None:
        self.client = client
        client.sign_in(user)

    def read(self, address: str) -> str:
        response = self.client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response.get_data(as_text=True)

    def send(self, address: str, **values: Any) -> Any:
        page = self.read(address)
        return self.client.post(address, data={**hidden(page), **values})

    def press(self, address: str) -> Any:
        """A button of the case's page that posts at once."""
        return self.client.post(address, data={"csrf_token": self.token()})

    def token(self) -> str:
        page = self.read("/cases")
        return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]  # type: ignore[index]


def now_at(case_id: int) -> str:
    db.session.expire_all()
    return db.session.get_one(Case, case_id).state


def case_from_report(browser: Browser, place: Office, **report_columns: Any) -> Case:
    report = inspection(place, **report_columns)
    address = f"/cases/new?inspection_id={report.id}"
    ids = place.handler_ids
    answer = browser.send(
        address,
        **{
            "origin": "inspection",
            "received_on": today().isoformat(),
            "summary": "现场检查发现无证开展医疗美容。",
            "charges-0-facts": "2026年3月至5月为顾客注射肉毒素，收取36800元",
            "handlers-0-officer_id": ids[0],
            "handlers-1-officer_id": ids[1],
        },
    )
    assert answer.status_code == 302, answer.get_data(as_text=True)[:3000]
    return db.session.get_one(Case, int(answer.location.rsplit("/", 1)[-1]))


def investigated(handler: Browser, case: Case) -> Any:
    """Facts and penalties are entered; the answer leads to the report."""
    page, finding = f"/cases/{case.id}", case.respondents[0].findings[0].id
    facts = {
        "findings-0-finding_id": finding,
        "findings-0-facts": "2026年3月至5月为顾客注射肉毒素，收取36800元",
        "findings-0-act_from": "20260301",
        "findings-0-act_to": "20260530",
        "findings-0-tier": "base",
        "findings-0-income": "36,800.00",
    }
    answer = handler.send(f"{page}/investigation", **facts)
    offered = handler.read(answer.location)
    assert "184,000.00" in offered and "736,000.00" in offered
    proposal = {
        "fines-0-finding_id": finding,
        "fines-0-amount": "184000",
        "penalties-0-kind": "confiscate_income",
        "penalties-0-amount": "36800",
        "discretion": "初次违法",
        "order_correction": "y",
        "correction_text": "立即停止诊疗活动",
        "onward": "1",
    }
    return handler.send(answer.location, **proposal)


def executed(handler: Browser, case: Case) -> None:
    """Paid in two parts, and proposed for closing."""
    page, party = f"/cases/{case.id}", case.respondents[0].id
    for amount, receipt in (("100000", "浙财1"), ("120800", "浙财2")):
        paid = {"paid_on": today().isoformat(), "amount": amount, "receipt_number": receipt}
        assert handler.send(f"{page}/parties/{party}/payment", **paid).status_code == 302
    assert handler.send(f"{page}/closing", way="自动履行", on=today().isoformat()).status_code == 302
