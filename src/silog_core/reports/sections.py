"""The built-in sections of a report: what a reader looks for first, in either language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from silog_core.domain.echelons import DISPATCH, OUTBOUND
from silog_core.domain.findings import Severity
from silog_core.domain.incident_texts import loan_text, loss_text, revote_text
from silog_core.domain.locale import mode_name, moment, number, tenths
from silog_core.domain.losses import LostKit, LostPieces
from silog_core.domain.plan import Plan
from silog_core.ports.section import Section, SectionSpec, Table
from silog_core.reports.words import words

#: Findings and shortfalls that a section spells out before it only counts.
SHOWN = 12

Row = tuple[str, ...]


def _section(
    lang: str, title: str, *tables: Table, paragraphs: tuple[str, ...] = ()
) -> Section:
    """Return a section; one that has nothing to say says so."""
    filled = tuple(table for table in tables if table.rows)
    if not filled and not paragraphs:
        paragraphs = (words(lang)["none"],)
    return Section(title=title, tables=filled, paragraphs=paragraphs)


def overview(plan: Plan, lang: str) -> Section:
    """Say how many places, voters and ballots the plan is for."""
    say = words(lang)
    stations = plan.needs.level("station")
    ballots = sorted({c.item for c in plan.needs.columns if c.contest is not None})
    villages = len(plan.needs.level("village").codes)
    rows = (
        ("regencies", len({r.parts[:2] for r in stations.regions})),
        ("subdistricts", len(plan.needs.level("subdistrict").codes)),
        ("villages", max(villages, len(set(stations.regions)))),
        ("stations", len(stations.codes)),
        ("voters", sum(stations.voters)),
        ("ballots", sum(plan.needs.total(item) for item in ballots)),
    )
    return _section(
        lang,
        plan.title,
        Table(head=(), rows=tuple((say[key], number(n, lang)) for key, n in rows)),
    )


def needs(plan: Plan, lang: str) -> Section:
    """Say what is needed of each item."""
    titles = {i.code: i.title_id if lang == "id" else i.title_en for i in plan.items}
    totals = ((item, plan.needs.total(item)) for item in plan.needs.items)
    rows = tuple((titles.get(item, item), number(n, lang)) for item, n in totals if n)
    return _section(lang, words(lang)["needs"], Table(head=(), rows=rows))


def trips(plan: Plan, lang: str) -> Section:
    """Count trips and kilometres by mode, out and back."""
    say = words(lang)
    count: Counter[tuple[str, bool]] = Counter()
    metres: Counter[str] = Counter()
    for trip in plan.trips:
        count[(trip.mode.value, trip.echelon.startswith("return"))] += 1
        metres[trip.mode.value] += trip.distance_m
    rows = tuple(
        (
            mode_name(mode, lang),
            number(count[(mode, False)], lang),
            number(count[(mode, True)], lang),
            number(metres[mode] // 1000, lang),
        )
        for mode in sorted(metres)
    )
    return _section(
        lang, say["trips"], Table(head=("", say["out"], say["back"], "km"), rows=rows)
    )


def cost(plan: Plan, lang: str) -> Section:
    """Sum up distance, price and mass."""
    say = words(lang)
    # What goes on from a landing has left its warehouse before.
    landings = {s.place for t in plan.trips if t.echelon == DISPATCH[0] for s in t.stops}
    mass_g = sum(
        t.mass_g for t in plan.trips if t.echelon in DISPATCH and t.home not in landings
    )
    metres = sum(t.distance_m for t in plan.trips)
    rupiah = sum(t.cost_rupiah for t in plan.trips)
    rows = (
        (say["distance"], f"{number(metres // 1000, lang)} km"),
        (say["transport"], f"Rp{number(rupiah, lang)}"),
        (say["mass"], f"{tenths(mass_g, 1_000_000, lang)} t"),
    )
    return _section(lang, say["cost"], Table(head=(), rows=rows))


def departures(plan: Plan, lang: str) -> Section:
    """Say until when vehicles must leave: the first and the last of each echelon."""
    say, election = words(lang), plan.election
    rows = []
    for echelon in ("line-haul", *OUTBOUND):
        latest = [t.latest_depart_s for t in plan.trips if t.echelon == echelon]
        if latest:
            ends = (
                moment(at, election.voting_day, lang=lang, offset_min=election.utc_offset_min)
                for at in (min(latest), max(latest))
            )
            rows.append((say[echelon], *ends))
    return _section(lang, say["latest"], Table(head=(), rows=tuple(rows)))


def findings(plan: Plan, lang: str) -> Section:
    """Count findings by severity, and spell out the first."""
    say = words(lang)
    by_level = Counter(f.severity for f in plan.findings)
    counts = ", ".join(
        f"{say[level.name.lower()]} {number(by_level[level], lang)}"
        for level in sorted(Severity, reverse=True)
        if by_level[level]
    )
    return _section(
        lang,
        say["findings"],
        paragraphs=(counts or say["none"], *_first(list(_finding_lines(plan, lang)), lang)),
    )


def _finding_lines(plan: Plan, lang: str) -> Iterator[str]:
    say = words(lang)
    for finding in plan.findings:
        text = finding.message if lang == "en" else finding.message_id
        fix = finding.fix if lang == "en" else finding.fix_id
        yield f"[{say[finding.severity.name.lower()]}] {text}; {fix}"


def shortfalls(plan: Plan, lang: str) -> Section:
    """Say who gets less than needed, and which kits nobody carries, with the reason."""
    say = words(lang)
    lines = [
        f"{gap.place}: {number(gap.served, lang)} / {number(gap.needed, lang)}"
        f" {gap.commodity} ({gap.code}): {gap.reason if lang == 'en' else gap.reason_id}"
        for gap in plan.shortfalls
    ]
    lines += [
        f"{kit.kit} ({kit.echelon}, {kit.code}):"
        f" {kit.reason if lang == 'en' else kit.reason_id}"
        for kit in plan.unserved
    ]
    return _section(lang, say["shortfalls"], paragraphs=_first(lines, lang))


def loans(plan: Plan, lang: str) -> Section:
    """Say what warehouses lend each other, on which paper, who approves and who attends."""
    lines = [loan_text(loan, lang) for loan in plan.lent]
    return _section(lang, words(lang)["loans"], paragraphs=_first(lines, lang))


def losses(plan: Plan, lang: str) -> Section:
    """Say which kits, and which goods in bulk, were lost since the plan was made."""
    # Pieces that were packed are told with their kits.
    lost: list[LostKit | LostPieces] = [*plan.losses.kits]
    lost += [pieces for pieces in plan.losses.pieces if not pieces.kit]
    lines = [loss_text(one, plan.election, lang) for one in lost]
    return _section(lang, words(lang)["losses"], paragraphs=_first(lines, lang))


def revotes(plan: Plan, lang: str) -> Section:
    """Say which stations vote again, with which ballots of the reserve and on which trips."""
    lines = [revote_text(kit, plan.election, lang) for kit in plan.revotes]
    return _section(lang, words(lang)["revotes"], paragraphs=_first(lines, lang))


def estimates(plan: Plan, lang: str) -> Section:
    """Say what the plan rests on that nobody has published."""
    return _section(lang, words(lang)["estimates"], paragraphs=plan.estimates)


def provenance(plan: Plan, lang: str) -> Section:
    """Say what the plan was made with: the same again gives the same plan."""
    say, made = words(lang), plan.provenance
    plugins = ", ".join(f"{name} {version}" for name, version in made.plugins)
    rows = [
        (say["seed"], str(made.seed)),
        (say["rules"], made.rules_digest[:16]),
        (say["solvers"], f"{made.allocation_solver}, {made.routing_solver}"),
        (say["plugins"], plugins or say["none"]),
    ]
    if made.accepted_degraded:
        rows.append((say["degraded"], ", ".join(made.accepted_degraded)))
    rows += [
        (say["waived"], f"{note.waives}: {note.rule} ({note.source})") for note in plan.waivers
    ]
    return _section(lang, say["made"], Table(head=(), rows=tuple(rows)))


def _first(lines: list[str], lang: str) -> tuple[str, ...]:
    more = len(lines) - SHOWN
    rest = (words(lang)["more"].format(count=number(more, lang)),) if more > 0 else ()
    return (*lines[:SHOWN], *rest)


_BUILT_IN = (
    ("overview", 100, overview),
    ("needs", 200, needs),
    ("trips", 300, trips),
    ("cost", 350, cost),
    ("departures", 400, departures),
    ("findings", 500, findings),
    ("shortfalls", 600, shortfalls),
    ("loans", 620, loans),
    ("losses", 640, losses),
    ("revotes", 660, revotes),
    ("estimates", 700, estimates),
    ("provenance", 800, provenance),
)


def built_in_sections() -> tuple[SectionSpec, ...]:
    """Return the sections of this package, in their order."""
    return tuple(
        SectionSpec(name=name, title=name, order=order, render=render)
        for name, order, render in _BUILT_IN
    )
