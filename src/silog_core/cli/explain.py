"""``silog explain``: why a station gets what it gets, or which rule holds where."""

from __future__ import annotations

import json
from pathlib import Path

import click

from silog_core.cli.context import guarded, lang_option, language
from silog_core.domain.wire import to_wire


@click.command("explain")
@click.argument("plan", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("what")
@click.option("--at", "at", default=None, help="Region code: explain the rule WHAT there.")
@click.option("--json", "as_json", is_flag=True, help="Print the tree as JSON.")
@lang_option
@guarded
def explain_command(
    plan: Path, what: str, at: str | None, as_json: bool, lang: str | None
) -> None:
    """Explain WHAT in PLAN: a place such as 12.71.01.1001-001, or a rule with --at.

    A rule is named by its topic, such as needs:ballot-box/station or speed:road.
    """
    from silog_core.io.plan_folder import read_plan
    from silog_core.session import Session

    found = read_plan(plan)
    if at is None:
        reason = found.explain(what, lang=language(lang))
    else:
        election = found.election
        with Session.from_environment() as session:
            book = session.rule_book(election.kind, election.voting_day, election.root)
            reason = book.explain(what, at)
    click.echo(
        json.dumps(to_wire(reason), indent=1, ensure_ascii=False) if as_json else str(reason)
    )
