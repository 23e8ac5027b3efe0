"""Trips: loads, ways, times and vehicles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import cos, hypot, radians

from silog_core.domain.items import Item
from silog_core.domain.legs import Mode
from silog_core.domain.places import Place
from silog_core.domain.plan import Plan, Trip
from silog_core.domain.scenario import Scenario
from silog_core.domain.vehicles import Vehicle
from silog_core.domain.violations import Violation

#: Faster than this nobody carries boxes [km/h].
_TOP_SPEED_KMH = {
    Mode.ROAD: 100, Mode.SEA: 60, Mode.BOAT: 60, Mode.RIVER: 60, Mode.LAKE: 60,
    Mode.AIR: 600, Mode.HELICOPTER: 300, Mode.MOTORCYCLE: 90, Mode.HORSE: 20, Mode.FOOT: 8,
}  # fmt: skip
#: Positions are rounded, and the Earth is not flat: so much less is still the same way.
_ROUNDING_PERMILLE, _ROUNDING_M = 990, 20


def check_trips(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Yield what is wrong with single trips, and with vehicles that are in two of them.

    Trips of re-votes are among them: their kits weigh what is in the new ones.
    """
    first, again = kit_sizes(plan), revote_sizes(plan)
    anew = {t.id for t in plan.revote_trips}
    vehicles = {v.type: v for v in plan.vehicles}
    items = {i.code: i for i in plan.items}
    own = {(e.home, e.vehicle.type): e.vehicle for e in scenario.fleet}
    seen: set[str] = set()
    for trip in (*plan.trips, *plan.revote_trips):
        if trip.id in seen:
            yield Violation(code="trip-id", where=trip.id, text="two trips have this id")
        seen.add(trip.id)
        # A home's own vehicle may take less than others of its type.
        vehicle = own.get((trip.home, trip.vehicle)) or vehicles.get(trip.vehicle)
        yield from _load(trip, again if trip.id in anew else first, items, vehicle)
        yield from _way(trip, scenario)
    yield from _fleet(scenario, plan)


def kit_sizes(plan: Plan) -> Mapping[str, tuple[int, int]]:
    """Return mass and room of every place's kit, anew from needs and items."""
    items = {i.code: i for i in plan.items}
    found: dict[str, tuple[int, int]] = {}
    for column in plan.needs.columns:
        item = items.get(column.item)
        above = column.per in {"regency", "province"}
        if item is None or column.reserve or above or not item.in_kit:
            continue
        room = item.kit_volume_cm3
        each = (item.mass_g, item.volume_cm3 if room is None else room)
        for code, n in zip(plan.needs.level(column.per).codes, column.quantities, strict=True):
            mass, volume = found.get(code, (0, 0))
            found[code] = (mass + n * each[0], volume + n * each[1])
    return found


def revote_sizes(plan: Plan) -> Mapping[str, tuple[int, int]]:
    """Return mass and room of every new kit of a re-vote, as if nothing were missing.

    A marked ballot takes the room in the kit that the ballot took that it stands for.
    """
    items = {i.code: i for i in plan.items}
    first = {c.code: items.get(c.item) for c in plan.election.contests}
    found = {}
    for kit in plan.revotes:
        rows = [(items.get(b.commodity.item), first.get(b.contest), b.quantity)
                for b in kit.ballots]  # fmt: skip
        rows += [(items.get(w.item), items.get(w.item), n) for w, n in kit.goods]
        mass = volume = 0
        for item, like, n in rows:
            if item is not None:
                room = like.kit_volume_cm3 if like else None
                mass += n * item.mass_g
                volume += n * (item.volume_cm3 if room is None else room)
        found[kit.station] = (mass, volume)
    return found


def _load(
    trip: Trip,
    sizes: Mapping[str, tuple[int, int]],
    items: Mapping[str, Item],
    vehicle: Vehicle | None,
) -> Iterator[Violation]:
    kits = [sizes.get(kit, (0, 0)) for stop in trip.stops for kit in stop.kits]
    loads = [load for stop in trip.stops for load in stop.loads]
    mass = sum(k[0] for k in kits)
    volume = sum(k[1] for k in kits)
    for load in loads:
        item = items.get(load.commodity.item)
        if item is not None:
            mass += item.mass_g * load.quantity
            volume += item.volume_cm3 * load.quantity
    if (mass, volume) != (trip.mass_g, trip.volume_cm3):
        yield Violation(
            code="load-sum",
            where=trip.id,
            text=f"says {trip.mass_g} g and {trip.volume_cm3} cm3, carries {mass} g and"
            f" {volume} cm3",
        )
    if vehicle is None:
        yield Violation(
            code="unknown-vehicle", where=trip.id, text=f"no vehicle type {trip.vehicle!r}"
        )
        return
    if vehicle.mode is not trip.mode:
        yield Violation(
            code="mode",
            where=trip.id,
            text=f"{vehicle.type} goes by {vehicle.mode.value}, not {trip.mode.value}",
        )
    if mass > vehicle.payload_g:
        yield Violation(
            code="over-payload",
            where=trip.id,
            text=f"{mass} g on a {vehicle.type} that takes {vehicle.payload_g} g",
        )
    if volume > vehicle.volume_cm3:
        yield Violation(
            code="over-volume",
            where=trip.id,
            text=f"{volume} cm3 in a {vehicle.type} that takes {vehicle.volume_cm3} cm3",
        )


def _way(trip: Trip, scenario: Scenario) -> Iterator[Violation]:
    """Check that times rise, and that nobody flies on a truck."""
    if not trip.stops:
        yield Violation(code="no-stops", where=trip.id, text="it stops nowhere")
        return
    unknown = [
        c
        for c in (trip.home, *(c for s in trip.stops for c in (*s.via, s.place)))
        if c not in scenario.by_code
    ]
    if unknown:
        yield Violation(
            code="unknown-place",
            where=trip.id,
            text=f"the scenario has no place {unknown[0]!r}",
        )
        return
    at, left, straight_m = scenario.by_code[trip.home], trip.depart_s, 0
    for stop in trip.stops:
        place = scenario.by_code[stop.place]
        on_way = [at, *(scenario.by_code[c] for c in stop.via), place]
        yield from _hop(trip, on_way, stop.arrive_s - left)
        straight_m += _along_m(on_way)
        if not (stop.kits or stop.loads):
            yield Violation(
                code="empty-stop", where=trip.id, text=f"hands over nothing at {stop.place}"
            )
        if stop.depart_s < stop.arrive_s:
            yield Violation(
                code="time", where=trip.id, text=f"leaves {stop.place} before it arrives"
            )
        at, left = place, stop.depart_s
    home = scenario.by_code[trip.home]
    yield from _hop(trip, [at, home], trip.back_s - left)
    straight_m += _straight_m(at, home)
    if trip.distance_m < straight_m * _ROUNDING_PERMILLE // 1000 - _ROUNDING_M:
        yield Violation(
            code="distance",
            where=trip.id,
            text=f"{trip.distance_m} m on a way of {straight_m} m in a straight line",
        )
    if not trip.echelon.startswith("return") and trip.depart_s > trip.latest_depart_s:
        yield Violation(code="latest", where=trip.id, text="leaves later than at the latest")


def _hop(trip: Trip, on_way: Sequence[Place], taken_s: int) -> Iterator[Violation]:
    if taken_s < sum(least_s(trip.mode, one, two) for one, two in pairwise(on_way)):
        yield Violation(
            code="too-fast",
            where=trip.id,
            text=f"{on_way[0].code} to {on_way[-1].code} by {trip.mode.value} in {taken_s} s",
        )


def _along_m(on_way: Sequence[Place]) -> int:
    return sum(_straight_m(one, two) for one, two in pairwise(on_way))


def least_s(mode: Mode, tail: Place, head: Place) -> int:
    """Return the time that nobody gets from place to place faster in, by a mode [s]."""
    fastest_s = _straight_m(tail, head) * 3600 // (_TOP_SPEED_KMH[mode] * 1000)
    return fastest_s * _ROUNDING_PERMILLE // 1000


def _straight_m(a: Place, b: Place) -> int:
    """Return the straight line on a plane that touches the Earth between the places [m]."""
    if None in (a.lat_microdeg, a.lon_microdeg, b.lat_microdeg, b.lon_microdeg):
        return 0
    lat_a, lat_b = a.lat_microdeg or 0, b.lat_microdeg or 0
    north = (lat_b - lat_a) * 0.111195
    east = ((b.lon_microdeg or 0) - (a.lon_microdeg or 0)) * 0.111195
    return int(hypot(north, east * cos(radians((lat_a + lat_b) / 2e6))))


def _fleet(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Check that no counted vehicle is on two trips at once, and none is invented."""
    counts = {(e.home, e.vehicle.type): e.count for e in scenario.fleet if e.count is not None}
    used: dict[tuple[str, str, int], list[Trip]] = {}
    for trip in (*plan.trips, *plan.revote_trips):
        if (trip.home, trip.vehicle) in counts:
            used.setdefault((trip.home, trip.vehicle, trip.unit), []).append(trip)
    for (home, vehicle, unit), trips in sorted(used.items()):
        if unit > (counts[(home, vehicle)] or 0):
            yield Violation(
                code="fleet", where=trips[0].id, text=f"{home} has no {vehicle} number {unit}"
            )
        trips.sort(key=lambda t: t.depart_s)
        for one, two in pairwise(trips):
            if two.depart_s < one.back_s:
                yield Violation(
                    code="two-at-once",
                    where=two.id,
                    text=f"{vehicle} {unit} of {home} is still on {one.id}",
                )
