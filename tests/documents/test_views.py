import hashlib
import io

import pytest
from docx import Document as open_docx
from pypdf import PdfReader
from sqlalchemy import select

from inspectorate import files
from inspectorate.accounts.actor import SYSTEM
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.documents import actions, papers, queries
from inspectorate.documents.cli import document_cli
from inspectorate.documents.models import Document
from inspectorate.errors import Forbidden, NotFound
from inspectorate.extensions import db
from tests import factories
from tests.client import save
from tests.documents.conftest import TODAY, Office
from tests.documents.samples import snapshot


def issued(office: Office, kind: str = "D34") -> Document:
    subject = office.inspection if kind == "D01" else office.case
    document = actions.issue_document(
        office.actor, subject, kind, snapshot(kind), agency=office.agency, on=TODAY, today=TODAY, category="医"
    )
    save()
    return document


@pytest.fixture
def here(monkeypatch):
    """Renders in the test's own process: starting a worker takes seconds."""
    monkeypatch.setattr(papers, "render_pdf", lambda html, **options: RENDER(html, **{**options, "in_process": True}))


RENDER = papers.render_pdf


def test_the_page_of_a_document_shows_number_state_and_code(office, sign_in):
    document = issued(office)
    page = sign_in(office.user).get(f"/documents/{document.id}").text
    assert "行政处罚决定书" in page
    assert document.number in page
    assert "待送达" in page
    assert papers.verification_of(document) in page


def test_from_the_page_of_a_decision_one_click_leads_to_each_article_it_names(office, sign_in):
    document = issued(office)
    page = sign_in(office.user).get(f"/documents/{document.id}").text
    for place in ("mir/46", "mir/26", "cos/17"):
        assert f'href="/law/{place}' in page and f"on={TODAY.isoformat()}" in page


def test_the_pdf_is_made_once_kept_and_read_back(office, sign_in, here):
    document = issued(office)
    client = sign_in(office.user)
    first = client.get(f"/documents/{document.id}.pdf")
    assert first.content_type == "application/pdf"
    assert "inline" in first.headers["Content-Disposition"]
    db.session.refresh(document)
    assert document.pdf_sha256 == hashlib.sha256(first.data).hexdigest()
    assert client.get(f"/documents/{document.id}.pdf").data == first.data
    made = db.session.scalars(select(RecordEntry).where(RecordEntry.event == "documents:document:print")).all()
    assert len(made) == 1
    assert papers.verification_of(document).replace(" ", "") in "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(first.data)).pages
    ).replace(" ", "")


def test_an_altered_pdf_is_not_handed_out(app, office, here):
    document = issued(office)
    papers.pdf_of(office.actor, document)
    stored = next(path for path in (app.config["DATA_DIR"] / "files").rglob("*") if path.is_file())
    stored.write_bytes(stored.read_bytes() + b" ")
    with pytest.raises(files.Corrupt):
        papers.pdf_of(office.actor, db.session.get_one(Document, document.id))


def test_the_word_file_says_the_same(office, sign_in):
    document = issued(office)
    response = sign_in(office.user).get(f"/documents/{document.id}.docx")
    assert "attachment" in response.headers["Content-Disposition"]
    texts = [paragraph.text for paragraph in open_docx(io.BytesIO(response.data)).paragraphs]
    assert document.number in texts
    assert "3. 罚款人民币壹拾捌万肆仟元整（¥184,000.00）。" in texts


@pytest.mark.parametrize("address", ["", ".pdf", ".docx"])
def test_a_neighbour_finds_no_document(office, sign_in, address):
    document = issued(office)
    neighbour = factories.user(Role.INSPECTOR, agency=factories.agency(factories.OTHER_COUNTY))
    assert sign_in(neighbour).get(f"/documents/{document.id}{address}").status_code == 404


@pytest.mark.parametrize(
    ("role", "kind", "may"),
    [
        (Role.INSPECTOR, "D34", True),
        (Role.LEGAL_REVIEWER, "D25", True),
        (Role.LEGAL_REVIEWER, "D18", False),
        (Role.SUPERVISOR, "D18", True),
        (Role.AUDITOR, "D34", True),
        (Role.AUDITOR, "D18", False),
        (Role.CAMPAIGN_OFFICE, "D34", True),
        (Role.CAMPAIGN_OFFICE, "D23", False),
        (Role.CAMPAIGN_OFFICE, "D01", False),
        (Role.ADMINISTRATOR, "D34", False),
    ],
)
def test_a_document_is_read_by_whoever_may_read_what_it_belongs_to(office, role, kind, may):
    document = issued(office, kind)
    reader = factories.actor(role, agency=office.agency)
    if may:
        assert queries.document(reader, document.id) is document
    else:
        with pytest.raises(Forbidden):
            queries.document(reader, document.id)


def test_a_document_that_does_not_exist_is_not_found(office):
    with pytest.raises(NotFound):
        queries.document(office.actor, 999_999)


def test_the_documents_of_a_case_include_those_of_its_inspection(office):
    kinds = [issued(office, kind).kind for kind in ("D01", "D19", "D34")]
    assert [document.kind for document in queries.documents_of(office.case)] == kinds
    assert [document.kind for document in queries.documents_of(office.inspection)] == ["D01"]


def test_anybody_checks_a_paper_by_number_and_code(office, client):
    document = issued(office)
    code = document.snapshot_sha256[:16].upper()
    page = client.get("/verify", query_string={"number": document.number, "code": f"{code[:4]} {code[4:]}"}).text
    assert "现行有效" in page
    assert office.agency.name in page
    assert snapshot("D34")["party.name"] not in page


def test_a_void_or_corrected_paper_does_not_stand(office, client):
    document = issued(office)
    code = document.snapshot_sha256[:16]
    actions.issue_revision(
        office.actor, document, snapshot("D34", case__act="别的"), reason="案由有误", on=TODAY, today=TODAY
    )
    save()
    assert queries.verify(document.number, code).replaced
    actions.void_document(office.actor, document, reason="当事人错误")
    save()
    assert "已作废" in client.get("/verify", query_string={"number": document.number, "code": code}).text


@pytest.mark.parametrize("code", ["00000000", "0000", "", "%%%%%%%%", "一二三四五六七八"])
def test_a_wrong_code_tells_nothing(office, client, code):
    document = issued(office)
    response = client.get("/verify", query_string={"number": document.number, "code": code})
    assert response.status_code == 200
    assert office.agency.name not in response.text


def test_internal_papers_cannot_be_checked_from_outside(office):
    document = issued(office, "D23")
    assert queries.verify(document.number, document.snapshot_sha256[:16]) is None


def test_the_command_writes_the_document(app, office, tmp_path):
    document = issued(office)
    run = app.test_cli_runner().invoke
    for format, magic in (("pdf", b"%PDF"), ("docx", b"PK")):
        path = tmp_path / f"decision.{format}"
        result = run(document_cli, [office.case.number, "d34", "--format", format, "-o", str(path)])
        assert result.exit_code == 0, result.output
        assert path.read_bytes().startswith(magic)
    db.session.refresh(document)
    assert document.pdf_sha256 == hashlib.sha256((tmp_path / "decision.pdf").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("case", "kind", "reason"),
    [("没有", "D34", "CASE: no case"), (None, "D99", "KIND: there is no document D99")],
)
def test_the_command_says_what_is_wrong_and_writes_nothing(app, office, tmp_path, case, kind, reason):
    issued(office)
    path = tmp_path / "x.pdf"
    arguments = [case or office.case.number, kind, "--format", "pdf", "-o", str(path)]
    result = app.test_cli_runner().invoke(document_cli, arguments)
    assert result.exit_code == 1
    assert reason in result.output
    assert not list(tmp_path.glob("*x.pdf*"))


def test_the_command_makes_a_draft_of_what_has_not_been_issued(app, office, tmp_path):
    path = tmp_path / "draft.docx"
    arguments = [office.case.number, "D23", "--format", "docx", "-o", str(path)]
    result = app.test_cli_runner().invoke(document_cli, arguments)
    assert result.exit_code == 0, result.output
    assert "this is a draft" in result.stderr
    header = open_docx(path).sections[0].header
    assert "草　稿" in [paragraph.text for paragraph in header.paragraphs]
    numbered = app.test_cli_runner().invoke(document_cli, [*arguments, "--number", "西卫医罚〔2025〕9号"])
    assert numbered.exit_code == 1


def test_the_command_tells_cases_of_the_same_number_apart_only_with_help(app, office, tmp_path):
    issued(office)
    factories.add(
        type(office.case)(
            number=office.case.number,
            name="另一案",
            origin="other",
            state="filed",
            region_code=factories.OTHER_COUNTY,
            sector="health",
            agency=factories.agency(factories.OTHER_COUNTY),
        )
    )
    save()
    assert len(queries.cases_numbered(SYSTEM, office.case.number)) == 2
    arguments = [office.case.number, "D34", "--format", "docx", "-o", str(tmp_path / "x.docx")]
    assert "different agencies" in app.test_cli_runner().invoke(document_cli, arguments).output
