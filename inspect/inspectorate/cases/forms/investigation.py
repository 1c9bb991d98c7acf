"""Facts, days and amounts of each violation; evidence."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, FormField, HiddenField
from wtforms.validators import InputRequired, Length, Optional

from ...fields import DayField, MoneyField, NumberField, SelectField, StrippedField, TextField, Tokenless, VersionedForm
from ...inspections.words import EVIDENCE_KINDS
from ...law.words import COUNTED, tier_words
from ...rows import Rows
from .. import actions
from ..assessment import bases_of, known_violation
from ..models import Case, CaseFinding
from ..words import (
    LIABILITIES,
)
from .parts import KeyedCaseForm, Needed, in_language, number_in


class BaseRow(Tokenless):
    """A base of the range besides income and goods: an amount in yuan or a count, or unknown."""

    name = HiddenField()
    amount = NumberField(_l("Amount"), validators=[Optional()])
    unknown = BooleanField(_l("cannot be calculated"))


class FindingRow(Tokenless):
    """What was found out about one violation."""

    finding_id = HiddenField()
    facts = TextField(
        _l("Facts as proved"),
        description=_l("When, where, who, what, how long, how much, with what consequence. The decision prints them."),
        validators=[InputRequired(_l("Write the facts of this violation.")), Length(max=8000)],
    )
    act_from = DayField(_l("Act begun on"), validators=[Needed()])
    act_to = DayField(
        _l("Act ended on"),
        description=_l("For an act that went on; limitation runs from here."),
        validators=[Optional()],
    )
    harm = BooleanField(_l("Life, health or property of people was harmed (five years of limitation instead of two)"))
    tier = SelectField(_l("Tier"), validators=[Needed()], validate_choice=False)
    liability = SelectField(_l("Charged"), validators=[Optional()], validate_choice=False)
    income = MoneyField(_l("Illegal income"), validators=[Optional()])
    income_unknown = BooleanField(_l("Illegal income cannot be calculated"))
    refunded = MoneyField(_l("Of which to be refunded"), validators=[Optional()])
    goods = MoneyField(_l("Value of the goods"), validators=[Optional()])
    goods_unknown = BooleanField(_l("Value of the goods cannot be calculated"))
    others = Rows(FormField(BaseRow))
    act_number = SelectField(
        _l("One act with another violation (行政处罚法 article 29)"),
        description=_l(
            "Violations with the same number are one act: it is fined once, under the rule with the higher fine."
        ),
        validators=[Optional()],
        validate_choice=False,
    )
    criminal_fine = MoneyField(_l("Fine imposed by the court"), validators=[Optional()])
    criminal_court = StrippedField(_l("Court that imposed it"), validators=[Optional(), Length(max=120)])
    criminal_judgement = StrippedField(
        _l("Number of the judgement"),
        description=_l("Such as （2026）浙0106刑初12号"),
        validators=[Optional(), Length(max=120)],
    )
    criminal_judged_on = DayField(_l("Day of the judgement"), validators=[Optional()])


class InvestigationForm(VersionedForm):
    """All findings of a case."""

    findings = Rows(FormField(FindingRow), _l("Violations"))

    def fill(self, case: Case) -> None:
        """Show what the case holds."""
        for finding in findings_of(case):
            given = bases_of(finding)
            known = finding.bases or {}
            others = [name for name in _bases(finding) if name not in ("illegal_income", "goods_value")]
            self.findings.append_entry(
                {
                    "finding_id": finding.id,
                    "facts": finding.facts,
                    "act_from": finding.act_from or _seen_on(finding),
                    "act_to": finding.act_to,
                    "harm": finding.harm,
                    "tier": finding.tier or _only_tier(finding),
                    "liability": finding.liability or "",
                    "income": finding.illegal_income_fen,
                    "income_unknown": known.get("illegal_income") == "unknown",
                    "refunded": finding.refunded_fen,
                    "goods": finding.goods_value_fen,
                    "goods_unknown": known.get("goods_value") == "unknown",
                    "others": [_other(name, known.get(name), given) for name in others],
                    "act_number": str(finding.act_number or ""),
                    "criminal_fine": finding.criminal_fine_fen,
                    "criminal_court": finding.criminal_court,
                    "criminal_judgement": finding.criminal_judgement,
                    "criminal_judged_on": finding.criminal_judged_on,
                }
            )

    def offer(self, case: Case) -> None:
        """Tiers and kinds of liability that each violation has."""
        findings = {str(finding.id): finding for finding in findings_of(case)}
        for row in self.findings:
            finding = findings.get(str(row.form.finding_id.data))
            entry = known_violation(finding.violation) if finding else None
            row.form.act_number.choices = _acts(finding)
            if finding is None or entry is None:
                row.form.tier.choices = row.form.liability.choices = [("", "")]
                continue
            row.form.tier.choices = [(tier.name, in_language(tier_words(tier.name, tier.when))) for tier in entry.tiers]
            ways = [entry.subject, *(["responsible"] if entry.reaches_responsible_persons else [])]
            row.form.liability.choices = [(way if n else "", LIABILITIES[way]) for n, way in enumerate(ways)]

    def steps(self) -> list[actions.FindingStep]:
        """What the action takes."""
        return [_finding_step(row.form) for row in self.findings]


def findings_of(case: Case) -> list[CaseFinding]:
    """All findings of a case, party by party."""
    return [finding for party in case.respondents for finding in party.findings]


def _acts(finding: CaseFinding | None) -> list[tuple[str, Any]]:
    """Numbers of acts: as many as pairs of the party's violations; nothing to choose where it has but one."""
    several = len(finding.respondent.findings) // 2 if finding else 0
    return [("", _l("an act of its own")), *((str(n), _l("act %(n)d", n=n)) for n in range(1, several + 1))]


def _criminal(form: Any) -> actions.CriminalFine | None:
    """What the court imposed; None where nothing of it was entered."""
    told = actions.CriminalFine(
        form.criminal_fine.data,
        form.criminal_court.data,
        form.criminal_judgement.data,
        form.criminal_judged_on.data,
    )
    return told if any(value not in (None, "") for value in told) else None


def _bases(finding: CaseFinding) -> tuple[str, ...]:
    entry = known_violation(finding.violation)
    return entry.bases if entry else ()


def _seen_on(finding: CaseFinding) -> date | None:
    """The day of the visit where the party's act was met; an act that began before is dated by hand."""
    report = finding.respondent.case.inspection
    return report.inspected_on if report and report.subject_id == finding.respondent.subject_id else None


def _only_tier(finding: CaseFinding) -> str:
    entry = known_violation(finding.violation)
    return (entry.default_tier or "") if entry else ""


def _other(name: str, known: Any, given: Any) -> dict[str, Any]:
    value = given.get(name)
    amount = None if known == "unknown" or value is None else (value if name in COUNTED else Decimal(value) / 100)
    return {"name": name, "amount": amount, "unknown": known == "unknown"}


def _finding_step(form: Any) -> actions.FindingStep:
    bases: dict[str, int | str] = {}
    for name, amount, unknown in (
        ("illegal_income", form.income.data, form.income_unknown.data),
        ("goods_value", form.goods.data, form.goods_unknown.data),
    ):
        if unknown:
            bases[name] = "unknown"
        elif amount is not None:
            bases[name] = amount
    for row in form.others:
        name, amount = row.form.name.data or "", row.form.amount.data
        if row.form.unknown.data:
            bases[name] = "unknown"
        elif amount is not None:
            bases[name] = int(amount) if name in COUNTED else int(amount * 100)
    return actions.FindingStep(
        finding_id=number_in(form.finding_id.data) or 0,
        facts=form.facts.data or "",
        act_from=form.act_from.data,
        act_to=form.act_to.data,
        harm=bool(form.harm.data),
        tier=form.tier.data or None,
        liability=form.liability.data or None,
        bases=bases,
        refunded_fen=form.refunded.data,
        act_number=number_in(form.act_number.data),
        criminal=_criminal(form),
    )


class EvidenceForm(KeyedCaseForm):
    """Files, or evidence that is no file."""

    kind = SelectField(
        _l("Kind of evidence"), choices=list(EVIDENCE_KINDS.items()), validators=[Needed()], validate_choice=False
    )
    files = MultipleFileField(
        _l("Choose files"),
        description=_l("JPEG, PNG, WebP, HEIC, PDF, MP4, MOV, M4A, MP3, WAV; 20 MB each at most, twelve at a time."),
        validators=[Optional()],
    )
    title = StrippedField(_l("Name"), validators=[Optional(), Length(max=150)])
    proves = StrippedField(_l("What it proves"), validators=[Optional(), Length(max=1000)])
