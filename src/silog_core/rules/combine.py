"""How rules of one kind come together. Never by the order in which they arrive."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from silog_core.domain.calendar_rules import DayOff, StageWindow
from silog_core.domain.contributions import Contribution
from silog_core.domain.handover_rules import HandoverRule
from silog_core.domain.needs_rules import ItemRule, NeedsRule, StationCap
from silog_core.domain.travel_rules import (
    AccessRule,
    Closure,
    SpeedRule,
    TypicalVehicle,
    VehicleLimit,
)


class Combine(Enum):
    """How the answers of several plugins become one."""

    #: The rule of the deepest region that covers the place.
    DEEPEST = "deepest"
    #: All that cover the place, and of these the strictest.
    TIGHTEST = "tightest"
    #: All that cover the place.
    ALL = "all"
    #: Each under its own name; a name is given once.
    NAMED = "named"


#: What each kind of rule does where several cover a place.
COMBINE: Mapping[type[Contribution], Combine] = MappingProxyType(
    {
        NeedsRule: Combine.DEEPEST,
        ItemRule: Combine.DEEPEST,
        SpeedRule: Combine.DEEPEST,
        AccessRule: Combine.DEEPEST,
        TypicalVehicle: Combine.DEEPEST,
        HandoverRule: Combine.DEEPEST,
        StationCap: Combine.TIGHTEST,
        StageWindow: Combine.TIGHTEST,
        VehicleLimit: Combine.TIGHTEST,
        DayOff: Combine.ALL,
        Closure: Combine.ALL,
    }
)


def is_deepest(rule: Contribution) -> bool:
    """Say whether only the deepest rule of the topic holds."""
    return COMBINE[type(rule)] is Combine.DEEPEST
