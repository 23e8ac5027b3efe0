"""What Jakarta answers at each hook: its tables, row by row."""

from __future__ import annotations

from datetime import date

from silog_core.domain.elections import ElectionKind
from silog_core.domain.needs_rules import NeedsRule
from silog_core.domain.regions import RegionTable
from silog_core.domain.travel_rules import AccessRule
from silog_core.plugins import Manifest, hookimpl
from silog_core.plugins.tables import read_rules, read_table

PACKAGE = "silog_region_id_31"


@hookimpl
def silog_manifest() -> Manifest:
    """Speak for province 31, and name its subdistricts."""
    return Manifest(
        title="Daerah Khusus Ibukota Jakarta",
        regions=("31",),
        table=RegionTable(
            as_of=date(2025, 4, 25),
            source="Kepmendagri 300.2.2-2138/2025",
            names={
                row["code"]: row["name"] for row in read_table(PACKAGE, "subdistricts.csv")
            },
        ),
    )


@hookimpl
def silog_needs_rules(election: ElectionKind) -> tuple[NeedsRule, ...]:
    """Give the rates of things that follow the number of contests."""
    return read_rules(
        PACKAGE, "needs_rules.csv", NeedsRule, where={"election": election.value}
    )


@hookimpl
def silog_leg_speeds() -> tuple[AccessRule, ...]:
    """Reach Kepulauan Seribu by boat."""
    return read_rules(PACKAGE, "access.csv", AccessRule)
