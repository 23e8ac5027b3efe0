"""Shell blocks of all pages name commands and options that the program has."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution

import click
import pytest

from doc_pages import DOCS, PAGES, ROOT, blocks, silog_calls
from silog_core.cli.main import cli

READMES = [ROOT / "README.md", *sorted(ROOT.glob("plugins/silog-*/README.md"))]


def _calls(page):
    return [
        call
        for block in blocks(page)
        if block.kind == "sh"
        for call in silog_calls(block.body)
        if not {"--help", "--version"}.intersection(call)
    ]


def _name(page):
    return str(page.relative_to(ROOT))


def _parsed(call):
    """Return the command, its parsed options and what is left of the arguments."""
    command = cli.get_command(click.Context(cli), call[0])
    if command is None:
        pytest.fail(f"silog has no command {call[0]!r}")
    rest = list(call[1:])
    while isinstance(command, click.Group):
        group, word = command, rest.pop(0)
        command = group.get_command(click.Context(group), word)
        if command is None:
            pytest.fail(f"silog {call[0]} has no command {word!r}")
    context = click.Context(command)
    given, left, _ = command.make_parser(context).parse_args(rest)
    return command, given, left


@pytest.mark.parametrize("page", [*PAGES, *READMES], ids=_name)
def test_calls_can_be_parsed(page):
    """Command, options, choices and the number of arguments are the program's."""
    if page.parent.parent.name == "plugins":
        try:
            distribution(page.parent.name)
        except PackageNotFoundError:
            pytest.skip(f"{page.parent.name} is not installed")
    for call in _calls(page):
        command, given, left = _parsed(call)
        assert not left, call
        for param in command.params:
            value = given.get(param.name)
            if isinstance(param, click.Argument):
                assert value is not None, f"{call}: {param.name} is missing"
            elif value is not None and not isinstance(param.type, click.Path):
                param.type_cast_value(click.Context(command), value)


def test_there_are_calls():
    """The pages show the program at work: a change of their form must not empty this."""
    assert sum(len(_calls(page)) for page in PAGES) > 30


def test_plugins_in_shell_blocks_are_there():
    """Folders of plugins that shell blocks install exist."""
    named = {
        name
        for page in [*PAGES, *READMES]
        for block in blocks(page)
        if block.kind == "sh"
        for name in re.findall(r"plugins/(silog-[\w-]+)(?![\w*-])", block.body)
    }

    assert set() == {name for name in named if not (ROOT / "plugins" / name).is_dir()}


def test_how_to_is_the_same_in_both_languages():
    """The Indonesian how-to shows the commands of the English one."""
    one, two = (_calls(DOCS / page) for page in ("how-to.md", "id/how-to.md"))

    assert [call[:4] for call in one] == [call[:4] for call in two]
