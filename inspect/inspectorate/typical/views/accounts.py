"""The account of a chosen case: its draft, what was changed against it, its versions, its names."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ...accounts.permissions import Permission
from ...campaigns.queries import campaign_for
from ...errors import NotFound
from ...late_saves import saving
from ...web import current_actor
from .. import actions, queries
from ..account import drafted, proposed_account
from ..comparing import changes, is_changed
from ..completeness import lacks
from ..forms import AccountForm
from ..material import changed_since, entry_of, template_of
from ..queries import Line
from ..words import SECTIONS
from .blueprint import URL, bp, loaded


@bp.route(f"{URL}/<int:case_id>/account", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def account(campaign_id: str, case_id: int) -> Any:
    """Rewrite the account of a chosen case; the proposed text stands there to begin with."""
    actor = current_actor()
    campaign, definition = loaded(campaign_id)
    form = _form(campaign.id, case_id)
    if form.validate_on_submit():
        anew = "anew" in request.form
        fresh = partial(_form, campaign.id, case_id, formdata=None)
        with saving(form, _line(campaign.id, case_id)[1].row, fresh, of=_line(campaign.id, case_id)[1].case):
            text = "" if anew else form.account.data or ""
            looked_at = form.looked_at.data or []
            actions.write_account(
                actor, campaign.id, case_id, text, form.further(), looked_at, version=form.read_version
            )
            told = _("The account has been drafted anew from the file.") if anew else _("The account has been saved.")
            flash(told, "success")
            return redirect(url_for("typical.account", campaign_id=campaign.id, case_id=case_id))
    number, line = _line(campaign.id, case_id)
    style = queries.style_of(campaign.id, actor.region_code)
    entry = entry_of(number, line.chosen, template_of(definition), style)
    draft = proposed_account(line.case)
    pieces = changes(draft, line.row.account or draft)
    return render_template(
        "typical/account.html",
        campaign=campaign,
        case=line.case,
        row=line.row,
        form=form,
        entry=entry,
        parts=[(SECTIONS[part.section], part.text) for part in drafted(line.case)],
        pieces=pieces if is_changed(pieces) else [],
        versions=[(one, changes(one.draft, one.text or one.draft)) for one in queries.accounts_of(line.row)],
        lacking=lacks(line.case),
        changed=changed_since(line.chosen),
        unseen=[remark for remark in entry.remarks if remark not in line.row.looked_at],
    )


def _line(campaign_id: str, case_id: int) -> tuple[int, Line]:
    """A chosen case with its place in the list. Raises NotFound."""
    actor = current_actor()
    chosen = enumerate(queries.lines(actor, campaign_id, actor.region_code), start=1)
    found = next(((number, one) for number, one in chosen if one.case.id == case_id), None)
    if found is None:
        raise NotFound
    return found


def _form(campaign_id: str, case_id: int, **sent: Any) -> AccountForm:
    """The form as it is opened, without what was sent when it is told ``formdata=None``."""
    actor = current_actor()
    number, line = _line(campaign_for(actor, campaign_id).id, case_id)
    row = line.row
    style = queries.style_of(campaign_id, actor.region_code)
    remarks = entry_of(number, line.chosen, template_of(loaded(campaign_id)[1]), style).remarks
    account = row.account or proposed_account(line.case)
    form = AccountForm(
        data={"version": row.version, "account": account, "names": "、".join(row.names), "looked_at": row.looked_at},
        **sent,
    )
    form.looked_at.choices = [(remark, remark) for remark in dict.fromkeys((*remarks, *row.looked_at))]
    return form
