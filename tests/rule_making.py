"""Short ways to write rules and books in tests."""

from __future__ import annotations

from datetime import date

from silog_core.domain.calendar_rules import DayOff, StageWindow
from silog_core.domain.needs_rules import NeedsRule, StationCap
from silog_core.domain.regions import RegionTable
from silog_core.domain.travel_rules import Closure, SpeedRule, VehicleLimit
from silog_core.rules import build_rule_book

DAY = date(2024, 11, 27)
TABLE = RegionTable(
    as_of=date(2024, 1, 1),
    source="a list",
    names={"12": "Sumatera Utara", "12.71": "Medan", "12.72": "Siantar", "53": "NTT"},
)


def rate(scope="ID", **changes):
    given = {"source": "s", "election": "pilkada", "item": "box", "per": "station"}
    return NeedsRule(scope=scope, **{**given, "quantity": 2} | changes)


def speed(scope="ID", **changes):
    given = {"source": "s", "mode": "road", "speed_m_per_h": 30_000}
    return SpeedRule(scope=scope, **given | changes)


def closure(scope="ID", **changes):
    given = {"source": "s", "mode": "sea", "name": "swell", "reason": "swell"}
    return Closure(scope=scope, **given | changes)


def limit(scope="ID", **changes):
    given = {"source": "s", "mode": "road", "name": "bridge", "reason": "a bridge"}
    return VehicleLimit(scope=scope, **given | changes)


def cap(scope="ID", **changes):
    return StationCap(scope=scope, source="s", election="pilkada", **changes)


def day_off(scope="ID", day=date(2024, 11, 26), **changes):
    return DayOff(scope=scope, source="s", day=day, name="a feast", **changes)


def window(scope="ID", first=3, last=1, **changes):
    given = {"source": "s", "election": "pilkada", "stage": "dispatch"}
    return StageWindow(
        scope=scope, first_days_before=first, last_days_before=last, **given | changes
    )


def book(*given, **options):
    """Build a book of (plugin, rule) pairs, or of rules that plugins are named after."""
    pairs = [g if isinstance(g, tuple) else (f"region.{g.scope}", g) for g in given]
    return build_rule_book(
        pairs, **{"table": TABLE, "election_kind": "pilkada", "on": DAY} | options
    )
