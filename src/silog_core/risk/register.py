"""The register of a plan: starter risks, findings of its checks, and what is simulated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from silog_core.domain.findings import Finding, Severity
from silog_core.domain.plan import Plan
from silog_core.domain.register import RiskEntry, Told, ranked
from silog_core.domain.simulation import Simulation
from silog_core.risk.register_table import starter_register

#: A finding stands in the plan already: how likely it comes true, by its severity.
_LIKELIHOOD = {Severity.INFO: 2, Severity.WARN: 3, Severity.SERIOUS: 4, Severity.BLOCK: 5}
#: Impact by the voters behind: at least so many.
_VOTERS = ((30_000, 5), (3_000, 4), (300, 3), (1, 2), (0, 1))
#: Likelihood by the chance to be late: at least so much [per million].
_CHANCES = ((500_000, 5), (200_000, 4), (50_000, 3), (10_000, 2), (0, 1))
_TO_BE_DONE = Told(english="checks of every plan", indonesian="pemeriksaan setiap rencana")


def register(
    plan: Plan,
    *,
    simulation: Simulation | None = None,
    entries: Iterable[RiskEntry] | None = None,
) -> tuple[RiskEntry, ...]:
    """Return the register of a plan, the heaviest risk first.

    Args:
        plan: Its findings become entries.
        simulation: Draws of the plan; each regency with late stations becomes an entry.
        entries: What to start from; the starter register when None.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> register(small_world().plan)[0].code
        'LOG-01'
    """
    found = list(starter_register() if entries is None else entries)
    found += (of_finding(f) for f in plan.findings)
    if simulation is not None:
        found += _of_simulation(plan, simulation)
    return ranked(found)


def of_finding(finding: Finding) -> RiskEntry:
    """Return a finding as an entry; what is done about it can lower it, not raise it."""
    likelihood, impact = _LIKELIHOOD[finding.severity], _step(_VOTERS, finding.voters)
    if finding.severity is Severity.BLOCK:
        impact = max(impact, 3)  # a plan that must not be carried out is never minor
    return RiskEntry(
        code=f"CHK-{finding.check}",
        cause=Told(english=f"found by {finding.check}", indonesian=f"temuan {finding.check}"),
        event=Told(english=finding.message, indonesian=finding.message_id),
        consequence=_consequence(finding.stations, finding.voters),
        likelihood=likelihood,
        impact=impact,
        control=_TO_BE_DONE,
        treatment=Told(english=finding.fix, indonesian=finding.fix_id),
        # Not treated yet: as heavy as before.
        residual_likelihood=likelihood,
        residual_impact=impact,
        review_days_before=7,
        source=finding.check,
        region=str(finding.region),
        place=finding.place,
        voters=finding.voters,
        stations=finding.stations,
    )


def _of_simulation(plan: Plan, simulation: Simulation) -> Iterator[RiskEntry]:
    for odds in simulation.regencies:
        late_ppm = 1_000_000 - odds.least_on_time_ppm
        if not late_ppm:
            continue
        likelihood = _step(_CHANCES, late_ppm)
        impact = _step(_VOTERS, odds.worst.late_voters_milli // 1000)
        name = plan.name_of.get(odds.regency, odds.regency)
        mainly = ", ".join(c.shock for c in odds.causes[:3]) or "-"
        permille = late_ppm // 1000
        yield RiskEntry(
            code="SIM-late",
            cause=Told(english=f"mainly: {mainly}", indonesian=f"terutama: {mainly}"),
            event=Told(
                english=f"stations of {name} are late; the worst one in {permille} of 1,000"
                " draws",
                indonesian=f"TPS di {name} terlambat; yang terburuk pada {permille} dari 1.000"
                " simulasi",
            ),
            consequence=_consequence(
                odds.worst.late_stations_milli // 1000, odds.worst.late_voters_milli // 1000
            ),
            likelihood=likelihood,
            impact=impact,
            control=_TO_BE_DONE,
            treatment=Told(
                english="leave earlier, or take the mitigation that gains most",
                indonesian="berangkat lebih awal, atau pilih mitigasi yang paling bermanfaat",
            ),
            residual_likelihood=likelihood,
            residual_impact=impact,
            review_days_before=7,
            source=f"{simulation.draws} draws, seed {simulation.seed}",
            region=odds.regency,
            voters=odds.voters,
            stations=odds.stations,
        )


def _consequence(stations: int, voters: int) -> Told:
    return Told(
        english=f"{stations} stations and {voters} voters are concerned",
        indonesian=f"{stations} TPS dan {voters} pemilih terdampak",
    )


def _step(steps: tuple[tuple[int, int], ...], value: int) -> int:
    return next(step for least, step in steps if value >= least)
