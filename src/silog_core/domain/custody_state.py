"""State of custody: where each unit is, in whose hands, in which shape."""

from __future__ import annotations

import attrs

from silog_core.domain.custody_events import EventId
from silog_core.domain.custody_kinds import Condition, Stage
from silog_core.domain.custody_roles import Party
from silog_core.domain.demand import Commodity


@attrs.frozen(kw_only=True)
class UnitState:
    """One box, kit or carton, as the record has it."""

    code: str
    #: How far it is; None is known by its code only.
    stage: Stage | None
    condition: Condition
    #: Who has it; exactly one party, or None where nobody ever took it.
    custodian: Party | None
    place: str
    #: Place that it is for.
    destination: str = ""
    #: Unit that it lies in.
    container: str = ""
    #: Units in it.
    contents: tuple[str, ...] = ()
    #: Pieces in it, without those in units in it.
    quantities: tuple[tuple[Commodity, int], ...] = ()
    #: Serial numbers on it, and those found broken since it was sealed.
    seals: tuple[str, ...] = ()
    seals_broken: tuple[str, ...] = ()
    #: It was packed, and it left the warehouse.
    packed: bool = False
    went_out: bool = False
    #: When its last event happened [s since 1970, UTC].
    since_s: int = 0
    #: Events that concern it, in order of time.
    events: tuple[EventId, ...] = ()
    #: Scans that said again what was known.
    repeats: int = 0
    #: Incidents about it that are not closed.
    incidents: tuple[EventId, ...] = ()
