"""Choosing typical cases, their order, their way up and back, and annex 2 as a file."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...campaigns.catalogue import CampaignFacts
from ...campaigns.engine.definition import FormDefinition
from ...campaigns.queries import campaign_for
from ...cases.models import Case
from ...errors import Refused, refusals_in
from ...exports import download
from ...late_saves import saving
from ...web import current_actor, refusals_on
from .. import actions, queries
from ..candidates import candidates, of_cases
from ..completeness import Lack, lacks
from ..files import CASE_FILES
from ..forms import CandidateFilter, NamesForm, SendBackForm
from ..masking import Style
from ..material import Entry, changed_since, entry_of, material, template_of
from ..models import TypicalCase, TypicalMaterial
from ..parties import decided_respondents
from ..queries import Line
from ..ranking import Ranked
from ..words import STATES, TONES, reasons_in_words
from .blueprint import URL, back, bp, loaded, words_of_styles

SHOWN = 40
"""Candidates shown: the best of those weighed."""


class Shown(NamedTuple):
    """A chosen or nominated case as the list shows it."""

    row: TypicalCase
    case: Case
    entry: Entry
    lacking: list[Lack]
    changed: list[Any]
    unseen: list[str]
    place: Ranked | None
    steps: list[TypicalCase]
    taken: bool
    first: bool
    last: bool

    @property
    def fit(self) -> bool:
        """Whether nothing stands against printing it and sending it up."""
        return not (self.changed or self.unseen or any(lack.grave for lack in self.lacking))


@bp.route(URL, permission=Permission.CAMPAIGN_READ)
def index(campaign_id: str) -> str:
    """The chosen cases in order with their states, those nominated from below, the candidates with reasons."""
    actor, today = current_actor(), clock.today()
    campaign, definition = loaded(campaign_id)
    lines = queries.lines(actor, campaign.id, actor.region_code)
    may_choose = actor.may(Permission.CAMPAIGN_WRITE)
    nominated = queries.nominated_to(actor, campaign) if may_choose else []
    form = CandidateFilter(request.args)
    form.category.choices = [("", ""), *((one.code, one.label) for one in campaign.categories)]
    known = {line.case.id for line in (*lines, *nominated)}
    found = candidates(actor, campaign.id, today, form.category.data or None) if may_choose else []
    others = [(case, place) for case, place in found if case.id not in known]
    style = queries.style_of(campaign.id, actor.region_code)
    places = of_cases(actor, campaign.id, [line.case for line in (*lines, *nominated)], today)
    show = partial(_shown, campaign, definition, style, places)
    return render_template(
        "typical/index.html",
        campaign=campaign,
        chosen=show(lines),
        nominated=show(nominated),
        candidates=[(case, place, lacks(case)) for case, place in others[:SHOWN]],
        weighed=len(others),
        form=form,
        decided_respondents=decided_respondents,
        reasons_in_words=reasons_in_words,
        states=STATES,
        tones=TONES,
        may_choose=may_choose,
        above=queries.office_above(campaign, actor.region_code),
        place=region_name(actor.region_code, full=True),
        styles=_words_of(style),
    )


def _words_of(style: Style) -> tuple[str, str]:
    persons, places = words_of_styles()
    return dict(persons)[style.persons], dict(places)[style.places]


def _shown(
    campaign: CampaignFacts,
    definition: FormDefinition,
    style: Style,
    places: Mapping[int, Ranked],
    lines: Sequence[Line],
) -> list[Shown]:
    steps = queries.levels(campaign.id, [line.case.id for line in lines])
    template, found = template_of(definition), []
    for number, line in enumerate(lines, start=1):
        entry = entry_of(number, line.chosen, template, style)
        above = queries.office_above(campaign, line.row.region_code)
        found.append(
            Shown(
                row=line.row,
                case=line.case,
                entry=entry,
                lacking=lacks(line.case),
                changed=changed_since(line.chosen),
                unseen=[remark for remark in entry.remarks if remark not in line.row.looked_at],
                place=places.get(line.case.id),
                steps=steps[line.case.id],
                taken=any(step.region_code == above for step in steps[line.case.id]),
                first=number == 1,
                last=number == len(lines),
            )
        )
    return found


@bp.route(f"{URL}/<int:case_id>/choose", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def choose(campaign_id: str, case_id: int) -> Response:
    """Take a decided case into the typical cases of the own region."""
    return _changed(campaign_id, case_id, actions.choose, _("The case has been chosen."))


@bp.route(f"{URL}/<int:case_id>/drop", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def drop(campaign_id: str, case_id: int) -> Response:
    """Take it out again."""
    return _changed(campaign_id, case_id, actions.drop, _("The case has been taken out."))


@bp.route(f"{URL}/<int:case_id>/up", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def up(campaign_id: str, case_id: int) -> Response:
    """One place further up."""
    return _changed(campaign_id, case_id, actions.move)


@bp.route(f"{URL}/<int:case_id>/down", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def down(campaign_id: str, case_id: int) -> Response:
    """One place further down."""
    return _changed(campaign_id, case_id, partial(actions.move, up=False))


@bp.route(f"{URL}/<int:case_id>/nominate", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def nominate(campaign_id: str, case_id: int) -> Response:
    """Send it to the office above; where it lacks something, back to the list that says what."""
    return _changed(campaign_id, case_id, actions.nominate, _("The case has been sent to the office above."))


@bp.route(f"{URL}/<int:case_id>/recall", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def recall(campaign_id: str, case_id: int) -> Response:
    """Call it back from the office above."""
    return _changed(campaign_id, case_id, actions.recall, _("The case has been called back."))


def _changed(campaign_id: str, case_id: int, act: Callable[..., object], told: str | None = None) -> Response:
    """Do one thing with a case of the list, and show the list again."""
    actor = current_actor()
    campaign = campaign_for(actor, campaign_id)
    act(actor, campaign.id, case_id)
    if told:
        flash(told, "success")
    return back(campaign.id)


@bp.route(f"{URL}/<int:case_id>/send-back", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def send_back(campaign_id: str, case_id: int) -> Any:
    """Return a nomination to the office below, with the reason that it reads."""
    actor, form = current_actor(), SendBackForm()
    campaign = campaign_for(actor, campaign_id)
    case, below = actions.nominated(actor, campaign, case_id)
    if form.validate_on_submit():
        with refusals_on(form):
            actions.send_back(actor, campaign.id, case_id, form.reason.data or "")
            flash(_("The case has gone back to %(place)s.", place=region_name(below.region_code)), "success")
            return back(campaign.id)
    return render_template("typical/send_back.html", campaign=campaign, case=case, below=below, form=form)


@bp.route(f"{URL}/names", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def names(campaign_id: str) -> Any:
    """How the region's material shows persons and institutions; once cases have been chosen."""
    actor = current_actor()
    campaign = campaign_for(actor, campaign_id)
    row = queries.settings(campaign.id, actor.region_code)
    if row is None:
        flash(_("Choose cases first."), "warning")
        return back(campaign.id)
    form = _names_form(row)
    if form.validate_on_submit():
        with saving(form, row, lambda: _names_form(row, formdata=None)):
            persons, places = form.persons.data or "", form.places.data or ""
            actions.show_names(actor, campaign.id, persons=persons, places=places, version=form.read_version)
            flash(_("Names are shown as chosen from now on."), "success")
            return back(campaign.id)
    return render_template("typical/names.html", campaign=campaign, form=form)


def _names_form(row: TypicalMaterial, **sent: Any) -> NamesForm:
    form = NamesForm(data={"version": row.version, "persons": row.persons, "places": row.places}, **sent)
    form.persons.choices, form.places.choices = words_of_styles()
    return form


@bp.route(f"{URL}/file.<format>", permission=Permission.CAMPAIGN_READ, records="typical:case:export")
def file(campaign_id: str, format: str) -> Any:
    """Annex 2 as DOCX, PDF or JSON; where a case lacks something, back to the list that says what."""
    if format not in CASE_FILES:
        abort(404)
    actor = current_actor()
    campaign, form = loaded(campaign_id)
    chosen = queries.chosen(actor, campaign.id, actor.region_code)
    if not chosen:
        flash(_("Choose cases first."), "warning")
        return back(campaign.id)
    try:
        style = queries.style_of(campaign.id, actor.region_code)
        made = material(form, campaign, actor.region_code, chosen, style)
    except Refused as error:
        for refusal in refusals_in(error):
            flash(str(refusal), "error")
        return back(campaign.id)
    kind = CASE_FILES[format]
    return download(kind.make(made), kind.media_type, f"{made.title}_{region_name(actor.region_code)}.{format}")
