"""What is malformed or leads nowhere: every refusal names the line, the field and the reason; nothing is loaded."""

from typing import Any

import pytest

from tests.interchange.samples import (
    AGENCY,
    CASE,
    COMPLAINT,
    ESTABLISHMENT,
    EXAMPLES,
    INSPECTION,
    OFFICERS,
    PERSON,
    changed,
    lines,
)

PENALTY = "respondents.0.decision.penalties.1"
CHARGE = "respondents.0.violations.0"

BAD_FIELDS: list[tuple[dict[str, Any], str, Any, str, str]] = [
    (AGENCY, "key", "", "key", "is empty"),
    (AGENCY, "key", "x" * 121, "key", "has 121 characters, at most 120"),
    (AGENCY, "name", None, "name", "is missing"),
    (AGENCY, "name", "   ", "name", "is empty"),
    (AGENCY, "name", ["局"], "name", "expected text, got a list"),
    (AGENCY, "name", "局\u0000", "name", "control characters"),
    (AGENCY, "name", True, "name", "expected text, got true or false"),
    (AGENCY, "region", "330199", "region", "'330199' is not a region"),
    (AGENCY, "region", 330106, "region", "330106 is not a region"),
    (AGENCY, "sector", "food", "sector", "'food' is not one of health, tcm"),
    (AGENCY, "acts_for", "A9", "acts_for", "there is no agency 'A9'"),
    (AGENCY, "colour", "red", "colour", "unknown field"),
    (AGENCY, "type", "bureau", "type", "'bureau' is not one of form, campaign, agency"),
    (AGENCY, "type", None, "type", "None is not one of"),
    (OFFICERS[0], "agency", "A9", "agency", "there is no agency 'A9'"),
    (OFFICERS[0], "agency", {"source": "city", "key": "A1"}, "agency", "there is no agency"),
    (OFFICERS[0], "certificate", None, "certificate", "is missing"),
    (OFFICERS[0], "certificate_to", "2026-02-30", "certificate_to", "'2026-02-30' is not a date"),
    (OFFICERS[0], "legal_qualification", "yes", "legal_qualification", "expected true or false, got 'yes'"),
    (ESTABLISHMENT, "uscc", "91330106914868FW6K", "uscc", "is not a unified social credit code"),
    (ESTABLISHMENT, "uscc", "123", "uscc", "is not a unified social credit code"),
    (ESTABLISHMENT, "kind", "pub", "kind", "'pub' is not one of medical_institution"),
    (ESTABLISHMENT, "subkind", "restaurant", "subkind", "'restaurant' is not a kind of medical_institution"),
    (ESTABLISHMENT, "licences", {"kind": "business"}, "licences", "expected a list"),
    (ESTABLISHMENT, "licences.0.kind", None, "licences.1.kind", "is missing"),
    (ESTABLISHMENT, "licences.0.expires_on", "30.4.2025", "licences.1.expires_on", "is not a date"),
    (ESTABLISHMENT, "attributes", [], "attributes", "expected an object, got a list"),
    (PERSON, "id_number", "330106197609049924", "id_number", "the check digit does not fit"),
    (PERSON, "id_number", "330106197613409925", "id_number", "is not a resident identity number"),
    (PERSON, "id_number", "33010619760904", "id_number", "it has 17 figures and then a figure or X"),
    (INSPECTION, "inspected_on", "2021-7-2", "inspected_on", "'2021-7-2' is not a date; write it as 2021-07-02"),
    (INSPECTION, "inspected_on", None, "inspected_on", "is missing"),
    (INSPECTION, "reason", "curiosity", "reason", "'curiosity' is not one of campaign, routine"),
    (INSPECTION, "campaign", "no_such_campaign", "campaign", "there is no campaign 'no_such_campaign'"),
    (INSPECTION, "category", "dentistry", "category", "'dentistry' is no category of medical_cosmetology_2021"),
    (INSPECTION, "subject", "E9", "subject", "there is no subject 'E9'"),
    (INSPECTION, "officers", ["O1", "O9"], "officers.2", "there is no officer 'O9'"),
    (INSPECTION, "officers", ["O1", "O1"], "officers", "names an officer twice"),
    (INSPECTION, "findings.0.violation", "MC-999", "findings.1.violation", "'MC-999' is not a violation"),
    (INSPECTION, "findings.0.wrong", 1, "findings.1.wrong", "unknown field"),
    (INSPECTION, "order_correction", 1, "order_correction", "expected true or false, got 1"),
    (CASE, "inspection", "I9", "inspection", "there is no inspection 'I9'"),
    (CASE, "respondents", [], "respondents", "a case has at least one respondent"),
    (CASE, "respondents", None, "respondents", "is missing"),
    (CASE, "respondents.0.subject", "E9", "respondents.1.subject", "there is no subject 'E9'"),
    (CASE, "respondents", CASE["respondents"] * 2, "respondents", "names a subject twice"),
    (CASE, "respondents.0.decision.decided_on", None, "respondents.1.decision.decided_on", "is missing"),
    (CASE, f"{CHARGE}.code", "ZZ-1", "respondents.1.violations.1.code", "'ZZ-1' is not a violation"),
    (CASE, f"{CHARGE}.illegal_income", "-5", "respondents.1.violations.1.illegal_income", "-5 is negative"),
    (CASE, f"{CHARGE}.illegal_income", "1.234", "respondents.1.violations.1.illegal_income", "at most two decimals"),
    (CASE, f"{CHARGE}.illegal_income", "a lot", "respondents.1.violations.1.illegal_income", "is not a decimal yuan"),
    (CASE, f"{CHARGE}.bases", {"goods_value": "1"}, "respondents.1.violations.1.bases", "has a field of its own"),
    (CASE, f"{CHARGE}.bases", {"weight": "1"}, "respondents.1.violations.1.bases", "'weight' is not one of ad_cost"),
    (CASE, f"{CHARGE}.bases", {"affected_workers": "2.5"}, "respondents.1.violations.1.bases", "not a whole number"),
    (CASE, f"{PENALTY}.kind", "prison", "respondents.1.decision.penalties.2.kind", "'prison' is not one of warning"),
    (CASE, f"{PENALTY}.amount", "-184000.00", "respondents.1.decision.penalties.2.amount", "is negative"),
    (CASE, f"{PENALTY}.amount", True, "respondents.1.decision.penalties.2.amount", "got true or false"),
    (COMPLAINT, "received_on", "yesterday", "received_on", "'yesterday' is not a date"),
    (COMPLAINT, "satisfied", "very", "satisfied", "expected true or false, got 'very'"),
]


@pytest.mark.parametrize(("record", "path", "value", "field", "reason"), BAD_FIELDS)
def test_a_bad_field_is_refused_with_its_line_its_name_and_the_reason(
    load: Any, record: dict[str, Any], path: str, value: Any, field: str, reason: str
) -> None:
    others = [one for one in EXAMPLES if one is not record]
    done = load([*others, changed(record, path, value)])
    assert done.exit_code == 1
    mine = [line for line in done.stderr.splitlines() if line.startswith(f"line {len(EXAMPLES)}: {field}: ")]
    assert mine, done.stderr
    assert reason in mine[0]


def test_a_field_that_is_left_out_means_what_the_contract_says(load: Any, records: Any) -> None:
    bare = {"type": "inspection", "key": "I1", "subject": "E1", "agency": "A1", "region": "330106"}
    assert load([AGENCY, ESTABLISHMENT, bare | {"inspected_on": "2024-05-06"}]).exit_code == 0
    (found,) = records("--type", "inspection")
    assert (found["reason"], found["officers"], found["findings"], found["order_correction"]) == (
        "routine",
        [],
        [],
        False,
    )


BAD_LINES = {
    "broken JSON": ('{"type":"agency",', "is not JSON"),
    "a list": ('["agency"]', "expected one JSON object"),
    "a bare word": ("agency", "is not JSON"),
    "a number": ("17", "expected one JSON object"),
    "null": ("null", "expected one JSON object"),
    "not a number": ('{"type":"case","key":NaN}', "NaN is not a number"),
    "infinity": ('{"type":"case","key":-Infinity}', "-Infinity is not a number"),
    "two objects": ('{"type":"agency"} {"type":"agency"}', "is not JSON"),
    "deep nesting": ('{"a":' * 100_000, "is not JSON"),
    "deep nesting of attributes": (
        '{"type":"establishment","key":"E","name":"n","region":"330106","attributes":'
        + '{"a":' * 900 + "1" + "}" * 900 + "}",
        "nested too deeply",
    ),
    "a lone surrogate": (
        '{"type":"agency","key":"A\\ud800","name":"n","region":"330106","sector":"health"}',
        "contains control characters",
    ),
    "a huge number": ('{"type":"agency","key":' + "9" * 5_000 + "}", "is not JSON"),
    "a key twice": ('{"type":"agency","type":"person"}', "is there twice"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD_LINES)
def test_a_malformed_line_is_refused_by_its_number(load: Any, records: Any, what: str) -> None:
    line, reason = BAD_LINES[what]
    done = load(lines([AGENCY]) + line + "\n")
    assert done.exit_code == 1
    assert not done.exception or isinstance(done.exception, SystemExit)
    assert done.stderr.startswith("line 2: ")
    assert reason in done.stderr
    assert records() == []


def test_broken_utf_8_is_refused_by_its_line(load: Any) -> None:
    done = load(lines([AGENCY]).encode() + '{"type":"agency","name":"局"}'.encode("gbk") + b"\n")
    assert done.exit_code == 1
    assert done.stderr.startswith("line 2: is not UTF-8\n")


def test_a_line_longer_than_any_record_stops_the_reading(load: Any, records: Any) -> None:
    done = load(lines([AGENCY]) + '{"type":"agency","name":"' + "x" * 1_000_001 + '"}\n')
    assert done.exit_code == 1
    assert "line 2 is longer than 1000000 bytes" in done.stderr
    assert records() == []


def test_all_that_is_wrong_with_a_file_is_said_at_once(load: Any) -> None:
    done = load([changed(AGENCY, "sector", "x") | {"region": "1"}, changed(PERSON, "region", "2")])
    assert [line.split(":")[1].strip() for line in done.stderr.splitlines()[:3]] == ["region", "sector", "region"]
    assert done.stderr.endswith("nothing was loaded: 3 refusals\n")
