"""Codes of accounts in words: roles, sectors, levels."""

from flask_babel import lazy_gettext as _l

from .permissions import Role

ROLES = {
    Role.INSPECTOR: _l("Inspector"),
    Role.LEGAL_REVIEWER: _l("Legal reviewer"),
    Role.SUPERVISOR: _l("Head"),
    Role.CAMPAIGN_OFFICE: _l("Campaign office"),
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.AUDITOR: _l("Auditor"),
}

SECTORS = {
    "health": _l("Health"),
    "tcm": _l("Traditional Chinese medicine"),
    "disease_control": _l("Disease control"),
    "market": _l("Market regulation"),
    "drug": _l("Drug administration"),
    "cyberspace": _l("Cyberspace"),
    "telecom": _l("Telecommunications"),
    "radio_tv": _l("Radio and television"),
    "police": _l("Police"),
    "customs": _l("Customs"),
    "postal": _l("Postal administration"),
    "emergency": _l("Emergency management"),
    "ecology": _l("Ecology and environment"),
    "agriculture": _l("Agriculture"),
    "salt": _l("Salt administration"),
    "labour": _l("Labour"),
}

LEVELS = {"nation": _l("Nation"), "province": _l("Province"), "city": _l("City"), "county": _l("County")}
