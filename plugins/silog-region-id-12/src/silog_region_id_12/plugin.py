"""What Sumatera Utara answers at each hook. A pack of another province looks the same."""

from __future__ import annotations

from datetime import date

from silog_core.domain.calendar_rules import StageWindow
from silog_core.domain.regions import RegionTable
from silog_core.domain.travel_rules import AccessRule, Closure, SpeedRule, VehicleLimit
from silog_core.plugins import Manifest, hookimpl
from silog_core.plugins.tables import read_rules, read_table
from silog_core.ports.check import Validator

PACKAGE = "silog_region_id_12"


@hookimpl
def silog_manifest() -> Manifest:
    """Speak for province 12, and name its regencies, subdistricts and villages."""
    tables = ("regencies.csv", "subdistricts.csv", "villages.csv")
    names = {row["code"]: row["name"] for name in tables for row in read_table(PACKAGE, name)}
    return Manifest(
        title="Sumatera Utara",
        regions=("12",),
        table=RegionTable(
            as_of=date(2025, 4, 25),
            source="Kepmendagri 300.2.2-2138/2025",
            names={"12": "Sumatera Utara", **names},
        ),
    )


@hookimpl
def silog_calendars() -> tuple[StageWindow, ...]:
    """Have the island hubs supplied days before the others: the sea may close."""
    return read_rules(PACKAGE, "calendar.csv", StageWindow)


@hookimpl
def silog_leg_speeds() -> tuple[SpeedRule | AccessRule, ...]:
    """Give speeds on Nias, at sea and on Lake Toba, and the places no truck reaches."""
    return (
        *read_rules(PACKAGE, "speeds.csv", SpeedRule),
        *read_rules(PACKAGE, "access.csv", AccessRule),
    )


@hookimpl
def silog_leg_closures() -> tuple[Closure, ...]:
    """Keep small boats in port by night and in December, and lake ferries by night."""
    return read_rules(PACKAGE, "closures.csv", Closure)


@hookimpl
def silog_vehicle_limits() -> tuple[VehicleLimit, ...]:
    """Send no big truck where the roads of Toba do not bear one."""
    return read_rules(PACKAGE, "limits.csv", VehicleLimit)


@hookimpl
def silog_validators() -> tuple[Validator, ...]:
    """Refuse a road to Nias."""
    from silog_region_id_12.crossings import nias_needs_a_crossing

    return (Validator(name="nias-needs-a-crossing", scope="12", run=nias_needs_a_crossing),)
