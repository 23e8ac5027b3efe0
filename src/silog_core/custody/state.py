"""What a record of custody says at one moment: a frozen picture."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from silog_core.custody.accounts import Account
from silog_core.custody.carton_books import Carton
from silog_core.domain.custody_events import EventId
from silog_core.domain.custody_kinds import Stage
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_state import UnitState
from silog_core.domain.demand import Commodity


@attrs.frozen(kw_only=True)
class CustodyState:
    """Units, goods in bulk, accounts of stations, and all that is wrong with them."""

    #: Units by code.
    units: Mapping[str, UnitState]
    #: Accounts by station and ballot.
    accounts: Mapping[tuple[str, Commodity], Account]
    #: Pieces of each lot that ever reached a stage.
    lots: Mapping[tuple[str, Commodity], Mapping[Stage, int]]
    #: Loose pieces at each place.
    stock: Mapping[tuple[str, Commodity], int]
    #: Pieces packed for each place, with transfers between stations counted in.
    packed: Mapping[tuple[str, Commodity], int]
    #: Pieces destroyed in bulk, by place.
    destroyed: Mapping[tuple[str, Commodity], int]
    #: Pieces found damaged at receipt or sorting, and found beyond a delivery note.
    damaged: Mapping[tuple[str, Commodity], int]
    surplus: Mapping[tuple[str, Commodity], int]
    #: Cartons of bulk deliveries by code.
    cartons: Mapping[str, Carton]
    problems: tuple[CustodyProblem, ...]
    #: Events that stand: neither corrected nor withdrawn.
    standing: int
    #: Incidents that are not closed.
    open_incidents: tuple[EventId, ...]

    def of(self, subject: str) -> tuple[CustodyProblem, ...]:
        """Return the problems of one unit, place, lot or device."""
        return tuple(found for found in self.problems if found.subject == subject)
