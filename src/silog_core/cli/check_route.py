"""``silog check-route``: judge trips that a person typed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from silog_core.cli.context import FINE, FOUND_PROBLEMS, guarded, lang_option, language
from silog_core.reports.words import words

if TYPE_CHECKING:
    from silog_core.domain.typed_trips import TripFinding


@click.command("check-route")
@click.argument("problem", type=click.Path(exists=True, path_type=Path))
@click.argument("trips", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--home", "homes", multiple=True,
              help="Judge only trips from this place; may be given several times.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@lang_option
@guarded
def check_route_command(
    problem: Path, trips: Path, homes: tuple[str, ...], as_json: bool, lang: str | None
) -> None:
    """List every rule that TRIPS, a table of one row a stop, break.

    PROBLEM is a scenario folder, or a published VRPLIB, Solomon or Cordeau file. The exit
    code is 1 when a rule is broken, and 2 when the table itself is wrong.
    """
    if problem.is_dir():
        found = _judged_scenario(problem, trips, homes)
    else:
        found = _judged_file(problem, trips)
    spoken = language(lang)
    if as_json:
        click.echo(json.dumps([_row(one, spoken) for one in found], indent=2))
    else:
        for one in found:
            click.echo(one.line(trips.name, spoken))
        say = words(spoken)
        click.echo(
            say["trip findings"].format(count=len(found)) if found else say["trips sound"]
        )
    sys.exit(FOUND_PROBLEMS if found else FINE)


def _row(one: TripFinding, lang: str) -> dict[str, object]:
    what, fix = (
        said.indonesian if lang == "id" else said.english for said in (one.what, one.fix)
    )
    return {
        "code": one.code,
        "row": one.row,
        "trip": one.trip,
        "amount": one.amount,
        "what": what,
        "fix": fix,
    }


def _judged_scenario(folder: Path, table: Path, homes: tuple[str, ...]) -> list[TripFinding]:
    from silog_core.errors import FieldError
    from silog_core.io.scenario_folder import read_scenario
    from silog_core.io.trip_files import read_typed_trips, scenario_dialect
    from silog_core.planning.judge import judge_trips
    from silog_core.session import Session

    scenario = read_scenario(folder)
    unknown = [home for home in homes if home not in scenario.by_code]
    if unknown:
        raise FieldError(
            f"the scenario has no place {unknown[0]!r}", "give --home a code of places.csv"
        )
    with Session.from_environment() as session:
        book = session.rule_book_for(scenario)
    hired = [rule.vehicle.type for rule in book.vehicle_rules()]
    trips = read_typed_trips(table, scenario_dialect(scenario, hired, book.item_codes()))
    return judge_trips(scenario, book, trips, homes=homes)


def _judged_file(file: Path, table: Path) -> list[TripFinding]:
    from silog_core.io.trip_files import file_dialect, read_typed_trips
    from silog_core.io.vrp_files import read_vrp_file
    from silog_core.planning.judge import judge_problem_trips

    source = read_vrp_file(file)
    trips = read_typed_trips(table, file_dialect(source))
    return judge_problem_trips(
        source.problem(), trips, time_scale=source.scale, load_scale=source.load_scale
    )
