"""From county to ministry: what each office does with its table, and what is refused."""

from inspectorate.returns import actions, snapshots
from inspectorate.returns.rules import State
from tests.returns.conftest import TODAY, Chain


def test_a_table_goes_from_the_county_to_the_ministry_and_is_frozen_on_the_way(chain: Chain) -> None:
    county = chain.submitted(chain.county)
    assert county.state == State.SUBMITTED
    actions.accept(chain.city, county.id)
    city = chain.submitted(chain.city)
    actions.accept(chain.province, city.id)
    province = chain.own(chain.province)
    actions.sign(chain.head("330000"), province.id, TODAY)
    taken = actions.freeze(chain.province, province.id, TODAY, reasons={"missing": "未参加"})
    assert {county.state, city.state, province.state} == {State.FROZEN}
    assert [one["region"] for one in taken.content["below"]] == ["330100"]
    actions.submit(chain.province, province.id, TODAY)
    assert province.state == State.SUBMITTED
    actions.accept(chain.ministry, province.id)
    assert province.state == State.FROZEN
    assert list(snapshots.verify()) == []
    assert snapshots.drawn(taken).layout().title
