"""The state machine of units: reads events in order of time, and says what is wrong.

It never raises for a bad sequence. What cannot be is noted as a problem; the state
then follows what was seen, except where that would make something good again that was
damaged, or let something arrive that was never packed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from silog_core.custody.catalogue import CATALOGUE
from silog_core.custody.catalogue_form import KindRules, Subject
from silog_core.custody.problem_texts import problem
from silog_core.custody.unit_content import area_problems, covers
from silog_core.custody.unit_record import UnitRecord
from silog_core.custody.unit_seals import break_seals, compare_seals, open_unit, replace_seals
from silog_core.custody.unit_shape import CONDITIONS, reshape, see
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Condition, Kind, Stage
from silog_core.domain.custody_problems import CustodyProblem

#: Damaged units may be brought back and destroyed, not used.
_USING = {Kind.KITTED, Kind.PACKED, Kind.SEALED, Kind.DISPATCHED, Kind.OPENED}
_TRAVEL = Stage.DISPATCHED.rank
_DELIVERIES = {Kind.RECEIVED_HUB, Kind.RECEIVED_VILLAGE, Kind.RECEIVED_STATION}


Handler = Callable[["UnitMachine", UnitRecord, Event, KindRules], None]


class UnitMachine:
    """Units that hang together: boxes with the kits that they ever lay in."""

    def __init__(
        self, events: Sequence[Event], belongs: Callable[[str], bool] | None = None
    ) -> None:
        """Read *events*, which must be in order of time.

        Args:
            events: All events of the units, of which some may name others besides.
            belongs: Says which units hang together here; None is all.
        """
        self._belongs = belongs
        self.units: dict[str, UnitRecord] = {}
        self.problems: list[CustodyProblem] = []
        self._events = events
        for at, event in enumerate(events):
            self._at = at
            self._read(event)

    def _read(self, event: Event) -> None:
        rules = CATALOGUE[event.kind]
        if event.kind is Kind.KITTED:
            self._kit(event)
            return
        listed = event.units
        belongs = self._belongs
        for code in listed:
            if belongs is not None and len(listed) > 1 and not belongs(code):
                continue
            unit = self._unit(code)
            if len(listed) > 1 and unit.container and unit.container in listed:
                continue  # It goes where its container goes.
            self._step(unit, event, rules)

    def _unit(self, code: str) -> UnitRecord:
        unit = self.units.get(code)
        if unit is None:
            unit = self.units[code] = UnitRecord(code)
        return unit

    def _step(self, unit: UnitRecord, event: Event, rules: KindRules) -> None:
        kind = event.kind
        if unit.last is not None and unit.last.time_s == event.time_s:
            self._tie(unit, event)
        if kind is Kind.INCIDENT:
            unit.incidents.append(event.id)
        elif rules.subject is not Subject.UNIT:
            pass
        elif unit.condition is Condition.DESTROYED:
            if kind is not Kind.DESTROYED:
                self.note("no-way-back", unit, event, **unit.said_shape())
        elif unit.condition is Condition.DAMAGED and kind in _USING:
            self.note("no-way-back", unit, event, **unit.said_shape())
        else:
            if unit.condition is Condition.LOST and kind not in CONDITIONS:
                self.note("lost-but-seen", unit, event, place=event.place)
            self._handlers.get(kind, UnitMachine._move)(self, unit, event, rules)
        unit.history.append(event.id)
        unit.last = event

    def _tie(self, unit: UnitRecord, event: Event) -> None:
        last = unit.last
        if last is not None and last.kind is not event.kind:
            self.note("same-time", unit, last, event, **_later(event))

    # What a unit holds.

    def _kit(self, event: Event) -> None:
        box = self._unit(event.container)
        if box.condition in {Condition.DAMAGED, Condition.DESTROYED}:
            self.note("no-way-back", box, event, **box.said_shape())
        elif box.stage is not None and box.stage is not Stage.KITTED:
            self.note("sealed-content", box, event, **box.said_stage())
            box.turn(Condition.QUARANTINED)
        else:
            box.stage = Stage.KITTED
            box.custodian = event.receiver or event.author
            box.place = event.place
            box.destination = event.destination or box.destination
            for quantity in event.quantities:
                held = box.quantities
                what = quantity.commodity
                held[what] = held.get(what, 0) + quantity.pieces
            for code in event.units:
                if code != box.code:
                    self._put(self._unit(code), box, event)
            self.problems += area_problems(box, event)
        box.history.append(event.id)
        box.last = event

    def _put(self, unit: UnitRecord, box: UnitRecord, event: Event) -> None:
        if unit.condition in {Condition.DAMAGED, Condition.DESTROYED}:
            self.note("no-way-back", unit, event, **unit.said_shape())
            return
        held = self.units.get(unit.container) if unit.container else None
        if held is not None and held is not box:
            if held.stage is not Stage.KITTED:
                self.note("sealed-inside", unit, event, container=held.code)
            held.contents.remove(unit.code)
        if unit.stage is None:
            unit.stage = Stage.KITTED
        if unit.code not in box.contents:
            box.contents.append(unit.code)
        unit.container = box.code
        unit.custodian, unit.place = box.custodian, box.place
        unit.destination = unit.destination or box.destination
        unit.history.append(event.id)
        unit.last = event

    # How a unit moves.

    def _move(self, unit: UnitRecord, event: Event, rules: KindRules) -> None:
        if unit.stage not in rules.from_stages:
            if not self._out_of_order(unit, event, rules):
                return
        elif unit.container and self._inside(unit, event):
            return
        elif rules.handover:
            held, giver = unit.custodian, event.giver
            if held is not None and giver is not None and held.office != giver.office:
                self.note("custody-gap", unit, event, giver=str(giver), holder=str(held))
        elif unit.custodian is not None and event.author.office != unit.custodian.office:
            self.note(
                "not-holder", unit, event, giver=event.author, holder=str(unit.custodian)
            )
        self._apply(unit, event, rules)

    def _inside(self, unit: UnitRecord, event: Event) -> bool:
        box = self.units[unit.container]
        if box.stage in {Stage.KITTED, Stage.IN_USE} or box.stage is None:
            return False
        self.note("sealed-inside", unit, event, container=box.code)
        return True

    def _out_of_order(self, unit: UnitRecord, event: Event, rules: KindRules) -> bool:
        """Note why the step cannot follow; say whether the state follows it all the same."""
        to = rules.to_stage
        if to is None or (unit.skipped and event.id in unit.skipped):
            return False
        if unit.stage is None:
            self.note("unknown-unit", unit, event, place=event.place)
            unit.turn(Condition.QUARANTINED)
            unit.custodian, unit.place = event.receiver or event.author, event.place
            return False
        if unit.stage is to:
            return self._again(unit, event)
        if unit.condition is Condition.SWAPPED and event.kind in _DELIVERIES:
            return True
        if to.rank < unit.stage.rank:
            self.note("backwards", unit, event, **unit.said_stage())
            return False
        if to.rank >= _TRAVEL and not unit.packed:
            self.note("never-packed", unit, event, place=event.place)
            unit.turn(Condition.QUARANTINED)
            return False
        later = self._skipped_over(unit, to)
        if later:
            first = later[0]
            self.note(
                "clock-fault",
                unit,
                event,
                *later,
                device=event.device,
                other=first.device,
                **_later(first),
            )
            unit.skipped = (unit.skipped or set()) | {e.id for e in later}
        else:
            self.note("step-missing", unit, event, **unit.said_stage())
        return True

    def _again(self, unit: UnitRecord, event: Event) -> bool:
        """Take a second scan of the same step: the same is no news, another is a problem."""
        unit.repeats += 1
        taker = event.receiver or event.author
        if event.place == unit.place and (
            unit.custodian is None or taker.office == unit.custodian.office
        ):
            return False
        if unit.condition is Condition.SWAPPED and event.kind in _DELIVERIES:
            return True
        self.note("two-places", unit, event, place=event.place, other=unit.place)
        return False

    def _skipped_over(self, unit: UnitRecord, to: Stage) -> list[Event]:
        """Return later events of the unit that belong between where it is and *to*."""
        assert unit.stage is not None
        low, high = unit.stage.rank, to.rank
        found = []
        for event in self._events[self._at + 1 :]:
            stage = CATALOGUE[event.kind].to_stage
            if stage is not None and low < stage.rank < high and unit.code in event.units:
                found.append(event)
        return found

    def _apply(self, unit: UnitRecord, event: Event, rules: KindRules) -> None:
        to = rules.to_stage
        assert to is not None
        if rules.handover and unit.was_sealed:
            if event.seals_given or event.seals_taken or event.seals_broken:
                compare_seals(self, unit, event)
            if not unit.seals:
                self.note("open-in-transit", unit, event)
        unit.stage = to
        unit.place = event.place
        unit.destination = unit.destination or event.destination
        if event.receiver is not None:
            unit.custodian = event.receiver
        if to in {Stage.PACKED, Stage.SEALED}:
            unit.packed = True
        elif to is Stage.DESTROYED:
            unit.turn(Condition.DESTROYED)
        elif to.rank >= _TRAVEL:
            unit.went_out = True
        if event.seals_applied and unit.code == event.units[0]:
            unit.seals = set(event.seals_applied)
            unit.broken = set()
            unit.was_sealed = True
        if event.kind in _DELIVERIES:
            self._delivered(unit, event)
        if to.rank >= _TRAVEL and unit.contents:
            self._with_contents(unit, event)

    def _delivered(self, unit: UnitRecord, event: Event) -> None:
        if not unit.destination:
            return
        if not covers(event.place, unit.destination):
            self.note(
                "wrong-place", unit, event, destination=unit.destination, place=event.place
            )
            unit.turn(Condition.SWAPPED)
        elif unit.condition is Condition.SWAPPED:
            unit.turn(Condition.GOOD)

    def _with_contents(self, box: UnitRecord, event: Event) -> None:
        for code in box.contents:
            unit = self.units[code]
            if unit.condition is Condition.DESTROYED:
                continue
            unit.stage, unit.place, unit.custodian = box.stage, box.place, box.custodian
            unit.went_out, unit.packed = box.went_out, unit.packed or box.packed
            if box.condition in {Condition.SWAPPED, Condition.DESTROYED} or (
                unit.condition is Condition.SWAPPED
            ):
                unit.turn(box.condition)
            unit.history.append(event.id)
            unit.last = event
            if unit.contents:
                self._with_contents(unit, event)

    def note(self, code: str, unit: UnitRecord, *events: Event, **given: Any) -> None:
        """Note a problem of *unit* that *events* show."""
        kind = events[0].kind
        self.problems.append(
            problem(
                code,
                unit.code,
                (event.id for event in events),
                kind=kind.title_en,
                kind_id=kind.title_id,
                **given,
            )
        )

    _handlers: ClassVar[Mapping[Kind, Handler]] = {
        Kind.OPENED: open_unit,
        Kind.SEAL_BROKEN: break_seals,
        Kind.SEAL_REPLACED: replace_seals,
        Kind.SCANNED: see,
        **dict.fromkeys(CONDITIONS, reshape),
    }


def _later(event: Event) -> dict[str, str]:
    return {"later": event.kind.title_en, "later_id": event.kind.title_id}
