"""Forms of returns: the sheet's own fields, reasons, sending back, freezing, correcting; made anew for each sheet."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField
from wtforms.validators import InputRequired, Length

from .. import limits
from ..campaigns.engine.definition import FormDefinition, Part
from ..campaigns.engine.figures import Address
from ..campaigns.engine.vocabulary import Kind
from ..campaigns.measures.wishes import FOOT
from ..errors import Refusal, Refusals, Refused, refusals_in
from ..fields import SelectField, StrippedField, Tokenless, VersionedForm, rows_changed
from .judging import ERROR, Finding
from .lines_below import names
from .models import Return
from .reading import foot_part, label_at
from .rules import MISSING, missing_key
from .snapshots import Difference
from .tables import foot_to_type, places_to_type

REASON = [Length(max=limits.RETURN_WORDS, message=_l("This reason is too long. Shorten it."))]


class Sheet(VersionedForm):
    """What a sheet asks for: figures at their places, reasons of warnings, names of signers. Built by `sheet_form`."""

    places: Mapping[Address, str] = {}
    """Field names by place; (FOOT, name) for the footer."""
    reasons: Mapping[str, str] = {}
    """Field names by the key of what is explained."""
    titles: Mapping[str, str] = {}
    """Field names by who signs."""
    units: Mapping[str, str] = {}
    """Units by field name."""
    unsigned = False
    """Whether the head's name was all that was missing."""

    def document(self) -> dict[str, Any] | None:
        """What stands in the fields, as it was typed; None where the sheet has none."""
        if not self.places:
            return None
        cells: dict[str, dict[str, str]] = {}
        foot: dict[str, str] = {}
        for (row, col), name in self.places.items():
            text = self[name].data
            if text is not None and row == FOOT:
                foot[col] = text
            elif text is not None:
                cells.setdefault(row, {})[col] = text
        return {"cells": cells, "foot": foot}

    def explained(self) -> dict[str, str]:
        """What was written, by the key of what it explains."""
        return {key: self[name].data or "" for key, name in self.reasons.items()}

    def signers(self) -> dict[str, str] | None:
        """Names by who signs; None where nobody is asked for."""
        return {title: self[name].data or "" for title, name in self.titles.items()} if self.titles else None

    def field_at(self, row: str, col: str) -> Any:
        """The field of a place, or None."""
        name = self.places.get((row, col))
        return self[name] if name else None

    def placed(self, error: Refused) -> Refused:
        """The same refusal, its reasons at the fields of this sheet."""
        self.unsigned = any(reason.field == "signature" for reason in refusals_in(error))
        found = [self._placed(reason) for reason in refusals_in(error)]
        return Refusals(found) if found else error

    def _placed(self, reason: Refusal) -> Refusal:
        kind, _colon, rest = (reason.field or "").partition(":")
        field: str | None = reason.field
        if kind == "cell":
            row, _at, col = rest.partition("@")
            field = self.places.get((row, col))
        elif kind == "reason":
            field = self.reasons.get(rest)
        elif kind.startswith(f"{MISSING}-"):
            field = self.reasons.get(missing_key(kind.removeprefix(f"{MISSING}-")))
        return Refusal(reason.message, field=field, citation=reason.citation)


def sheet_form(
    row: Return,
    form: FormDefinition,
    document: Mapping[str, Any],
    findings: Sequence[Finding] = (),
    missing: Iterable[str] = (),
    more: Mapping[str, str] | None = None,
    signers: Sequence[str] = (),
    told: Mapping[str, str] | None = None,
    *,
    fill: bool = True,
) -> Sheet:
    """The form of one sheet, showing a document. ``more``: reasons that are asked for besides, by key with a label;
    ``told``: reasons from below, to start from.
    """
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    places: dict[Address, str] = {}
    units: dict[str, str] = {}
    wanted = [(slot.address, slot.part) for slot in places_to_type(row, form)]
    wanted += [((FOOT, name), foot_part(form, name)) for name in foot_to_type(row, form)]
    for address, part in wanted:
        name = f"cell@{address[0]}@{address[1]}"
        places[address] = name
        units[name] = _unit(part)
        fields[name] = StrippedField(label_at(form, address))
        cells = document.get("foot", {}) if address[0] == FOOT else document.get("cells", {}).get(address[0], {})
        data[name] = cells.get(address[1])
    asked = {one.key: one.text for one in findings if one.level != ERROR}
    asked |= {missing_key(code): _("%(region)s: why the table goes without it", region=name)
              for code, name in names(missing).items()}  # fmt: skip
    reasons: dict[str, str] = {}
    for key, label in {**asked, **(more or {})}.items():
        name = f"reason@{hashlib.sha256(key.encode()).hexdigest()[:12]}"
        reasons[key] = name
        fields[name] = StrippedField(label, validators=REASON)
        said = row.reasons.get(key) or (told or {}).get(key, "")[: limits.RETURN_WORDS]
        data[name] = said or (row.reasons.get(MISSING) if key.startswith(f"{MISSING}:") else None)
    titles = {title: f"signer@{number}" for number, title in enumerate(signers)}
    for title, name in titles.items():
        fields[name] = StrippedField(title, validators=[Length(max=60)])
        data[name] = row.signers.get(title)
    made: type[Sheet] = type("SheetForm", (Sheet,), fields)
    sheet = made(formdata=None, data=data) if not fill else made(data=data)
    for name in reasons.values():
        sheet[name].flags.required = True
    sheet.places, sheet.reasons, sheet.titles, sheet.units = places, reasons, titles, units
    return sheet


def _unit(part: Part) -> str:
    if part.kind is Kind.TEXT:
        return ""
    return part.unit or ("元" if part.kind is Kind.MONEY else "")


class ObjectionForm(Tokenless):
    """One reason why a return goes back: at a cell, or for the whole table."""

    place = SelectField(_l("Cell"), validate_choice=False)
    reason = StrippedField(_l("Reason"), validators=[InputRequired(_l("Write the reason.")), *REASON])


class SendBackForm(VersionedForm):
    """Why a return goes back, cell by cell."""

    objections = FieldList(FormField(ObjectionForm), label=_l("Reasons"), min_entries=1, max_entries=50)

    def offer(self, places: Sequence[tuple[str, str]]) -> None:
        """Let each row choose among the places."""
        for entry in self.objections:
            entry.form.place.choices = [("", _("The whole table")), *places]

    def told(self) -> list[dict[str, str]]:
        """The reasons as they are kept."""
        found = []
        for entry in self.objections:
            row, _at, col = (entry.form.place.data or "").partition("@")
            found.append({"row": row, "col": col, "reason": entry.form.reason.data or ""})
        return found


def correction_labels(changed: Sequence[Difference]) -> dict[str, str]:
    """What a correction asks to be explained, by key."""
    return {one.key: f"{one.label}：{one.before or '—'} → {one.now or '—'}" for one in changed}


__all__ = ["ObjectionForm", "SendBackForm", "Sheet", "correction_labels", "rows_changed", "sheet_form"]
