"""What Papua Pegunungan answers at each hook: its tables, row by row."""

from __future__ import annotations

from datetime import date

from silog_core.domain.regions import RegionTable
from silog_core.domain.travel_rules import AccessRule, Closure
from silog_core.plugins import Manifest, hookimpl
from silog_core.plugins.tables import read_rules, read_table

PACKAGE = "silog_region_id_95"


@hookimpl
def silog_manifest() -> Manifest:
    """Speak for province 95, and name its subdistricts."""
    return Manifest(
        title="Papua Pegunungan",
        regions=("95",),
        table=RegionTable(
            as_of=date(2025, 4, 25),
            source="Kepmendagri 300.2.2-2138/2025",
            names={
                row["code"]: row["name"] for row in read_table(PACKAGE, "subdistricts.csv")
            },
        ),
    )


@hookimpl
def silog_leg_speeds() -> tuple[AccessRule, ...]:
    """Fly to the strips, and walk from there."""
    return read_rules(PACKAGE, "access.csv", AccessRule)


@hookimpl
def silog_leg_closures() -> tuple[Closure, ...]:
    """Fly in the morning alone, and rest on Sunday where the churches ask for it."""
    return read_rules(PACKAGE, "closures.csv", Closure)
