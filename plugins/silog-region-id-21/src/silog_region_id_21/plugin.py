"""What Kepulauan Riau answers at each hook: its tables, row by row."""

from __future__ import annotations

from datetime import date

from silog_core.domain.calendar_rules import StageWindow
from silog_core.domain.regions import RegionTable
from silog_core.domain.travel_rules import AccessRule, Closure
from silog_core.plugins import Manifest, hookimpl
from silog_core.plugins.tables import read_rules, read_table

PACKAGE = "silog_region_id_21"


@hookimpl
def silog_manifest() -> Manifest:
    """Speak for province 21, and name its subdistricts."""
    return Manifest(
        title="Kepulauan Riau",
        regions=("21",),
        table=RegionTable(
            as_of=date(2025, 4, 25),
            source="Kepmendagri 300.2.2-2138/2025",
            names={
                row["code"]: row["name"] for row in read_table(PACKAGE, "subdistricts.csv")
            },
        ),
    )


@hookimpl
def silog_calendars() -> tuple[StageWindow, ...]:
    """Let goods leave for the outer islands before bad weather, earlier than elsewhere."""
    return read_rules(PACKAGE, "calendar.csv", StageWindow)


@hookimpl
def silog_leg_speeds() -> tuple[AccessRule, ...]:
    """Reach the islands by ship or by wooden boat."""
    return read_rules(PACKAGE, "access.csv", AccessRule)


@hookimpl
def silog_leg_closures() -> tuple[Closure, ...]:
    """Keep wooden boats in port at night and in the north season."""
    return read_rules(PACKAGE, "closures.csv", Closure)
