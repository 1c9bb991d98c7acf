"""The page of a case."""

from flask import render_template

from ... import clock
from ...accounts.permissions import Permission
from ...audit.presentation import readable
from ...audit.queries import history
from ...documents.presentation import paper_lines
from ...documents.queries import documents_of
from ...inspections.shown import exhibits
from ...procedure.rights import legal_review_demanded
from ...web import current_actor
from .. import guidance, queries, shown
from ..facts import case_facts
from ..findings_shown import party_lines, violation_title
from ..words import ACCEPTANCE, DEFENCE_KINDS, ORIGINS, PENALTIES
from .blueprint import bp, loaded
from .drafts import draft_links


@bp.route("/cases/<int:case_id>", permission=Permission.SIGNED_IN)
def show(case_id: int) -> str:
    """One case: where it stands, the next step, tasks, facts, evidence, penalties, papers, history."""
    actor, case, today = current_actor(), loaded(case_id), clock.today()
    main, others = guidance.next_of(case, actor, today)
    clocks = shown.clock_lines(case, today)
    evidence = [*(case.inspection.evidence if case.inspection else ()), *case.evidence]
    rows = list({row.id: row for row in evidence}.values())
    return render_template(
        "cases/show.html",
        case=case,
        case_title=shown.title_of(case),
        badge=shown.badge_of(case),
        main=main,
        others=others,
        tasks=shown.task_lines(case, actor, today),
        clocks=clocks,
        urgent=shown.urgent_line(clocks),
        findings=party_lines(case, today),
        title_of=violation_title,
        exhibits=exhibits(rows, queries.names_of_users({row.added_by_id for row in rows})),
        drafts=draft_links(case),
        papers=paper_lines(actor, documents_of(case)),
        opinions=shown.opinion_lines(case),
        history=readable(reversed(history(case))),
        may_write=guidance.may_write(case, actor) and actor.may(Permission.CASE_HANDLE),
        review_demanded=legal_review_demanded(case_facts(case, actor, today)),
        origins=ORIGINS,
        penalties=PENALTIES,
        defence_kinds=DEFENCE_KINDS,
        acceptance=ACCEPTANCE,
        today_=today,
    )
