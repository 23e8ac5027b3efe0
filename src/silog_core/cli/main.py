"""The ``silog`` program."""

from __future__ import annotations

import os
import sys
from importlib import import_module

try:
    import click
except ImportError:  # pragma: no cover - tested in a clean environment
    sys.exit("the silog program needs its extra: pip install 'silog-core[cli]'")

#: Command name to the module and function that hold it, imported when it is called.
_COMMANDS = {
    "allocate": "allocate:allocate_command",
    "check": "scenario:check_command",
    "check-route": "check_route:check_route_command",
    "demo": "planning:demo_command",
    "explain": "explain:explain_command",
    "ledger": "ledger:ledger_group",
    "needs": "scenario:needs_command",
    "new-plugin": "plugins:new_plugin_command",
    "plan": "planning:plan_command",
    "plugins": "plugins:plugins_command",
    "replan": "replan:replan_command",
    "report": "report:report_command",
    "risk": "risk:risk_command",
    "route": "route:route_command",
    "schedule": "schedule:schedule_command",
    "transfers": "transfers:transfers_command",
}


#: Variables that choose plugins, see `Session.from_environment`.
_CHOICES = ("SILOG_PLUGINS", "SILOG_PLUGINS_DISABLED")


class _Lazy(click.Group):
    """A group that imports a command when it is asked for, and asks plugins for theirs."""

    #: Which plugins the environment chose when they were last asked.
    _asked: tuple[str | None, ...] | None = None

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._ask_plugins()
        return sorted({*super().list_commands(ctx), *_COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _COMMANDS:
            module, _, name = _COMMANDS[cmd_name].partition(":")
            found = getattr(import_module(f"silog_core.cli.{module}"), name)
            return found if isinstance(found, click.Command) else None
        self._ask_plugins()
        return super().get_command(ctx, cmd_name)

    def _ask_plugins(self) -> None:
        """Let plugins add commands; a built-in one cannot be replaced."""
        chosen = tuple(os.environ.get(name) for name in _CHOICES)
        if self._asked != chosen:
            from silog_core.session import Session

            self._asked = chosen
            with Session.from_environment() as session:
                session.host.cli_commands(self)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="silog-core", prog_name="silog")
def cli() -> None:
    """Plan election logistics: needs, allocation, routes, schedule and risk.

    Exit codes: 0 fine, 1 problems or violations found, 2 bad usage or input,
    3 internal error.
    """


def main() -> None:
    """Run the program; an error that nobody foresaw ends it with code 3.

    With ``SILOG_DEBUG`` set, such an error is shown whole.
    """
    try:
        cli()
    except Exception as bug:
        if os.environ.get("SILOG_DEBUG"):
            raise
        click.echo(f"internal error: {type(bug).__name__}: {bug}", err=True)
        sys.exit(3)
