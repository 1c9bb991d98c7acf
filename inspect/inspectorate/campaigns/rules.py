"""What a campaign must be: pure checks."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ..accounts.regions import region
from ..objections import N_, Objection

_CODE = re.compile(r"[a-z][a-z0-9_]{2,59}")


def check_campaign(
    *,
    code: str,
    title: str,
    region_code: str,
    date_from: date,
    date_to: date,
    forms: Sequence[str],
    categories: Sequence[Mapping[str, Any]],
    known_forms: Iterable[str],
    demanded_categories: Iterable[str],
) -> list[Objection]:
    """Everything that is wrong with a campaign; ``demanded_categories`` are those that its forms filter by."""
    found = []
    if not _CODE.fullmatch(code):
        found.append(Objection(N_("Write the id with small letters, digits and _, at least three."), "code"))
    if not title.strip():
        found.append(Objection(N_("Write the title of the campaign."), "title"))
    if region(region_code) is None:
        found.append(Objection(N_("There is no region %(code)s. Choose one."), "region_code", {"code": region_code}))
    if date_to < date_from:
        found.append(Objection(N_("The last day lies before the first. Correct one of them."), "date_to"))
    return [*found, *_check_forms(forms, known_forms), *_check_categories(categories, demanded_categories)]


def _check_forms(forms: Sequence[str], known: Iterable[str]) -> list[Objection]:
    if not forms:
        return [Objection(N_("Choose at least one form."), "forms")]
    known = set(known)
    message = N_("There is no form %(form)s. Load it first.")
    return [Objection(message, "forms", {"form": one}) for one in forms if one not in known]


def _check_categories(categories: Sequence[Mapping[str, Any]], demanded: Iterable[str]) -> list[Objection]:
    codes = [str(entry.get("code", "")) for entry in categories]
    found = []
    if len(set(codes)) < len(codes) or not all(codes) or not all(entry.get("label") for entry in categories):
        found.append(Objection(N_("Each category needs an id of its own and a name."), "categories"))
    missing = [one for one in demanded if one not in codes]
    if missing:
        message = N_("The forms count the categories %(missing)s, which the campaign does not have. Add them.")
        found.append(Objection(message, "categories", {"missing": ", ".join(missing)}))
    return found
