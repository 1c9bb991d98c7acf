"""Records for tests of interchange: the contract's examples, and small files made of them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Record = dict[str, Any]

AGENCY: Record = {
    "type": "agency",
    "key": "A1",
    "name": "杭州市西湖区卫生健康局",
    "region": "330106",
    "sector": "health",
}
OFFICERS: list[Record] = [
    {"type": "officer", "key": "O1", "name": "邱梓萱", "agency": "A1", "certificate": "33010600101"},
    {"type": "officer", "key": "O2", "name": "陆知远", "agency": "A1", "certificate": "33010600102"},
]
ESTABLISHMENT: Record = {
    "type": "establishment",
    "key": "E1",
    "kind": "medical_institution",
    "subkind": None,
    "name": "西湖暖颜医疗美容门诊部",
    "uscc": "91330106914868FW6J",
    "region": "330106",
    "address": "古荡新街426号",
    "licences": [
        {"kind": "medical_practice", "number": "PDY17293", "issued_on": "2020-05-01", "expires_on": "2025-04-30"}
    ],
    "attributes": {},
}
PERSON: Record = {"type": "person", "key": "P1", "name": "邓娟", "id_number": None, "region": "330106"}
INSPECTION: Record = {
    "type": "inspection",
    "key": "I1",
    "campaign": "medical_cosmetology_2021",
    "category": "unlicensed_practice",
    "subject": "E1",
    "agency": "A1",
    "region": "330106",
    "inspected_on": "2021-07-02",
    "reason": "campaign",
    "officers": ["O1", "O2"],
    "findings": [{"violation": "MC-001", "facts": "二楼操作间为顾客注射玻尿酸。"}],
    "order_correction": True,
}
CASE: Record = {
    "type": "case",
    "key": "C1",
    "number": "杭西卫医立〔2021〕3号",
    "campaign": "medical_cosmetology_2021",
    "category": "unlicensed_practice",
    "inspection": "I1",
    "agency": "A1",
    "region": "330106",
    "filed_on": "2021-07-05",
    "transferred_judicial_on": None,
    "closed_on": "2021-09-30",
    "respondents": [
        {
            "subject": "E1",
            "violations": [{"code": "MC-001", "facts": "收费三万六千八百元。", "illegal_income": "36800.00"}],
            "decision": {
                "number": "杭西卫医罚〔2021〕2号",
                "decided_on": "2021-08-20",
                "served_on": "2021-08-22",
                "order_correction": True,
                "penalties": [
                    {"kind": "warning"},
                    {"kind": "fine", "amount": "184000.00"},
                    {"kind": "confiscate_income", "amount": "36800.00"},
                ],
            },
        }
    ],
}
COMPLAINT: Record = {
    "type": "complaint",
    "key": "K1",
    "campaign": "medical_cosmetology_2021",
    "region": "330106",
    "received_on": "2021-07-01",
    "closed_on": None,
    "penalised": False,
    "replied_on": None,
    "satisfied": None,
}
EXAMPLES: list[Record] = [AGENCY, *OFFICERS, ESTABLISHMENT, PERSON, INSPECTION, CASE, COMPLAINT]
"""The contract's own, with its dots filled in."""


def lines(records: Iterable[Record]) -> str:
    """JSON Lines."""
    return "".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records)


def written(folder: Path, records: Iterable[Record] | str | bytes, name: str = "records.jsonl") -> str:
    """A file of records; returns its path."""
    path = folder / name
    if isinstance(records, bytes):
        path.write_bytes(records)
    else:
        path.write_text(records if isinstance(records, str) else lines(records), encoding="utf-8")
    return str(path)


def changed(record: Record, path: str, value: Any) -> Record:
    """A deep copy with one field set; ``findings.0.violation`` leads into lists."""
    copy: Record = json.loads(json.dumps(record))
    place: Any = copy
    *steps, last = path.split(".")
    for step in steps:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    return copy
