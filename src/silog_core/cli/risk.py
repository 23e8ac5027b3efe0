"""``silog risk``: the register of a plan, what hangs on what, and what would help."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from silog_core.cli.context import FOUND_PROBLEMS, guarded, lang_option, language
from silog_core.domain.echelons import INBOUND
from silog_core.domain.locale import moment, number, tenths
from silog_core.reports.risk_words import risk_words
from silog_core.risk.mitigation_prices import source_in

if TYPE_CHECKING:
    from silog_core.domain.criticality import Criticality
    from silog_core.domain.lessons import Lesson
    from silog_core.domain.mitigation_results import MitigationResult
    from silog_core.domain.plan import Plan
    from silog_core.domain.register import RiskEntry
    from silog_core.domain.scenario import Scenario
    from silog_core.domain.simulation import Simulation

#: Rows of each part that are printed; the JSON output and the files have all of them.
_SHOWN = 12


@attrs.frozen(kw_only=True)
class _Found:
    plan: Plan
    register: tuple[RiskEntry, ...]
    criticality: Criticality
    simulation: Simulation
    #: Of boxes that come back; None where no deadline is known, or nothing comes back.
    back: Simulation | None
    mitigations: tuple[MitigationResult, ...]
    lessons: tuple[Lesson, ...]


@click.command("risk")
@click.argument("plan", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--draws", type=click.IntRange(1), default=1000, show_default=True,
              help="Ways in which it may go that are looked at.")  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--scenario", type=click.Path(exists=True, path_type=Path), default=None,
              help="What was planned for; the scenario beside the plan, if not given.")  # fmt: skip
@click.option("--mitigations", "regencies", type=click.IntRange(0), default=1,
              show_default=True,
              help="Regencies, the worst first, for which changes are tried.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True,
              help="Processes to use; the answer is the same for any number.")  # fmt: skip
@click.option("--executor", default=None,
              help="Name of an executor, and its address: dask+tcp://host:8786.")  # fmt: skip
@click.option("--lessons", "files", multiple=True, help="Lessons of other regions.",
              type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), default=None,
              help="Folder for register.json, gantt.svg and critical.svg.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@lang_option
@guarded
def risk_command(
    plan: Path,
    draws: int,
    seed: int,
    scenario: Path | None,
    regencies: int,
    workers: int,
    executor: str | None,
    files: tuple[Path, ...],
    out: Path | None,
    as_json: bool,
    lang: str | None,
) -> None:
    """Say what can go wrong with PLAN, how likely that is, and what would help."""
    from silog_core.cli.reading import scenario_of_plan
    from silog_core.io.lessons import read_lessons
    from silog_core.io.plan_folder import read_plan
    from silog_core.risk.critical import criticality
    from silog_core.risk.lessons import lessons_for
    from silog_core.risk.register import register
    from silog_core.risk.simulate_back import return_due_s
    from silog_core.session import Session

    made = read_plan(plan)
    known = read_lessons(files)
    with Session.from_environment() as session:
        world = scenario_of_plan(plan, scenario, session)
        book = session.rule_book_for(world)
        odds = session.simulate(
            made, scenario=world, draws=draws, seed=seed, workers=workers, executor=executor
        )
        due_s = return_due_s(world, book)
        back = None
        if due_s is not None and _comes_back(made):
            back = session.simulate_return(
                made, due_s=due_s, scenario=world, draws=draws, seed=seed, workers=workers,
                executor=executor,
            )  # fmt: skip
        found = _Found(
            plan=made,
            register=register(made, simulation=odds),
            criticality=criticality(world, book),
            simulation=odds,
            back=back,
            mitigations=session.mitigate(
                world, made, odds, regencies=regencies, workers=workers, executor=executor
            ),
            lessons=lessons_for(known, world),
        )
    if out is not None:
        _write(found, world, out, language(lang))
    if as_json:
        click.echo(json.dumps(_facts(found), indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(found, language(lang))))
        if out is not None:
            click.echo(risk_words(language(lang))["saved"].format(path=out))
    if odds.late_ppm:
        sys.exit(FOUND_PROBLEMS)


def _comes_back(plan: Plan) -> bool:
    return any(trip.echelon in INBOUND for trip in plan.trips)


def _lines(found: _Found, lang: str) -> list[str]:
    say, odds = risk_words(lang), found.simulation

    def part(title: str, rows: list[str]) -> list[str]:
        more = [say["more"].format(count=number(len(rows) - _SHOWN, lang))]
        shown = [*rows[:_SHOWN], *(more if len(rows) > _SHOWN else [])]
        return ["", title, *(f"  {row}" for row in shown or [say["none"]])]

    def count(milli: int) -> str:
        return tenths(milli, 1000, lang)

    def percent(ppm: int) -> str:
        return f"{tenths(ppm, 10_000, lang)} %"

    def least(one: Simulation) -> list[str]:
        return [
            f"{s.station} {found.plan.name_of.get(s.station, '')}: {percent(s.on_time_ppm)}"
            f" ({percent(s.interval.low_ppm)} - {percent(s.interval.high_ppm)})"
            f" {s.mainly}"
            for s in one.worst_stations()
            if s.on_time < s.draws
        ]

    def priced(source: str) -> str:
        return say["priced"].format(source=source_in(lang, source)) if source else ""

    def late(one: Simulation, word: str) -> str:
        return say[word].format(
            mean=count(one.late_stations_milli), worst=count(one.tail().late_stations_milli)
        )

    if found.back is None:
        back = ["", say["back_unasked" if _comes_back(found.plan) else "back_none"]]
    else:
        election = found.plan.election
        due = moment(
            found.back.due_s, election.voting_day, lang=lang,
            offset_min=election.utc_offset_min,
        )  # fmt: skip
        some = late(found.back, "back_late") if found.back.late_ppm else say["back_nobody"]
        back = part(say["back"].format(due=due), [some, *least(found.back)])
    title = say["odds"].format(draws=number(odds.draws, lang), seed=odds.seed)
    return [
        title,
        f"  {late(odds, 'late') if odds.late_ppm else say['nobody']}",
        *part(say["worst"], least(odds)),
        *back,
        *part(
            say["regencies"],
            [
                f"{r.regency} {found.plan.name_of.get(r.regency, '')}:"
                f" {count(r.late_stations_milli)}; {count(r.worst.late_stations_milli)};"
                f" {percent(r.least_on_time_ppm)}"
                for r in sorted(odds.regencies, key=lambda r: -r.late_voters_milli)
                if r.late_stations_milli
            ],
        ),
        *part(
            say["mitigations"],
            [
                f"{m.message if lang == 'en' else m.message_id}: {count(m.gain_stations_milli)};"
                f" {count(m.gain_voters_milli)};"
                f" {say['rupiah'].format(count=number(m.cost_rupiah, lang))};"
                f" {percent(m.residual_late_ppm)}{priced(m.price_source)}"
                for m in found.mitigations
            ],
        ),
        *part(
            say["legs"],
            [
                f"{g.name} ({', '.join(g.modes)}): {number(g.stations, lang)};"
                f" {number(g.voters, lang)}"
                for g in found.criticality.legs
            ],
        ),
        *part(
            say["register"],
            [
                f"{e.code} {say[e.band.name.lower()]} ({e.weight}, {e.residual_weight}):"
                f" {e.event.in_(lang)}; {say['treatment'].format(said=e.treatment.in_(lang))}"
                for e in found.register
            ],
        ),
        *(
            part(say["lessons"], [x.in_words(lang) for x in found.lessons])
            if found.lessons
            else []
        ),
    ]


def _facts(found: _Found) -> dict[str, object]:
    odds = found.simulation
    return {
        "draws": odds.draws,
        "seed": odds.seed,
        "late_ppm": odds.late_ppm,
        "worst_5_percent": attrs.asdict(odds.tail()),
        "stations": _stations(odds),
        "back": None
        if found.back is None
        else {
            "due_s": found.back.due_s,
            "late_ppm": found.back.late_ppm,
            "worst_5_percent": attrs.asdict(found.back.tail()),
            "stations": _stations(found.back),
        },
        "regencies": [attrs.asdict(r) for r in odds.regencies],
        "criticality": [attrs.asdict(g) for g in found.criticality.legs],
        "mitigations": [
            {
                "mitigation": m.mitigation,
                "message": m.message,
                "cost_rupiah": m.cost_rupiah,
                "price_source": m.price_source,
                "gain_stations_milli": m.gain_stations_milli,
                "gain_voters_milli": m.gain_voters_milli,
                "residual_late_ppm": m.residual_late_ppm,
            }
            for m in found.mitigations
        ],
        "register": _register(found),
        "lessons": [attrs.asdict(x) for x in found.lessons],
    }


def _stations(odds: Simulation) -> list[dict[str, object]]:
    return [
        {
            "station": s.station,
            "on_time_ppm": s.on_time_ppm,
            "low_ppm": s.interval.low_ppm,
            "high_ppm": s.interval.high_ppm,
            "mainly": s.mainly,
        }
        for s in odds.stations
    ]


def _register(found: _Found) -> list[dict[str, object]]:
    return [
        {
            **attrs.asdict(e),
            "weight": e.weight,
            "band": e.band.name.lower(),
            "residual_weight": e.residual_weight,
            "residual_band": e.residual_band.name.lower(),
        }
        for e in found.register
    ]


def _write(found: _Found, world: Scenario, out: Path, lang: str) -> None:
    from silog_core.reports.critical_map import critical_map
    from silog_core.reports.gantt import gantt

    out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(_register(found), indent=1, ensure_ascii=False)
    (out / "register.json").write_text(text + "\n", encoding="utf-8")
    (out / "gantt.svg").write_text(gantt(found.plan, lang=lang), encoding="utf-8")
    svg = critical_map(world, found.criticality, lang=lang)
    (out / "critical.svg").write_text(svg, encoding="utf-8")
