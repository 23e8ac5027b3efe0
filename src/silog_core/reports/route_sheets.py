"""Route sheets: one printed page for each trip, for its driver and those who receive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from silog_core.domain.locale import moment, number, tenths
from silog_core.planning.check.trips import kit_sizes, revote_sizes
from silog_core.planning.judge.figures import plain
from silog_core.planning.route_drive import RouteDrive
from silog_core.ports.section import Section, Table

if TYPE_CHECKING:
    from silog_core.domain.plan import Plan, Stop, Trip
    from silog_core.domain.routing import RoutingProblem, RoutingSolution

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Route sheet", "vehicle": "Vehicle", "from": "From", "leaves": "Leaves",
        "latest": "at the latest", "back": "Back", "load": "Load", "way": "Way",
        "stop": "Stop", "arrives": "Arrives", "goes": "Goes on", "kits": "Kits",
        "mass": "kg", "seals": "Seals in order", "signs": "Name and signature",
        "driver": "Driver", "giver": "Handed over by", "watch": "Supervisor",
        "amount": "Load", "rests": "Rests", "past": "past",
        "escorts": "Escorts", "break": "Rest", "night": "Night", "way there": "on the way",
    },
    "id": {
        "title": "Lembar rute", "vehicle": "Kendaraan", "from": "Dari", "leaves": "Berangkat",
        "latest": "paling lambat", "back": "Kembali", "load": "Muatan", "way": "Jarak",
        "stop": "Tujuan", "arrives": "Tiba", "goes": "Lanjut", "kits": "Kit",
        "mass": "kg", "seals": "Segel utuh", "signs": "Nama dan tanda tangan",
        "driver": "Pengemudi", "giver": "Yang menyerahkan", "watch": "Pengawas",
        "amount": "Muatan", "rests": "Istirahat", "past": "lewat",
        "escorts": "Pengawal", "break": "Istirahat", "night": "Bermalam",
        "way there": "di jalan",
    },
}  # fmt: skip


def plan_sheets(plan: Plan, lang: str = "en", *, homes: Iterable[str] = ()) -> list[Section]:
    """Return a sheet for each trip of a plan, in its order; those of re-votes come last.

    Args:
        plan: Trips with their stops, names and needs.
        lang: ``id`` or ``en``.
        homes: Only trips from these places; all when empty.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> sheets = plan_sheets(small_world().plan, homes=["12.01"])
        >>> sheets[0].title
        'Route sheet W-12.01-001'
        >>> [row[1] for row in sheets[0].tables[0].rows]
        ['12.01.01 Place 12.01.01']
    """
    only = set(homes)
    first, again = kit_sizes(plan), revote_sizes(plan)
    items = {item.code: item for item in plan.items}

    def mass_g(stop: Stop, sizes: Mapping[str, tuple[int, int]]) -> int:
        bulk = sum(
            items[load.commodity.item].mass_g * load.quantity
            for load in stop.loads
            if load.commodity.item in items
        )
        return bulk + sum(sizes.get(kit, (0, 0))[0] for kit in stop.kits)

    return [
        _plan_sheet(plan, trip, lang, [mass_g(stop, sizes) for stop in trip.stops])
        for trips, sizes in ((plan.trips, first), (plan.revote_trips, again))
        for trip in trips
        if not only or trip.home in only
    ]


def _plan_sheet(plan: Plan, trip: Trip, lang: str, masses_g: list[int]) -> Section:
    say = _WORDS[lang]

    def place(code: str) -> str:
        return f"{code} {plan.name_of.get(code, '')}".strip()

    def when(at_s: int) -> str:
        election = plan.election
        return moment(at_s, election.voting_day, lang=lang, offset_min=election.utc_offset_min)

    leaves = f"{say['leaves']}: {when(trip.depart_s)}"
    if not trip.echelon.startswith("return"):
        leaves += f" ({say['latest']} {when(trip.latest_depart_s)})"
    rows = [
        (
            str(n),
            place(stop.place) + _past(stop, say),
            when(stop.arrive_s),
            when(stop.depart_s),
            number(len(stop.kits), lang),
            tenths(mass_g, 1000, lang),
            "",
            "",
        )
        for n, (stop, mass_g) in enumerate(zip(trip.stops, masses_g, strict=True), 1)
    ]
    head = ("stop", "arrives", "goes", "kits", "mass", "seals", "signs")
    return Section(
        title=f"{say['title']} {trip.id}",
        paragraphs=(
            f"{say['vehicle']}: {trip.vehicle} {trip.unit}. {say['from']}: {place(trip.home)}",
            leaves,
            f"{say['back']}: {when(trip.back_s)}",
            *_crew(trip, say, place, when),
            f"{say['load']}: {tenths(trip.mass_g, 1000, lang)} kg,"
            f" {tenths(trip.volume_cm3, 10**6, lang)} m3."
            f" {say['way']}: {tenths(trip.distance_m, 1000, lang)} km",
        ),
        tables=(
            Table(head=("", *(say[word] for word in head)), rows=rows),
            _signatures(say),
        ),
    )


def _crew(
    trip: Trip,
    say: Mapping[str, str],
    place: Callable[[str], str],
    when: Callable[[int], str],
) -> list[str]:
    """Return who rides along, and when and where the crew rests."""
    lines = [f"{say['escorts']}: {', '.join(trip.escorts)}"] if trip.escorts else []
    lines += [
        f"{say[rest.kind]}: {when(rest.from_s)} - {when(rest.until_s)},"
        f" {place(rest.place) if rest.place else say['way there']}"
        for rest in trip.rests
    ]
    return lines


def _past(stop: Stop, say: Mapping[str, str]) -> str:
    return f" ({say['past']} {', '.join(stop.via)})" if stop.via else ""


def _signatures(say: Mapping[str, str]) -> Table:
    """Return the lines at the foot of a sheet."""
    return Table(
        head=("", say["signs"]),
        rows=[(say[who], "") for who in ("driver", "giver", "watch")],
    )


def solution_sheets(
    problem: RoutingProblem,
    solution: RoutingSolution,
    lang: str = "en",
    *,
    time_scale: int = 1,
    load_scale: int = 1,
) -> list[Section]:
    """Return a sheet for each route of a solved problem.

    Args:
        problem: The problem.
        solution: Its routes.
        lang: ``id`` or ``en``.
        time_scale: Units of length and time in *problem* for one that is printed.
        load_scale: The same for loads.
    """
    say = _WORDS[lang]
    head = ("stop", "arrives", "amount", "seals", "signs")
    found = []
    for number_, route in enumerate(solution.routes):
        kind = problem.vehicle_types[route.vehicle_type]
        drive = RouteDrive(problem, number_, route, kind, kind.name)
        drive.drive()
        stops = [problem.clients[c] for trip in route.trips for c in trip]
        rests = ", ".join(
            f"{plain(a, time_scale)}-{plain(b, time_scale)}" for a, b in sorted(route.rests)
        )
        found.append(
            Section(
                title=f"{say['title']} {number_ + 1}",
                paragraphs=(
                    f"{say['vehicle']}: {kind.name}."
                    f" {say['from']}: {problem.depots[kind.depot].name}",
                    f"{say['leaves']}: {plain(route.start_s, time_scale)}."
                    f" {say['back']}: {plain(route.end_s, time_scale)}."
                    f" {say['way']}: {plain(route.distance_m, time_scale)}",
                    *((f"{say['rests']}: {rests}",) if rests else ()),
                ),
                tables=(
                    Table(
                        head=("", *(say[word] for word in head)),
                        rows=[
                            (
                                str(n),
                                stop.name,
                                plain(at, time_scale),
                                plain(stop.mass_g, load_scale),
                                "",
                                "",
                            )
                            for n, (stop, at) in enumerate(
                                zip(stops, drive.arrivals, strict=True), 1
                            )
                        ],
                    ),
                    _signatures(say),
                ),
            )
        )
    return found
