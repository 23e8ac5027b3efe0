"""docs/cli.md has every command of the program with exactly its options."""

from __future__ import annotations

import click
import pytest

from doc_pages import DOCS, first_cells
from silog_core.cli.context import BAD_INPUT, FINE, FOUND_PROBLEMS, INTERNAL
from silog_core.cli.ledger import ledger_group
from silog_core.cli.main import _COMMANDS, cli

PAGE = DOCS / "cli.md"


@pytest.mark.parametrize("name", sorted(_COMMANDS))
def test_options_are_complete(name):
    """The table of a command has its options, each once, and no other."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    options = [p for p in command.params if isinstance(p, click.Option)]

    listed = first_cells(PAGE, f"silog {name}")

    assert sorted(o.opts[0] for o in options) == sorted(c.split()[0] for c in listed)


@pytest.mark.parametrize("name", sorted(_COMMANDS))
def test_defaults_are_those_of_the_program(name):
    """A default that is a plain value stands in the option's row."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    rows = {
        row.split("`")[1].split()[0]: [cell.strip(" `") for cell in row.split(" | ")]
        for row in PAGE.read_text(encoding="utf-8")
        .split(f"## silog {name}\n")[1]
        .split("\n## ")[0]
        .splitlines()
        if row.startswith("| `--")
    }
    for option in command.params:
        if (
            isinstance(option, click.Option)
            and option.show_default
            and option.default is not None
        ):
            told = rows[option.opts[0]][1]
            assert str(option.default).removesuffix(".0") == told


def test_exit_codes_are_the_programs():
    """The page lists the four codes with which the program ends."""
    text = PAGE.read_text(encoding="utf-8")

    assert all(
        f"\n| {code} | " in text for code in (FINE, FOUND_PROBLEMS, BAD_INPUT, INTERNAL)
    )


@pytest.mark.parametrize("name", sorted(ledger_group.list_commands(click.Context(cli))))
def test_options_of_the_ledger_are_complete(name):
    """The table of a command of the ledger has its options, each once, and no other."""
    command = ledger_group.get_command(click.Context(cli), name)
    assert command is not None
    options = [p for p in command.params if isinstance(p, click.Option)]

    listed = first_cells(PAGE, f"silog ledger {name}")

    assert sorted(o.opts[0] for o in options) == sorted(c.split()[0] for c in listed)


def test_options_of_a_device_are_told():
    """The section of `silog ledger device` names every command with its options."""
    text = PAGE.read_text(encoding="utf-8").split("### silog ledger device\n")[1]
    text = text.split("\n### ")[0]
    group = ledger_group.get_command(click.Context(cli), "device")
    assert isinstance(group, click.Group)
    for name, command in group.commands.items():
        line = next(row for row in text.splitlines() if f"device {name} " in row)
        options = {p.opts[0] for p in command.params if isinstance(p, click.Option)}

        assert options - {"--lang"} == {o for o in options if f"{o} " in line}
        assert ("--lang" in options) == (name != "invite")
