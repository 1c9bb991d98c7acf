"""Typical cases: choosing among the decided ones, writing the account, and annex 2 as a file."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ..accounts.permissions import Permission
from ..accounts.regions import region_name
from ..campaigns.queries import campaign_for, form_of
from ..errors import NotFound, Refused, refusals_in
from ..exports import download
from ..late_saves import saving
from ..web import Area, current_actor
from . import actions, queries
from .files import CASE_FILES
from .forms import AccountForm
from .material import Chosen, decided_respondents, entry_of, material, missing, proposed_account, template_of

bp = Area("typical", __name__)

_URL = "/campaigns/<campaign_id>/cases"


@bp.route(_URL, permission=Permission.CAMPAIGN_READ)
def index(campaign_id: str) -> str:
    """The chosen cases in order, with what each lacks, and the cases to choose from."""
    actor = current_actor()
    campaign, definition = form_of(actor, campaign_id)
    chosen = queries.chosen(actor, campaign.id, actor.region_code)
    ids = {one.case.id for one in chosen}
    template, may_choose = template_of(definition), actor.may(Permission.CAMPAIGN_WRITE)
    candidates = queries.candidates(actor, campaign.id) if may_choose else []
    return render_template(
        "typical/index.html",
        campaign=campaign,
        chosen=[(one.case, missing(one.case), entry_of(n, one, template)) for n, one in enumerate(chosen, start=1)],
        candidates=[(case, missing(case)) for case in candidates if case.id not in ids],
        decided_respondents=decided_respondents,
        may_choose=may_choose,
        place=region_name(actor.region_code, full=True),
    )


@bp.route(f"{_URL}/<int:case_id>/choose", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def choose(campaign_id: str, case_id: int) -> Response:
    """Take a decided case into the typical cases of the own region."""
    return _changed(campaign_id, case_id, actions.choose, _("The case has been chosen."))


@bp.route(f"{_URL}/<int:case_id>/drop", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def drop(campaign_id: str, case_id: int) -> Response:
    """Take it out again."""
    return _changed(campaign_id, case_id, actions.drop, _("The case has been taken out."))


@bp.route(f"{_URL}/<int:case_id>/up", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def up(campaign_id: str, case_id: int) -> Response:
    """One place further up."""
    return _changed(campaign_id, case_id, actions.move_up)


def _changed(campaign_id: str, case_id: int, act: Callable[..., object], told: str | None = None) -> Response:
    """Do one thing with a case of the list, and show the list again."""
    actor = current_actor()
    campaign = campaign_for(actor, campaign_id)
    act(actor, campaign.id, case_id)
    if told:
        flash(told, "success")
    return redirect(url_for("typical.index", campaign_id=campaign.id))


@bp.route(f"{_URL}/<int:case_id>/account", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def account(campaign_id: str, case_id: int) -> Any:
    """Rewrite the account of a chosen case; the proposed text stands there to begin with."""
    actor = current_actor()
    campaign, definition = form_of(actor, campaign_id)
    form, row = _account_form(campaign.id, case_id), queries.choice(actor, campaign.id, case_id)
    if form.validate_on_submit():
        text, version = form.account.data or "", form.read_version
        anew = partial(_account_form, campaign.id, case_id, formdata=None)
        with saving(form, row, anew, of=_chosen(campaign.id, case_id)[1].case):
            actions.write_account(actor, campaign.id, case_id, text, form.further(), version=version)
            flash(_("The account has been saved."), "success")
            return redirect(url_for("typical.account", campaign_id=campaign.id, case_id=case_id))
    number, one = _chosen(campaign.id, case_id)
    entry = entry_of(number, one, template_of(definition))
    return render_template("typical/account.html", campaign=campaign, case=one.case, form=form, entry=entry)


def _chosen(campaign_id: str, case_id: int) -> tuple[int, Chosen]:
    """A chosen case with its place in the list. Raises NotFound."""
    actor = current_actor()
    chosen = enumerate(queries.chosen(actor, campaign_id, actor.region_code), start=1)
    found = next(((number, one) for number, one in chosen if one.case.id == case_id), None)
    if found is None:
        raise NotFound
    return found


def _account_form(campaign_id: str, case_id: int, **sent: Any) -> AccountForm:
    """The form as it is opened, without what was sent when it is told ``formdata=None``."""
    one, row = _chosen(campaign_id, case_id)[1], queries.choice(current_actor(), campaign_id, case_id)
    account, names = one.account or proposed_account(one.case), "、".join(one.names)
    return AccountForm(data={"version": row.version, "account": account, "names": names}, **sent)


@bp.route(f"{_URL}/file.<format>", permission=Permission.CAMPAIGN_READ, records="typical:case:export")
def file(campaign_id: str, format: str) -> Any:
    """Annex 2 as DOCX, PDF or JSON; where a case lacks something, back to the list that says what."""
    if format not in CASE_FILES:
        abort(404)
    actor = current_actor()
    campaign, form = form_of(actor, campaign_id)
    chosen = queries.chosen(actor, campaign.id, actor.region_code)
    if not chosen:
        flash(_("Choose cases first."), "warning")
        return redirect(url_for("typical.index", campaign_id=campaign.id))
    try:
        made = material(form, campaign, actor.region_code, chosen)
    except Refused as error:
        for refusal in refusals_in(error):
            flash(str(refusal), "error")
        return redirect(url_for("typical.index", campaign_id=campaign.id))
    kind = CASE_FILES[format]
    return download(kind.make(made), kind.media_type, f"{made.title}_{region_name(actor.region_code)}.{format}")
