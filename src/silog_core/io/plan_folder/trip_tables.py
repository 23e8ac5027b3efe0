"""``trips.csv``, ``stops.csv``, ``kits.csv``, ``loads.csv`` and ``schedule.csv``.

Plans with rests or escorts have ``rests.csv`` and ``escorts.csv`` as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from silog_core.domain.plan import Load, Rest, Schedule, StageSlot, Stop, Trip
from silog_core.errors import FieldError
from silog_core.io.csv_text import csv_bytes
from silog_core.io.plan_folder.flat_rows import FlatRows, damaged, read_rows

TRIPS = FlatRows(Trip, "trips.csv", skip=("stops", "rests", "escorts"))
STOPS = FlatRows(Stop, "stops.csv", skip=("kits", "loads"))
LOADS = FlatRows(Load, "loads.csv")
STAGES = FlatRows(StageSlot, "schedule.csv", skip=("load", "turn"))
#: Columns of what is printed.
_PRINTED = (*LOADS.header, "turn")
KITS_FILE = "kits.csv"
#: Tables that a plan without rests and escorts does not have.
RESTS = FlatRows(Rest, "rests.csv")
ESCORTS_FILE = "escorts.csv"
_ESCORTS_HEADER = ("trip", "escort")
#: First columns of tables whose rows belong to a stop; stops count from 1.
_KEY = ("trip", "stop")
_KITS_HEADER = ("kit", *_KEY)


def clock(voting_day: date) -> Callable[[int], str]:
    """Return a function from seconds to local time, as spreadsheets take it.

    Example:
        >>> clock(date(2024, 11, 27))(-3600)
        '2024-11-26 23:00'
    """
    start = datetime(voting_day.year, voting_day.month, voting_day.day)

    def at(moment_s: int) -> str:
        return (start + timedelta(seconds=moment_s)).isoformat(" ", "minutes")

    return at


def write_trips(
    trips: Sequence[Trip], names: Mapping[str, str], voting_day: date
) -> dict[str, bytes]:
    """Return the four tables of the trips, and two more where there is something in them.

    Names and local times at the end of a row are there for people; reading passes
    over them.
    """
    at = clock(voting_day)
    seen: set[str] = set()
    halts: list[list[object]] = []
    kits: list[tuple[object, ...]] = []
    loads: list[list[object]] = []
    for trip in trips:
        if trip.id in seen:
            raise FieldError(f"two trips have id {trip.id!r}", "give each trip its own id")
        seen.add(trip.id)
        for number, stop in enumerate(trip.stops, start=1):
            halts.append(
                [
                    trip.id,
                    number,
                    *STOPS.cells(stop),
                    names.get(stop.place, ""),
                    at(stop.arrive_s),
                    at(stop.depart_s),
                ]
            )
            kits.extend((kit, trip.id, number) for kit in stop.kits)
            loads.extend([trip.id, number, *LOADS.cells(load)] for load in stop.loads)
    return {
        TRIPS.file: csv_bytes(
            (*TRIPS.header, "stops", "depart_at", "back_at", "latest_depart_at"),
            (
                [
                    *TRIPS.cells(t),
                    len(t.stops),
                    at(t.depart_s),
                    at(t.back_s),
                    at(t.latest_depart_s),
                ]
                for t in trips
            ),
        ),
        STOPS.file: csv_bytes((*_KEY, *STOPS.header, "name", "arrive_at", "depart_at"), halts),
        KITS_FILE: csv_bytes(_KITS_HEADER, kits),
        LOADS.file: csv_bytes((*_KEY, *LOADS.header), loads),
        **_write_crews(trips, at),
    }


def _write_crews(trips: Sequence[Trip], at: Callable[[int], str]) -> dict[str, bytes]:
    rests = [
        [t.id, *RESTS.cells(r), at(r.from_s), at(r.until_s)] for t in trips for r in t.rests
    ]
    escorts = [(t.id, name) for t in trips for name in t.escorts]
    found = {}
    if rests:
        header = ("trip", *RESTS.header, "from_at", "until_at")
        found[RESTS.file] = csv_bytes(header, rests)
    if escorts:
        found[ESCORTS_FILE] = csv_bytes(_ESCORTS_HEADER, escorts)
    return found


def read_trips(files: Mapping[str, bytes]) -> tuple[Trip, ...]:
    """Return the trips that `write_trips` wrote."""
    kits: dict[tuple[str, str], list[str]] = {}
    for kit, trip, stop in read_rows(KITS_FILE, files[KITS_FILE], _KITS_HEADER):
        kits.setdefault((trip, stop), []).append(kit)
    loads: dict[tuple[str, str], list[Load]] = {}
    rows = read_rows(LOADS.file, files[LOADS.file], (*_KEY, *LOADS.header))
    for row, (trip, stop, *cells) in enumerate(rows, start=2):
        loads.setdefault((trip, stop), []).append(LOADS.value(cells, row))
    halts: dict[str, list[Stop]] = {}
    rows = read_rows(STOPS.file, files[STOPS.file], (*_KEY, *STOPS.header))
    for row, (trip, stop, *cells) in enumerate(rows, start=2):
        so_far = halts.setdefault(trip, [])
        if stop != str(len(so_far) + 1):
            raise damaged(STOPS.file, row, f"stop {stop} of {trip} is not the next one")
        so_far.append(
            STOPS.value(
                cells,
                row,
                kits=tuple(kits.pop((trip, stop), ())),
                loads=tuple(loads.pop((trip, stop), ())),
            )
        )
    rests: dict[str, list[Rest]] = {}
    if RESTS.file in files:
        rows = read_rows(RESTS.file, files[RESTS.file], ("trip", *RESTS.header))
        for row, (trip, *cells) in enumerate(rows, start=2):
            rests.setdefault(trip, []).append(RESTS.value(cells, row))
    escorts: dict[str, list[str]] = {}
    if ESCORTS_FILE in files:
        for trip, name in read_rows(ESCORTS_FILE, files[ESCORTS_FILE], _ESCORTS_HEADER):
            escorts.setdefault(trip, []).append(name)
    rows = read_rows(TRIPS.file, files[TRIPS.file], TRIPS.header)
    trips = tuple(
        TRIPS.value(
            cells,
            row,
            stops=tuple(halts.pop(cells[0], ())),
            rests=tuple(rests.pop(cells[0], ())),
            escorts=tuple(escorts.pop(cells[0], ())),
        )
        for row, cells in enumerate(rows, start=2)
    )
    _refuse_strays(KITS_FILE, [trip for trip, _ in kits])
    _refuse_strays(LOADS.file, [trip for trip, _ in loads])
    _refuse_strays(STOPS.file, list(halts))
    _refuse_strays(RESTS.file, list(rests))
    _refuse_strays(ESCORTS_FILE, list(escorts))
    return trips


def _refuse_strays(file: str, trips: list[str]) -> None:
    if trips:
        raise damaged(file, 2, f"trip {trips[0]!r} has no such stop in {TRIPS.file}")


def write_schedule(schedule: Schedule, voting_day: date) -> bytes:
    """Return the stages of all places, with local times for people.

    What is printed, and for whom, stands in columns of its own, where anything is.
    """
    at = clock(voting_day)
    printed = any(slot.load for slot in schedule.stages)
    rows = []
    for slot in schedule.stages:
        row = STAGES.cells(slot)
        if printed:
            row += [*LOADS.cells(slot.load), slot.turn] if slot.load else [""] * len(_PRINTED)
        times = (slot.start_s, slot.finish_s, slot.latest_start_s)
        rows.append([*row, *map(at, times)])
    header = (*STAGES.header, *(_PRINTED if printed else ()))
    return csv_bytes((*header, "start_at", "finish_at", "latest_start_at"), rows)


def read_schedule(content: bytes) -> Schedule:
    """Return the schedule that `write_schedule` wrote."""
    header = (*STAGES.header, *_PRINTED)
    if not content.decode("utf-8-sig", "replace").startswith(",".join(header)):
        header = STAGES.header
    upto, beyond = len(STAGES.header), len(header)
    slots = []
    for row, cells in enumerate(read_rows(STAGES.file, content, header), start=2):
        given: dict[str, object] = {}
        if any(goods := cells[upto:beyond]):
            turn = goods.pop()
            if not turn.isdecimal():
                raise damaged(STAGES.file, row, f"turn is {turn!r}")
            given = {"load": LOADS.value(goods, row), "turn": int(turn)}
        slots.append(STAGES.value(cells[:upto], row, **given))
    return Schedule(stages=tuple(slots))
