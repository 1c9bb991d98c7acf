"""The account of a chosen case: its draft, what was changed against it, its versions, its names."""

from typing import Any, NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ...accounts.permissions import Permission
from ...campaigns.catalogue import CampaignFacts
from ...campaigns.engine.definition import FormDefinition
from ...late_saves import saving
from ...web import current_actor
from .. import actions, queries
from ..account import Part, drafted
from ..comparing import changes, is_changed
from ..completeness import lacks
from ..forms import AccountForm
from ..material import Entry, changed_since, entry_of, template_of
from ..queries import Line
from ..words import SECTIONS
from .blueprint import URL, bp, loaded


class Page(NamedTuple):
    """What the page of an account shows, read once."""

    line: Line
    entry: Entry
    parts: list[Part]

    @property
    def draft(self) -> str:
        """The account as the file gives it."""
        return "\n".join(part.text for part in self.parts)

    @property
    def account(self) -> str:
        """The account as it is printed, names not yet masked."""
        return self.line.row.account or self.draft

    def form(self, **sent: Any) -> AccountForm:
        """The form as it is opened, without what was sent when it is told ``formdata=None``."""
        row = self.line.row
        data = {"version": row.version, "account": self.account, "names": "、".join(row.names)}
        form = AccountForm(data={**data, "looked_at": row.looked_at}, **sent)
        form.looked_at.choices = [(one, one) for one in dict.fromkeys((*self.entry.remarks, *row.looked_at))]
        return form


@bp.route(f"{URL}/<int:case_id>/account", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def account(campaign_id: str, case_id: int) -> Any:
    """Rewrite the account of a chosen case; the proposed text stands there to begin with."""
    campaign, definition = loaded(campaign_id)
    page = _page(campaign, definition, case_id)
    form = page.form()
    if form.validate_on_submit():
        line, anew = page.line, "anew" in request.form
        with saving(form, line.row, lambda: _page(campaign, definition, case_id).form(formdata=None), of=line.case):
            _save(campaign.id, case_id, form, anew)
            told = _("The account has been drafted anew from the file.") if anew else _("The account has been saved.")
            flash(told, "success")
            return redirect(url_for("typical.account", campaign_id=campaign.id, case_id=case_id))
        page = _page(campaign, definition, case_id)
    pieces = changes(page.draft, page.account)
    return render_template(
        "typical/account.html",
        campaign=campaign,
        case=page.line.case,
        row=page.line.row,
        form=form,
        entry=page.entry,
        parts=[(SECTIONS[part.section], part.text) for part in page.parts],
        pieces=pieces if is_changed(pieces) else [],
        versions=[(one, changes(one.draft, one.text or one.draft)) for one in queries.accounts_of(page.line.row)],
        lacking=lacks(page.line.case),
        changed=changed_since(page.line.chosen),
    )


def _save(campaign_id: str, case_id: int, form: AccountForm, anew: bool) -> None:
    text = "" if anew else form.account.data or ""
    looked_at, version = form.looked_at.data or [], form.read_version
    actions.write_account(current_actor(), campaign_id, case_id, text, form.further(), looked_at, version=version)


def _page(campaign: CampaignFacts, definition: FormDefinition, case_id: int) -> Page:
    """Raises NotFound: the case is not among the chosen ones."""
    actor = current_actor()
    line = queries.line(actor, campaign.id, case_id)
    parts = drafted(line.case)
    number = queries.place_of(actor, line.row)
    style = queries.style_of(campaign.id, actor.region_code)
    chosen = line.chosen._replace(account=line.row.account or "\n".join(part.text for part in parts))
    return Page(line, entry_of(number, chosen, template_of(definition), style), parts)
