"""The form as a whole: what the paper bears, its period, how it is reported, what is known of it."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, ValidationError
from wtforms.validators import InputRequired

from ...campaigns.words import LEVELS
from ...fields import DayField, NotBefore, SelectField, StrippedField, TextField, VersionedForm
from .. import words
from ..source import Source
from .common import Lines, Ticks, also, as_lines, check_id, choice, kept_lines

FORM = ("id", "title", "annex", "domain", "issuer", "head", "corner", "source", "certainty", "note")
DUE = ("county", "city", "province")


class AboutForm(VersionedForm):
    """[form], [period], [report] and [evidence]."""

    title = StrippedField(_l("Title of the table"), validators=[InputRequired(_l("Write the title of the table."))])
    id = StrippedField(
        _l("Id"),
        description=_l("Letters, digits and _, for example canteens_2026. Campaigns and commands name the form by it."),
        validators=[InputRequired(_l("Write an id with letters, digits, _ and -.")), check_id],
    )
    annex = StrippedField(_l("Annex"), description=_l("Number of the annex and of the notice."))
    issuer = StrippedField(_l("Issued by"))
    year = StrippedField(_l("Year"))
    domain = StrippedField(_l("Field"), description=_l("medical, food, workplace, or another."))
    head = StrippedField(_l("Line above the table"), description=_l("Underscores stay blank: ___省(自治区、直辖市)"))
    corner = StrippedField(_l("Words in the corner"))
    annulled = BooleanField(_l("Annulled decisions count too"))
    penalties = SelectField(_l("Several penalties in one decision count"), validate_choice=False)
    kind = SelectField(_l("Is about"), validate_choice=False)
    start = DayField(_l("First day"))
    end = DayField(_l("Last day"), validators=[NotBefore("start")])
    chain = Ticks(_l("Reporting chain"))
    due_county = DayField(_l("Counties report by"))
    due_city = DayField(_l("Cities report by"))
    due_province = DayField(_l("Provinces report by"))
    empty = SelectField(_l("Empty cells"), validate_choice=False)
    seal = BooleanField(_l("Bears a seal"))
    signers = Lines(_l("Who signs, one a line"), description=_l("Such as 签发人, 报送人."))
    accompany = Lines(_l("What goes with it, one a line"))
    source = TextField(_l("Where the form comes from"))
    certainty = StrippedField(_l("How sure that is"))
    note = TextField(_l("Note"))
    certain = Lines(_l("What is certain, one a line"))
    inferred = Lines(_l("What is inferred, one a line"))

    def offer(self, source: Source) -> "AboutForm":
        """What may be chosen."""
        period, report = _table(source, "period"), _table(source, "report")
        self.source_ = source
        form = _table(source, "form")
        self.penalties.choices = also(choice(words.PENALTIES_COUNT, none=_("each by itself")), form.get("penalties"))
        self.kind.choices = also(choice(words.PERIODS), period.get("kind"))
        self.empty.choices = also(choice(words.EMPTY), report.get("empty"))
        self.chain.offer(LEVELS.items(), report.get("chain", ()))
        return self

    def validate_year(self, field: Any) -> None:
        """Raises ValidationError."""
        if field.data and not (field.data.isascii() and field.data.isdigit() and len(field.data) == 4):
            raise ValidationError(_("Write the year with four digits, for example 2026."))

    def validate_kind(self, field: Any) -> None:
        """Days belong to a period. Raises ValidationError."""
        if not field.data and (self.start.data or self.end.data):
            raise ValidationError(_("Say what the table is about, or leave out the days."))

    def change(self, source: Source) -> None:
        """Bring what was typed into the definition; tables that say nothing are not begun."""
        old = _table(source, "form")
        found: dict[str, Any] = {key: self[key].data for key in FORM}
        found |= {"penalties": self.penalties.data or None}
        found |= {"year": _year(self.year.data, old.get("year")), "annulled": "count" if self.annulled.data else None}
        # What a field cannot show (a list under source) stays as it is.
        kept = {key: old[key] for key in FORM if key in old and not isinstance(old[key], str)}
        source.one("form").update(found | kept)
        _write(source, "period", {"kind": self.kind.data or None, "from": self.start.data, "to": self.end.data})
        _write(source, "report", self._report(_table(source, "report")))
        evidence = _table(source, "evidence")
        _write(source, "evidence", {key: kept_lines(self[key], evidence.get(key)) for key in ("certain", "inferred")})

    def _report(self, old: dict[str, Any]) -> dict[str, Any]:
        due = dict(old.get("due", {}))
        for level in DUE:
            day = self[f"due_{level}"].data
            if day:
                due[level] = day
            elif isinstance(due.get(level), date):
                del due[level]
        chosen = [one.value for one in self.chain.choices if one.value in (self.chain.data or ())]
        chain = old.get("chain", [])
        return {
            "chain": chain if sorted(chain) == sorted(chosen) and "chain" in old else chosen or None,
            "due": due or None,
            "empty": self.empty.data or None,
            "seal": True if self.seal.data else False if old.get("seal") is False else None,
            "signers": kept_lines(self.signers, old.get("signers")),
            "accompany": kept_lines(self.accompany, old.get("accompany")),
        }


def _year(text: str | None, old: Any) -> Any:
    if not text:
        return None
    return old if str(old) == text else int(text)


def _table(source: Source, name: str) -> dict[str, Any]:
    return next((table.values for table in source.many(name)), {})


def _write(source: Source, name: str, values: dict[str, Any]) -> None:
    if source.many(name) or any(value is not None for value in values.values()):
        source.one(name).update(values)


def shown(source: Source) -> dict[str, Any]:
    """What the form shows of a definition."""
    form, period, report = (_table(source, name) for name in ("form", "period", "report"))
    found: dict[str, Any] = {key: form.get(key) for key in FORM if isinstance(form.get(key), str)}
    found |= {"year": str(form["year"]) if "year" in form else None, "annulled": form.get("annulled") == "count"}
    found |= {"penalties": form.get("penalties", "")}
    found |= {"kind": period.get("kind", ""), "start": period.get("from"), "end": period.get("to")}
    due = report.get("due", {})
    found |= {f"due_{level}": due.get(level) if type(due.get(level)) is date else None for level in DUE}
    found |= {
        "chain": list(report.get("chain", ())),
        "empty": report.get("empty", ""),
        "seal": report.get("seal", False),
    }
    found |= {key: as_lines(report.get(key)) for key in ("signers", "accompany")}
    return found | {key: as_lines(_table(source, "evidence").get(key)) for key in ("certain", "inferred")}
