"""Who may record what: a pure rule, held against the key that signed."""

from __future__ import annotations

from silog_core.custody.catalogue import CATALOGUE
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_roles import Role


def may_append(role: Role, kind: Kind) -> bool:
    """Say whether *role* may record an event of *kind*.

    Example:
        >>> may_append(Role.STATION_COMMITTEE, Kind.COUNTED)
        True
        >>> may_append(Role.OPERATOR, Kind.RELEASED)
        False
    """
    return role in CATALOGUE[kind].roles
