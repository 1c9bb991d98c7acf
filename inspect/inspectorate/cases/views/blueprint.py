"""The blueprint of cases, and what its pages share."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for

from ...errors import NotFound
from ...fields import VersionedForm
from ...late_saves import saving
from ...web import Area, current_actor
from .. import actions, queries, shown
from ..forms import ReasonForm
from ..models import Case, Respondent

bp = Area("cases", __name__)


def case_url(case_id: int, part: str = "") -> str:
    """The page of a case, perhaps at one of its parts."""
    return url_for("cases.show", case_id=case_id) + (f"#{part}" if part else "")


def loaded(case_id: int) -> Case:
    """The case of the page. Raises NotFound, Forbidden."""
    return queries.case(current_actor(), case_id)


def party_of(case: Case, respondent_id: int) -> Respondent:
    """The party of the page; 0 stands for the first. Raises NotFound."""
    if respondent_id == 0 and case.respondents:
        return case.respondents[0]
    found = next((party for party in case.respondents if party.id == respondent_id), None)
    if found is None:
        raise NotFound
    return found


def step_page(name: str, case: Case, form: Any, **values: Any) -> str:
    """A page on which a step of the case is taken."""
    return render_template(
        f"cases/{name}.html", case=case, form=form, case_title=shown.title_of(case), badge_of=shown.badge_of, **values
    )


def fresh(form: VersionedForm, case: Case) -> None:
    """A form that is shown for the first time carries the version that was read. Raises Refusal in another office."""
    actions.refuse_other_office(current_actor(), case)
    if not form.is_submitted():
        form.version.data = str(case.version)


def by_reason(
    case_id: int, act: str, take: Callable[[str, int], Any], done: str | None = None, to: str | None = None
) -> Any:
    """A step that asks for nothing but its reason: ``take`` gets the reason and the version that was read."""
    case, form = loaded(case_id), ReasonForm()
    fresh(form, case)
    if form.validate_on_submit():
        with saving(form, case):
            take(form.reason.data or "", form.read_version)
            if done:
                flash(done, "success")
            return redirect(to or case_url(case_id))
    return step_page("reason", loaded(case_id), form, act=act)
