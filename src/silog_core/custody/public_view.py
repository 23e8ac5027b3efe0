"""What anybody may know of the boxes: where they are, their seals, who verified them.

The view is made in two steps: events lose all that is private, and only what is left is
read. So it is a function of the public fields alone: no escort, vehicle, person, paper,
reason or time can show in it, because none of them is there when it is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from silog_core.custody.catalogue import CATALOGUE
from silog_core.custody.catalogue_form import Subject
from silog_core.custody.fold import CustodyFold
from silog_core.custody.procurement import standing
from silog_core.custody.unit_content import covers
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import LANDING_RECEIPTS, Kind, Stage
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_roles import Party, Role
from silog_core.domain.custody_state import UnitState

#: Version of the form that `PublicView.data` gives.
FORM = "silog-public/1"
#: Offices that travel along: which ones is not for the public.
_ON_THE_ROAD = {Role.CARRIER, Role.POLICE, Role.SUPPLIER}
_NOBODY = "-"
#: Where boxes change vehicles they are still on the road: nobody is told where that is.
_CHANGES = frozenset(LANDING_RECEIPTS.values())
_HIDDEN = {Kind.DISPATCHED, *_CHANGES}
_TRAVELS = {CATALOGUE[kind].to_stage for kind in _HIDDEN}
#: Kinds at which seals are put on, read or taken off.
_SEALING = {Kind.SEALED, Kind.RESEALED, Kind.SEAL_REPLACED, Kind.SEAL_BROKEN, Kind.OPENED}
#: Problems of a box that the public is told of.
_TOLD = {
    "no-way-back",
    "open-in-transit",
    "opened-without-authority",
    "seal-mismatch",
    "seal-unknown",
    "seals-changed",
    "seals-disputed",
    "sealed-content",
    "wrong-area",
    "wrong-place",
}


@attrs.frozen(kw_only=True)
class PublicStep:
    """One time that the seals of a box were put on, read or taken off."""

    kind: Kind
    place: str
    seals: tuple[str, ...]
    #: Who put them on, read them or watched.
    verified_by: tuple[Party, ...]


@attrs.frozen(kw_only=True)
class PublicBox:
    """One box, as anybody may know it."""

    code: str
    station: str
    stage: Stage | None
    condition: str
    condition_id: str
    #: Where it is kept; empty while it travels.
    place: str
    holds: tuple[tuple[str, str, int], ...]
    #: Serial numbers on it now.
    seals: tuple[str, ...]
    steps: tuple[PublicStep, ...]
    problems: tuple[CustodyProblem, ...]

    def data(self) -> dict[str, Any]:
        """Return the box as JSON data, with names in both languages."""
        stage = self.stage
        return {
            "box": self.code,
            "station": self.station,
            "stage": stage.value if stage else "",
            "stage_en": stage.title_en if stage else "",
            "stage_id": stage.title_id if stage else "",
            "condition": self.condition,
            "condition_id": self.condition_id,
            "place": self.place,
            "holds": [
                {"item": item, "area": area, "pieces": pieces}
                for item, area, pieces in self.holds
            ],
            "seals": list(self.seals),
            "steps": [
                {
                    "step": step.kind.value,
                    "step_en": step.kind.title_en,
                    "step_id": step.kind.title_id,
                    "place": step.place,
                    "seals": list(step.seals),
                    "verified_by": [
                        {
                            "role_en": party.role.title_en,
                            "role_id": party.role.title_id,
                            "office": party.office,
                        }
                        for party in step.verified_by
                    ],
                }
                for step in self.steps
            ],
            "problems": [
                {"code": p.code, "en": p.message, "id": p.message_id} for p in self.problems
            ],
        }


def public_boxes(events: Iterable[Event], *, region: str = "") -> tuple[PublicBox, ...]:
    """Return all boxes of stations in *region*, as anybody may know them.

    Args:
        events: The record, in any order and with repeats.
        region: Code of a region; empty is everywhere.

    Example:
        >>> public_boxes([])
        ()
    """
    fold = CustodyFold()
    fold.add_all(public_events(events, region=region))
    state = fold.state()
    problems: dict[str, list[CustodyProblem]] = {}
    for found in state.problems:
        if found.code in _TOLD:
            problems.setdefault(found.subject, []).append(found)
    return tuple(
        _box(unit, fold, problems.get(unit.code, []))
        for unit in sorted(state.units.values(), key=lambda u: (u.destination, u.code))
        if unit.destination and (not region or covers(region, unit.destination))
    )


def _near(events: Iterable[Event], region: str) -> list[Event]:
    """Return the events of units that are for *region*, and of what they lay in."""
    told = list(events)
    codes: set[str] = set()
    for event in told:
        if event.destination and covers(region, event.destination):
            codes.update(event.units, (event.container,))
    codes.discard("")
    return [e for e in told if e.container in codes or not codes.isdisjoint(e.units)]


def public_events(events: Iterable[Event], *, region: str = "") -> Iterator[Event]:
    """Yield what is public of the events that stand: in order, and of units alone.

    Times become numbers in that order, and one name stands for all devices. With a
    *region*, events of other regions' units are left out.
    """
    number = 0
    stand = standing(events)
    for event in _near(stand, region) if region else stand:
        if CATALOGUE[event.kind].subject is not Subject.UNIT:
            continue
        number += 1
        yield Event(
            device="public",
            sequence=number,
            kind=event.kind,
            time_s=number,
            place=_NOBODY if event.kind in _CHANGES else event.place,
            author=_office(event.author),
            giver=event.giver and _office(event.giver),
            receiver=event.receiver and _office(event.receiver),
            witnesses=[
                _office(party) for party in event.witnesses if party.role is not Role.POLICE
            ],
            units=event.units,
            container=event.container,
            destination=event.destination,
            quantities=event.quantities,
            seals_applied=event.seals_applied,
            seals_removed=event.seals_removed,
            seals_broken=event.seals_broken,
            seals_given=event.seals_given,
            seals_taken=event.seals_taken,
        )


def _office(party: Party) -> Party:
    """Return the office without its person; of those on the road the role alone."""
    return Party(party.role, _NOBODY if party.role in _ON_THE_ROAD else party.office)


def _box(unit: UnitState, fold: CustodyFold, problems: Iterable[CustodyProblem]) -> PublicBox:
    events = fold.history(unit)
    travels = unit.stage in _TRAVELS
    return PublicBox(
        code=unit.code,
        station=unit.destination,
        stage=unit.stage,
        condition=unit.condition.value,
        condition_id=unit.condition.title_id,
        place="" if travels else unit.place,
        holds=tuple((what.item, what.area, pieces) for what, pieces in unit.quantities),
        seals=unit.seals,
        steps=tuple(step for event in events for step in _steps(unit.code, event)),
        problems=tuple(problems),
    )


def _steps(code: str, event: Event) -> Iterator[PublicStep]:
    read = dict(event.seals_taken).get(code)
    if event.kind in _SEALING:
        seals = (*event.seals_applied, *event.seals_removed, *event.seals_broken)
        parties = [event.author, *event.witnesses]
    elif read is not None:
        seals = read
        parties = [party for party in (event.receiver, *event.witnesses) if party]
    else:
        return
    by = [party for party in parties if party.role not in _ON_THE_ROAD]
    yield PublicStep(
        kind=event.kind,
        place="" if event.kind in _HIDDEN else event.place,
        seals=seals,
        verified_by=tuple(sorted(set(by))),
    )
