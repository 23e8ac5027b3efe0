"""``silog ledger``: the record of custody, from its making to its checks."""

from __future__ import annotations

from importlib import import_module

import click

#: Command name to the module and function that hold it, imported when it is called.
_COMMANDS = {
    "add-cosignature": "ledger_witness:add_cosignature_command",
    "append": "ledger_writing:append_command",
    "backup": "ledger_upkeep:backup_command",
    "checkpoint": "ledger_writing:checkpoint_command",
    "demo": "ledger_proofs:demo_command",
    "device": "ledger_device:device_group",
    "enrol": "ledger_keys:enrol_command",
    "erase": "ledger_people:erase_command",
    "export": "ledger_files:export_command",
    "fsck": "ledger_upkeep:fsck_command",
    "import": "ledger_files:import_command",
    "init": "ledger_writing:init_command",
    "key": "ledger_keys:key_command",
    "merge": "ledger_writing:merge_command",
    "procurement": "ledger_reports:procurement_command",
    "progress": "ledger_look:progress_command",
    "prove": "ledger_proofs:prove_command",
    "public": "ledger_public:public_command",
    "reconcile": "ledger_reports:reconcile_command",
    "restore": "ledger_upkeep:restore_command",
    "reveal": "ledger_people:reveal_command",
    "verify": "ledger_proofs:verify_command",
    "verify-proof": "ledger_proofs:verify_proof_command",
    "where": "ledger_look:where_command",
    "witness": "ledger_witness:witness_command",
}


class _Lazy(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, name = _COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(f"silog_core.cli.{module}"), name)
        return found if isinstance(found, click.Command) else None


@click.group("ledger", cls=_Lazy)
def ledger_group() -> None:
    """Keep and check a record of custody: who has what, since when, and is it whole."""
