"""What leaves each warehouse, day by day."""

from __future__ import annotations

from collections import Counter

from silog_core.domain.calendar import day_of
from silog_core.domain.locale import long_date, number
from silog_core.domain.plan import Plan
from silog_core.ports.section import Section, Table

_WORDS = {
    "id": ("Daftar pemberangkatan", "tidak ada", "Gudang", "Hari", "Kendaraan", "Kit"),
    "en": ("Dispatch list", "none", "Warehouse", "Day", "Vehicles", "Kits"),
}


def dispatch_list(plan: Plan, lang: str) -> Section:
    """Return vehicles and kits that leave each warehouse, by day of departure."""
    title, nothing, *head = _WORDS[lang]
    vehicles: Counter[tuple[str, object]] = Counter()
    kits: Counter[tuple[str, object]] = Counter()
    for trip in plan.trips:
        if trip.echelon == "warehouse-hub":
            key = (trip.home, day_of(trip.depart_s, plan.election.voting_day))
            vehicles[key] += 1
            kits[key] += sum(len(stop.kits) for stop in trip.stops)
    rows = tuple(
        (
            f"{home} {plan.name_of.get(home, '')}".strip(),
            long_date(day, lang),  # type: ignore[arg-type]
            number(vehicles[(home, day)], lang),
            number(kits[(home, day)], lang),
        )
        for home, day in sorted(vehicles, key=str)
    )
    if not rows:
        return Section(title=title, paragraphs=(nothing,))
    return Section(title=title, tables=(Table(head=head, rows=rows),))
