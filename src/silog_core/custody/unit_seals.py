"""Seals of a unit: a set of serial numbers, put on, compared, broken, replaced, taken off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from silog_core.custody.catalogue_form import KindRules
from silog_core.custody.unit_record import UnitRecord
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Condition, Stage
from silog_core.domain.custody_roles import Role

#: Who may open a sealed unit, and where it then must be.
MAY_OPEN = {
    (Stage.AT_STATION, Role.STATION_COMMITTEE),
    (Stage.BACK_AT_HUB, Role.SUBDISTRICT_COMMITTEE),
    (Stage.BACK_AT_REGENCY, Role.OPERATOR),
    (Stage.BACK_AT_REGENCY, Role.LOGISTICS_HEAD),
}


class Reader(Protocol):
    """What reads the record: it knows all units, and notes what is wrong."""

    units: dict[str, UnitRecord]

    def note(self, code: str, unit: UnitRecord, *events: Event, **given: Any) -> None:
        """Note a problem of *unit*."""
        ...


def compare_seals(machine: Reader, unit: UnitRecord, event: Event) -> None:
    """Hold what giver and receiver read at a hand-over against what the record has (21).

    Where they read other serials than those on record the state follows what was read:
    so a swap is told once, at the hand-over at which it shows.
    """
    _found_broken(unit, event.seals_broken)
    given = _stated(event.seals_given, unit.code)
    taken = _stated(event.seals_taken, unit.code)
    if given is not None and taken is not None and given != taken:
        machine.note("seals-disputed", unit, event, given=_list(given), taken=_list(taken))
    seen = given if taken is None else taken
    if seen is None:
        return
    if seen != unit.seals:
        machine.note("seals-changed", unit, event, **_difference(unit.seals, seen))
        unit.seals = set(seen)


def _stated(told: Iterable[tuple[str, tuple[str, ...]]], code: str) -> frozenset[str] | None:
    return next((frozenset(seals) for unit, seals in told if unit == code), None)


def open_unit(machine: Reader, unit: UnitRecord, event: Event, rules: KindRules) -> None:
    """Take the seals off, and see whether they are those put on and who may do so."""
    if unit.skipped and event.id in unit.skipped:
        return
    holder = unit.custodian
    ours = holder is None or holder.office == event.author.office
    if unit.stage is Stage.IN_USE and ours:
        unit.repeats += 1
        return
    off = {*event.seals_removed, *event.seals_broken}
    if off != unit.seals:
        machine.note("seal-mismatch", unit, event, **_difference(unit.seals, off))
    allowed = (unit.stage, event.author.role) in MAY_OPEN
    unit.seals = set()
    if not (allowed and ours) or unit.condition is Condition.QUARANTINED:
        machine.note(
            "opened-without-authority",
            unit,
            event,
            giver=str(event.author),
            **unit.said_stage(),
        )
        unit.turn(Condition.QUARANTINED)
    if allowed and ours and unit.stage is Stage.AT_STATION:
        unit.stage = rules.to_stage
        for code in unit.contents:
            machine.units[code].container = ""
        unit.contents = []


def break_seals(machine: Reader, unit: UnitRecord, event: Event, rules: KindRules) -> None:
    """Count seals that somebody found broken."""
    del rules
    _unknown(machine, unit, event, event.seals_broken)
    _found_broken(unit, event.seals_broken)


def replace_seals(machine: Reader, unit: UnitRecord, event: Event, rules: KindRules) -> None:
    """Take seals off, and put others on; what goes must have been there."""
    del rules
    off = {*event.seals_removed, *event.seals_broken}
    _unknown(machine, unit, event, off)
    unit.seals -= off
    unit.seals |= set(event.seals_applied)
    unit.was_sealed = True


def _found_broken(unit: UnitRecord, seals: Iterable[str]) -> None:
    found = unit.seals.intersection(seals)
    unit.broken |= found
    unit.seals -= found


def _unknown(machine: Reader, unit: UnitRecord, event: Event, seals: Iterable[str]) -> None:
    never = set(seals) - unit.seals - unit.broken
    if never:
        machine.note("seal-unknown", unit, event, extra=_list(never))


def _difference(on: Iterable[str], seen: Iterable[str]) -> Mapping[str, str]:
    known, found = set(on), set(seen)
    return {"missing": _list(known - found), "extra": _list(found - known)}


def _list(seals: Iterable[str]) -> str:
    return ", ".join(sorted(seals)) or "-"
