"""Each article of the procedure, with a case that keeps it and cases that break it."""

from datetime import date, timedelta

import pytest

from inspectorate.law import Citation, violation
from inspectorate.law.discretion import Judgement, Outcome
from inspectorate.procedure import guards as g
from inspectorate.procedure.articles import apl
from inspectorate.procedure.facts import CaseFacts, Defence, Handler, OfficeRules, PenaltyLine
from inspectorate.procedure.guards.outcome import heavier
from inspectorate.procedure.objections import Guard
from tests.procedure.cases import FINDING, HANDLERS, IN_ORDER, TODAY, case, case_with_finding, case_with_respondent

FIRST, SECOND = HANDLERS
REFUSED = Judgement(Outcome.REFUSED, "低于法定最低额", "below the minimum", (apl(32),))
EXPIRED = Handler("officer:3", "赵敏", date(2026, 6, 14))
UNCERTIFIED = Handler("officer:4", "钱进", None)
LAST_DAY = Handler("officer:5", "孙丽", TODAY)

BROKEN: list[tuple[str, Guard, CaseFacts, str, str | None]] = [
    ("one handler only", g.two_handlers, case(handlers=(FIRST,)), "第四十二条第一款", "handlers"),
    ("no handler", g.two_handlers, case(handlers=()), "第四十二条第一款", "handlers"),
    ("a handler twice", g.two_handlers, case(handlers=(FIRST, FIRST)), "第四十二条第一款", "handlers"),
    ("an expired certificate", g.certificates_valid, case(handlers=(FIRST, EXPIRED)), "第四十二条第一款", "handlers"),
    ("no certificate", g.certificates_valid, case(handlers=(FIRST, UNCERTIFIED)), "第四十二条第一款", "handlers"),
    ("somebody else's case", g.actor_is_handler, case(actor="officer:77"), "第四十二条第一款", None),
    ("approval by a handler", g.approver_independent, case(actor="officer:1"), "第五十七条第一款", None),
    ("approval by the reviewer", g.approver_independent, case(actor="user:8"), "第五十七条第一款", None),
    ("review by a handler", g.reviewer_independent, case(actor="officer:2"), "第五十八条第一款", None),
    (
        "review by who approved",
        g.reviewer_independent,
        case(actor="user:5", approvers=frozenset({"user:5"})),
        "第五十八条第一款",
        None,
    ),
    (
        "a reviewer without qualification",
        g.reviewer_qualified,
        case(reviewer_qualified=False),
        "第五十八条第二款",
        None,
    ),
    ("a day to come", g.not_in_the_future, case(on=TODAY + timedelta(days=1)), "第四十七条", "on"),
    ("a day before the last step", g.after_the_last_step, case(on=date(2026, 5, 19)), "第四十七条", "on"),
    ("a return without a reason", g.reason_given, case(reason="  "), "第四十七条", "reason"),
    ("no party", g.parties_charged, case(respondents=()), "第五十四条第二款", "respondents"),
    ("no violation", g.parties_charged, case_with_respondent(findings=()), "第五十四条第二款", "findings"),
    ("no summary", g.summary_stated, case(summary_stated=False), "第五十四条第二款", "summary"),
    ("another sector's violation", g.competent, case_with_finding(competent=False), "第十七条", "findings"),
    ("facts not stated", g.facts_stated, case_with_finding(facts_stated=False), "第四十条", "findings"),
    ("no evidence", g.evidence_present, case(evidence_count=0), "第四十条", "evidence"),
    ("no day of the act", g.acts_dated, case_with_finding(act_from=None), "第三十六条第二款", "act_from"),
    (
        "an act that ends before it begins",
        g.acts_dated,
        case_with_finding(act_until=date(2026, 1, 9)),
        "第三十六条第二款",
        "act_until",
    ),
    (
        "found after two years",
        g.within_limitation,
        case_with_finding(act_from=date(2024, 1, 1), act_until=date(2024, 2, 29)),
        "第三十六条第一款",
        "act_until",
    ),
    ("nothing proposed", g.penalties_proposed, case_with_respondent(proposed=()), "第五十七条第一款", "penalties"),
    ("a range not judged", g.fines_within_range, case_with_finding(judgement=None), "第九条", "findings"),
    ("a fine outside its range", g.fines_within_range, case_with_finding(judgement=REFUSED), "第三十二条", "fine"),
    ("no reasons", g.discretion_reasoned, case_with_respondent(reasons_stated=False), "第三十四条", "discretion"),
    (
        "no order to correct",
        g.correction_ordered,
        case_with_respondent(correction_ordered=False),
        "第二十八条第一款",
        "correction",
    ),
    (
        "income not confiscated",
        g.income_confiscated,
        case_with_respondent(proposed=(PenaltyLine("fine", 18_400_000),)),
        "第二十八条第二款",
        "penalties",
    ),
    (
        "income confiscated in part",
        g.income_confiscated,
        case_with_respondent(proposed=(PenaltyLine("confiscate_income", 3_679_999),)),
        "第二十八条第二款",
        "penalties",
    ),
    (
        "past the reviewer where review is demanded",
        g.no_review_demanded,
        case(public_interest=True),
        "第五十八条第一款",
        None,
    ),
    (
        "review demanded and not passed",
        g.review_passed,
        case(complex=True, review_agreed=False),
        "第五十八条第一款",
        None,
    ),
    (
        "hearing not offered",
        g.hearing_offered,
        case_with_respondent(hearing_offered=False),
        "第六十三条第一款",
        "hearing",
    ),
    ("notice not served", g.notice_served, case_with_respondent(notice_served_on=None), "第六十二条", "notice"),
    (
        "the term still running",
        g.defence_term_over,
        case_with_respondent(notice_served_on=date(2026, 6, 10), defence=Defence.OPEN),
        "第四十五条第一款",
        "on",
    ),
    ("the defence open", g.defence_settled, case_with_respondent(defence=Defence.OPEN), "第六十二条", "defence"),
    (
        "the defence not reviewed",
        g.defence_settled,
        case_with_respondent(defence=Defence.HEARD),
        "第四十五条第一款",
        "defence",
    ),
    (
        "a hearing asked for and not held",
        g.hearing_held,
        case_with_respondent(hearing_requested=True),
        "第六十四条",
        "defence",
    ),
    (
        "a fine raised after the defence",
        g.not_increased,
        case_with_respondent(proposed=(PenaltyLine("fine", 18_400_001), PenaltyLine("confiscate_income", 3_680_000))),
        "第四十五条第二款",
        "penalties",
    ),
    (
        "a kind of penalty that the notice did not name",
        g.not_increased,
        case_with_respondent(proposed=(PenaltyLine("suspend_business"),)),
        "第四十五条第二款",
        "penalties",
    ),
    (
        "facts changed after the notice",
        g.facts_as_noticed,
        case_with_respondent(facts_changed_since_notice=True),
        "第四十四条",
        "findings",
    ),
    ("money outstanding", g.executed, case_with_respondent(due_fen=2, paid_fen=1), "第六十六条第一款", "payments"),
    (
        "a penalty other than money not carried out",
        g.executed,
        case_with_respondent(other_penalties_executed=False),
        "第六十六条第一款",
        "execution",
    ),
    (
        "a suspected crime that went to nobody",
        g.crime_transferred,
        case_with_respondent(for_the_police=(apl(27, 1),)),
        "第二十七条第一款",
        "transfer",
    ),
]


@pytest.mark.parametrize(("guard", "facts", "place", "field"), [row[1:] for row in BROKEN], ids=[r[0] for r in BROKEN])
def test_what_breaks_a_rule_is_objected_to_with_its_article(
    guard: Guard, facts: CaseFacts, place: str, field: str | None
) -> None:
    first = next(guard(facts))
    assert first.citation is not None
    assert (first.citation.place(), first.field) == (place, field)
    assert str(first)


ALL_GUARDS: list[Guard] = [getattr(g, name) for name in g.__all__]


@pytest.mark.parametrize("guard", [guard for guard in ALL_GUARDS if guard is not g.actor_is_handler])
def test_a_case_in_order_meets_no_objection(guard: Guard) -> None:
    assert list(guard(IN_ORDER)) == []


def test_a_handler_may_take_the_handlers_steps() -> None:
    assert list(g.actor_is_handler(case(actor="officer:2"))) == []


def test_every_guard_is_shown_to_object_to_something() -> None:
    assert {row[1] for row in BROKEN} == set(ALL_GUARDS)


def test_a_certificate_holds_on_its_last_day() -> None:
    assert list(g.certificates_valid(case(handlers=(FIRST, LAST_DAY)))) == []


def test_a_transferred_case_goes_on() -> None:
    facts = case_with_respondent(for_the_police=(apl(27, 1),))
    assert list(g.crime_transferred(facts._replace(transferred=True))) == []


def test_all_findings_are_named_at_once() -> None:
    unproved = case_with_respondent(findings=(FINDING, FINDING)).respondents[0]
    facts = case(respondents=(unproved, unproved))
    assert len(list(g.within_limitation(facts))) == 0
    late = case_with_finding(act_from=date(2020, 1, 1), act_until=None).respondents[0]
    assert len(list(g.within_limitation(case(respondents=(late, late))))) == 2


@pytest.mark.parametrize(
    ("harm", "found", "in_time"),
    [
        (False, date(2028, 3, 1), True),
        (False, date(2028, 3, 2), False),
        (True, date(2031, 3, 1), True),
        (True, date(2031, 3, 2), False),
    ],
)
def test_limitation_is_two_years_and_five_where_health_was_harmed(harm: bool, found: date, in_time: bool) -> None:
    facts = case_with_finding(health_harm=harm, discovered_on=found)
    assert (list(g.within_limitation(facts)) == []) is in_time


@pytest.mark.parametrize(("day", "in_time"), [(date(2026, 9, 1), True), (date(2026, 9, 2), False)])
def test_what_the_public_security_law_punishes_is_barred_after_six_months(day: date, in_time: bool) -> None:
    facts = case_with_finding(entry=violation("SH-136"), health_harm=True, discovered_on=day)
    told = list(g.within_limitation(facts))
    assert (told == []) is in_time
    assert all(one.citation == Citation("psp", 25, 1) for one in told)


def test_a_range_not_compared_with_its_text_never_refuses() -> None:
    warned = Judgement(Outcome.WARNING, "超过法定最高额", "above the maximum", (apl(9),))
    assert list(g.fines_within_range(case_with_finding(judgement=warned))) == []


def test_refunded_income_is_not_confiscated() -> None:
    facts = case_with_respondent(income_refunded_fen=3_680_000, proposed=(PenaltyLine("fine", 1),))
    assert list(g.income_confiscated(facts)) == []


def test_the_defence_term_runs_five_working_days_after_service() -> None:
    served = date(2026, 6, 5)
    open_case = case_with_respondent(notice_served_on=served, defence=Defence.OPEN)
    last_day = date(2026, 6, 12)
    for today, over in ((last_day, False), (last_day + timedelta(days=1), True)):
        facts = CaseFacts(today=today, on=today, respondents=open_case.respondents)
        assert (list(g.defence_term_over(facts)) == []) is over


def test_lowering_after_the_defence_is_allowed() -> None:
    facts = case_with_respondent(
        proposed=(PenaltyLine("fine", 18_000_000), PenaltyLine("confiscate_income", 3_680_000))
    )
    assert list(g.not_increased(facts)) == []


def test_fines_of_one_kind_are_compared_in_sum() -> None:
    assert heavier((PenaltyLine("fine", 60), PenaltyLine("fine", 50)), (PenaltyLine("fine", 100),))
    assert not heavier((PenaltyLine("fine", 60), PenaltyLine("fine", 40)), (PenaltyLine("fine", 100),))


SMALL = (PenaltyLine("fine", 99_999),)
THRESHOLD = OfficeRules(hearing_fine_org_fen=100_000, hearing_fine_person_fen=50_000)


@pytest.mark.parametrize(
    ("party", "penalties", "office", "offered"),
    [
        ("org", SMALL, OfficeRules(), True),
        ("org", (PenaltyLine("warning"),), OfficeRules(), False),
        ("org", SMALL, THRESHOLD, False),
        ("org", (PenaltyLine("fine", 100_000),), THRESHOLD, True),
        ("person", SMALL, THRESHOLD, True),
        ("person", (PenaltyLine("fine", 49_999),), THRESHOLD, False),
        ("org", (PenaltyLine("confiscate_goods", 60_000), PenaltyLine("confiscate_income", 40_000)), THRESHOLD, True),
        ("org", (PenaltyLine("revoke_licence"),), THRESHOLD, True),
        ("org", (PenaltyLine("suspend_business"),), THRESHOLD, True),
        ("org", (PenaltyLine("criticism"),), THRESHOLD, False),
    ],
)
def test_the_hearing_is_offered_where_article_63_demands(
    party: str, penalties: tuple[PenaltyLine, ...], office: OfficeRules, offered: bool
) -> None:
    facts = case_with_respondent(party=party, proposed=penalties, hearing_offered=False)
    objections = list(g.hearing_offered(CaseFacts(today=TODAY, on=TODAY, office=office, respondents=facts.respondents)))
    assert bool(objections) is offered


@pytest.mark.parametrize(
    ("facts", "demanded"),
    [
        (IN_ORDER, False),
        (case(complex=True), True),
        (case(office=OfficeRules(review_always=True)), True),
        (case(office=OfficeRules(review_fine_from_fen=18_400_000)), True),
        (case(office=OfficeRules(review_fine_from_fen=18_400_001)), False),
        (case_with_respondent(proposed=(PenaltyLine("revoke_licence"),)), True),
        (case_with_respondent(hearing_held=True), True),
    ],
)
def test_legal_review_is_demanded_by_article_58_or_the_offices_list(facts: CaseFacts, demanded: bool) -> None:
    assert bool(list(g.no_review_demanded(facts))) is demanded
