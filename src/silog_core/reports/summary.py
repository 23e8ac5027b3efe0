"""The summary of a plan: what a reader looks for first, as text in either language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from silog_core.domain.findings import Severity
from silog_core.domain.locale import moment, number, tenths
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.reports.words import words

#: Findings and shortfalls that a summary spells out before it only counts.
SHOWN = 12


@attrs.frozen(kw_only=True)
class Table:
    """Rows of a summary under one heading; numbers stand in the last columns."""

    title: str
    rows: tuple[tuple[str, ...], ...]


def summarise(
    plan: Plan, scenario: Scenario | None = None, *, lang: str = "en"
) -> list[Table]:
    """Return the tables of a plan's summary.

    Args:
        plan: The plan.
        scenario: Counts the places that need nothing, too; optional.
        lang: ``id`` or ``en``.
    """
    return [table for table in _tables(plan, scenario, lang) if table.rows]


def as_text(tables: Sequence[Table]) -> str:
    """Return tables as plain text, their columns lined up.

    Example:
        >>> print(as_text([Table(title="Trips", rows=(("road", "12"), ("sea", "3")))]))
        Trips
          road  12
          sea    3
    """
    lines: list[str] = []
    for table in tables:
        lines.append(table.title)
        columns = max(len(row) for row in table.rows)
        widths = [
            max(
                (len(row[i]) for row in table.rows if len(row) > 1 and i < len(row)), default=0
            )
            for i in range(columns)
        ]
        for row in table.rows:
            if len(row) == 1:
                lines.append(f"  {row[0]}")
                continue
            cells = [row[0].ljust(widths[0])]
            cells += [c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=False)]
            lines.append(("  " + "  ".join(cells)).rstrip())
        lines.append("")
    return "\n".join(lines).rstrip("\n")


def _tables(plan: Plan, scenario: Scenario | None, lang: str) -> Iterator[Table]:
    say = words(lang)

    def n(value: int) -> str:
        return number(value, lang)

    yield Table(title=plan.title, rows=tuple(_places(plan, scenario, lang)))
    totals = {item: plan.needs.total(item) for item in plan.needs.items}
    titles = {i.code: i.title_id if lang == "id" else i.title_en for i in plan.items}
    yield Table(
        title=say["needs"],
        rows=tuple((titles.get(i, i), n(total)) for i, total in totals.items() if total),
    )
    trips = Counter((t.mode.value, t.echelon.startswith("return")) for t in plan.trips)
    km = Counter[tuple[str, bool]]()
    for trip in plan.trips:
        km[(trip.mode.value, trip.echelon.startswith("return"))] += trip.distance_m
    modes = sorted({mode for mode, _ in trips})
    yield Table(
        title=say["trips"],
        rows=(
            ("", say["out"], say["back"], "km"),
            *(
                (
                    say.get(mode, mode),
                    n(trips[(mode, False)]),
                    n(trips[(mode, True)]),
                    n((km[(mode, False)] + km[(mode, True)]) // 1000),
                )
                for mode in modes
            ),
        ),
    )
    cost = sum(t.cost_rupiah for t in plan.trips)
    mass = sum(t.mass_g for t in plan.trips if t.echelon == "warehouse-hub")
    yield Table(
        title=say["cost"],
        rows=(
            (say["distance"], n(sum(t.distance_m for t in plan.trips) // 1000) + " km"),
            (say["transport"], "Rp" + n(cost)),
            (say["mass"], tenths(mass, 1_000_000, lang) + " t"),
        ),
    )
    yield Table(title=say["latest"], rows=tuple(_latest(plan, lang)))
    yield Table(title=say["findings"], rows=tuple(_findings(plan, lang)))
    yield Table(title=say["shortfalls"], rows=tuple(_shortfalls(plan, lang)))
    yield Table(title=say["estimates"], rows=tuple((text,) for text in plan.estimates))
    yield Table(title=say["made"], rows=tuple(_provenance(plan, lang)))


def _places(plan: Plan, scenario: Scenario | None, lang: str) -> Iterator[tuple[str, ...]]:
    say = words(lang)
    counts = {per: len(plan.needs.level(per).codes) for per in ("subdistrict", "village")}
    regencies = len({r.parts[:2] for r in plan.needs.level("station").regions})
    villages = {c.rsplit("-", 1)[0] for c in plan.needs.level("station").codes}
    if scenario is not None:
        counts["subdistrict"] = len(scenario.of_kind(PlaceKind.HUB))
        counts["village"] = len(scenario.of_kind(PlaceKind.VILLAGE))
    stations = plan.needs.level("station")
    for key, value in (
        ("regencies", regencies),
        ("subdistricts", counts["subdistrict"]),
        ("villages", max(counts["village"], len(villages))),
        ("stations", len(stations.codes)),
        ("voters", sum(stations.voters)),
    ):
        yield say[key], number(value, lang)
    ballots = {c.item for c in plan.needs.columns if c.contest is not None}
    yield say["ballots"], number(sum(plan.needs.total(i) for i in sorted(ballots)), lang)


def _latest(plan: Plan, lang: str) -> Iterator[tuple[str, ...]]:
    """Yield the latest departure of each echelon, and of the first and last warehouse."""
    say, election = words(lang), plan.election

    def when(moment_s: int) -> str:
        return moment(
            moment_s, election.voting_day, lang=lang, offset_min=election.utc_offset_min
        )

    for echelon in ("line-haul", "warehouse-hub", "hub-village", "village-station"):
        latest = [t.latest_depart_s for t in plan.trips if t.echelon == echelon]
        if latest:
            yield say[echelon], when(min(latest)), when(max(latest))


def _findings(plan: Plan, lang: str) -> Iterator[tuple[str, ...]]:
    say = words(lang)
    by_level = Counter(f.severity for f in plan.findings)
    counts = ", ".join(
        f"{say[level.name.lower()]} {by_level[level]}"
        for level in sorted(Severity, reverse=True)
        if by_level[level]
    )
    yield (counts or say["none"],)
    for finding in plan.findings[:SHOWN]:
        text = finding.message if lang == "en" else finding.message_id
        yield (f"[{say[finding.severity.name.lower()]}] {text}",)
    if len(plan.findings) > SHOWN:
        yield (say["more"].format(count=number(len(plan.findings) - SHOWN, lang)),)


def _shortfalls(plan: Plan, lang: str) -> Iterator[tuple[str, ...]]:
    say = words(lang)
    for gap in plan.shortfalls[:SHOWN]:
        yield (
            f"{gap.place}: {number(gap.served, lang)} / {number(gap.needed, lang)}"
            f" {gap.commodity} ({gap.code})",
        )
    if len(plan.shortfalls) > SHOWN:
        yield (say["more"].format(count=number(len(plan.shortfalls) - SHOWN, lang)),)


def _provenance(plan: Plan, lang: str) -> Iterator[tuple[str, ...]]:
    say, made = words(lang), plan.provenance
    plugins = ", ".join(f"{name} {version}" for name, version in made.plugins)
    yield say["seed"], str(made.seed)
    yield say["rules"], made.rules_digest[:16]
    yield say["solvers"], f"{made.allocation_solver}, {made.routing_solver}"
    yield say["plugins"], plugins or say["none"]
    if made.accepted_degraded:
        yield say["degraded"], ", ".join(made.accepted_degraded)
