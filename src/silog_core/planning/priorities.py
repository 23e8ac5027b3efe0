"""Who is served when not everybody can be: what has priority is placed first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from silog_core.domain.places import Place
from silog_core.domain.scenario import Handling, Scenario
from silog_core.planning.driving import Run, drive, latest_departure, planned_run
from silog_core.planning.hours import Hours
from silog_core.planning.roster import Roster
from silog_core.planning.tours import Tour

#: Latest departure of a tour were nobody else there [s], the tour, and its hours.
Latest = tuple[int, Tour, Hours]


def rank_of(tour: Tour, places: Mapping[str, Place]) -> int:
    """Return the highest priority among the stops of a tour and the places of its kits."""
    codes = {code for halt in tour.halts for code in (halt.place, *halt.kits)}
    return max(places[code].priority for code in codes)


def ranks_above(scenario: Scenario) -> Mapping[str, int]:
    """Return the highest priority at or below each place; places without any are left out."""
    found: dict[str, int] = {}
    for place in scenario.places:
        at: Place | None = place if place.priority else None
        while at is not None and found.get(at.code, 0) < place.priority:
            found[at.code] = place.priority
            at = scenario.by_code.get(at.parent)
    return found


@attrs.frozen(kw_only=True)
class Placed:
    """A tour with its vehicle and times."""

    tour: Tour
    run: Run
    latest_s: int
    unit: int


@attrs.define(kw_only=True)
class ByPriority:
    """Places tours one after the other, those of the highest priority first.

    Each takes the latest departure for which a vehicle of its type and its escorts are
    free; what is free between two trips that have been placed is taken too.
    """

    due: Mapping[str, int]
    not_before: Mapping[str, int]
    handling: Handling
    places: Mapping[str, Place]
    roster: Roster | None
    _busy: dict[tuple[str, str, int], list[tuple[int, int]]] = attrs.field(factory=dict)
    #: Highest priority that was served with a vehicle type of a home, or an escort.
    _served: dict[tuple[str, str], int] = attrs.field(factory=dict)

    def place(self, latest: Sequence[Latest]) -> tuple[list[Placed], list[tuple[Tour, str]]]:
        """Return the tours that find a place, and the others with the code of the reason.

        Args:
            latest: Tours, those first that come first among equals.
        """
        placed: list[Placed] = []
        left: list[tuple[Tour, str]] = []
        for at_latest, tour, hours in sorted(
            latest, key=lambda one: -rank_of(one[1], self.places)
        ):
            found = self._best(at_latest, tour, hours)
            if found is None:
                left.append((tour, self._why(tour)))
                continue
            placed.append(found)
            if tour.count is not None:
                own = (tour.home, tour.vehicle.type, found.unit)
                self._busy.setdefault(own, []).append((found.run.depart_s, found.run.back_s))
            if self.roster is not None and tour.escorts:
                self.roster.take(tour.escorts, found.run.depart_s, found.run.back_s)
            for key in self._needs(tour):
                self._served.setdefault(key, rank_of(tour, self.places))
        return placed, left

    def _needs(self, tour: Tour) -> list[tuple[str, str]]:
        """Return what a tour competes for with others."""
        vehicle = [(tour.home, tour.vehicle.type)] if tour.count is not None else []
        return [*vehicle, *(("", name) for name in tour.escorts)]

    def _why(self, tour: Tour) -> str:
        rank = rank_of(tour, self.places)
        if any(self._served.get(key, rank) > rank for key in self._needs(tour)):
            return "outranked"
        return "no-turn" if tour.count is not None else "escort"

    def _best(self, at_latest: int, tour: Tour, hours: Hours) -> Placed | None:
        if self.roster is not None and tour.escorts and not self.roster.can(tour.escorts):
            return None
        found = [
            (fitted[0], -unit, fitted[1])
            for unit in range(1, (tour.count or 1) + 1)
            if (fitted := self._fit(at_latest, tour, hours, unit)) is not None
        ]
        if not found:
            return None
        latest_s, unit, run = max(found, key=lambda one: one[:2])
        return Placed(tour=tour, run=run, latest_s=latest_s, unit=-unit)

    def _fit(
        self, at_latest: int, tour: Tour, hours: Hours, unit: int
    ) -> tuple[int, Run] | None:
        """Return the latest departure of one vehicle between others, and how it runs."""
        trips = self._busy.get((tour.home, tour.vehicle.type, unit), [])
        at: int | None = at_latest
        before: int | None = None
        while at is not None:
            runs = (
                planned_run(tour, at, hours, self.handling, self.not_before, self.due, before),
                drive(tour, at, hours, self.handling),
            )
            for run in runs:
                if run is not None and not (hindered := self._hindered(tour, run, trips)):
                    return at, run
            before = min(hindered)
            at = latest_departure(tour, self.due, hours, self.handling, before)
        return None

    def _hindered(self, tour: Tour, run: Run, trips: Sequence[tuple[int, int]]) -> list[int]:
        """Return when what keeps a run from going leaves [s]."""
        found = [
            leaves for leaves, back in trips if leaves < run.back_s and run.depart_s < back
        ]
        if self.roster is not None and tour.escorts:
            away = self.roster.busy(tour.escorts, run.depart_s, run.back_s)
            found += [max(leaves for leaves, _ in away)] if away else []
        return found
