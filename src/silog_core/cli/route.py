"""``silog route``: solve a published routing problem."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from silog_core.cli.context import lang_option, language
from silog_core.domain.locale import number
from silog_core.domain.stopping import MaxSeconds
from silog_core.errors import SilogError
from silog_core.io.vrp_files import read_vrp_file
from silog_core.solvers.routing import ruin_recreate

if TYPE_CHECKING:
    from silog_core.domain.routing import RoutingProblem, RoutingSolution
    from silog_core.io.vrp_files import VrpFile
    from silog_core.ports.routing import RoutingSolver

BUILTIN = "ruin-recreate"


@click.command("route")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--solver", default=BUILTIN, show_default=True, help="Name of the solver.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    help="Time to look for shorter tours.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the random numbers.")
@click.option("--sheets", type=click.Path(dir_okay=False, path_type=Path),
              help="File for route sheets, one page a route: .html, .md or .txt.")  # fmt: skip
@lang_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.pass_context
def route_command(
    ctx: click.Context,
    file: Path,
    solver: str,
    seconds: float,
    seed: int,
    sheets: Path | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Solve a VRPLIB, Solomon or Cordeau FILE at least cost.

    Clients are numbered as in the file. The exit code is 1 when some stay unserved.
    """
    try:
        source = read_vrp_file(file)
        problem = source.problem()
        plan = _solver(solver)(problem, seed=seed, stop=MaxSeconds(seconds))
        if sheets is not None:
            _write_sheets(sheets, source, problem, plan, language(lang))
    except SilogError as wrong:
        click.echo(str(wrong), err=True)
        ctx.exit(2)
    answer: dict[str, Any] = {
        "solver": solver,
        "cost": source.cost_of(plan),
        "routes": source.routes_of(plan),
        "seconds": round(plan.seconds, 6),
        "iterations": plan.iterations,
        "feasible": plan.feasible,
    }
    click.echo(json.dumps(answer) if as_json else _summary(problem, plan, answer))
    ctx.exit(0 if plan.feasible else 1)


def _write_sheets(
    out: Path, source: VrpFile, problem: RoutingProblem, plan: RoutingSolution, lang: str
) -> None:
    from silog_core.reports.report import rendered
    from silog_core.reports.route_sheets import solution_sheets

    pages = solution_sheets(
        problem, plan, lang, time_scale=source.scale, load_scale=source.load_scale
    )
    text = rendered(pages, out.suffix.lower(), lang, one_a_page=True)
    out.write_text(text, encoding="utf-8")


def _solver(name: str) -> RoutingSolver:
    if name in (BUILTIN, "builtin"):
        return ruin_recreate
    from silog_core.session import Session

    with Session() as session:
        return session.routing_solver(name)


def _summary(problem: RoutingProblem, plan: RoutingSolution, answer: dict[str, Any]) -> str:
    lines = [
        f"route {i:>3}  {' '.join(map(str, r))}" for i, r in enumerate(answer["routes"], 1)
    ]
    for one in plan.unserved:
        lines.append(f"unserved   {problem.clients[one.client].name}")
        lines += [f"           {reason.text}; {reason.action}" for reason in one.reasons]
    lines += [
        f"solver     {answer['solver']}",
        f"cost       {number(answer['cost'], 'en') if isinstance(answer['cost'], int) else answer['cost']}",
        f"routes     {len(plan.routes)}",
        f"iterations {number(plan.iterations, 'en')}",
        f"time       {plan.seconds:.2f} s",
    ]
    return "\n".join(lines)
