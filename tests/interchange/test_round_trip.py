"""Whatever record can be written down comes back as it was: properties, without and with the database."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from inspectorate.accounts.actor import SYSTEM
from inspectorate.codes import KINDS, PENALTIES, REASONS
from inspectorate.extensions import db, unit_of_work
from inspectorate.interchange.loading import Loader
from inspectorate.interchange.reading import Entry
from inspectorate.interchange.records import PARTS, RECORDS, normalised, written
from inspectorate.interchange.writing import export
from tests.interchange.samples import AGENCY, ESTABLISHMENT, OFFICERS, Record

WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=40).filter(str.strip)
KEYS = st.text("abcXYZ019-_.:/甲乙", min_size=1, max_size=20)
DAYS = st.dates(min_value=date(2000, 1, 1)).map(lambda day: day.isoformat())
AMOUNTS = st.one_of(
    st.just("unknown"), st.decimals(0, 10**9, places=2).map(lambda amount: f"{amount:.2f}"), st.integers(0, 10**9)
)
MAYBE_DAYS = st.none() | DAYS
JSON = st.recursive(
    st.booleans() | st.integers(-(10**9), 10**9) | WORDS, lambda inner: st.lists(inner, max_size=3), max_leaves=5
)
CODES = st.sampled_from(["MC-001", "MC-005", "FD-015", "WP-004", "AD-002", "DD-003"])


@st.composite
def establishments(draw: st.DrawFn) -> Record:
    kind = draw(st.none() | st.sampled_from(sorted(KINDS)))
    return {
        "type": "establishment",
        "key": draw(KEYS),
        "kind": kind,
        "subkind": draw(st.sampled_from(PARTS[kind])) if kind in PARTS else None,
        "name": draw(WORDS),
        "region": "330106",
        "address": draw(st.none() | WORDS),
        "licences": draw(
            st.lists(st.fixed_dictionaries({"kind": WORDS, "number": st.none() | WORDS, "expires_on": MAYBE_DAYS}))
        ),
        "attributes": draw(st.dictionaries(KEYS, JSON, max_size=4)),
    }


@st.composite
def inspections(draw: st.DrawFn) -> Record:
    return {
        "type": "inspection",
        "key": draw(KEYS),
        "subject": "E1",
        "agency": "A1",
        "region": "330106",
        "inspected_on": draw(DAYS),
        "reason": draw(st.sampled_from(REASONS)),
        "officers": draw(st.permutations(["O1", "O2"]).flatmap(lambda both: st.sampled_from([both, both[:1], []]))),
        "findings": draw(st.lists(st.fixed_dictionaries({"violation": CODES, "facts": WORDS}), max_size=3)),
        "order_correction": draw(st.booleans()),
        "state": draw(st.sampled_from(["draft", "submitted"])),
    }


@st.composite
def cases(draw: st.DrawFn) -> Record:
    told = {"court": st.none() | WORDS, "judgement": st.none() | WORDS, "judged_on": MAYBE_DAYS}
    court = st.fixed_dictionaries({"amount": st.just("20000.00"), **told})
    charge = st.fixed_dictionaries(
        {"code": CODES, "facts": WORDS, "illegal_income": AMOUNTS, "goods_value": AMOUNTS},
        optional={"act_number": st.integers(1, 999), "local_standard": WORDS, "local_tier": WORDS, "act_from": DAYS,
                  "departure_reason": WORDS, "law_day": st.sampled_from(["act", "decision"]), "law_reason": WORDS,
                  "governs": st.booleans(), "governs_reason": WORDS, "criminal_fine": st.none() | court},
    )  # fmt: skip
    penalty = st.fixed_dictionaries({"kind": st.sampled_from(sorted(PENALTIES)), "amount": st.none() | AMOUNTS.filter(
        lambda amount: amount != "unknown")})  # fmt: skip
    decision = st.fixed_dictionaries(
        {"decided_on": DAYS, "served_on": MAYBE_DAYS, "penalties": st.lists(penalty, max_size=4)}
    )
    return {
        "type": "case",
        "key": draw(KEYS),
        "number": draw(st.none() | WORDS),
        "agency": "A1",
        "region": "330106",
        "filed_on": draw(MAYBE_DAYS),
        "closed_on": draw(MAYBE_DAYS),
        "respondents": [
            {
                "subject": "E1",
                "violations": draw(st.lists(charge, max_size=3)),
                "decision": draw(st.none() | decision),
            }
        ],
    }


@st.composite
def complaints(draw: st.DrawFn) -> Record:
    days = {name: draw(MAYBE_DAYS) for name in ("closed_on", "replied_on")}
    satisfied = draw(st.none() | st.booleans())
    told = {"received_on": draw(DAYS), "penalised": draw(st.booleans()), "satisfied": satisfied}
    return {"type": "complaint", "key": draw(KEYS), "region": "330106", **days, **told}


ANY = st.one_of(establishments(), inspections(), cases(), complaints())
BROKEN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.decimals(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(ANY)
def test_a_record_written_and_read_again_is_the_same_record(record: Record) -> None:
    canonical, problems = normalised(record)
    assert problems == []
    text = json.dumps(written(canonical), ensure_ascii=False)
    again, problems = normalised(json.loads(text, parse_float=Decimal))
    assert problems == []
    assert again == canonical
    assert json.dumps(written(again), ensure_ascii=False) == text


@given(st.sampled_from(sorted(RECORDS)), BROKEN, st.dictionaries(st.text(), BROKEN, max_size=3))
@example("case", {"respondents": [None]}, {})
@example("establishment", {"kind": ["beauty_salon"]}, {"key": "E", "name": "n", "region": "330106"})
@example("inspection", {"officers": [["O1"]]}, {})
def test_nonsense_is_refused_with_fields_and_reasons_and_never_crashes(kind: str, value: Any, more: Any) -> None:
    fields = {field.name: value for field in RECORDS[kind]}
    overlay = value if isinstance(value, dict) else {}
    for raw in (value, {"type": kind}, {"type": kind, **fields}, {"type": kind, **more, **overlay}):
        _, problems = normalised(raw)
        assert all(problem.reason for problem in problems)


@settings(max_examples=25, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@given(records=st.lists(ANY, max_size=12, unique_by=lambda record: record["key"]))
def test_what_is_loaded_is_exported_as_it_was_sent(session: Any, records: list[Record]) -> None:
    records = [record for record in records if record["key"] not in ("A1", "E1")]
    sent = [AGENCY, *OFFICERS, ESTABLISHMENT, *records]
    found = []
    with unit_of_work():
        report = Loader(SYSTEM).load(Entry(f"line {n}", record) for n, record in enumerate(sent, 1))
        assert report.refused == []
        for kind in RECORDS:
            found += [written(record) for record in export(kind, drafts=True)]
        db.session.rollback()
    wanted = [written(normalised(record)[0] | {"source": "local"}) for record in sent]
    assert sorted(map(json.dumps, found)) == sorted(map(json.dumps, wanted))
