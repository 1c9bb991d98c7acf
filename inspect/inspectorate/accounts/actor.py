"""Who acts: what an action needs to know of the person behind it, free of the web."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .permissions import Permission, Role, permissions_of


@dataclass(frozen=True)
class Actor:
    """A signed-in person, or the system itself.

    ``agency_id`` is where the person works (perhaps a team), ``authority_id`` the punishing authority behind it.
    ``region_code`` and ``sector`` bound what may be seen; a ``sector`` of None sees all (the system only).
    """

    user_id: int | None
    name: str
    agency_id: int | None
    authority_id: int | None
    region_code: str
    sector: str | None
    roles: frozenset[Role] = field(default_factory=frozenset)
    officer_id: int | None = None

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Everything this actor may do."""
        return permissions_of(self.roles)

    def may(self, permission: Permission) -> bool:
        """Whether the actor holds a permission."""
        return permission in self.permissions


NATION = "000000"

SYSTEM = Actor(
    user_id=None,
    name="system",
    agency_id=None,
    authority_id=None,
    region_code=NATION,
    sector=None,
    roles=frozenset(Role),
)
"""Commands run by the operator of the machine."""


def actor_of(user: Any) -> Actor:
    """The actor that a sign-in stands for."""
    agency = user.agency
    return Actor(
        user_id=user.id,
        name=user.display_name,
        agency_id=agency.id,
        authority_id=agency.acts_for_id or agency.id,
        region_code=agency.region_code,
        sector=agency.sector,
        roles=user.role_set,
        officer_id=user.officer_id,
    )
