"""Strategies for rich routing problems."""

from __future__ import annotations

from hypothesis import strategies as st

from silog_core.domain.routing import (
    FOREVER_S,
    Client,
    Depot,
    Profile,
    RoutingProblem,
    VehicleType,
)

DAY_S = 1000


@st.composite
def windows(draw, most=3):
    """Draw windows of a day: none, one or several."""
    ends = draw(st.lists(st.integers(0, DAY_S), max_size=2 * most, unique=True).map(sorted))
    ends = ends[: len(ends) // 2 * 2]
    return tuple(zip(ends[::2], ends[1::2], strict=True))


@st.composite
def clients(draw, number):
    """Draw one client of any kind."""
    required = draw(st.booleans())
    return Client(
        name=f"c{number}",
        mass_g=draw(st.integers(0, 12)),
        volume_cm3=draw(st.integers(0, 12)),
        windows=draw(windows()),
        service_s=draw(st.integers(0, 40)),
        skills=frozenset(draw(st.sets(st.sampled_from(["boat", "escort"]), max_size=1))),
        priority=draw(st.integers(0, 2)),
        required=required,
        prize=0 if required else draw(st.integers(0, 300)),
        pickup=draw(st.booleans()),
    )


@st.composite
def vehicle_types(draw, number, depots, profiles):
    """Draw one kind of vehicle."""
    limit = st.none() | st.integers(5, 40)
    start = draw(st.integers(0, 200))
    return VehicleType(
        name=f"v{number}",
        depot=draw(st.integers(0, depots - 1)),
        count=draw(st.integers(0, 3)),
        payload_g=draw(limit),
        volume_cm3=draw(limit),
        fixed_cost=draw(st.integers(0, 200)),
        cost_per_m=draw(st.integers(0, 3)),
        cost_per_s=draw(st.integers(0, 2)),
        shift_start_s=start,
        shift_end_s=start + draw(st.integers(100, DAY_S)),
        max_duration_s=draw(st.none() | st.integers(50, 800)),
        max_distance_m=draw(st.none() | st.integers(50, 800)),
        max_trips=draw(st.integers(1, 3)),
        reload_s=draw(st.integers(0, 30)),
        skills=frozenset(draw(st.sets(st.sampled_from(["boat", "escort"])))),
        profile=draw(st.integers(0, profiles - 1)),
        closed=draw(windows(most=2)),
    )


@st.composite
def matrices(draw, size):
    """Draw a matrix without symmetry, and without the triangle inequality."""
    rng = draw(st.randoms(use_true_random=False))
    most = draw(st.sampled_from([0, 20, 150]))
    return tuple(
        tuple(0 if a == b else rng.randint(0, most) for b in range(size)) for a in range(size)
    )


@st.composite
def rich_problems(draw, most_clients=8):
    """Draw problems that use every field, most of them hard or impossible in part."""
    depots = tuple(
        Depot(name=f"d{i}", windows=draw(windows(most=2)))
        for i in range(draw(st.integers(1, 2)))
    )
    count = draw(st.integers(0, most_clients))
    profiles = draw(st.integers(1, 2))
    return RoutingProblem(
        depots=depots,
        clients=tuple(draw(clients(i)) for i in range(count)),
        vehicle_types=tuple(
            draw(vehicle_types(i, len(depots), profiles))
            for i in range(draw(st.integers(0, 3)))
        ),
        profiles=tuple(
            Profile(
                distance_m=draw(matrices(len(depots) + count)),
                duration_s=draw(matrices(len(depots) + count)),
            )
            for _ in range(profiles)
        ),
    )


@st.composite
def simple_problems(draw, most_clients=12):
    """Draw problems of the fast core: one profile, one trip, everybody is required."""
    rng = draw(st.randoms(use_true_random=False))
    depots = draw(st.integers(1, 3))
    count = draw(st.integers(1, most_clients))
    points = [(rng.randint(0, 60), rng.randint(0, 60)) for _ in range(depots + count)]
    way = tuple(tuple(abs(a[0] - b[0]) + abs(a[1] - b[1]) for b in points) for a in points)
    longest = draw(st.none() | st.integers(60, 400))
    timed = draw(st.booleans())
    takes = draw(st.sampled_from([way, draw(matrices(depots + count))]))
    bulky = draw(st.booleans())
    return RoutingProblem(
        depots=tuple(Depot(name=f"d{i}") for i in range(depots)),
        clients=tuple(
            Client(
                name=f"c{i}",
                mass_g=rng.randint(0, 9),
                volume_cm3=rng.randint(0, 9) if bulky else 0,
                service_s=rng.choice([0, 0, 7]),
                windows=draw(windows()) if timed else (),
            )
            for i in range(count)
        ),
        vehicle_types=tuple(
            VehicleType(
                name=f"v{i}",
                depot=draw(st.integers(0, depots - 1)),
                count=draw(st.integers(0, 5)),
                payload_g=draw(st.integers(5, 30)),
                volume_cm3=draw(st.integers(5, 30)) if bulky else None,
                fixed_cost=draw(st.sampled_from([0, 0, 50])),
                cost_per_m=draw(st.sampled_from([1, 1, 2])),
                max_distance_m=longest,
                max_duration_s=None if timed else draw(st.none() | st.integers(60, 400)),
                shift_end_s=DAY_S if timed else FOREVER_S,
            )
            for i in range(draw(st.integers(1, 4)))
        ),
        profiles=(Profile(distance_m=way, duration_s=takes),),
    )
