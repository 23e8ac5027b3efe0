"""``silog schedule``: what fixes when all must begin, and repair forward from today."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from silog_core.cli.context import FOUND_PROBLEMS, guarded, lang_option, language
from silog_core.domain.locale import moment, number, tenths
from silog_core.reports.schedule_words import schedule_words

if TYPE_CHECKING:
    from silog_core.domain.plan import Plan
    from silog_core.domain.timeline import CriticalPath, ForwardRepair

#: Rows of each part that are printed; the JSON output has all of them.
_SHOWN = 20


@click.command("schedule")
@click.argument("plan", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--place", default="",
              help="Station, village, hub or warehouse; the whole plan, if not given.")  # fmt: skip
@click.option("--today", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]), default=None,
              help="Local time from which on the plan may differ: shift what has not begun.")  # fmt: skip
@click.option("--not-begun", "not_begun", multiple=True,
              help="Trip, stage such as kitting@12.71-W1, or place whose steps before today"
              " have not begun; all for everything. May be repeated.")  # fmt: skip
@click.option("--scenario", type=click.Path(exists=True, path_type=Path), default=None,
              help="What was planned for; the scenario beside the plan, if not given.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), default=None,
              help="Folder for the repaired plan.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@lang_option
@guarded
def schedule_command(
    plan: Path,
    place: str,
    today: datetime | None,
    not_begun: tuple[str, ...],
    scenario: Path | None,
    out: Path | None,
    as_json: bool,
    lang: str | None,
) -> None:
    """Say what fixes when PLAN must begin; with --today, shift what has not begun."""
    from silog_core.cli.reading import SCENARIO_FOLDER, scenario_of_plan
    from silog_core.io.plan_folder import read_plan, write_plan
    from silog_core.io.scenario_folder import write_scenario
    from silog_core.planning.timeline import critical_path, repair_forward
    from silog_core.session import Session

    if today is None and (not_begun or out is not None):
        raise click.UsageError("--not-begun and --out need --today")
    made, spoken = read_plan(plan), language(lang)
    with Session.from_environment() as session:
        world = scenario_of_plan(plan, scenario, session)
        book = session.rule_book_for(world)
    repair: ForwardRepair | None = None
    if today is not None:
        since = today - datetime.combine(made.election.voting_day, datetime.min.time())
        repair = repair_forward(
            world, book, made, int(since.total_seconds()), not_begun=not_begun
        )
        made = repair.plan
    path = critical_path(world, book, made, place)
    if repair is not None and out is not None:
        write_plan(repair.plan, out)
        write_scenario(world, out / SCENARIO_FOLDER)
    if as_json:
        click.echo(json.dumps(_facts(path, repair), indent=1, ensure_ascii=False))
    else:
        lines = [*_path_lines(made, path, spoken)]
        if repair is not None:
            lines += ["", *_repair_lines(made, repair, spoken)]
        if repair is not None and out is not None:
            lines.append(schedule_words(spoken)["saved"].format(path=out))
        click.echo("\n".join(lines))
    if repair is not None and repair.unmet:
        sys.exit(FOUND_PROBLEMS)


def _at(plan: Plan, moment_s: int, lang: str) -> str:
    election = plan.election
    return moment(moment_s, election.voting_day, lang=lang, offset_min=election.utc_offset_min)


def _path_lines(plan: Plan, path: CriticalPath, lang: str) -> list[str]:
    say = schedule_words(lang)

    def hours(seconds: int) -> str:
        return tenths(seconds, 3600, lang)

    where = f"{path.place} {plan.name_of.get(path.place, '')}".strip() or say["plan"]
    lines = [say["path"].format(place=where, slack=hours(path.slack_s))]
    for step in path.steps:
        lines += [
            "  " + say["step"].format(
                id=step.id, place=step.place, to=step.to,
                start=_at(plan, step.start_s, lang),
                latest=_at(plan, step.latest_start_s, lang),
            ),
            "    " + say["slack"].format(
                slack=hours(step.slack_s), free=hours(step.free_s), shared=hours(step.shared_s)
            ),
            "    " + say["because"].format(why=step.why if lang == "en" else step.why_id),
        ]  # fmt: skip
    owner = path.owner
    if owner is not None and owner.free_s > 0:
        lines.append(say["owner"].format(id=owner.id, free=hours(owner.free_s)))
    else:
        lines.append(say["nobody"])
    return lines


def _repair_lines(plan: Plan, repair: ForwardRepair, lang: str) -> list[str]:
    say = schedule_words(lang)

    def first(rows: list[str]) -> list[str]:
        more = [say["more"].format(count=number(len(rows) - _SHOWN, lang))]
        return [f"  {row}" for row in [*rows[:_SHOWN], *(more if len(rows) > _SHOWN else [])]]

    unmet = [
        f"{u.station} {u.name} ({number(u.voters, lang)}):"
        f" {u.reason if lang == 'en' else u.reason_id};"
        f" {say['helps'].format(action=u.action if lang == 'en' else u.action_id)}"
        for u in repair.unmet
    ]
    shifts = [
        say["shift"].format(
            step=s.step, old=_at(plan, s.old_s, lang), new=_at(plan, s.new_s, lang),
            waits=say["waits"].format(step=s.waits_for) if s.waits_for else "",
        )
        for s in repair.shifted
    ]  # fmt: skip
    head = say["unmet"].format(count=number(len(unmet), lang)) if unmet else say["met"]
    return [
        head,
        *first(unmet),
        say["shifted"].format(count=number(len(shifts), lang)),
        *first(shifts),
        say["begun"].format(count=number(len(repair.begun), lang)),
    ]


def _facts(path: CriticalPath, repair: ForwardRepair | None) -> dict[str, object]:
    steps = [
        {**attrs.asdict(s), "slack_s": s.slack_s, "shared_s": s.shared_s} for s in path.steps
    ]
    found: dict[str, object] = {
        "place": path.place,
        "slack_s": path.slack_s,
        "ends_at": path.ends_at,
        "deadline_s": path.deadline_s,
        "owner": path.owner.id if path.owner else "",
        "steps": steps,
    }
    if repair is not None:
        found |= {
            "now_s": repair.now_s,
            "begun": list(repair.begun),
            "shifted": [attrs.asdict(s) for s in repair.shifted],
            "unmet": [attrs.asdict(u) for u in repair.unmet],
        }
    return found
