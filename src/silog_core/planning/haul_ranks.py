"""Priority on the line haul: where vehicles or escorts are few, what is urgent goes first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

import attrs

from silog_core.domain.legs import Leg
from silog_core.domain.plan import Supply, Trip, UnservedKit
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.planning.haul_trips import HaulFleet
from silog_core.planning.haul_ways import Stretch
from silog_core.planning.priorities import ranks_above

#: Codes of what a vehicle or an escort more would help against.
FEW = ("no-turn", "escort", "unready")


class Filled(Protocol):
    """What comes of putting some lines on vehicles."""

    fleet: HaulFleet
    trips: list[Trip]
    vehicles: dict[Vehicle, None]
    left: set[UnservedKit]
    stranded: set[int]
    unready: set[int]


#: Puts lines on vehicles of a fleet: their numbers, those that may miss the window of their
#: stage, the fleet, and the places from which something more urgent has gone.
Fill = Callable[[Iterable[int], frozenset[int], HaulFleet, frozenset[str]], Filled]


def ranks_of(scenario: Scenario, lines: Sequence[Supply]) -> Sequence[int]:
    """Return the priority of each line: the highest at or below its warehouse."""
    above = ranks_above(scenario)
    return [above.get(line.to, 0) for line in lines]


def outdone(
    few: Collection[tuple[int, str]],
    ranks: Sequence[int],
    carried: Mapping[int, tuple[Stretch, ...]],
    *,
    shared: bool = False,
) -> bool:
    """Say whether something less urgent leaves a place where a line found no vehicle.

    Args:
        few: Lines that found no vehicle or escort in time, and where.
        ranks: Priority of each line.
        carried: Stretches of the lines that are carried.
        shared: Whether places share escorts: then it may leave from any of them.
    """
    least: dict[str, int] = {}
    for number, way in carried.items():
        for stretch in way:
            at, rank = "" if shared else stretch.tail, ranks[number]
            least[at] = min(least.get(at, rank), rank)
    return any(
        least.get("" if shared else tail, ranks[number]) < ranks[number]
        for number, tail in few
    )


def by_rank(
    ranks: Sequence[int],
    known: Mapping[tuple[Leg, ...], tuple[Stretch, ...]],
    ways: Sequence[tuple[Leg, ...]],
    fill: Fill,
    fleet: HaulFleet,
) -> tuple[list[Trip], list[Vehicle], set[UnservedKit]]:
    """Return the trips of lines of the highest priority, then of the next, and so on.

    Goods of each priority take the vehicles and escorts that those above leave free, and
    ride apart from them. What does not fit together is tried alone before anything that is
    less urgent, in the window of its stage and then without: so nothing is left for
    something less urgent.

    Args:
        ranks: Priority of each line.
        known: Stretches by way.
        ways: The legs of each line.
        fill: Puts some lines on vehicles.
        fleet: Vehicles and escorts, out with kits alone.
    """
    placed = _Placed(fill=fill, fleet=fleet)
    for rank in sorted(set(ranks), reverse=True):
        apart = [i for i, other in enumerate(ranks) if other == rank]
        for hurried in (False, True):
            apart = placed.each(placed.together(apart, hurried=hurried), hurried=hurried)
        done = [i for i, other in enumerate(ranks) if other == rank and i not in apart]
        tails = {stretch.tail for i in done for stretch in known[ways[i]]}
        placed.served |= placed.scarce(tails)
    return placed.trips, list(placed.vehicles), placed.left


@attrs.define(kw_only=True)
class _Placed:
    """What has been put on vehicles so far."""

    fill: Fill
    fleet: HaulFleet
    trips: list[Trip] = attrs.field(factory=list)
    vehicles: dict[Vehicle, None] = attrs.field(factory=dict)
    left: set[UnservedKit] = attrs.field(factory=set)
    served: frozenset[str] = frozenset()

    def together(self, numbers: Sequence[int], *, hurried: bool) -> list[int]:
        """Place lines that share vehicles; return those that do not fit."""
        going, apart = list(numbers), []
        while going:
            tried = self._tried(going, hurried=hurried)
            failed = tried.stranded | tried.unready
            if not failed:
                self._keep(tried)
                break
            apart += [i for i in going if i in failed]
            going = [i for i in going if i not in failed]
        return sorted(apart)

    def each(self, numbers: Sequence[int], *, hurried: bool) -> list[int]:
        """Place lines one by one, where they fit; return the others."""
        apart = []
        for number in numbers:
            for latest_first in (False, True):
                tried = self._tried([number], hurried=hurried, latest_first=latest_first)
                if not tried.stranded | tried.unready:
                    self._keep(tried)
                    break
            else:
                apart.append(number)
                self.left |= tried.left
        return apart

    def scarce(self, tails: Collection[str]) -> frozenset[str]:
        """Return the places from which a counted vehicle or an escort has gone."""
        out = {home for home, *_ in self.fleet.busy}
        return frozenset(
            {t.home for t in self.trips if t.home in out or t.escorts} & set(tails)
        )

    def _tried(
        self, numbers: Sequence[int], *, hurried: bool, latest_first: bool = False
    ) -> Filled:
        late = frozenset(numbers) if hurried else frozenset()
        fleet = self.fleet.twin(latest_first=latest_first)
        return self.fill(numbers, late, fleet, self.served)

    def _keep(self, tried: Filled) -> None:
        self.fleet = tried.fleet
        self.trips += tried.trips
        self.vehicles.update(tried.vehicles)
