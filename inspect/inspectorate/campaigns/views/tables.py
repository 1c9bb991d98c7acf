"""The table like the paper, its files, and what stands behind each figure."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...errors import NotFound
from ...exports import FORMATS, Column, download, list_file
from ...pages import page_of
from ...web import current_actor
from .. import behind, supplied
from ..catalogue import CampaignFacts
from ..engine.definition import FormDefinition
from ..engine.figures import Address
from ..engine.layout import Printed
from ..engine.vocabulary import Kind
from ..files import TABLE_FILES
from ..forms import TableFilter
from ..measures.wishes import FOOT
from ..region_choice import chosen_region, region_choices
from ..summary import Summary, summarise
from ..words import KINDS, in_words, label_of
from .blueprint import bp, loaded


@bp.route("/campaigns/<campaign_id>/tables/<form_id>", permission=Permission.CAMPAIGN_READ)
def table(campaign_id: str, form_id: str) -> str:
    """The filled table: header, merges and order of the annex, each figure leading to its records."""
    campaign, form = loaded(campaign_id, form_id)
    filters, summary = asked(campaign, form)
    failing = [outcome for outcome in summary.checks if not outcome.holds]
    return render_template(
        "campaigns/table.html",
        campaign=campaign,
        definition=form,
        filters=filters,
        summary=summary,
        layout=summary.layout(),
        link=_linker(campaign, form, summary),
        foot_link=_foot_linker(campaign, form, summary),
        failing=[(outcome, in_words(outcome, form), _places(outcome.failures, form)) for outcome in failing],
        failed={a: in_words(o, form) for o in failing for f in o.failures for a in f.addresses},
        sources=supplied.sources(summary),
        supplying=supplied.supplying(summary),
        foot_key=FOOT,
        arguments=arguments(summary),
        place=region_name(summary.scope.region, full=True),
    )


def asked(campaign: CampaignFacts, form: FormDefinition) -> tuple[TableFilter, Summary]:
    """The filter as it was sent, and the table it asks for; a wrong filter shows its error above the usual table."""
    actor, today = current_actor(), clock.today()
    region = chosen_region(actor, request.args.get("region"))
    filters = TableFilter(request.args)
    filters.region.choices = region_choices(actor, region, today.year)
    filters.region.data = region
    filters.validate()
    summary = summarise(form, region, today=today, campaign_id=campaign.id, days=filters.days())
    if not filters.errors:
        filters.start.data, filters.end.data = summary.scope.start, summary.scope.end
        filters.start.raw_data = filters.end.raw_data = None
    return filters, summary


def arguments(summary: Summary) -> dict[str, str]:
    """Region and days of a table as arguments of an address."""
    days = {"start": summary.scope.start, "end": summary.scope.end}
    return {"region": summary.scope.region} | {k: day.isoformat() for k, day in days.items() if day}


def _linker(campaign: CampaignFacts, form: FormDefinition, summary: Summary) -> Callable[[Printed], str | None]:
    """Addresses of the records behind figures that are not zero."""
    rates = summary.filled.rate_slots

    def link(figure: Printed) -> str | None:
        if not figure.value or isinstance(figure.value, str) or figure.address in rates:
            return None
        return _behind_url(campaign, form, summary, figure.address)

    return link


def _foot_linker(campaign: CampaignFacts, form: FormDefinition, summary: Summary) -> Callable[[str], str | None]:
    def link(name: str) -> str | None:
        return _behind_url(campaign, form, summary, (FOOT, name)) if summary.filled.foot.get(name) else None

    return link


def _behind_url(campaign: CampaignFacts, form: FormDefinition, summary: Summary, address: Address) -> str:
    where: dict[str, Any] = _own_arguments(address) | arguments(summary)
    return url_for("campaigns.records", campaign_id=campaign.id, form_id=form.id, **where)


def _places(failures: Any, form: FormDefinition) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where a check fails, with the figures that disagree, in the words of the sheet."""
    return [
        (failure.label, [(label_of(name, form), _number(value)) for name, value in failure.values])
        for failure in failures
    ]


def _number(value: Any) -> str:
    return "" if value is None else f"{float(value):g}" if value.denominator != 1 else str(value.numerator)


@bp.route(
    "/campaigns/<campaign_id>/tables/<form_id>/file.<format>",
    permission=Permission.CAMPAIGN_READ,
    records="campaigns:table:export",
)
def table_file(campaign_id: str, form_id: str, format: str) -> Any:
    """The table as XLSX, DOCX, PDF, CSV or JSON, exactly as the annex prints it."""
    if format not in TABLE_FILES:
        abort(404)
    campaign, form = loaded(campaign_id, form_id)
    _filters, summary = asked(campaign, form)
    kind = TABLE_FILES[format]
    name = f"{form.title}_{region_name(summary.scope.region)}.{format}"
    return download(kind.make(summary), kind.media_type, name)


@bp.route("/campaigns/<campaign_id>/tables/<form_id>/records", permission=Permission.CAMPAIGN_READ)
def records(campaign_id: str, form_id: str) -> str:
    """What stands behind a figure: its share in each region below, and the records."""
    campaign, form = loaded(campaign_id, form_id)
    _filters, summary = asked(campaign, form)
    address = _address(summary)
    year = (summary.scope.end or clock.today()).year
    section = request.args.get("section", 0, type=int)
    place = behind.Place(section, request.args.get("after"), request.args.get("before"))
    parts = behind.shown(summary.filled, address, summary.scope, current_actor(), place)
    told = supplied.reported(summary, address, current_actor())
    regions = behind.by_region(summary.filled, address, summary.scope, year)
    return render_template(
        "campaigns/records.html",
        campaign=campaign,
        definition=form,
        summary=summary,
        label=behind.label_for(summary.form, address),
        parts=parts,
        balance=behind.balance(summary.filled, address, parts),
        told=told,
        together=supplied.together(summary, address, parts, told),
        regions=supplied.with_returns(regions, summary, address, year),
        money=supplied.part_at(summary.filled, address).kind is Kind.MONEY,
        kinds=KINDS,
        page_of=page_of,
        arguments=arguments(summary),
        own=_own_arguments(address),
        place=region_name(summary.scope.region, full=True),
    )


def _own_arguments(address: Address) -> dict[str, str]:
    return {"foot": address[1]} if address[0] == FOOT else {"row": address[0], "col": address[1]}


def _address(summary: Summary) -> Address:
    """The figure that was asked for. Raises NotFound for one that the sheet does not have."""
    foot = request.args.get("foot")
    if foot is not None:
        address = (FOOT, foot)
        known = foot in summary.filled.foot
    else:
        address = (request.args.get("row", ""), request.args.get("col", ""))
        known = address in summary.filled.slots
    if not known:
        raise NotFound
    return address


@bp.route(
    "/campaigns/<campaign_id>/tables/<form_id>/records/list.<format>",
    permission=Permission.CAMPAIGN_READ,
    records="campaigns:records:export",
)
def records_file(campaign_id: str, form_id: str, format: str) -> Any:
    """The records behind a figure as the list that auditors ask for."""
    if format not in FORMATS:
        abort(404)
    campaign, form = loaded(campaign_id, form_id)
    _filters, summary = asked(campaign, form)
    address = _address(summary)
    records = behind.all_lines(summary.filled, address, summary.scope, current_actor())
    lines = chain(records, supplied.return_lines(summary, address))
    money = address in summary.filled.slots and summary.filled.slots[address].part.kind is Kind.MONEY
    return list_file(behind.label_for(summary.form, address), _columns(money), lines, format)


def _columns(money: bool) -> list[Column]:
    """``money``: the shares are fen, and are written in yuan."""

    def day(pair: tuple[str, behind.Line]) -> date | None:
        return pair[1].day

    return [
        Column(_("Counted under"), lambda pair: pair[0], 30),
        Column(_("Day"), day, 12),
        Column(_("Number or name"), lambda pair: pair[1].title, 30),
        Column(_("Party or address"), lambda pair: pair[1].about, 30),
        Column(_("Region"), lambda pair: pair[1].region, 14),
        Column(_("Agency"), lambda pair: pair[1].agency, 28),
        Column(
            _("Counted, yuan") if money else _("Counted"),
            lambda pair: Decimal(pair[1].share) / 100 if money else pair[1].share,
            16,
        ),
    ]
