"""Codes of the registry in words."""

from datetime import date
from typing import Any

from flask_babel import LazyString, force_locale
from flask_babel import lazy_gettext as _l

KINDS = {
    "medical_institution": _l("Medical institution"),
    "beauty_salon": _l("Beauty salon"),
    "food_producer": _l("Food producer"),
    "food_seller": _l("Food seller"),
    "catering": _l("Catering"),
    "canteen": _l("Canteen"),
    "group_meal_delivery": _l("Group meal delivery"),
    "tableware_disinfection": _l("Tableware disinfection"),
    "school": _l("School or kindergarten"),
    "workplace": _l("Employer (workplace)"),
    "public_place": _l("Public place"),
    "technical_institution": _l("Technical service institution"),
    "courier": _l("Courier"),
    "website": _l("Website or online seller"),
    "other": _l("Other establishment"),
}

SUBKINDS = {
    "hospital": _l("Hospital"),
    "clinic": _l("Clinic"),
    "outpatient": _l("Outpatient department"),
    "cosmetic_clinic": _l("Cosmetic medicine clinic"),
    "restaurant": _l("Restaurant"),
    "fast_food": _l("Fast food"),
    "snack_shop": _l("Snack shop"),
    "drinks_shop": _l("Drinks shop"),
    "central_kitchen": _l("Central kitchen"),
    "kindergarten": _l("Kindergarten"),
    "primary_school": _l("Primary school"),
    "middle_school": _l("Middle school"),
    "college": _l("College"),
}

GROUPS = {
    "medical": _l("Medicine and health"),
    "food": _l("Food and catering"),
    "public": _l("Schools, public places, workplaces"),
    "commerce": _l("Trade and others"),
}

LICENCES = {
    "business": _l("Business licence"),
    "medical_practice": _l("Medical institution practice licence"),
    "clinic_filing": _l("Filing certificate of a clinic"),
    "radiation_practice": _l("Radiation diagnosis and treatment licence"),
    "maternal_child": _l("Maternal and infant health service licence"),
    "narcotics_card": _l("Narcotics purchase card"),
    "catering": _l("Food business licence (catering)"),
    "food_sale": _l("Food business licence (sale)"),
    "food_sale_filing": _l("Filing for sale of prepacked food only"),
    "food_production": _l("Food production licence"),
    "small_workshop": _l("Registration of a small food workshop or eatery"),
    "public_place": _l("Public place hygiene licence"),
    "drinking_water": _l("Drinking water hygiene licence"),
    "disinfection_products": _l("Disinfection products hygiene licence"),
    "school": _l("School licence"),
    "occupational_health_service": _l("Occupational health service qualification"),
    "radiation_health_service": _l("Radiation health service qualification"),
    "drug_sale": _l("Drug business licence"),
    "device_sale": _l("Medical device business licence"),
    "device_sale_filing": _l("Filing for sale of class II medical devices"),
    "courier": _l("Courier business licence"),
    "telecom": _l("Value-added telecommunications licence"),
    "doctor_qualification": _l("Doctor's qualification certificate"),
    "doctor_practice": _l("Doctor's practice certificate"),
    "nurse_practice": _l("Nurse's practice certificate"),
    "rural_doctor": _l("Rural doctor's certificate"),
    "cosmetic_lead_doctor": _l("Filing as lead doctor of cosmetic medicine"),
    "health_certificate": _l("Health certificate"),
    "other": _l("Other licence or certificate"),
}

RELATIONS = {
    "operator": _l("Operator"),
    "responsible": _l("Responsible person"),
    "practitioner": _l("Practitioner"),
    "staff": _l("Staff"),
    "met_there": _l("Met there"),
}

LICENCE_STATES = {
    "valid": (_l("Licence valid"), "success"),
    "expired": (_l("Licence expired"), "danger"),
    "none": (_l("No licence recorded"), "warning"),
}
"""State of all licences together, with the tone of its badge."""

COLUMNS = {
    "name": _l("Name of place or person"),
    "kind": _l("Kind"),
    "subkind": _l("Subkind"),
    "uscc": _l("Unified social credit code"),
    "region_code": _l("Region"),
    "address": _l("Address"),
    "phone": _l("Telephone"),
    "legal_representative": _l("Legal representative or head"),
    "legal_representative_title": _l("Title"),
    "opened_on": _l("In business since"),
    "closed_on": _l("Out of business since"),
    "sex": _l("Sex"),
    "born_on": _l("Day of birth"),
    "employer": _l("Employer"),
    "relation": _l("Part in the establishment"),
}
"""Columns that the record shows; identity numbers stay out of it."""

LICENCE_COLUMNS = {
    "kind": _l("Kind of licence"),
    "number": _l("Number"),
    "issued_on": _l("Issued on"),
    "expires_on": _l("Valid until"),
}

SEXES = {"M": _l("Male"), "F": _l("Female")}


def kind_in_words(kind: str | None, subkind: str | None = None) -> str:
    """The subkind where there is one, else the kind; a code that nobody knows as it is."""
    if subkind:
        return str(SUBKINDS.get(subkind, subkind))
    return str(KINDS.get(kind, kind)) if kind else ""


def licence_in_words(kind: str) -> str:
    """The licence; one that a sender named in words as it is."""
    return str(LICENCES.get(kind, kind))


def validity_of(licence: Any, today: date) -> tuple[LazyString, str]:
    """State of one licence on a day, with the tone of its badge."""
    if licence.issued_on and licence.issued_on > today:
        return _l("not yet valid"), "neutral"
    if licence.expires_on is None:
        return _l("no end recorded"), "neutral"
    days_left = (licence.expires_on - today).days
    if days_left < 0:
        return _l("expired"), "danger"
    return (_l("expires soon"), "warning") if days_left <= 30 else (_l("valid"), "success")


def licence_on_paper(kind: str) -> str:
    """The licence's Chinese name for documents, whatever the language of the page."""
    with force_locale("zh"):
        return licence_in_words(kind)
