"""Secure storage: no more kits wait at a place than it holds, or the plan says so."""

from __future__ import annotations

from collections.abc import Iterator

from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation

#: The findings that list a place with too many kits, on the way out and back.
LISTED = "over-storage"
LISTED_BACK = "over-storage-back"


def check_storage(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Yield places with more kits on their way out than are safe there, unlisted.

    Kits are counted whenever some come: those that came before and have not gone on.
    Packed kits stand in a warehouse from the end of its packing at the latest. After the
    vote they are counted whenever a trip brings some back.
    """
    yield from _back(scenario, plan)
    listed = {f.place for f in plan.findings if f.check == LISTED}
    for place in scenario.places:
        room = place.holds_kits
        if room is None or place.code in listed:
            continue
        there: dict[str, list[int]] = {}
        gone: dict[str, int] = {}
        for trip in plan.trips:
            if trip.echelon.startswith(("return", "line")):
                continue
            if trip.home == place.code:
                gone.update(
                    dict.fromkeys((k for s in trip.stops for k in s.kits), trip.depart_s)
                )
            for stop in trip.stops:
                if stop.place == place.code:
                    for kit in stop.kits:
                        there.setdefault(kit, []).append(stop.arrive_s)
        ends = [
            slot.finish_s for slot in plan.schedule.at(place.code) if slot.stage == "kitting"
        ]
        for kit, leaves_s in gone.items():
            if kit not in there and ends:
                there[kit] = [min(leaves_s, *ends)]
        moments = sorted({times[-1] for times in there.values()})
        for at_s in moments:
            waiting = sum(
                times[-1] <= at_s and (kit not in gone or at_s < gone[kit])
                for kit, times in there.items()
            )
            if waiting > room:
                yield Violation(
                    code="storage", where=place.code,
                    text=f"{waiting} kits wait at {at_s} s, {room} are safe, and no finding"
                    " says so",
                )  # fmt: skip
                break


def _back(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Yield places with more boxes after the vote than are safe there, unlisted."""
    listed = {f.place for f in plan.findings if f.check == LISTED_BACK}
    rooms = {p.code: p.holds_kits for p in scenario.places if p.holds_kits is not None}
    trips = [t for t in plan.trips if t.echelon.startswith("return-")]
    for code, room in sorted(rooms.items()):
        if code in listed:
            continue
        brought = {
            kit: trip.back_s
            for trip in trips
            if trip.home == code
            for stop in trip.stops
            for kit in stop.kits
        }
        fetched = {
            kit: stop.depart_s
            for trip in trips
            for stop in trip.stops
            if stop.place == code
            for kit in stop.kits
        }
        for at_s in sorted({0, *brought.values()}):
            # What nobody brought back and somebody fetches was there at the vote.
            there = {k for k, came_s in brought.items() if came_s <= at_s}
            there |= fetched.keys() - brought.keys()
            waiting = sum(k not in fetched or at_s < fetched[k] for k in there)
            if waiting > room:
                yield Violation(
                    code="storage", where=code,
                    text=f"{waiting} kits wait at {at_s} s after the vote, {room} are safe,"
                    " and no finding says so",
                )  # fmt: skip
                break
