"""Routes below the warehouse: full loads first, then tours by the routing solver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from silog_core.domain.legs import Mode
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.plan import UnservedKit
from silog_core.domain.routing import (
    Client,
    Depot,
    Profile,
    RoutingProblem,
    RoutingSolution,
    VehicleType,
)
from silog_core.domain.scenario import Scenario
from silog_core.domain.stopping import MaxIterations
from silog_core.network.travel import Travel, Way
from silog_core.planning.kits import Kit
from silog_core.planning.rides import Group, Ride, rides_of, way_of_home
from silog_core.planning.tours import Halt, Tour, Tours
from silog_core.planning.unserved import unserved
from silog_core.ports.routing import RoutingSolver
from silog_core.rules.book import RuleBook

#: Echelon by the kind of the place that vehicles start from.
ECHELON_OF = {
    PlaceKind.WAREHOUSE: "warehouse-hub",
    PlaceKind.HUB: "hub-village",
    PlaceKind.VILLAGE: "village-station",
}
#: Iterations for each pair of stops, up to the budget.
_EFFORT = 4
#: As many vehicles as anybody could hire.
_PLENTY = 10_000


@attrs.frozen(kw_only=True)
class Consignment:
    """Kits for one place that ride together on one vehicle."""

    place: Place
    kits: tuple[str, ...]
    mass_g: int
    volume_cm3: int


def route(
    scenario: Scenario,
    book: RuleBook,
    below: Mapping[str, tuple[Kit, ...]],
    *,
    homes: Iterable[Place],
    solver: RoutingSolver,
    seed: int = 0,
    iterations: int = 1000,
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

    Returns:
        Tours that carry each kit whole on one vehicle, and the kits left, with reasons.
    """
    travel = Travel(book, scenario.legs)
    tours: list[Tour] = []
    left: list[UnservedKit] = []
    for home in homes:
        groups: dict[Group, list[Place]] = {}
        for child in scenario.children.get(home.code, ()):
            if child.kind in ECHELON_OF or child.kind is PlaceKind.STATION:
                access = book.access(child.kind, child.region)
                mode = access.mode if access else Mode.ROAD
                surface = access.surface if access else ""
                # A vehicle obeys the limits at both ends of its way.
                limit = book.vehicle_limit(mode, home.region, child.region)
                group = Group(kind=child.kind, mode=mode, surface=surface, limit=limit)
                groups.setdefault(group, []).append(child)
        for group, children in sorted(groups.items(), key=lambda item: item[0].order):
            rides = rides_of(scenario, book, home, group)
            part = _Part(
                home=home, mode=group.mode, surface=group.surface, rides=rides, travel=travel,
                solver=solver, seed=seed, iterations=iterations,
            )  # fmt: skip
            done = part.route([(c, below.get(c.code, ())) for c in children])
            tours += done.tours
            left += done.unserved
    return Tours(tours=tuple(tours), unserved=tuple(left))


@attrs.frozen(kw_only=True)
class _Part:
    """All that is fixed while places of one mode are routed from one home."""

    home: Place
    mode: Mode
    surface: str
    rides: tuple[Ride, ...]
    travel: Travel
    solver: RoutingSolver
    seed: int
    iterations: int

    @property
    def echelon(self) -> str:
        return ECHELON_OF[self.home.kind]

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
            full, part, too_big = self._consignments(place, kits)
            left += self._leave("too-big", place, too_big)
            tours += [self._tour(self._best(c), (c,)) for c in full]
            rest += part
        solved, unplaced = self._solve(rest)
        for consignment in unplaced:
            left += [
                self._reason("solver", consignment.place, kit) for kit in consignment.kits
            ]
        return Tours(tours=tuple(tours + solved), unserved=tuple(left))

    def _leave(self, code: str, place: Place, kits: Iterable[Kit]) -> list[UnservedKit]:
        return [self._reason(code, place, kit.place) for kit in kits]

    def _reason(self, code: str, place: Place, kit: str) -> UnservedKit:
        return unserved(
            code, kit=kit, echelon=self.echelon, home=self.home.code, place=place.code,
            mode=self.mode.value,
        )  # fmt: skip

    def _consignments(
        self, place: Place, kits: Sequence[Kit]
    ) -> tuple[list[Consignment], list[Consignment], list[Kit]]:
        """Split kits into loads that fill a vehicle, a rest, and what fits none."""
        loads: list[list[Kit]] = [[]]
        too_big: list[Kit] = []
        mass = volume = 0
        for kit in kits:
            if not self._fits(kit.mass_g, kit.volume_cm3):
                too_big.append(kit)
                continue
            mass, volume = mass + kit.mass_g, volume + kit.volume_cm3
            if loads[-1] and not self._fits(mass, volume):
                loads.append([])
                mass, volume = kit.mass_g, kit.volume_cm3
            loads[-1].append(kit)
        made = [
            Consignment(
                place=place,
                kits=tuple(k.place for k in load),
                mass_g=sum(k.mass_g for k in load),
                volume_cm3=sum(k.volume_cm3 for k in load),
            )
            for load in loads
            if load
        ]
        return made[:-1], made[-1:], too_big

    def _fits(self, mass_g: int, volume_cm3: int) -> bool:
        """Say whether some vehicle takes that much."""
        return any(
            r.vehicle.payload_g >= mass_g and r.vehicle.volume_cm3 >= volume_cm3
            for r in self.rides
        )

    def _best(self, load: Consignment) -> Ride:
        """Return the cheapest vehicle that takes one load there and back."""
        way = self._way(self.home, load.place)
        km = -(-2 * (way.length_m if way else 0) // 1000)
        fitting = [
            r
            for r in self.rides
            if r.vehicle.payload_g >= load.mass_g and r.vehicle.volume_cm3 >= load.volume_cm3
        ]
        return min(
            fitting,
            key=lambda r: (
                r.vehicle.fixed_cost_rupiah + km * r.vehicle.cost_per_km_rupiah,
                r.vehicle.type,
            ),
        )

    def _solve(self, loads: Sequence[Consignment]) -> tuple[list[Tour], list[Consignment]]:
        if len(loads) <= 1:
            return [self._tour(self._best(load), (load,)) for load in loads], []
        solution = self.solver(
            self._problem(loads), seed=self.seed, stop=MaxIterations(self._effort(len(loads)))
        )
        return self._read(solution, loads)

    def _problem(self, loads: Sequence[Consignment]) -> RoutingProblem:
        places = [self.home, *(load.place for load in loads)]
        ways = [[self._way(a, b) for b in places] for a in places]
        profile = Profile(
            distance_m=tuple(tuple(w.length_m if w else _FAR_M for w in row) for row in ways),
            duration_s=tuple(tuple(w.travel_s if w else _FAR_S for w in row) for row in ways),
        )
        return RoutingProblem(
            depots=(Depot(name=self.home.code),),
            clients=tuple(
                Client(
                    name=f"{load.place.code}/{i}",
                    mass_g=load.mass_g,
                    volume_cm3=load.volume_cm3,
                )
                for i, load in enumerate(loads)
            ),
            vehicle_types=tuple(
                VehicleType(
                    name=ride.vehicle.type,
                    # A vehicle that there are few of goes again another day: the
                    # schedule staggers its tours, so routes need not be scarce.
                    count=_PLENTY,
                    payload_g=ride.vehicle.payload_g,
                    volume_cm3=ride.vehicle.volume_cm3,
                    # Rupiah a kilometre are thousandths of a rupiah a metre.
                    fixed_cost=ride.vehicle.fixed_cost_rupiah * 1000,
                    cost_per_m=ride.vehicle.cost_per_km_rupiah,
                    max_duration_s=self._longest_s(ride, profile),
                )
                for ride in self.rides
            ),
            profiles=(profile,),
        )

    def _effort(self, clients: int) -> int:
        """Return the iterations for a problem: a handful of stops needs but a few."""
        return max(1, min(self.iterations, _EFFORT * clients * clients))

    def _longest_s(self, ride: Ride, profile: Profile) -> int | None:
        """Return the longest tour: a working day, or straight there and back.

        None where even a tour of all stops by the longest ways keeps to a working day:
        without the limit the solver is much faster.
        """
        rows = profile.duration_s
        day_s = ride.vehicle.hours_per_day * 3600
        if sum(max(row) for row in rows) <= day_s:
            return None
        there_and_back = max(rows[0][i] + rows[i][0] for i in range(len(rows)))
        return max(day_s, there_and_back)

    def _read(
        self, solution: RoutingSolution, loads: Sequence[Consignment]
    ) -> tuple[list[Tour], list[Consignment]]:
        tours = [
            self._tour(self.rides[r.vehicle_type], tuple(loads[c] for c in trip))
            for r in solution.routes
            for trip in r.trips
            if trip
        ]
        return tours, [loads[u.client] for u in solution.unserved]

    def _tour(self, ride: Ride, loads: Sequence[Consignment]) -> Tour:
        halts: list[Halt] = []
        closed: set[int] = set()
        at = self.home
        for load in loads:
            way = self._way(at, load.place) or Way(length_m=_FAR_M, travel_s=_FAR_S, basis="")
            if halts and halts[-1].place == load.place.code:
                halts[-1] = attrs.evolve(halts[-1], kits=halts[-1].kits + load.kits)
                continue
            halts.append(
                Halt(
                    place=load.place.code,
                    kits=load.kits,
                    length_m=way.length_m,
                    travel_s=way.travel_s,
                )
            )
            closed |= set(way.months_closed)
            at = load.place
        back = self._way(at, self.home) or Way(length_m=_FAR_M, travel_s=_FAR_S, basis="")
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
        )

    def _way(self, tail: Place, head: Place) -> Way | None:
        return way_of_home(self.travel, self.home, tail, head, self.mode, self.surface)


#: A way that is not there: far beyond any tour, and refused by the longest duration.
_FAR_M, _FAR_S = 10**8, 10**8
