"""``silog plugins`` and ``silog new-plugin``."""

from __future__ import annotations

import json
import sys
from datetime import date
from functools import partial
from pathlib import Path
from textwrap import fill
from typing import Any

import click

from silog_core.cli.context import FOUND_PROBLEMS, guarded
from silog_core.cli.new_plugin import KINDS, new_plugin
from silog_core.domain.elections import ElectionKind
from silog_core.domain.regions import RegionCode
from silog_core.errors import NoRulesError, RegionWithheldError, RuleConflictError
from silog_core.plugins.listing import SAMPLE_DAY, ask_everything, hook_data, listed
from silog_core.session import Session

wrap = partial(fill, width=88, initial_indent="    ", subsequent_indent="      ")


@click.command("plugins")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.option("--hook", help="Only plugins that answer this hook.")
@click.option("--check", is_flag=True, help="Import each alone, and build its rule books.")
@click.option("--hooks", is_flag=True, help="List the hooks that a plugin may answer.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Voting day that rules are asked for; that of 2024 if not given.",
)
@guarded
def plugins_command(
    as_json: bool, hook: str | None, check: bool, hooks: bool, on: Any
) -> None:
    """List plugins, the hooks they answer, and those that failed, with their fix.

    Exit code 1 means that something failed.
    """
    if hooks:
        _print_hooks(as_json=as_json)
        return
    with Session.from_environment() as session:
        trials = session.host.try_imports() if check else {}
        day = on.date() if on else SAMPLE_DAY
        ask_everything(session.host, day=day)
        found = listed(session.host)
        conflicts = _conflicts(session, day) if check else []
    for row in found["plugins"]:
        trial = trials.get(row["name"])
        if trial:
            row["import_ms"], row["modules"] = trial.ms, list(trial.modules)
    if hook:
        found["plugins"] = [row for row in found["plugins"] if hook in row["hooks"]]
    if check:
        found["conflicts"] = conflicts
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        _print_plugins(found)
    if found["failures"] or conflicts:
        sys.exit(FOUND_PROBLEMS)


def _conflicts(session: Session, day: date) -> list[dict[str, str]]:
    """Return the contradictions between rules, region by region, each once."""
    scopes = sorted({r for _, m in session.host.manifests() for r in m.regions})
    found: dict[tuple[str, str], dict[str, str]] = {}
    for kind in ElectionKind:
        for scope in scopes or [RegionCode()]:
            try:
                session.rule_book(kind, day, scope)
            except RuleConflictError as wrong:
                for one in wrong.conflicts:
                    problem, fix = getattr(one, "problem", ""), getattr(one, "fix", "")
                    found[problem, fix] = {"problem": problem, "fix": fix}
            except (NoRulesError, RegionWithheldError):
                continue  # nothing to contradict, or listed as a failure already
    return [found[key] for key in sorted(found)]


def _print_plugins(found: dict[str, Any]) -> None:
    for row in found["plugins"]:
        parts = [row["name"], f"{row['distribution']} {row['version']}".strip(), row["state"]]
        if row["regions"]:
            parts.append(f"regions {' '.join(row['regions'])}")
        if "import_ms" in row:
            parts.append(f"imported in {row['import_ms']} ms")
        click.echo("  ".join(part for part in parts if part))
        if row["title"]:
            click.echo(f"    {row['title']}")
        answers = [h.removeprefix("silog_") for h in row["hooks"] if h != "silog_manifest"]
        if answers:
            click.echo(wrap("answers " + ", ".join(answers)))
    for failure in found["failures"]:
        where = f" at {failure['hook']}" if failure["hook"] else ""
        _print_problem(
            f"{failure['plugin']} failed: {failure['phase']}{where}: {failure['cause']}",
            failure["fix"],
        )
        if failure["withholds"]:
            click.echo(f"  withheld: {', '.join(failure['withholds'])}")
    for conflict in found.get("conflicts", ()):
        _print_problem(conflict["problem"], conflict["fix"])
    click.echo(f"hook API {found['hook_api']}, {len(found['failures'])} failed")


def _print_problem(problem: str, fix: str) -> None:
    click.echo(f"\n{problem}\n  fix: {fix}")


def _print_hooks(*, as_json: bool) -> None:
    rows = hook_data()
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        click.echo(f"{row['name']}({', '.join(row['arguments'])})")
        click.echo(f"  {row['summary']}")
        gives = " | ".join(row["gives"]) or "nothing"
        click.echo(
            f"  gives {gives}; combine: {row['combine']}; when it fails: {row['on_error']};"
            f" since {row['since']}"
        )


@click.command("new-plugin")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("name")
@click.option("--title", default="", help="What people call it.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder in which the plugin's folder is made.",
)
@guarded
def new_plugin_command(kind: str, name: str, title: str, out: Path) -> None:
    """Write a plugin that passes its own suite: NAME is a region code or a short name."""
    folder = new_plugin(kind, name, out, title=title)
    click.echo(f"{folder} is written. Next:")
    click.echo(f"  pip install -e {folder} pytest hypothesis")
    click.echo(f"  pytest {folder}")
