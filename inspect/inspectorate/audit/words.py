"""The record in words: what each event is called, what each column means; the rest is technical and not shown."""

from flask_babel import lazy_gettext as _l

EVENTS = {
    "accounts:agency:add": _l("added the agency"),
    "accounts:agency:change": _l("changed the agency"),
    "accounts:officer:add": _l("added the officer"),
    "accounts:officer:change": _l("changed the officer"),
    "accounts:user:add": _l("created the sign-in"),
    "accounts:user:change": _l("changed the sign-in"),
    "accounts:user:password": _l("set a new password"),
    "registry:establishment:add": _l("registered the establishment"),
    "registry:establishment:change": _l("changed the establishment"),
    "registry:person:add": _l("registered the person"),
    "registry:person:change": _l("changed the person"),
    "registry:person:connect": _l("connected the person"),
    "registry:person:disconnect": _l("took the person off"),
    "documents:document:issue": _l("issued the document"),
    "documents:document:correct": _l("corrected the document"),
    "documents:document:void": _l("declared the document void"),
    "documents:document:print": _l("made the PDF"),
    "documents:service:record": _l("recorded the service"),
}

COLUMNS = {
    "name": _l("Name"),
    "display_name": _l("Name shown"),
    "region_code": _l("Region"),
    "sector": _l("Sector"),
    "roles": _l("Roles"),
    "active": _l("May sign in"),
    "address": _l("Address"),
    "phone": _l("Telephone"),
    "certificate": _l("Certificate"),
    "certificate_from": _l("Certificate valid from"),
    "certificate_to": _l("Certificate valid to"),
    "state": _l("State"),
    "number": _l("Number"),
}

SUBJECTS = {
    "agency": _l("Agency"),
    "officer": _l("Officer"),
    "user": _l("Sign-in"),
    "subject": _l("Registry"),
    "entry_approval": _l("Entry approval"),
    "inspection": _l("Inspection"),
    "complaint": _l("Complaint"),
    "case": _l("Case"),
    "document": _l("Document"),
    "campaign": _l("Campaign"),
    "loaded_form": _l("Form"),
}
