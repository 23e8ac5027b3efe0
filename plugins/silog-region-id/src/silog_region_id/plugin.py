"""What the national pack answers at each hook: its tables, row by row."""

from __future__ import annotations

from datetime import date

from silog_core.domain.calendar_rules import StageWindow
from silog_core.domain.elections import ElectionKind
from silog_core.domain.handover_rules import HandoverRule
from silog_core.domain.needs_rules import ItemRule, NeedsRule, StationCap
from silog_core.domain.regions import RegionTable
from silog_core.domain.travel_rules import AccessRule, SpeedRule, TypicalVehicle
from silog_core.domain.vehicles import Vehicle
from silog_core.plugins import Manifest, hookimpl
from silog_core.plugins.tables import read_rules, read_table
from silog_region_id.rates import PACKAGE, items, needs_rules, station_caps


@hookimpl
def silog_manifest() -> Manifest:
    """Speak for the whole country, with the code list of April 2025."""
    return Manifest(
        title="Indonesia",
        regions=("ID",),
        table=RegionTable(
            as_of=date(2025, 4, 25),
            source="Kepmendagri 300.2.2-2138/2025",
            names={row["code"]: row["name"] for row in read_table(PACKAGE, "regions.csv")},
        ),
    )


@hookimpl
def silog_needs_rules(
    election: ElectionKind,
) -> tuple[NeedsRule | ItemRule | StationCap | HandoverRule, ...]:
    """Give rates, items, the caps of stations, and who signs and watches a hand-over."""
    caps = (cap for cap in station_caps() if cap.election is election)
    handovers = read_rules(
        PACKAGE, "handovers.csv", HandoverRule, where={"election": election.value}
    )
    return (*needs_rules(election), *items(), *caps, *handovers)


@hookimpl
def silog_calendars() -> tuple[StageWindow, ...]:
    """Give the windows of the stages, in days before the vote: the same every year."""
    return read_rules(PACKAGE, "calendar.csv", StageWindow, beside=("title_id", "title_en"))


@hookimpl
def silog_leg_speeds() -> tuple[SpeedRule | AccessRule, ...]:
    """Give speeds by mode and surface, and the road as the ordinary way in."""
    speeds = read_rules(
        PACKAGE, "speeds.csv", SpeedRule, beside=("low_m_per_h", "high_m_per_h")
    )
    return (*speeds, *read_rules(PACKAGE, "access.csv", AccessRule))


@hookimpl
def silog_vehicle_limits() -> list[TypicalVehicle]:
    """Give vehicles that can be hired; the country limits none."""
    vehicles = read_rules(PACKAGE, "vehicle_types.csv", Vehicle, beside=("to",))
    rows = read_table(PACKAGE, "vehicle_types.csv")
    return [
        TypicalVehicle(scope="ID", source=v.basis, vehicle=v, to=row["to"].split())
        for v, row in zip(vehicles, rows, strict=True)
    ]
