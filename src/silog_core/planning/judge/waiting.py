"""What each place is waiting for, and which typed trips bring it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.problems import Said
from silog_core.domain.scenario import Scenario
from silog_core.domain.typed_trips import TripFinding, TypedStop, TypedTrip
from silog_core.planning.judge.texts import finding
from silog_core.planning.kits import Kit

HOMES = (PlaceKind.WAREHOUSE, PlaceKind.HUB, PlaceKind.VILLAGE, PlaceKind.LANDING)
#: Names of kits that a text spells out before it only counts.
_NAMED = 3


def level_of(scenario: Scenario, home: Place) -> PlaceKind:
    """Return the kind of a home; a landing goes on for the place that supplies it."""
    giver = scenario.by_code.get(home.parent)
    return giver.kind if home.kind is PlaceKind.LANDING and giver else home.kind


class Waiting:
    """Kits by the place that waits for them, ticked off as trips bring them."""

    def __init__(
        self,
        scenario: Scenario,
        below: Mapping[str, tuple[Kit, ...]],
        *,
        back: bool = False,
    ) -> None:
        """Take the places and the kits that pass through each, out or *back*."""
        self._scenario, self._below, self._back = scenario, below, back
        #: (place, kit) to the trip that brings it.
        self._by: dict[tuple[str, str], str] = {}

    def bring(
        self, trip: TypedTrip, home: Place | None, stop: TypedStop
    ) -> tuple[tuple[Kit, ...], list[TripFinding]]:
        """Tick off what a stop gets; return it, with what is wrong about it."""
        found: list[TripFinding] = []
        place = self._scenario.by_code[stop.place]
        wanted = {kit.place: kit for kit in self._below.get(place.code, ())}
        if home is not None and place.parent != home.code:
            found.append(
                finding(
                    "parent",
                    row=stop.row,
                    trip=trip.id,
                    place=place.code,
                    home=home.code,
                    parent=place.parent or "?",
                )
            )
        if not wanted:
            found.append(
                finding("needs-nothing", row=stop.row, trip=trip.id, place=place.code)
            )
        kits: list[Kit] = []
        other = ""
        for code in wanted if stop.kits is None else dict.fromkeys(stop.kits):
            if code not in wanted:
                found.append(
                    finding(
                        "wrong-kit", row=stop.row, trip=trip.id, kit=code, place=place.code
                    )
                )
                continue
            kits.append(wanted[code])
            other = other or self._by.get((place.code, code), "")
            self._by.setdefault((place.code, code), trip.id)
        if other:
            found.append(
                finding("twice", row=stop.row, trip=trip.id, place=place.code, other=other)
            )
        return tuple(kits), found

    def missing(
        self, trips: Sequence[TypedTrip], homes: Sequence[str]
    ) -> Iterator[TripFinding]:
        """Yield what nobody brings: from *homes*, or from all when none is named.

        Where a home sends out nothing at all, one finding stands for everything below it.
        """
        sending = {trip.home for trip in trips}
        if homes:
            for home in homes:
                yield from self._missing_from(home, sending)
            return
        todo = [p.code for p in self._scenario.of_kind(PlaceKind.WAREHOUSE)]
        while todo:
            home = todo.pop(0)
            yield from self._missing_from(home, sending)
            if home in sending or any(self._sends_below(home, sending)):
                todo += [
                    child.code
                    for child in self._scenario.children.get(home, ())
                    if child.kind in HOMES and child.kind is not PlaceKind.WAREHOUSE
                ]

    def _sends_below(self, home: str, sending: set[str]) -> Iterator[bool]:
        for child in self._scenario.children.get(home, ()):
            yield child.code in sending
            yield from self._sends_below(child.code, sending)

    def _missing_from(self, home: str, sending: set[str]) -> Iterator[TripFinding]:
        children = [
            child
            for child in self._scenario.children.get(home, ())
            if self._below.get(child.code) and child.kind is not PlaceKind.WAREHOUSE
        ]
        if home not in sending:
            if children:
                yield finding(
                    "forgotten-home", home=home, count=len(children), amount=len(children)
                )
            return
        for child in children:
            kits = [kit.place for kit in self._below[child.code]]
            left = [kit for kit in kits if (child.code, kit) not in self._by]
            if left:
                text = "forgotten" if len(left) == len(kits) else "left-behind"
                text += "-back" if self._back else ""
                yield finding(
                    text, place=child.code, kits=_names(left), home=home, amount=len(left)
                )


def _names(kits: Sequence[str]) -> Said:
    """Return the kits by name where they are few, else their number."""
    count = len(kits)
    if count <= _NAMED:
        listed = ", ".join(kits)
        return Said(f"kit {listed}" if count == 1 else f"kits {listed}", f"kit {listed}")
    return Said(f"{count} kits", f"{count} kit")
