"""Which places of a re-vote share one trip: near ones, as room and the day's hours allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.plan import Trip

if TYPE_CHECKING:
    from silog_core.planning.replanning.revote_drafts import Draft
    from silog_core.planning.replanning.state import State
    from silog_core.planning.tours import Tour

_Stop = tuple[str, tuple["Draft", ...]]


@attrs.frozen(kw_only=True)
class Load:
    """Kits of one day that a vehicle takes from one home to one place or several."""

    #: Trip of the first vote that went there.
    like: Trip
    stops: tuple[_Stop, ...]

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """All kits, in order of the stops."""
        return tuple(d for _, drafts in self.stops for d in drafts)

    @property
    def size(self) -> tuple[int, int]:
        """Mass and room of all kits [g], [cm3]."""
        drafts = self.drafts
        return sum(d.mass_g for d in drafts), sum(d.volume_cm3 for d in drafts)

    def alone(self) -> tuple[Load, ...]:
        """Return a load for each stop."""
        return tuple(attrs.evolve(self, stops=(stop,)) for stop in self.stops)


def loads_of(state: State, drafts: Iterable[Draft], echelon: str) -> list[Load]:
    """Return the loads of one level: kits of one place first, then places put together.

    A place joins the load whose way it makes longest the least, where that is shorter
    than a way of its own, the vehicle has room, and a day has the hours.
    """
    single: dict[tuple[object, ...], list[Load]] = {}
    for d in drafts:
        hop = next((h for h in d.way if h[0].echelon == echelon), None)
        if hop is None:
            continue
        trip, code = hop
        place = state.scenario.by_code[code]
        rule = state.book.access(place.kind, place.region)
        surface = rule.surface if rule and rule.mode is trip.mode else ""
        key = (trip.home, trip.vehicle, trip.mode.value, surface, d.order.day_s)
        known = single.setdefault(key, [])
        fits = next((x for x in known if x.stops[0][0] == code and _room(state, x, [d])), None)
        if fits is None:
            known.append(Load(like=trip, stops=((code, (d,)),)))
        else:
            known[known.index(fits)] = attrs.evolve(
                fits, stops=((code, (*fits.stops[0][1], d)),)
            )
    return [load for key in single for load in _joined(state, single[key])]


def _room(state: State, load: Load, more: Sequence[Draft]) -> bool:
    mass, volume = load.size
    vehicle = state.vehicle(load.like)
    return (
        mass + sum(d.mass_g for d in more) <= vehicle.payload_g
        and volume + sum(d.volume_cm3 for d in more) <= vehicle.volume_cm3
    )


def _joined(state: State, loads: Sequence[Load]) -> list[Load]:
    found: list[tuple[Load, int]] = []
    for load in loads:
        own = tour_of(state, load)
        if own is None:
            found.append((load, 0))
            continue
        best: tuple[int, int, Load] | None = None
        for i, (other, way_m) in enumerate(found):
            if not way_m or not _room(state, other, load.drafts):
                continue
            for at in range(len(other.stops) + 1):
                stops = (*other.stops[:at], *load.stops, *other.stops[at:])
                tried = attrs.evolve(other, stops=stops)
                tour = tour_of(state, tried)
                if tour is None or not _in_a_day(state, tour):
                    continue
                more_m = tour.distance_m - way_m
                if more_m < own.distance_m and (best is None or more_m < best[0]):
                    best = (more_m, i, tried)
        if best is None:
            found.append((load, own.distance_m))
        else:
            found[best[1]] = (best[2], found[best[1]][1] + best[0])
    return [load for load, _ in found]


def _in_a_day(state: State, tour: Tour) -> bool:
    """Say whether driving and handing over fit into the hours that the vehicle has."""
    handling = state.scenario.handling
    works_s = tour.back_travel_s + sum(
        h.travel_s + handling.stop_s + handling.kit_s * len(h.kits) for h in tour.halts
    )
    return works_s <= tour.vehicle.hours_per_day * 3600


def tour_of(state: State, load: Load, *, round_blocks: bool = False) -> Tour | None:
    """Return the tour of a load, with what its own kits weigh; None without a way."""
    stops = [(place, tuple(d.place.code for d in drafts)) for place, drafts in load.stops]
    tour = state.tour_of(load.like, stops, round_blocks=round_blocks)
    if tour is None:
        return None
    mass, volume = load.size
    return attrs.evolve(tour, mass_g=mass, volume_cm3=volume)
