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
from silog_core.domain.routing_limits import Break, Escort, LegClosure

DAY_S = 1000


@st.composite
def windows(draw, most=3):
    """Draw windows of a day: none, one or several."""
    ends = draw(st.lists(st.integers(0, DAY_S), max_size=2 * most, unique=True).map(sorted))
    ends = ends[: len(ends) // 2 * 2]
    return tuple(zip(ends[::2], ends[1::2], strict=True))


breaks = st.lists(
    st.builds(
        Break,
        duration_s=st.integers(1, 90),
        earliest_s=st.integers(0, DAY_S // 2),
        latest_s=st.integers(0, DAY_S) | st.just(FOREVER_S),
        after_s=st.none() | st.integers(0, 400),
    ),
    max_size=2,
).map(tuple)


@st.composite
def clients(draw, number, escorts=()):
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
        escorts=frozenset(draw(st.sets(st.sampled_from(escorts), max_size=1)))
        if escorts
        else (frozenset()),
        guarded=draw(st.booleans()),
    )


@st.composite
def vehicle_types(draw, number, depots, profiles, *, rests=False):
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
        breaks=draw(breaks) if rests else (),
        nights=draw(windows(most=2)) if rests else (),
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
    rests = draw(st.booleans())
    names = draw(st.sampled_from([(), (), ("police",), ("police", "guide")]))
    places = st.integers(0, len(depots) + count - 1)
    legs = st.lists(
        st.builds(LegClosure, tail=places, head=places, windows=windows(most=2)),
        max_size=4,
        unique_by=lambda leg: (leg.tail, leg.head),
    )
    return RoutingProblem(
        depots=depots,
        clients=tuple(draw(clients(i, names)) for i in range(count)),
        vehicle_types=tuple(
            draw(vehicle_types(i, len(depots), profiles, rests=rests))
            for i in range(draw(st.integers(0, 3)))
        ),
        profiles=tuple(
            Profile(
                distance_m=draw(matrices(len(depots) + count)),
                duration_s=draw(matrices(len(depots) + count)),
                closed=tuple(draw(legs)) if rests else (),
            )
            for _ in range(profiles)
        ),
        escorts=tuple(Escort(name=name, count=draw(st.integers(0, 2))) for name in names),
    )


@st.composite
def long_problems(draw, most_clients=7):
    """Draw problems of several days with room to serve most: breaks, nights, escorts."""
    rng = draw(st.randoms(use_true_random=False))
    count = draw(st.integers(1, most_clients))
    points = [(rng.randint(0, 99), rng.randint(0, 99)) for _ in range(count + 1)]
    way = tuple(tuple(abs(a[0] - b[0]) + abs(a[1] - b[1]) for b in points) for a in points)
    nights = tuple((300 * n + 200, 300 * n + 300) for n in range(12))
    names = draw(st.sampled_from([(), ("police",), ("police", "guide")]))
    pauses = (
        Break(duration_s=20, after_s=draw(st.sampled_from([80, 150, 300]))),
        Break(duration_s=draw(st.integers(5, 60)), earliest_s=100, latest_s=180),
        Break(duration_s=30, earliest_s=rng.randint(0, 700), after_s=200),
    )
    return RoutingProblem(
        depots=(Depot(name="hub", windows=draw(st.sampled_from([(), ((20, 4000),)]))),),
        clients=tuple(
            Client(
                name=f"c{i}",
                mass_g=rng.randint(0, 4),
                service_s=rng.choice([0, 5, 30]),
                windows=((rng.randint(0, 800), 4000),) if rng.random() < 0.3 else (),
                escorts=frozenset(name for name in names if rng.random() < 0.4),
                guarded=rng.random() < 0.4,
            )
            for i in range(count)
        ),
        vehicle_types=tuple(
            VehicleType(
                name=f"v{i}",
                count=draw(st.integers(1, 3)),
                payload_g=draw(st.none() | st.integers(6, 12)),
                max_trips=draw(st.integers(1, 2)),
                reload_s=draw(st.sampled_from([0, 10])),
                max_duration_s=draw(st.none() | st.just(900)),
                cost_per_s=draw(st.integers(0, 1)),
                shift_end_s=3600,
                breaks=tuple(p for p in pauses if draw(st.booleans())),
                nights=nights if draw(st.booleans()) else (),
            )
            for i in range(draw(st.integers(1, 2)))
        ),
        profiles=(
            Profile(
                distance_m=way,
                duration_s=way,
                closed=tuple(
                    LegClosure(tail=a, head=a - 1, windows=((rng.randint(0, 300), 400),))
                    for a in range(1, count + 1)
                    if draw(st.booleans())
                ),
            ),
        ),
        escorts=tuple(Escort(name=name, count=draw(st.integers(1, 2))) for name in names),
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
