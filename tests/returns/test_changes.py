"""Which changed records are told beside a reported table."""

from datetime import date, timedelta

from inspectorate import clock
from inspectorate.accounts.actor import SYSTEM
from inspectorate.audit.actions import record
from inspectorate.returns import changes, snapshots
from tests.campaigns.world import Builder
from tests.returns.conftest import PERIOD, Chain


def test_beside_a_table_stand_only_records_that_it_counts_and_its_office_may_read(chain: Chain) -> None:
    row = chain.submitted(chain.county)
    build = Builder()
    clinic = build.subject("org")
    decided, other, undecided, later = (
        build.case(clinic, number="甲号"),
        build.case(clinic, number="乙号", campaign="another"),
        build.case(clinic, number="丙号", state="investigation"),
        build.case(clinic, number="丁号", filed_on=date(2022, 1, 4)),
    )
    for case in (decided, other, later):
        build.decide(case.respondents[0], ("warning", None))
    assert PERIOD.end is not None and later.filed_on > PERIOD.end
    for case in (decided, other, undecided, later):
        record(case, "cases:case:open", SYSTEM)
    record(decided, "typical:case:choose", SYSTEM)
    taken = snapshots.last_of(row)
    assert taken is not None
    told = changes.since(chain.county, row, taken.made_at - timedelta(seconds=1))
    assert [(one.number, one.kind, str(one.who)) for one in told] == [("甲号", "case", "系统")]
    later.filed_on = date(2021, 7, 5)
    record(later, "cases:case:change", SYSTEM)
    later.filed_on = date(2022, 1, 4)
    record(later, "cases:case:change", SYSTEM)
    assert {one.number for one in changes.since(chain.county, row, taken.made_at)} == {"甲号", "丁号"}
    assert not changes.since(chain.county, row, clock.now() + timedelta(days=1))
