"""Routes below the warehouse: full loads first, then tours by the routing solver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from silog_core.domain.escorts import EscortPool
from silog_core.domain.legs import Mode
from silog_core.domain.places import ECHELONS, Place, PlaceKind
from silog_core.domain.plan import UnservedKit
from silog_core.domain.scenario import Scenario
from silog_core.domain.stopping import MaxIterations
from silog_core.network.travel import Travel, Way
from silog_core.planning.kits import Kit
from silog_core.planning.level_problem import FAR_M, FAR_S, Consignment, Level, has_clock
from silog_core.planning.modes import Barred, Modes
from silog_core.planning.rides import Group, Ride, rides_of, way_of_home
from silog_core.planning.roster import asked_for, pools_of
from silog_core.planning.tours import Halt, Tour, Tours
from silog_core.planning.unserved import unserved
from silog_core.ports.routing import RoutingSolver
from silog_core.rules.book import RuleBook

#: Kinds of place that are served below the warehouse.
_SERVED = (PlaceKind.HUB, PlaceKind.VILLAGE, PlaceKind.STATION, PlaceKind.LANDING)
#: Iterations for each pair of stops, up to the budget.
_EFFORT = 4
#: So much dearer is a step where tours have to be driven.
_BY_THE_CLOCK = 4


def route(
    scenario: Scenario,
    book: RuleBook,
    below: Mapping[str, tuple[Kit, ...]],
    *,
    homes: Iterable[Place],
    solver: RoutingSolver,
    seed: int = 0,
    iterations: int = 1000,
    due: Mapping[str, int] | None = None,
    barred: Barred = frozenset(),
) -> Tours:
    """Return tours from each of *homes* to the places that it supplies.

    Args:
        scenario: Places, legs and fleet.
        book: Rules of travel.
        below: Kits that pass through each place, see `kits_below`.
        homes: Warehouses, hubs and villages to route from.
        solver: Solves what is left after full loads.
        seed: Same seed, same tours.
        iterations: Search steps for each problem; the clock is never read.
        due: Latest hand-over at each place [s from 00:00 of voting day]; the day before
            the vote where it is not given. Rests, nights and closed legs look at it.
        barred: Homes, places and modes that are not tried where there are others.

    Returns:
        Tours that carry each kit whole on one vehicle, and the kits left, with reasons.
    """
    travel = Travel(book, scenario.legs)
    modes = Modes(scenario=scenario, book=book, travel=travel)
    tours: list[Tour] = []
    left: list[UnservedKit] = []
    for home in homes:
        pools = pools_of(scenario, home)
        groups: dict[Group, list[Place]] = {}
        for child in scenario.children.get(home.code, ()):
            if child.kind in _SERVED:
                groups.setdefault(modes.group(home, child, barred), []).append(child)
        for group, children in sorted(groups.items(), key=lambda item: item[0].order):
            rides = rides_of(scenario, book, home, group)
            level = Level(
                home=home, mode=group.mode, rides=rides, book=book,
                handling=scenario.handling, voting_day=scenario.election.voting_day,
                due=due or {}, escorts={name: pool.count for name, pool in pools.items()},
            )  # fmt: skip
            part = _Part(
                home=home, echelon=_echelon(scenario, home, group.kind), mode=group.mode,
                surface=group.surface, rides=rides, travel=travel,
                solver=solver, seed=seed, iterations=iterations, level=level, pools=pools,
            )  # fmt: skip
            done = part.route([(c, below.get(c.code, ())) for c in children])
            tours += done.tours
            left += done.unserved
    return Tours(tours=tuple(tours), unserved=tuple(left))


def _echelon(scenario: Scenario, home: Place, to: PlaceKind) -> str:
    """Return the kind of a trip, the giver's: a station below a hub is a village to it.

    What leaves a landing goes on for who supplies that.
    """
    giver = scenario.by_code[home.parent] if home.kind is PlaceKind.LANDING else home
    below = to if to is PlaceKind.LANDING else ECHELONS[ECHELONS.index(giver.kind) + 1]
    return f"{giver.kind.value}-{below.value}"


@attrs.frozen(kw_only=True)
class _Part:
    """All that is fixed while places of one mode are routed from one home."""

    home: Place
    echelon: str
    mode: Mode
    surface: str
    rides: tuple[Ride, ...]
    travel: Travel
    solver: RoutingSolver
    seed: int
    iterations: int
    level: Level
    pools: Mapping[str, EscortPool]

    def route(self, wanted: Sequence[tuple[Place, tuple[Kit, ...]]]) -> Tours:
        left: list[UnservedKit] = []
        tours: list[Tour] = []
        rest: list[Consignment] = []
        for place, kits in wanted:
            if not kits:
                continue
            if not self.rides:
                left += self._leave("no-vehicle", place, kits)
                continue
            if self._way(self.home, place) is None:
                left += self._leave("no-way", place, kits)
                continue
            able = self._able(place)
            if not able:
                left += self._leave("skill", place, kits, ", ".join(place.skills))
                continue
            escorts = asked_for(self.pools, self.echelon, (place,))
            nobody = [name for name in escorts if not self.level.escorts.get(name)]
            if nobody:
                left += self._leave("escort", place, kits, ", ".join(nobody))
                continue
            full, part, too_big = self._consignments(place, kits, able, escorts)
            left += self._leave("too-big", place, too_big)
            far = self.level.handling.in_day and not self._in_day(part)
            tours += [self._tour(self._best(c), (c,)) for c in (*full, *(part if far else ()))]
            rest += () if far else part
        return Tours(tours=tuple(tours + self._solve(rest)), unserved=tuple(left))

    def _leave(
        self, code: str, place: Place, kits: Iterable[Kit], who: str = ""
    ) -> list[UnservedKit]:
        return [
            unserved(
                code, kit=kit.place, echelon=self.echelon, home=self.home.code,
                place=place.code, mode=self.mode.value, who=who,
            )
            for kit in kits
        ]  # fmt: skip

    def _able(self, place: Place) -> tuple[Ride, ...]:
        """Return the vehicles that have what a place asks for."""
        if not place.skills:
            return self.rides
        return tuple(r for r in self.rides if set(place.skills) <= set(r.vehicle.skills))

    def _in_day(self, loads: Sequence[Consignment]) -> bool:
        """Say whether some vehicle gets to each load and back within its day."""
        return all(
            any(
                self._alone_s(load) <= ride.vehicle.hours_per_day * 3600
                for ride in _taking(self._able(load.place), load.mass_g, load.volume_cm3)
            )
            for load in loads
        )

    def _alone_s(self, load: Consignment) -> int:
        """Return how long a trip to one load takes, unloading included [s]."""
        out, back = self._way(self.home, load.place), self._way(load.place, self.home)
        ways_s = (out.travel_s if out else FAR_S) + (back.travel_s if back else FAR_S)
        return ways_s + load.handling_s(self.level.handling)

    def _consignments(
        self,
        place: Place,
        kits: Sequence[Kit],
        rides: Sequence[Ride],
        escorts: tuple[str, ...],
    ) -> tuple[list[Consignment], list[Consignment], list[Kit]]:
        """Split kits into loads that fill a vehicle, a rest, and what fits none."""
        loads: list[list[Kit]] = [[]]
        too_big: list[Kit] = []
        mass = volume = 0
        for kit in kits:
            if not _taking(rides, kit.mass_g, kit.volume_cm3):
                too_big.append(kit)
                continue
            mass, volume = mass + kit.mass_g, volume + kit.volume_cm3
            if loads[-1] and not _taking(rides, mass, volume):
                loads.append([])
                mass, volume = kit.mass_g, kit.volume_cm3
            loads[-1].append(kit)
        made = [
            Consignment(
                place=place,
                kits=tuple(k.place for k in load),
                mass_g=sum(k.mass_g for k in load),
                volume_cm3=sum(k.volume_cm3 for k in load),
                escorts=escorts,
            )
            for load in loads
            if load
        ]
        return made[:-1], made[-1:], too_big

    def _best(self, load: Consignment) -> Ride:
        """Return the cheapest vehicle that takes one load there and back."""
        way = self._way(self.home, load.place)
        km = -(-2 * (way.length_m if way else 0) // 1000)
        fitting = _taking(self._able(load.place), load.mass_g, load.volume_cm3)
        return min(
            fitting,
            key=lambda r: (
                r.vehicle.fixed_cost_rupiah + km * r.vehicle.cost_per_km_rupiah,
                r.vehicle.type,
            ),
        )

    def _solve(self, loads: Sequence[Consignment]) -> list[Tour]:
        if len(loads) <= 1:
            return [self._tour(self._best(load), (load,)) for load in loads]
        places = [self.home, *(load.place for load in loads)]
        ways = [[self._way(a, b) for b in places] for a in places]
        problem = self.level.problem(loads, ways)
        effort = self._effort(len(loads))
        if has_clock(problem):
            effort = max(1, effort // _BY_THE_CLOCK)
        solution = self.solver(problem, seed=self.seed, stop=MaxIterations(effort))
        tours = [
            self._tour(self.rides[r.vehicle_type], tuple(loads[c] for c in trip))
            for r in solution.routes
            for trip in r.trips
            if trip
        ]
        # Each of them fits some vehicle: what found no place among the others goes alone,
        # and the timetable has the last word on whether it can.
        rest = sorted(one.client for one in solution.unserved)
        return tours + [self._tour(self._best(loads[c]), (loads[c],)) for c in rest]

    def _effort(self, clients: int) -> int:
        """Return the iterations for a problem: a handful of stops needs but a few."""
        return max(1, min(self.iterations, _EFFORT * clients * clients))

    def _tour(self, ride: Ride, loads: Sequence[Consignment]) -> Tour:
        halts: list[Halt] = []
        closed: set[int] = set()
        at = self.home
        for load in loads:
            way = self._way(at, load.place) or Way(length_m=FAR_M, travel_s=FAR_S, basis="")
            if halts and halts[-1].place == load.place.code:
                halts[-1] = attrs.evolve(halts[-1], kits=halts[-1].kits + load.kits)
                continue
            halts.append(
                Halt(
                    place=load.place.code,
                    kits=load.kits,
                    length_m=way.length_m,
                    travel_s=way.travel_s,
                    guarded=load.place.guarded,
                    open_hours=load.place.open_hours,
                )
            )
            closed |= set(way.months_closed)
            at = load.place
        back = self._way(at, self.home) or Way(length_m=FAR_M, travel_s=FAR_S, basis="")
        return Tour(
            echelon=self.echelon,
            home=self.home.code,
            vehicle=ride.vehicle,
            count=ride.count,
            mode=self.mode,
            surface=self.surface,
            halts=tuple(halts),
            back_length_m=back.length_m,
            back_travel_s=back.travel_s,
            months_closed=tuple(sorted(closed | set(back.months_closed))),
            mass_g=sum(load.mass_g for load in loads),
            volume_cm3=sum(load.volume_cm3 for load in loads),
            escorts=tuple(sorted({name for load in loads for name in load.escorts})),
        )

    def _way(self, tail: Place, head: Place) -> Way | None:
        return way_of_home(self.travel, self.home, tail, head, self.mode, self.surface)


def _taking(rides: Sequence[Ride], mass_g: int, volume_cm3: int) -> list[Ride]:
    """Return the vehicles that take so much."""
    return [
        r
        for r in rides
        if r.vehicle.payload_g >= mass_g and r.vehicle.volume_cm3 >= volume_cm3
    ]
