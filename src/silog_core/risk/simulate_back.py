"""Monte Carlo over the way back: how likely each station's boxes are home in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Plan, Trip
from silog_core.domain.scenario import Scenario
from silog_core.domain.shocks import Relief, Rescue, ShockModel
from silog_core.domain.simulation import Simulation
from silog_core.errors import RiskError
from silog_core.ports.executor import unheard
from silog_core.risk.simulate import RunTasks, outcomes_of, run_here
from silog_core.risk.simulate_graph import Graph, GraphMaker, Hop
from silog_core.rules.book import RuleBook

#: Order in which tours of the way back carry a box.
_RANK = {"return-station-village": 1, "return-village-hub": 2, "return-hub-warehouse": 3}


def simulate_return(
    plan: Plan,
    *,
    due_s: int,
    scenario: Scenario | None = None,
    model: ShockModel | None = None,
    reliefs: Iterable[Relief] = (),
    rescues: Iterable[Rescue] = (),
    draws: int = 1000,
    seed: int = 0,
    run_tasks: RunTasks = run_here,
    progress: Callable[[int], None] = unheard,
) -> Simulation:
    """Return how often the boxes of each station are back at their warehouse in time.

    What `simulate` says of having everything, this says of sealed boxes coming home: late
    is what is not back by *due_s*. A tour waits for boxes where it fetches them, and one
    that needs the boxes of another leaves so that they are there when it comes. A delay
    on the way out does not reach the way back: the polls close when they close.

    Args:
        plan: The plan; it is not changed.
        due_s: Moment by which boxes have to be back [s from 00:00 of voting day], such as
            that of `return_due_s`.
        scenario: What it was made for; see `simulate`.
        model: What may go wrong; `default_shocks` when None.
        reliefs: What has been prepared against it.
        rescues: Who is sent after those who are stuck, and how often.
        draws: How many ways to look at.
        seed: The same seed gives the same result; weather is that of the way out.
        run_tasks: Runs the parts, in this process or elsewhere; the result is the same.
        progress: Told how many parts are done.

    Raises:
        RiskError: There are no draws, stations or return trips, or a relief or rescue
            answers no shock.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> world = small_world()
        >>> found = simulate_return(world.plan, due_s=3 * 86_400, draws=200, seed=1)
        >>> len(found.stations), found.due_s
        (4, 259200)
    """
    if not any(t.echelon in _RANK for t in plan.trips):
        raise RiskError("the plan has no way back", "simulate a plan with return trips")
    maker = _BackMaker(plan, scenario)
    return outcomes_of(
        plan, scenario=scenario, model=model, reliefs=reliefs, rescues=rescues,
        draws=draws, seed=seed, due_s=due_s, run_tasks=run_tasks, progress=progress,
        graph=maker.make(), planned=maker.planned,
    ).simulation()  # fmt: skip


def return_due_s(scenario: Scenario, book: RuleBook) -> int | None:
    """Return by when all boxes have to be back [s], by the calendar; None where it is silent.

    Where warehouses have different deadlines it is the earliest.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> world = small_world()
        >>> return_due_s(world.scenario, world.book) is None
        True
    """
    windows = (
        book.stage_window("return-regency", place.region)
        for place in scenario.of_kind(PlaceKind.WAREHOUSE)
    )
    closes = [
        w.last_hour * 3600 - w.last_days_before * DAY_S for w in windows if w is not None
    ]
    return min(closes, default=None)


class _BackMaker(GraphMaker):
    """The same, of the way back: boxes instead of kits, and homes instead of stations."""

    def __init__(self, plan: Plan, scenario: Scenario | None) -> None:
        super().__init__(plan, scenario)
        out = self.trips
        back = [t for t in plan.trips if t.echelon in _RANK]
        back.sort(key=lambda t: (_RANK[t.echelon], t.depart_s, t.id))
        self.items = [*back]
        self.upper, self.fed = 0, set()
        self.trips, self.slots = list(enumerate(back)), []
        self.joined = list(range(len(back)))
        self.last: dict[str, int] = {}
        #: Where each kit sets out from.
        self.began: dict[str, str] = {}
        for trip in reversed([t for _, t in out if t.echelon != "line-haul"]):
            self.began.update((kit, trip.home) for stop in trip.stops for kit in stop.kits)
        #: When the boxes of each station are back as planned [s]; None where they never are.
        self.planned: dict[str, int | None] = dict.fromkeys(sorted(self.stations))

    def make(self) -> Graph:
        """Return the graph."""
        came: dict[tuple[str, str], int] = {}
        for i, trip in self.trips:
            for stop in trip.stops:
                for kit in stop.kits:
                    before = came.get((stop.place, kit))
                    # Nobody can fetch what was never brought there.
                    if before is None and kit != stop.place:
                        continue
                    if before is not None:
                        one = self.trips[before][1]
                        self._link(before, len(one.stops), i, one.back_s, stop.arrive_s)
                    came[(trip.home, kit)] = i
                    self.last[kit] = i
        for kit, i in self.last.items():
            trip = self.trips[i][1]
            # A box is home where its kit set out from, and nowhere on the way.
            if kit in self.planned and self.began.get(kit) == trip.home:
                self.planned[kit] = trip.back_s
        self._link_vehicles()
        nodes = tuple(self._nodes({i for i, _ in self.trips}))
        return Graph(nodes=nodes, branches=self._branches(), groups=((), *self._groups()))

    def _hops(self, i: int, trip: Trip, *, back: bool) -> Iterable[Hop]:
        *out, home = super()._hops(i, trip, back=back)
        own = {kit for stop in trip.stops for kit in stop.kits if self.last.get(kit) == i}
        for hop, stop in zip(out, trip.stops, strict=True):
            here = tuple(k for k in stop.kits if k == stop.place and k in self.stations)
            yield attrs.evolve(hop, stations=(), fetches=here)
        yield attrs.evolve(home, stations=tuple(sorted(own & self.stations)))
