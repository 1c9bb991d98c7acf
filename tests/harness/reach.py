"""Routes of the application, their addresses for the records of a world, and what an answer tells."""

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote

from flask import Flask, url_for
from lxml import etree, html
from pypdf import PdfReader
from sqlalchemy import func, select
from werkzeug.routing import Rule

from inspectorate.audit.models import RecordEntry
from inspectorate.audit.words import REFUSALS
from inspectorate.campaigns.files import TABLE_FILES
from inspectorate.exports import FORMATS
from inspectorate.extensions import db
from inspectorate.inspections.snapshots import FIELD_RECORD
from inspectorate.joint.minutes_files import FILES as MINUTES_FILES
from inspectorate.reporting.files import LETTER_FILES
from inspectorate.returns.files import SNAPSHOT_FILES
from inspectorate.signin.models import SignInSession
from inspectorate.typical.files import CASE_FILES, EXPOSURE_FILES
from tests.harness.world import OWN_NAME
from tests.house.test_routes import STATIC

DRAFT = {"check", "evidence", "findings", "preview", "statement", "subject", "visit", "withdraw", "withdraw_evidence"}
"""Steps of a report that only its draft has."""

SEARCHES = {"home.search", "inspections.choose", "cases.choose", "registry.index", "registry.persons", "cases.index",
            "complaints.index", "inspections.index", "registry.connect", "audit.index"}  # fmt: skip
"""Pages that are asked for what others own."""

KINDS = {
    "campaigns.table_file": tuple(TABLE_FILES),
    "joint.minutes_file": tuple(MINUTES_FILES),
    "typical.exposure_file": tuple(EXPOSURE_FILES),
    "typical.file": tuple(CASE_FILES),
    "returns.snapshot_file": tuple(SNAPSHOT_FILES),
    "reporting.account_file": tuple(LETTER_FILES),
    "reporting.bulletin_file": tuple(LETTER_FILES),
}
"""Formats of files; those of all other lists are CSV and XLSX."""

FORBIDDEN = etree.XPath(
    "//script[not(@src) and not(@type='application/json')] | //style | //@style | //@*[starts-with(name(), 'on')]"
    " | //@*[starts-with(., 'javascript:')] | //iframe | //object | //embed"
    " | //*[self::script or self::img or self::link]/@*[name()='src' or name()='href'][contains(., '//')]"
)

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def rules(app: Flask) -> list[Rule]:
    """Our routes; signing out comes last."""
    ours = (rule for rule in app.url_map.iter_rules() if rule.endpoint not in STATIC)
    return sorted(ours, key=lambda rule: rule.endpoint == "signin.sign_out")


def formats(rule: Rule) -> tuple[str, ...]:
    """The kinds of file that a route gives; one without a name where it gives pages."""
    if "format" not in rule.arguments:
        return ("",)
    return KINDS.get(rule.endpoint, FORMATS)


def address(app: Flask, rule: Rule, ids: dict[str, Any], format: str = "") -> str:
    """The route's address for a record of the world."""
    area, name = rule.endpoint.split(".")
    values = {"law": "apl", "article": 62, "code": "MC-001", "kind": "D18", "session_id": own_session()} | ids
    values["side"] = "publicity"
    values["format"] = format or formats(rule)[0]
    if area == "inspections" and name in DRAFT:
        values["inspection_id"] = ids["draft_id"]
        values |= {"evidence_id": ids["draft_evidence_id"], "kind": FIELD_RECORD}
    if rule.endpoint == "cases.withdraw_evidence":
        values["evidence_id"] = ids["case_evidence_id"]
    more: dict[str, Any] = {"q": OWN_NAME} if rule.endpoint in SEARCHES else {}
    if rule.endpoint in ("campaigns.records", "campaigns.records_file"):
        more |= {"foot": "in"}
    if rule.endpoint == "reporting.figure":
        more |= {"name": "units"}
    with app.test_request_context():
        return url_for(rule.endpoint, **{name: values[name] for name in rule.arguments}, **more)


def own_session() -> int:
    """The session that was begun last: that of whoever asks."""
    return db.session.scalar(select(func.max(SignInSession.id))) or 0


def token(client: Any) -> str:
    """The token of a page of whoever is signed in, or of nobody."""
    found = TOKEN.search(client.get("/sign-in", follow_redirects=True).text)
    assert found, "no page with a form"
    return found[1]


def told(response: Any) -> str:
    """What an answer tells beyond the words searched for: text, the text in a PDF, the XML of office files."""
    kind, content = response.content_type, response.get_data()
    if not content or kind.startswith("image/"):
        return ""
    if kind.startswith("application/pdf"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return "".join(unescape(file.read(name).decode()) for name in file.namelist() if name.endswith("xml"))
    text: str = response.get_data(as_text=True) + unquote(response.headers.get("Content-Disposition", ""))
    for echo in (f"“{OWN_NAME}”", f'value="{OWN_NAME}"', f"q={OWN_NAME}"):
        text = text.replace(echo, "")
    return text


def inline(response: Any) -> list[str]:
    """What a page carries that its policy forbids: scripts, styles and event attributes in it, things from outside."""
    if response.mimetype != "text/html" or not response.get_data():
        return []
    policy = response.headers["Content-Security-Policy"]
    lax = ["a lax policy"] * ("unsafe" in policy or "default-src 'none'" not in policy)
    return lax + [str(getattr(found, "tag", found)) for found in FORBIDDEN(html.fromstring(response.get_data()))]


def changes() -> int:
    """How many entries the record has, without refusals: what a refused request must leave as it is."""
    return db.session.scalar(select(func.count()).where(RecordEntry.event.not_in(REFUSALS))) or 0


def methods(rule: Rule) -> Iterator[str]:
    """GET, HEAD and POST, as far as the route has them."""
    yield from (method for method in ("GET", "HEAD", "POST") if method in (rule.methods or ()))


def to_sign_in(response: Any) -> bool:
    """Whether somebody is sent to sign in first."""
    return response.status_code == 302 and response.location.startswith("/sign-in")
