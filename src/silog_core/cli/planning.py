"""``silog demo`` and ``silog plan``: the main job."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from silog_core.cli.context import FOUND_PROBLEMS, Bars, guarded, lang_option, language
from silog_core.reports.words import words

if TYPE_CHECKING:
    from silog_core.domain.plan import Plan
    from silog_core.domain.scenario import Scenario

EXAMPLE = "sumut-pilkada-2024"


@click.command("demo")
@click.option("--out", type=click.Path(path_type=Path), default=Path("plan"), show_default=True,
              help="Folder for the plan.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True,
              help="Processes to use; the plan is the same for any number.")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True)
@lang_option
@guarded
def demo_command(out: Path, workers: int, seed: int, lang: str | None) -> None:
    """Plan the shipped example, Sumatera Utara's Pilkada 2024, end to end."""
    from silog_core.plugins.examples import load_example

    _plan(load_example(EXAMPLE), out, language(lang), seed=seed, workers=workers)


@click.command("plan")
@click.argument("scenario", type=click.Path(exists=True, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True,
              help="Folder for the plan.")  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--seconds", type=click.IntRange(1), default=None,
              help="Routing effort for each problem, as seconds of a nominal machine: it buys"
              " a fixed number of steps, so the plan does not depend on the load.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True,
              help="Processes to use; the plan is the same for any number.")  # fmt: skip
@click.option(
    "--executor",
    default=None,
    help="Name of an executor, and its address: dask+tcp://host:8786.",
)
@click.option("--kits-first", is_flag=True,
              help="Under shortage complete as many kits as can be, before sharing evenly.")  # fmt: skip
@click.option("--allocation-solver", default=None, help="Name of an allocation solver.")
@click.option("--routing-solver", default=None, help="Name of a routing solver.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@lang_option
@guarded
def plan_command(scenario: Path, out: Path, as_json: bool, lang: str | None,
                 **options: object) -> None:  # fmt: skip
    """Plan SCENARIO, a folder with scenario.toml and places.csv, or a plugin's file."""
    from silog_core.cli.reading import read_any
    from silog_core.session import Session

    with Session.from_environment() as session:
        found = read_any(scenario, session)
    _plan(found, out, language(lang), as_json=as_json, **options)


def _plan(
    scenario: Scenario, out: Path, lang: str, *, as_json: bool = False, **options: object
) -> None:
    from silog_core.cli.reading import SCENARIO_FOLDER
    from silog_core.io.plan_folder import write_plan
    from silog_core.io.scenario_folder import write_scenario
    from silog_core.planning.check import check_plan
    from silog_core.reports.charts import charts
    from silog_core.reports.report import as_html, as_text, sections_of
    from silog_core.session import Session

    say = words(lang)
    with Session.from_environment() as session:
        with Bars(lang) as bars:
            plan: Plan = session.plan(scenario, progress=bars, **options)  # type: ignore[arg-type]
        violations = check_plan(scenario, plan)
        drawn = charts(plan, scenario, session.rule_book_for(scenario), lang)
    write_plan(plan, out)
    write_scenario(scenario, out / SCENARIO_FOLDER)
    sections = sections_of(plan, lang=lang)
    summary = as_text(sections)
    (out / f"summary.{lang}.txt").write_text(summary + "\n", encoding="utf-8")
    page = as_html([*sections, *drawn], lang=lang)
    (out / f"report.{lang}.html").write_text(page, encoding="utf-8")
    if as_json:
        click.echo(json.dumps(_facts(plan, out, len(violations)), indent=2))
    else:
        click.echo(summary)
        click.echo()
        if violations:
            click.echo(say["unsound"].format(count=len(violations)))
            for violation in violations[:20]:
                click.echo(f"  {violation}")
        else:
            click.echo(say["sound"])
        click.echo(say["saved"].format(path=out))
    if violations:
        sys.exit(FOUND_PROBLEMS)


def _facts(plan: Plan, out: Path, violations: int) -> dict[str, object]:
    modes: dict[str, int] = {}
    for trip in plan.trips:
        modes[trip.mode.value] = modes.get(trip.mode.value, 0) + 1
    return {
        "title": plan.title,
        "out": str(out),
        "stations": len(plan.needs.level("station").codes),
        "voters": sum(plan.needs.level("station").voters),
        "needs": {item: plan.needs.total(item) for item in plan.needs.items},
        "trips": modes,
        "distance_m": sum(t.distance_m for t in plan.trips),
        "cost_rupiah": sum(t.cost_rupiah for t in plan.trips),
        "findings": len(plan.findings),
        "shortfalls": len(plan.shortfalls),
        "unserved": len(plan.unserved),
        "violations": violations,
    }
