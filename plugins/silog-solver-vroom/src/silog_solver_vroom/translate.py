"""A routing problem in VROOM's words.

What it has no words for is left out, see `silog_solver_vroom.limits`; the answer is judged
by the full problem afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import vroom

from silog_core.domain.routing import FOREVER_S
from silog_core.solvers.routing.proposals import remaining
from silog_solver_vroom.limits import TOP

if TYPE_CHECKING:
    from silog_core.domain.routing import RoutingProblem, VehicleType
    from silog_core.domain.routing_limits import Window

#: Sum of costs on a plan that VROOM still takes.
_MOST = 2**31
#: Into how many parts a unit of cost is divided at most, see `Prices`.
_FINEST = 2**20
#: Highest priority that VROOM knows.
_FIRST = 100


@attrs.frozen
class Translation:
    """The problem as VROOM takes it, and what its numbers stand for."""

    model: Any
    #: Vehicle type of the problem for each vehicle of VROOM.
    types: tuple[int, ...]


def translate(problem: RoutingProblem) -> Translation | None:
    """Return the problem without what has left already; None when nothing can be done."""
    clients, left = remaining(problem)
    if not clients or max(left, default=0) < 1:
        return None
    model = vroom.Input()
    skills = sorted({s for c in clients for s in problem.clients[c].skills})
    number = {name: i for i, name in enumerate(skills)}
    prices = Prices.of(problem)
    types: list[int] = []
    known: set[str] = set()
    for k, kind in enumerate(problem.vehicle_types):
        shift = _shift(problem, kind)
        if left[k] < 1 or shift is None:
            continue
        profile = f"{kind.profile}/{kind.cost_per_m}/{kind.cost_per_s}"
        if profile not in known:
            known.add(profile)
            _matrices(model, profile, problem, kind, prices)
        for _ in range(min(left[k], len(clients))):
            model.add_vehicle(
                vroom.Vehicle(
                    id=len(types),
                    start=kind.depot,
                    end=kind.depot,
                    profile=profile,
                    capacity=_capacity(problem, kind),
                    skills={number[s] for s in kind.skills if s in number},
                    time_window=vroom.TimeWindow(*shift),
                    costs=vroom.VehicleCosts(
                        fixed=min(TOP, prices.plain(kind.fixed_cost) + prices.draw())
                    ),
                    max_distance=min(
                        TOP, TOP if kind.max_distance_m is None else kind.max_distance_m
                    ),
                )
            )
            types.append(k)
    if not types:
        return None
    for c in clients:
        model.add_job(_job(problem, c, number))
    return Translation(model, tuple(types))


@attrs.frozen
class Prices:
    """Costs in the units that VROOM counts in, no two plans alike.

    VROOM runs its searches on threads that overtake each other, and drops a search whose
    first plan costs what another's does, whichever came later. Among plans of one cost its
    answer is therefore chance. Each price gets a little more, drawn once and for all: too
    little, wherever there is room for it, to change which of two plans is cheaper.
    """

    #: A cost is multiplied by the one and divided by the other.
    times: int
    by: int
    #: Most that is added to a price.
    most: int
    numbers: Any = attrs.field(repr=False, eq=False)

    @classmethod
    def of(cls, problem: RoutingProblem) -> Prices:
        """Return the units for a problem."""
        dearest = max(
            max(map(max, problem.profiles[k.profile].distance_m)) * k.cost_per_m
            + max(map(max, problem.profiles[k.profile].duration_s)) * k.cost_per_s
            for k in problem.vehicle_types
        )
        fixed = max(k.fixed_cost for k in problem.vehicle_types)
        prices = 2 * len(problem.clients) + 2
        total = (dearest + fixed) * prices
        times = max(1, min(_FINEST, _MOST // (total + 1)))
        return cls(
            times=times,
            by=1 + total // _MOST,
            most=max(1, times // prices - 1),
            numbers=np.random.default_rng(0),
        )

    def plain(self, cost: Any) -> Any:
        """Return costs, whole numbers or an array of them, in VROOM's units."""
        return cost * self.times // self.by

    def draw(self, shape: tuple[int, ...] = ()) -> Any:
        """Return what is added to prices."""
        return self.numbers.integers(0, self.most + 1, shape)


def _matrices(
    model: Any, profile: str, problem: RoutingProblem, kind: VehicleType, prices: Prices
) -> None:
    ways = problem.profiles[kind.profile]
    far = np.array(ways.distance_m, dtype=np.int64)
    long = np.array(ways.duration_s, dtype=np.int64)
    cost = prices.plain(far * kind.cost_per_m + long * kind.cost_per_s)
    cost = cost + prices.draw(cost.shape)
    for matrix in (far, long, cost):
        np.fill_diagonal(matrix, 0)
    model.set_distances_matrix(profile, far.astype(np.uint32))
    model.set_durations_matrix(profile, long.astype(np.uint32))
    model.set_costs_matrix(profile, cost.astype(np.uint32))


def _shift(problem: RoutingProblem, kind: VehicleType) -> Window | None:
    """Return the hours of a kind of vehicle within those of its depot."""
    hours = problem.depots[kind.depot].windows or ((0, FOREVER_S),)
    opens = max(kind.shift_start_s, hours[0][0])
    closes = min(kind.shift_end_s, hours[-1][1], TOP)
    return (opens, closes) if opens <= closes else None


def _capacity(problem: RoutingProblem, kind: VehicleType) -> list[int]:
    loads = problem.clients
    return [
        kind.payload_g if kind.payload_g is not None else sum(c.mass_g for c in loads),
        kind.volume_cm3 if kind.volume_cm3 is not None else sum(c.volume_cm3 for c in loads),
    ]


def _job(problem: RoutingProblem, number: int, skills: dict[str, int]) -> Any:
    client = problem.clients[number]
    load, none = [client.mass_g, client.volume_cm3], [0, 0]
    return vroom.Job(
        id=number,
        location=len(problem.depots) + number,
        delivery=none if client.pickup else load,
        pickup=load if client.pickup else none,
        default_service=client.service_s,
        skills={skills[s] for s in client.skills},
        priority=min(_FIRST, client.priority),
        time_windows=[
            vroom.TimeWindow(opens, min(closes, TOP))
            for opens, closes in client.windows
            if opens <= TOP
        ],
    )
