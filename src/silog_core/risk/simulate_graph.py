"""What waits for what in a plan: trips and stages as nodes, from the printer to stations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

import attrs

from silog_core.domain.echelons import OUTBOUND
from silog_core.domain.legs import Mode
from silog_core.domain.plan import Plan, StageSlot, Trip
from silog_core.domain.regions import COUNTRY, RegionCode
from silog_core.domain.scenario import Scenario
from silog_core.domain.stages import BALLOTS, OTHERS, WORK

_REGION = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?(?=$|-)")
#: Order in which tours below the warehouse carry a kit.
_RANK = {echelon: rank for rank, echelon in enumerate(OUTBOUND, 1)}


@attrs.frozen(kw_only=True)
class Hop:
    """One way of a trip, or one stretch of work; what is late at its end, others meet."""

    #: Planned start and end of moving, and end of the hand-over [s].
    start_s: int
    arrive_s: int
    done_s: int
    #: Regions at both ends, without repeats.
    regions: tuple[RegionCode, ...] = ()
    #: Each leg as its ends in code order with the mode; none for work.
    legs: tuple[str, ...] = ()
    #: Whether goods in bulk end their way here.
    delivers: bool = False
    #: Number of each node that waits for this, and how late it bears [s].
    next: tuple[tuple[int, int], ...] = ()
    #: Stations whose boxes are taken over here, as soon as they are ready.
    fetches: tuple[str, ...] = ()
    #: Stations whose kits are handed over here, or whose boxes are back.
    stations: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Node:
    """A trip, or a stage at a warehouse."""

    #: Names it to chance, the same in plans that differ elsewhere.
    key: str
    #: Echelon or stage.
    kind: str
    #: None for a stage.
    mode: Mode | None
    home: str
    #: Whether goods begin their way here.
    source: bool = False
    #: Id of the trip; empty for a stage.
    trip: str = ""
    hops: tuple[Hop, ...]


@attrs.frozen(kw_only=True)
class Graph:
    """Nodes in an order in which nobody waits for a later one."""

    nodes: tuple[Node, ...]
    #: Numbers of nodes that wait for each other in any way, but for the line haul and
    #: the stages, which are the first group.
    groups: tuple[tuple[int, ...], ...]
    #: Numbers of nodes below the warehouses that hand kits or vehicles to each other.
    branches: tuple[tuple[int, ...], ...]


def graph_of(plan: Plan, scenario: Scenario | None = None) -> Graph:
    """Return the nodes of a plan, without its way back.

    Args:
        plan: The plan.
        scenario: Says which vehicles are counted, and where places without a region in
            their code lie. Without it, a vehicle type whose trips from a home overlap
            under one number is taken to be hired anew for each trip.
    """
    return GraphMaker(plan, scenario).make()


class GraphMaker:
    """Makes the graph of a plan's way out; `simulate_back` has that of the way back."""

    def __init__(self, plan: Plan, scenario: Scenario | None) -> None:
        self.plan, self.scenario = plan, scenario
        out = [t for t in plan.trips if not t.echelon.startswith("return")]
        work = [s for s in plan.schedule.stages if s.stage in WORK]
        # Stages follow the line haul and come before the tours: an order without circles.
        self.items: list[Trip | StageSlot] = [
            *sorted(
                (t for t in out if t.echelon == "line-haul"), key=lambda t: (t.depart_s, t.id)
            ),
            *sorted(work, key=lambda s: (WORK.index(s.stage), s.place)),
            *sorted(
                (t for t in out if t.echelon != "line-haul"),
                key=lambda t: (_RANK[t.echelon], t.depart_s, t.id),
            ),
        ]
        self.upper = len(self.items) - sum(t.echelon != "line-haul" for t in out)
        self.trips = [(i, t) for i, t in enumerate(self.items) if isinstance(t, Trip)]
        self.slots = [(i, s) for i, s in enumerate(self.items) if isinstance(s, StageSlot)]
        self.stations = {
            code for rows in plan.needs.levels if rows.per == "station" for code in rows.codes
        }
        self.regions: dict[str, RegionCode] = {}
        #: For each node and hop, who waits for it.
        self.links: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        self.joined = list(range(len(self.items)))

    def make(self) -> Graph:
        """Return the graph."""
        self._link_supply()
        self._link_kits()
        counted = self._link_vehicles()
        return Graph(
            nodes=tuple(self._nodes(counted)),
            branches=self._branches(),
            groups=(tuple(range(self.upper)), *self._groups()),
        )

    # --- who waits for whom ------------------------------------------------------------

    def _link(self, one: int, hop: int, two: int, ready_s: int, starts_s: int) -> None:
        bears = max(0, starts_s - ready_s)
        known = self.links[(one, hop)].get(two)
        if known is None or bears < known:
            self.links[(one, hop)][two] = bears

    def _link_supply(self) -> None:
        ballots = {c.item for c in self.plan.needs.columns if c.contest is not None}
        stages = {(s.stage, s.place): i for i, s in self.slots if s.stage in WORK}
        for place in sorted({place for _, place in stages}):
            for chain in (BALLOTS, OTHERS):
                work = [n for s in chain if (n := stages.get((s, place))) is not None]
                for i, after in pairwise(work):
                    slot, later = self._stage(i), self._stage(after)
                    self._link(i, 0, after, slot.finish_s, later.start_s)
        bring: dict[tuple[str, object, str], list[tuple[int, int, int]]] = defaultdict(list)
        for i, trip in self.trips:
            if i >= self.upper:
                continue
            for h, stop in enumerate(trip.stops):
                for load in stop.loads:
                    # What must be there first: whatever of the same goods was planned so.
                    for j, k, done_s in bring.get((trip.home, load.commodity, load.to), ()):
                        if done_s <= trip.depart_s:
                            self._link(j, k, i, done_s, trip.depart_s)
                    bring[(stop.place, load.commodity, load.to)].append((i, h, stop.depart_s))
                    if load.to != stop.place:
                        continue
                    is_ballot = load.commodity.item in ballots
                    wanted = BALLOTS if is_ballot else OTHERS
                    waits = (stages.get((s, stop.place)) for s in wanted)
                    first = next((n for n in waits if n is not None), None)
                    if first is not None:
                        self._link(i, h, first, stop.depart_s, self._stage(first).start_s)
        self.fed = {place for place, _, _ in bring}

    def _link_kits(self) -> None:
        """A trip waits for its kits to be handed over at its home, or packed there."""
        came: dict[tuple[str, str], tuple[int, int, int]] = {}
        packed = {s.place: i for i, s in self.slots if s.stage == "kitting"}
        for i, trip in self.trips:
            if i < self.upper:
                continue
            first = packed.get(trip.home)
            for stop in trip.stops:
                for kit in stop.kits:
                    if (trip.home, kit) in came:
                        j, h, done_s = came[(trip.home, kit)]
                        self._link(j, h, i, done_s, trip.depart_s)
                    elif first is not None:
                        slot = self._stage(first)
                        self._link(first, 0, i, slot.finish_s, trip.depart_s)
            for h, stop in enumerate(trip.stops):
                for kit in stop.kits:
                    came[(stop.place, kit)] = (i, h, stop.depart_s)

    def _link_vehicles(self) -> set[int]:
        """A counted vehicle makes one trip after the other; return who is waited for."""
        runs: dict[tuple[str, str], dict[int, list[int]]] = defaultdict(dict)
        for i, trip in self.trips:
            # Without a scenario nobody knows whether trucks of the line haul are counted.
            if i >= self.upper or self.scenario is not None:
                runs[(trip.home, trip.vehicle)].setdefault(trip.unit, []).append(i)
        waited: set[int] = set()
        for own, units in sorted(runs.items()):
            ordered = [
                sorted(one, key=lambda i: (self._trip(i).depart_s, i))
                for _, one in sorted(units.items())
            ]
            if not self._counted(own, ordered):
                continue
            for one in ordered:
                for i, j in pairwise(one):
                    if i < j:
                        hop = len(self._trip(i).stops)
                        self._link(i, hop, j, self._trip(i).back_s, self._trip(j).depart_s)
                        waited.add(i)
        return waited

    def _counted(self, own: tuple[str, str], units: Iterable[list[int]]) -> bool:
        if self.scenario is not None:
            return any(
                (e.home, e.vehicle.type) == own and e.count is not None
                for e in self.scenario.fleet
            )
        return all(
            self._trip(i).back_s <= self._trip(j).depart_s
            for one in units
            for i, j in pairwise(one)
        )

    # --- nodes -------------------------------------------------------------------------

    def _nodes(self, waited: set[int]) -> Iterable[Node]:
        numbers: dict[tuple[str, str, str], int] = {}
        for i, item in enumerate(self.items):
            if isinstance(item, StageSlot):
                hop = Hop(
                    start_s=item.start_s, arrive_s=item.finish_s, done_s=item.finish_s,
                    regions=(self.region(item.place),), next=self._next(i, 0),
                )  # fmt: skip
                yield Node(
                    key=f"{item.stage}|{item.place}", kind=item.stage, mode=None,
                    home=item.place, hops=(hop,),
                )  # fmt: skip
                continue
            run = (item.echelon, item.home, item.stops[0].place)
            numbers[run] = numbers.get(run, 0) + 1
            yield Node(
                trip=item.id,
                key="|".join((*run, str(numbers[run]))), kind=item.echelon, mode=item.mode,
                home=item.home,
                source=item.echelon == "line-haul" and item.home not in self.fed,
                hops=tuple(self._hops(i, item, back=i in waited)),
            )  # fmt: skip

    def _hops(self, i: int, trip: Trip, *, back: bool) -> Iterable[Hop]:
        at, left_s = trip.home, trip.depart_s
        for h, stop in enumerate(trip.stops):
            yield Hop(
                start_s=left_s,
                arrive_s=max(left_s, stop.arrive_s),
                done_s=max(left_s, stop.depart_s),
                regions=self._ends(at, *stop.via, stop.place),
                legs=self._legs(trip.mode, at, *stop.via, stop.place),
                delivers=any(load.to == stop.place for load in stop.loads),
                next=self._next(i, h),
                stations=tuple(k for k in stop.kits if k == stop.place and k in self.stations),
            )
            at, left_s = stop.place, max(left_s, stop.depart_s)
        if back:
            yield Hop(
                start_s=left_s,
                arrive_s=max(left_s, trip.back_s),
                done_s=max(left_s, trip.back_s),
                regions=self._ends(at, trip.home),
                legs=self._legs(trip.mode, at, trip.home),
                next=self._next(i, len(trip.stops)),
            )

    def _next(self, node: int, hop: int) -> tuple[tuple[int, int], ...]:
        return tuple(sorted(self.links.get((node, hop), {}).items()))

    def _legs(self, mode: Mode, *places: str) -> tuple[str, ...]:
        return tuple(
            "|".join((*sorted((one, two)), mode.value))
            for one, two in pairwise(places)
            if one != two
        )

    def _ends(self, *places: str) -> tuple[RegionCode, ...]:
        return tuple(sorted({self.region(place) for place in places}))

    def region(self, place: str) -> RegionCode:
        """Return where a place lies: by the scenario, by the needs, or by its code."""
        if place not in self.regions:
            self.regions[place] = self._region(place)
        return self.regions[place]

    def _region(self, place: str) -> RegionCode:
        if self.scenario is not None and place in self.scenario.by_code:
            return self.scenario.by_code[place].region
        found = _REGION.match(place)
        return RegionCode.parse(found[0]) if found else COUNTRY

    # --- groups ------------------------------------------------------------------------

    def _branches(self) -> tuple[tuple[int, ...], ...]:
        for (one, _), waiting in self.links.items():
            if one >= self.upper:
                for two in waiting:
                    self._join(one, two)
        return self._together()

    def _groups(self) -> tuple[tuple[int, ...], ...]:
        """Join branches that leave one warehouse, too: what delays its work delays all."""
        entry: dict[int, int] = {}
        for (one, _), waiting in self.links.items():
            for two in waiting:
                if one < self.upper <= two:
                    self._join(entry.setdefault(one, two), two)
        return self._together()

    def _together(self) -> tuple[tuple[int, ...], ...]:
        groups: dict[int, list[int]] = {}
        for i in range(self.upper, len(self.items)):
            groups.setdefault(self._root(i), []).append(i)
        return tuple(tuple(group) for group in groups.values())

    def _root(self, i: int) -> int:
        while self.joined[i] != i:
            self.joined[i] = self.joined[self.joined[i]]
            i = self.joined[i]
        return i

    def _join(self, one: int, two: int) -> None:
        a, b = self._root(one), self._root(two)
        self.joined[max(a, b)] = min(a, b)

    # --- reading -----------------------------------------------------------------------

    def _trip(self, i: int) -> Trip:
        item = self.items[i]
        assert isinstance(item, Trip)
        return item

    def _stage(self, i: int) -> StageSlot:
        item = self.items[i]
        assert isinstance(item, StageSlot)
        return item


def planned_arrivals(plan: Plan) -> Mapping[str, int | None]:
    """Return when each station has all it needs as planned [s]; None where it never has."""
    found: dict[str, int | None] = {}
    for rows in plan.needs.levels:
        if rows.per == "station":
            found.update(dict.fromkeys(rows.codes))
    packed = {slot.place for slot in plan.schedule.stages if slot.stage == "kitting"}
    came: set[tuple[str, str]] = set()
    out = [t for t in plan.trips if t.echelon in _RANK]
    for trip in sorted(out, key=lambda t: _RANK[t.echelon]):
        for stop in trip.stops:
            for kit in stop.kits:
                # Nobody can carry on what was never brought there.
                if packed and trip.home not in packed and (trip.home, kit) not in came:
                    continue
                came.add((stop.place, kit))
                if kit == stop.place and kit in found:
                    found[kit] = stop.depart_s
    for gap in plan.shortfalls:
        if gap.place in found:
            found[gap.place] = None
    return found
