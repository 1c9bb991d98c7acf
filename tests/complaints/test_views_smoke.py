from inspectorate.accounts.permissions import Role
from tests import factories


def test_pages(session, sign_in):
    user = factories.user(Role.INSPECTOR, Role.SUPERVISOR)
    browser = sign_in(user)
    for url in ["/complaints", "/complaints/new", "/complaints/list.csv", "/complaints?event=penalised&since=20260101&state=open"]:
        r = browser.get(url)
        assert r.status_code == 200, url
    r = browser.post("/complaints/new", data={"received_on": "20260701", "channel": "letter", "region_code": "330106", "subject_text": "某诊所", "text": "无证行医", "anonymous": "y", "key": "k1"})
    assert r.status_code == 302, r.get_data(as_text=True)
    for step in ["", "/accept", "/close", "/reply", "/withdraw", "/reopen", "/change"]:
        assert browser.get("/complaints/1" + step).status_code == 200, step
