"""``silog check`` and ``silog needs``: questions to a scenario."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

import click

from silog_core.cli.context import FINE, FOUND_PROBLEMS, guarded, lang_option, language
from silog_core.domain.locale import number
from silog_core.domain.problems import InputProblem, ScenarioError
from silog_core.reports.words import words

LEVELS = ("province", "regency", "subdistrict", "village", "station")


@click.command("check")
@click.argument("scenario", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@lang_option
@guarded
def check_command(scenario: Path, as_json: bool, lang: str | None) -> None:
    """List every problem of SCENARIO, with file, row, column and fix; change nothing."""
    from silog_core.io.scenario_folder import check_scenario

    say = words(language(lang))
    problems = check_scenario(scenario) if scenario.is_dir() else _problems_of_file(scenario)
    if as_json:
        rows = [
            {"file": p.file, "row": p.row, "column": p.column, "what": p.what, "fix": p.fix}
            for p in problems
        ]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(problem.line(language(lang)))
        click.echo(
            say["problems"].format(count=len(problems)).rstrip(":")
            if problems
            else say["no problems"]
        )
    sys.exit(FOUND_PROBLEMS if problems else FINE)


def _problems_of_file(path: Path) -> tuple[InputProblem, ...]:
    from silog_core.cli.reading import read_any
    from silog_core.session import Session

    with Session.from_environment() as session:
        try:
            read_any(path, session)
        except ScenarioError as wrong:
            return wrong.problems
    return ()


@click.command("needs")
@click.argument("scenario", type=click.Path(exists=True, path_type=Path))
@click.option("--level", type=click.Choice(LEVELS), default="regency", show_default=True)
@click.option("--item", default=None, help="Only this item code.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]),
              default="table", show_default=True)  # fmt: skip
@lang_option
@guarded
def needs_command(
    scenario: Path, level: str, item: str | None, form: str, lang: str | None
) -> None:
    """Print what SCENARIO needs, summed at a level; levels always add up to the same."""
    from silog_core.cli.reading import read_any
    from silog_core.errors import FieldError
    from silog_core.planning.needs import compute_needs
    from silog_core.session import Session

    with Session.from_environment() as session:
        found = read_any(scenario, session)
        needs = compute_needs(found, session.rule_book_for(found))
    if item is not None and item not in needs.items:
        raise FieldError(
            f"nothing needs an item {item!r}", f"give one of {', '.join(needs.items)}"
        )
    if level == "station":
        sums: Counter[tuple[str, str]] = Counter()
        for need in needs.rows():
            sums[need.place, need.item] += need.quantity
    else:
        sums = Counter(needs.by_region(level))
    rows = [(c, i, n) for (c, i), n in sorted(sums.items()) if n and item in {None, i}]
    _print(rows, form, language(lang))


def _print(rows: list[tuple[str, str, int]], form: str, lang: str) -> None:
    say = words(lang)
    if form == "json":
        keys = ("place", "item", "quantity")
        click.echo(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], indent=1))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("place", "item", "quantity"))
        writer.writerows(rows)
    else:
        width = max((len(r[0]) for r in rows), default=5)
        items = max((len(r[1]) for r in rows), default=5)
        click.echo(f"{say['place']:<{width}}  {say['item']:<{items}}  {say['quantity']:>14}")
        for code, item, quantity in rows:
            click.echo(f"{code:<{width}}  {item:<{items}}  {number(quantity, lang):>14}")
