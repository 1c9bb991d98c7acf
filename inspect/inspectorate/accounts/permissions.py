"""Who may do what: roles, permissions and the one table between them (domain.md, People)."""

from enum import StrEnum


class Role(StrEnum):
    """The six roles; a person may hold several, never two of them on one case."""

    INSPECTOR = "inspector"
    LEGAL_REVIEWER = "legal_reviewer"
    SUPERVISOR = "supervisor"
    CAMPAIGN_OFFICE = "campaign_office"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """``area:verb``; every route declares one."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    REGISTRY_READ = "registry:read"
    REGISTRY_WRITE = "registry:write"
    INSPECTION_READ = "inspection:read"
    INSPECTION_WRITE = "inspection:write"
    INSPECTION_APPROVE = "inspection:approve"
    CASE_READ = "case:read"
    CASE_READ_DECIDED = "case:read_decided"
    CASE_HANDLE = "case:handle"
    CASE_REVIEW = "case:review"
    CASE_APPROVE = "case:approve"
    COMPLAINT_READ = "complaint:read"
    COMPLAINT_HANDLE = "complaint:handle"
    COMPLAINT_ASSIGN = "complaint:assign"
    CAMPAIGN_READ = "campaign:read"
    CAMPAIGN_WRITE = "campaign:write"
    CAMPAIGN_SIGN = "campaign:sign"
    ACCOUNTS_READ = "accounts:read"
    ACCOUNTS_WRITE = "accounts:write"
    OFFICERS_READ = "officers:read"
    OFFICERS_WRITE = "officers:write"
    STANDARDS_WRITE = "standards:write"
    RECORD_READ = "record:read"


P = Permission

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.INSPECTOR: frozenset(
        {P.REGISTRY_READ, P.REGISTRY_WRITE, P.INSPECTION_READ, P.INSPECTION_WRITE, P.CASE_READ, P.CASE_HANDLE}
        | {P.COMPLAINT_READ, P.COMPLAINT_HANDLE, P.CAMPAIGN_READ}
    ),
    Role.LEGAL_REVIEWER: frozenset({P.REGISTRY_READ, P.INSPECTION_READ, P.CASE_READ, P.CASE_REVIEW, P.CAMPAIGN_READ}),
    Role.SUPERVISOR: frozenset(
        {P.REGISTRY_READ, P.REGISTRY_WRITE, P.INSPECTION_READ, P.INSPECTION_APPROVE, P.CASE_READ, P.CASE_APPROVE}
        | {P.COMPLAINT_READ, P.COMPLAINT_ASSIGN, P.CAMPAIGN_READ, P.CAMPAIGN_SIGN, P.OFFICERS_READ, P.OFFICERS_WRITE}
    ),
    Role.CAMPAIGN_OFFICE: frozenset({P.REGISTRY_READ, P.CASE_READ_DECIDED, P.CAMPAIGN_READ, P.CAMPAIGN_WRITE}),
    Role.ADMINISTRATOR: frozenset(
        {P.ACCOUNTS_READ, P.ACCOUNTS_WRITE, P.OFFICERS_READ, P.OFFICERS_WRITE, P.STANDARDS_WRITE}
    ),
    Role.AUDITOR: frozenset(
        {P.REGISTRY_READ, P.INSPECTION_READ, P.CASE_READ, P.COMPLAINT_READ, P.CAMPAIGN_READ, P.ACCOUNTS_READ}
        | {P.OFFICERS_READ, P.RECORD_READ}
    ),
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that holders of these roles may do."""
    return frozenset({P.PUBLIC, P.SIGNED_IN}).union(*(ROLE_PERMISSIONS[role] for role in roles))
