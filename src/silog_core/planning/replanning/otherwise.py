"""Other ways, modes and vehicles by which kits can reach a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from silog_core.domain.incidents import RoadCut
from silog_core.domain.legs import Mode
from silog_core.domain.places import Place
from silog_core.domain.plan import Trip
from silog_core.planning.kits import Kit
from silog_core.planning.replanning.around import around
from silog_core.planning.replanning.blocks import DETOUR
from silog_core.planning.rides import Group, Ride, rides_of, way_of_home
from silog_core.planning.tours import Halt, Tour

if TYPE_CHECKING:
    from silog_core.planning.replanning.state import State

_LAND = (Mode.ROAD, Mode.MOTORCYCLE, Mode.HORSE, Mode.FOOT)
_SEA = (Mode.BOAT, Mode.SEA)


def other_tours(
    state: State, trip: Trip, place: Place, kits: tuple[str, ...]
) -> Iterator[tuple[list[Tour], str]]:
    """Yield other ways to a place, the least change first; checked detours lead."""
    home = state.scenario.by_code[trip.home]
    for cut in state.incidents:
        if isinstance(cut, RoadCut) and cut in state.blocks.of_hop(
            trip.mode, trip.home, place.code
        ):
            for detour in cut.detours:
                tours = _loads(
                        state,
                    trip, place, kits, detour.mode, detour.length_m, detour.travel_s,
                    surface=DETOUR,
                )  # fmt: skip
                if tours:
                    yield tours, f" ({detour.note})" if detour.note else ""
    ways: list[tuple[int, int, Mode, int, tuple[str, ...]]] = []
    for mode in _instead_of(trip.mode):
        rank = (mode is not trip.mode) + (mode is Mode.HELICOPTER)
        access = state.book.access(place.kind, place.region)
        surface = access.surface if access and access.mode is mode else ""
        if state.blocks.of_hop(mode, trip.home, place.code):
            other = around(state, home, home, place, mode, surface)
            if other is not None:
                ways.append((rank, other.travel_s, mode, other.length_m, other.via))
            continue
        way = way_of_home(state.travel, home, home, place, mode, surface)
        if way is not None:
            ways.append((rank, way.travel_s, mode, way.length_m, ()))
    for _, travel_s, mode, length_m, via in sorted(
        ways, key=lambda w: (w[0], w[1], w[2].value)
    ):
        tours = _loads(state, trip, place, kits, mode, length_m, travel_s, via=via)
        if tours:
            yield tours, f" (via {', '.join(via)})" if via else ""


def _loads(
    state: State,
    trip: Trip,
    place: Place,
    kits: tuple[str, ...],
    mode: Mode,
    length_m: int,
    travel_s: int,
    *,
    surface: str = "",
    via: tuple[str, ...] = (),
) -> list[Tour]:
    """Return tours there and back that carry the kits whole; none if some fits none."""
    home = state.scenario.by_code[trip.home]
    limit = state.book.vehicle_limit(mode, home.region, place.region)
    group = Group(kind=place.kind, mode=mode, surface="", limit=limit)
    rides = [
        r
        for r in rides_of(state.scenario, state.book, home, group)
        if (trip.home, r.vehicle.type) not in state.fleet.lost or r.count
    ]
    tours: list[Tour] = []
    load: list[Kit] = []
    todo = [state.kits[k] for k in kits]
    for i, kit in enumerate(todo):
        load.append(kit)
        fitting = _fitting(rides, load)
        following = [*load, todo[i + 1]] if i + 1 < len(todo) else None
        if not fitting:
            return []
        if following is None or not _fitting(rides, following):
            ride = min(fitting, key=lambda r: (r.vehicle.fixed_cost_rupiah, r.vehicle.type))
            tours.append(
                Tour(
                    echelon=trip.echelon,
                    home=trip.home,
                    vehicle=ride.vehicle,
                    count=ride.count,
                    mode=mode,
                    surface=surface,
                    halts=(
                        Halt(
                            place=place.code,
                            kits=tuple(k.place for k in load),
                            length_m=length_m,
                            travel_s=travel_s,
                            via=via,
                            open_hours=place.open_hours,
                        ),
                    ),
                    back_length_m=length_m,
                    back_travel_s=travel_s,
                    mass_g=sum(k.mass_g for k in load),
                    volume_cm3=sum(k.volume_cm3 for k in load),
                    escorts=state.fleet.guards.asked(trip.home, trip.echelon, (place.code,)),
                )
            )
            load = []
    return tours


def _instead_of(mode: Mode) -> tuple[Mode, ...]:
    """Return the modes that can stand in for one: no truck crosses the sea."""
    kin = next((modes for modes in (_LAND, _SEA) if mode in modes), (mode,))
    return (*kin, Mode.HELICOPTER)


def _fitting(rides: list[Ride], load: list[Kit]) -> list[Ride]:
    mass, volume = sum(k.mass_g for k in load), sum(k.volume_cm3 for k in load)
    return [r for r in rides if r.vehicle.payload_g >= mass and r.vehicle.volume_cm3 >= volume]
