"""What a browser sends for each step of the field report, changed as a test wants it."""

import re

from inspectorate import clock
from tests.inspections.scene import CODE, FACTS


def version_in(page: str) -> str:
    return re.search(r'name="version"[^>]*value="(\d+)"', page)[1]


def key_in(page: str) -> str:
    return re.search(r'name="key"[^>]*value="([^"]+)"', page)[1]


def subject_form(scene, page, **changed):
    return {
        "key": key_in(page),
        "subject_id": scene.clinic.id,
        "inspected_on": clock.today().isoformat(),
        "reason": "routine",
        "entry": "",
        **changed,
    }


def visit_form(scene, version, **changed):
    return {
        "version": version,
        "entered": "00:01",
        "place": "文三路1号",
        "escort": "王敏",
        "escort_title": "主任",
        "identity_shown": "y",
        "recusal_answer": "none",
        "officers-0-officer_id": scene.inspector.officer_id,
        "officers-1-officer_id": scene.second.id,
        **changed,
    }


def findings_form(version, **changed):
    return {
        "version": version,
        "seen-0-text": "一层为接待区。",
        "seen-1-text": "二层北侧为手术室，操作台上放有缝合线2包。",
        "findings-0-violation": CODE,
        "findings-0-facts": FACTS,
        "order": "at_once",
        "correction_text": "停止开展手术",
        "opinion_text": "按照核准的诊疗科目执业",
        **changed,
    }


def statement_form(version, **changed):
    return {"version": version, "party_statement": "无异议", "left": "00:02", "signature": "signed", **changed}
