"""Blanks of returns as workbooks, and what comes back: whose return it is, what it supplies, what was typed already."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from ..accounts.models import Agency
from ..accounts.regions import region_name
from ..campaigns.catalogue import CampaignFacts
from ..campaigns.engine.definition import FormDefinition
from ..campaigns.measures.wishes import FOOT
from ..campaigns.places import heading
from ..campaigns.queries import definition_text
from ..campaigns.summary import members
from ..campaigns.words import label_of
from ..errors import Refusal
from .models import Return
from .reading import CellProblem, Given, read_values
from .tables import DEPARTMENT, campaign_of, filed, form_of, local_form, year_of
from .workbook.marking import marked
from .workbook.plan import Identity, named, plan
from .workbook.reading import ReadBook, Wanted, read_workbook
from .workbook.writing import About, blank

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def identity_of(
    form: FormDefinition,
    *,
    region: str = "",
    campaign: str = "",
    period: str = "",
    agency: str = "",
    year: int | None = None,
) -> Identity:
    """Whose return a workbook is; what stays empty is left open. ``year``: whose regions its lines are."""
    lines = named(members(form, region, year)) if region and year else ()
    text = definition_text(form.id)
    return Identity(form.id, sha256(text.encode()).hexdigest(), region, campaign, period, agency, lines)


def supplies_of(campaign: CampaignFacts | None, form: FormDefinition, agency: Agency | None) -> tuple[str, ...]:
    """The rows and columns that the campaign expects of an agency's department; none: whatever it has."""
    departments = campaign.departments if campaign is not None and agency is not None else ()
    known = [one.supplies for one in departments if agency is not None and one.sector == agency.sector]
    return tuple(i for supplies in known for i in supplies if i in form.rows or i in form.cols)


def empty_return(
    form: FormDefinition, identity: Identity, *, agency: Agency | None = None, campaign: CampaignFacts | None = None,
    due: date | None = None, given: Given | None = None,
) -> bytes:  # fmt: skip
    """A return's workbook, empty or with what is ``given``."""
    supplies = supplies_of(campaign, form, agency)
    region = identity.region
    values = {**given.cells, **{(FOOT, name): count for name, count in given.foot.items()}} if given else {}
    sheet = plan(form, identity, head=heading(form.head, region) if region else None, supplies=supplies, values=values)
    about = About(
        region_name(region, full=True) if region else "",
        agency.name if agency else "",
        due,
        "、".join(label_of(one, form) for one in supplies),
    )
    return blank(sheet, about, given.signers if given else None)


def workbook_of(row: Return, today: date) -> bytes:
    """The workbook of one return: with what is being typed, else with what it has filed."""
    given = _said(row, today)
    agency = row.agency if row.kind == DEPARTMENT else None
    return empty_return(
        form_of(row), _identity(row, today), agency=agency, campaign=campaign_of(row), due=row.due_on, given=given
    )


def _said(row: Return, today: date) -> Given:
    form, _lines = local_form(row, today)
    return read_values(form, row.draft) if row.draft else filed(row, form)


def _identity(row: Return, today: date) -> Identity:
    agency = row.agency.key if row.kind == DEPARTMENT else ""
    return identity_of(
        form_of(row), region=row.region_code, campaign=row.campaign, period=row.period, agency=agency,
        year=year_of(row, today),
    )  # fmt: skip


def read_for(row: Return, content: bytes, today: date) -> ReadBook:
    """The figures of a workbook that was sent for one return. Raises Refusal for what is no return's workbook."""
    form = form_of(row)
    supplies = supplies_of(campaign_of(row), form, row.agency) if row.kind == DEPARTMENT else ()
    try:
        return read_workbook(content, Wanted(form, _identity(row, today), supplies=supplies))
    except Refusal as refusal:
        raise Refusal(refusal.message, field="workbook") from refusal


def marked_copy(content: bytes, read: ReadBook, refusals: Iterable[Refusal] = ()) -> bytes:
    """The workbook with what is wrong told in its cells: what reading found, else why filing was refused."""
    problems = list(read.problems) or [_at_its_cell(one) for one in refusals]
    return marked(content, read.sheet, problems, read.names)


def _at_its_cell(refusal: Refusal) -> CellProblem:
    kind, _colon, place = (refusal.field or "").partition(":")
    row, _at, col = place.partition("@")
    return CellProblem(row if kind == "cell" else "", col if kind == "cell" else "", refusal.message)
