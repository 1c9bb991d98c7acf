"""Campaigns in words: states, levels, kinds of records, and checks as a person would say them."""

import re
from datetime import date

from flask_babel import lazy_gettext as _l

from .catalogue import CampaignFacts
from .engine.checks import Outcome
from .engine.definition import FormDefinition
from .engine.expressions import Both, Comparison, Expression, Implies, Name, Number, Operation, Rule, parse_rule

LEVELS = {
    "enterprise": _l("Enterprise"),
    "county": _l("County"),
    "city": _l("City"),
    "province": _l("Province"),
    "ministry": _l("Ministry"),
}
ASK_WORDS = {
    "publicity": _l("publicity, counted"),
    "training": _l("training, counted"),
    "joint_meetings": _l("joint meetings held"),
    "recheck": _l("re-checks from above"),
    "exposure": _l("monthly exposure list"),
    "typical_cases": _l("typical cases"),
    "account": _l("final report"),
}
KINDS = {
    "inspection": _l("Inspections"),
    "case": _l("Cases"),
    "decision": _l("Penalty decisions"),
    "complaint": _l("Complaints"),
    "activity": _l("Publicity and training"),
    "subject": _l("Establishments and persons"),
}
_SIGNS = {"==": "=", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_PUNCTUATION = re.compile(r"[:：;；,，。]")


def state_of(campaign: CampaignFacts, today: date) -> tuple[object, str]:
    """The campaign's state on a day as (word, tone)."""
    if campaign.standing:
        return _l("each year"), "neutral"
    if today < campaign.date_from:
        return _l("to come"), "neutral"
    if today > campaign.date_to:
        return _l("ended"), "neutral"
    return _l("running"), "info"


def in_words(outcome: Outcome, form: FormDefinition) -> str:
    """A check with the labels of the sheet in the place of ids: 若 罚款金额(万元) > 0，则 罚款户(人)次 > 0."""
    return rule_words(outcome.rule, form)


def rule_words(rule: str, form: FormDefinition) -> str:
    """A rule as a person would say it."""
    return _rule(parse_rule(rule), form)


def _rule(rule: Rule, form: FormDefinition) -> str:
    match rule:
        case Comparison(operator, left, right):
            return f"{_term(left, form)} {_SIGNS[operator]} {_term(right, form)}"
        case Both(parts):
            return "，且 ".join(_rule(part, form) for part in parts)
        case Implies(condition, consequence):
            return f"若 {_rule(condition, form)}，则 {_rule(consequence, form)}"


def _term(term: Expression, form: FormDefinition) -> str:
    match term:
        case Number(value):
            return str(value)
        case Name(id):
            return label_of(id, form)
        case Operation(operator, left, right):
            return f"{_term(left, form)} {operator} {_term(right, form)}"


def label_of(address: str, form: FormDefinition) -> str:
    """The label of a row, column, part of a pair, rate or count of the footer."""
    for tree in (form.rows, form.cols):
        for node in tree:
            if address == node.id or address in [part.id for part in node.parts]:
                return _part_label(node.label, address, node.id, node.sep)
    for rate in form.rates:
        if rate.id == address:
            return rate.label
    if address in form.copies:
        return label_of(form.copies[address][0], form)
    return foot_label(address, form)


def _part_label(label: str, address: str, node_id: str, sep: str) -> str:
    pieces = label.split(sep)
    number = address.removeprefix(f"{node_id}.")
    return pieces[int(number) - 1] if number.isdigit() and len(pieces) == 2 else label


def foot_label(name: str, form: FormDefinition) -> str:
    """The words that stand before a count in the footer: 办结 for {closed}."""
    for foot in form.feet:
        before, found, _after = foot.text.partition(f"{{{name}}}")
        if found:
            return _PUNCTUATION.split(before)[-1].strip() or name
    return name
