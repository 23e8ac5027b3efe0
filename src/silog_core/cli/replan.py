"""``silog replan``: a new plan after incidents, with each change and its reason."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from silog_core.cli.context import FOUND_PROBLEMS, guarded, lang_option, language
from silog_core.domain.locale import number
from silog_core.reports.replan_words import replan_words

if TYPE_CHECKING:
    from silog_core.domain.replanning import Replan

#: Changes that are printed; the JSON output has all of them.
_SHOWN = 40


@click.command("replan")
@click.argument("plan", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--incident", "file", required=True, help="TOML file with what happened.",
              type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), required=True,
              help="Folder for the new plan.")  # fmt: skip
@click.option("--scenario", type=click.Path(exists=True, path_type=Path), default=None,
              help="What was planned for; the scenario beside the plan, if not given.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@lang_option
@guarded
def replan_command(
    plan: Path, file: Path, out: Path, scenario: Path | None, as_json: bool, lang: str | None
) -> None:
    """Re-plan PLAN after incidents: what had left stays, the rest changes little."""
    from silog_core.cli.reading import SCENARIO_FOLDER, scenario_of_plan
    from silog_core.io.incidents import read_incidents
    from silog_core.io.plan_folder import read_plan, write_plan
    from silog_core.io.scenario_folder import write_scenario
    from silog_core.planning.check import check_plan, check_replan
    from silog_core.session import Session

    old = read_plan(plan)
    incidents = read_incidents(file, old.election.voting_day)
    with Session.from_environment() as session:
        before = scenario_of_plan(plan, scenario, session)
        answer = session.replan(before, old, incidents)
    after = answer.scenario or before
    violations = check_plan(after, answer.plan) + check_replan(before, old, answer)
    write_plan(answer.plan, out)
    write_scenario(after, out / SCENARIO_FOLDER)
    if as_json:
        click.echo(json.dumps(_facts(answer, out, len(violations)), indent=1))
    else:
        _print(answer, out, language(lang))
        for violation in violations[:20]:
            click.echo(f"  {violation}")
    if violations or answer.at_risk:
        sys.exit(FOUND_PROBLEMS)


def _print(answer: Replan, out: Path, lang: str) -> None:
    say = replan_words(lang)
    english = lang == "en"
    click.echo(say["at risk"].format(count=number(len(answer.at_risk), lang)))
    told: dict[tuple[str, str], int] = {}
    for risk in answer.at_risk[:_SHOWN]:
        reason, action = (
            (risk.reason, risk.action) if english else (risk.reason_id, risk.action_id)
        )
        click.echo(f"  {risk.station} {risk.name} ({number(risk.voters, lang)}): {reason}")
        told[(risk.code, action)] = told.get((risk.code, action), 0) + 1
    if len(answer.at_risk) > _SHOWN:
        click.echo("  " + say["more"].format(count=number(len(answer.at_risk) - _SHOWN, lang)))
    for (_, action), _count in sorted(told.items()):
        click.echo("  " + say["helps"].format(action=action))
    click.echo(say["changes"].format(count=number(len(answer.changes), lang)))
    for change in answer.changes[:_SHOWN]:
        click.echo(f"  {change.reason if english else change.reason_id}")
    if len(answer.changes) > _SHOWN:
        click.echo("  " + say["more"].format(count=number(len(answer.changes) - _SHOWN, lang)))
    click.echo(say["frozen"].format(count=number(len(answer.frozen), lang)))
    click.echo(say["saved"].format(path=out))


def _facts(answer: Replan, out: Path, violations: int) -> dict[str, object]:
    return {
        "out": str(out),
        "frozen": len(answer.frozen),
        "violations": violations,
        "at_risk": [
            {
                "station": r.station,
                "voters": r.voters,
                "incident": r.incident,
                "code": r.code,
                "reason": r.reason,
                "action": r.action,
            }
            for r in answer.at_risk
        ],
        "changes": [
            {"kind": c.kind, "what": c.what, "incident": c.incident, "reason": c.reason}
            for c in answer.changes
        ],
    }
