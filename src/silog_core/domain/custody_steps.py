"""Steps that a plan expects each kit to take: what, where, by whom, until when."""

from __future__ import annotations

import attrs

from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_roles import Role
from silog_core.domain.demand import Commodity


@attrs.frozen(kw_only=True)
class ExpectedStep:
    """One step of one kit."""

    kind: Kind
    place: str
    #: Roles of which one records it.
    roles: tuple[Role, ...]
    #: Latest moment [s since 1970, UTC].
    due_s: int
    #: Different persons that have to stand in it.
    persons: int = 1


@attrs.frozen(kw_only=True)
class ExpectedKit:
    """What the kit of one place holds, and the steps that it takes, in order."""

    place: str
    steps: tuple[ExpectedStep, ...]
    #: Pieces of each commodity that it has to hold; empty is not held against it.
    holds: tuple[tuple[Commodity, int], ...] = ()
    #: Units that it consists of: one kit, or several boxes.
    units: int = 1
    #: Id of the order by which the place votes again; empty for the first vote.
    again: str = ""
