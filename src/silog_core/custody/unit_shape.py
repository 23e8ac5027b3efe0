"""The shape that a unit is in, and where it is seen: what scans and findings say of it."""

from __future__ import annotations

from silog_core.custody.catalogue_form import KindRules
from silog_core.custody.unit_record import UnitRecord
from silog_core.custody.unit_seals import Reader
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Condition, Kind, Stage

#: Condition that a kind leads to, and those from which it may.
CONDITIONS = {
    Kind.DAMAGED: (Condition.DAMAGED, frozenset(Condition)),
    Kind.LOST: (Condition.LOST, frozenset(Condition)),
    Kind.SWAPPED: (Condition.SWAPPED, frozenset(Condition)),
    Kind.QUARANTINED: (Condition.QUARANTINED, frozenset(Condition)),
    Kind.POSTPONED: (Condition.POSTPONED, frozenset({Condition.GOOD, Condition.POSTPONED})),
    # What was out of sight is in doubt: it needs a release like anything opened.
    Kind.FOUND: (Condition.QUARANTINED, frozenset({Condition.LOST})),
    Kind.RELEASED: (Condition.GOOD, frozenset({Condition.QUARANTINED, Condition.SWAPPED})),
    Kind.RESUMED: (Condition.GOOD, frozenset({Condition.POSTPONED})),
}


def see(machine: Reader, unit: UnitRecord, event: Event, rules: KindRules) -> None:
    """Take a scan: it confirms where the unit is, or tells that it is elsewhere."""
    del rules
    if unit.stage is None:
        machine.note("unknown-unit", unit, event, place=event.place)
        unit.place = event.place
        unit.turn(Condition.QUARANTINED)
    elif unit.stage is not Stage.DISPATCHED and event.place != unit.place:
        machine.note("seen-elsewhere", unit, event, place=event.place, other=unit.place)
    else:
        unit.repeats += 1


def reshape(machine: Reader, unit: UnitRecord, event: Event, rules: KindRules) -> None:
    """Turn the unit into the condition that the event says, where a way leads there."""
    del rules
    to, allowed = CONDITIONS[event.kind]
    if unit.condition is Condition.DAMAGED:
        if to is not Condition.DAMAGED:
            machine.note("no-way-back", unit, event, **unit.said_shape())
    elif unit.condition not in allowed:
        machine.note("condition-mismatch", unit, event, **unit.said_shape())
    else:
        unit.turn(to)
