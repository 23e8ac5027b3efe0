"""Problems for solvers, small enough to check by other means."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from silog_core.domain.allocation import (
    AllocationLeg,
    AllocationProblem,
    Demand,
    SupplyLot,
    UnitSize,
)
from silog_core.domain.demand import Commodity
from silog_core.domain.routing import Client, Depot, Profile, RoutingProblem, VehicleType

_PLACES = ("P", "Q", "A", "B", "C")
_WARES = (
    Commodity(item="ink"),
    Commodity(item="ballot", area="12.01"),
    Commodity(item="ballot", area="12.02"),
)


@st.composite
def allocation_problems(
    draw: DrawFn, *, max_wares: int = 3, limits: bool = True, max_pieces: int = 12
) -> AllocationProblem:
    """Draw supplies, demands and legs on five places.

    Args:
        draw: Given by Hypothesis.
        max_wares: Most commodities [1-3].
        limits: Whether some legs carry only so much.
        max_pieces: Most pieces of a lot or a demand.
    """
    wares = _WARES[: draw(st.integers(1, max_wares))]
    limit = st.none() | st.integers(0, 3 * max_pieces) if limits else st.none()
    places = st.sampled_from(_PLACES)
    pairs = draw(st.lists(st.tuples(places, places), max_size=9))
    wanted = [(place, ware) for place in _PLACES for ware in wares if draw(st.booleans())]
    # As a dictionary, because type checkers do not see through its converters.
    parts: dict[str, Any] = {
        "places": _PLACES,
        "commodities": tuple(
            UnitSize(
                commodity=ware,
                mass_g=draw(st.integers(1, 3)),
                volume_cm3=draw(st.integers(0, 2)),
            )
            for ware in wares
        ),
        "supplies": tuple(
            SupplyLot(
                place=draw(places),
                commodity=draw(st.sampled_from(wares)),
                quantity=draw(st.integers(0, max_pieces)),
                lot=f"L{number}",
            )
            for number in range(draw(st.integers(0, 4)))
        ),
        "demands": tuple(_demand(draw, place, ware, max_pieces) for place, ware in wanted),
        "legs": tuple(
            AllocationLeg(
                tail=tail,
                head=head,
                cost_per_tonne_rupiah=draw(st.integers(0, 9)),
                max_load_g=draw(limit),
                max_volume_cm3=draw(limit),
            )
            for tail, head in pairs
            if tail != head
        ),
    }
    return AllocationProblem(**parts)


def _demand(draw: DrawFn, place: str, ware: Commodity, most: int) -> Demand:
    need = draw(st.integers(0, most))
    return Demand(
        place=place,
        commodity=ware,
        quantity=need,
        floor=draw(st.integers(0, need)),
        priority=draw(st.integers(1, 2)),
    )


@st.composite
def routing_problems(
    draw: DrawFn, *, max_clients: int = 8, clock: bool = True
) -> RoutingProblem:
    """Draw clients on a grid, depots and a fleet; some clients cannot be served.

    Args:
        draw: Given by Hypothesis.
        max_clients: Most clients.
        clock: Whether there are opening hours and service times.
    """
    depots = draw(st.integers(1, 2))
    count = draw(st.integers(0, max_clients))
    spot = st.tuples(st.integers(0, 60), st.integers(0, 60))
    points = draw(st.lists(spot, min_size=depots + count, max_size=depots + count))
    way = tuple(tuple(abs(a[0] - b[0]) + abs(a[1] - b[1]) for b in points) for a in points)
    return RoutingProblem(
        depots=tuple(Depot(name=f"d{number}") for number in range(depots)),
        clients=tuple(_client(draw, number, clock=clock) for number in range(count)),
        vehicle_types=tuple(
            VehicleType(
                name=f"v{number}",
                depot=draw(st.integers(0, depots - 1)),
                count=draw(st.integers(0, 3)),
                payload_g=draw(st.none() | st.integers(5, 30)),
                volume_cm3=draw(st.none() | st.integers(5, 30)),
                fixed_cost=draw(st.integers(0, 50)),
                max_distance_m=draw(st.none() | st.integers(60, 400)),
                max_trips=draw(st.integers(1, 2)),
            )
            for number in range(draw(st.integers(0, 2)))
        ),
        profiles=(Profile(distance_m=way, duration_s=way),),
    )


def _client(draw: DrawFn, number: int, *, clock: bool) -> Client:
    opens = draw(st.integers(0, 500)) if clock else 0
    windows = ((opens, opens + draw(st.integers(0, 300))),) if clock and opens else ()
    return Client(
        name=f"c{number}",
        mass_g=draw(st.integers(0, 12)),
        volume_cm3=draw(st.integers(0, 12)),
        windows=windows,
        service_s=draw(st.integers(0, 40)) if clock else 0,
        priority=draw(st.integers(0, 2)),
    )
