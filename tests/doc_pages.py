"""Pages of the documentation as tests read them: blocks, tables, links, commands."""

from __future__ import annotations

import re
import shlex
from doctest import ELLIPSIS, REPORT_NDIFF, Example, OutputChecker
from itertools import takewhile
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

from silog_core.cli.main import cli

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
#: Pages for readers; the fragments of the change log are not among them.
PAGES = sorted(p for p in DOCS.rglob("*.md") if p.parent.name != "changelog.d")
_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[^>]+?) -->\n)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


@attrs.frozen(kw_only=True)
class Block:
    """A fenced block, and the comment on the line above it."""

    kind: str
    body: str
    #: What the comment says, such as ``file: pakpak/places.csv`` or ``exit: 1``.
    mark: str = ""


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(kind=m["kind"], body=m["body"], mark=m["mark"] or "")
        for m in _BLOCK.finditer(text)
    ]


def silog_calls(body: str) -> list[list[str]]:
    """Return the arguments of every call of the program in a shell block."""
    return [call for call, _ in silog_runs(body)]


def silog_runs(body: str) -> list[tuple[list[str], str]]:
    """Return the arguments of every call, and the file that its output goes to, or none."""
    found = []
    for line in body.replace("\\\n", " ").splitlines():
        for part in re.split(r"\s(?:&&|\|\||\||;)\s", line):
            words = shlex.split(part, comments=True)
            while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                words.pop(0)
            if words and Path(words[0]).name == "silog":
                call = list(takewhile(lambda word: word != ">", words[1:]))
                found.append((call, "".join(words[len(call) + 2 :])))
    return found


def run_page(page: Path, folder: Path, env: dict[str, str]) -> int:
    """Do what a page says, in *folder*; return how many commands ran.

    Files are written, commands end with the code that is told above them, and what
    stands below them is what they printed. A block marked ``shown`` is only shown.
    """
    printed, ran = "", 0
    for block in blocks(page):
        if block.mark == "shown":
            continue
        if block.mark.startswith("file: "):
            file = folder / block.mark.removeprefix("file: ")
            file.parent.mkdir(exist_ok=True)
            file.write_text(block.body, encoding="utf-8")
        elif block.kind == "sh":
            env |= settings(block.body)
            wanted = int(block.mark.removeprefix("exit: ") or 0)
            for call, out in silog_runs(block.body):
                result = CliRunner().invoke(cli, call, env=env)
                assert wanted == result.exit_code, (call, result.output)
                printed = result.stdout
                if out:
                    (folder / out).write_text(printed, encoding="utf-8")
                ran += 1
        elif block.kind == "text":
            assert_output(block.body, printed)
    return ran


def settings(body: str) -> dict[str, str]:
    """Return what a shell block exports."""
    return dict(re.findall(r"^export ([A-Z_]+)=(\S+)$", body, re.MULTILINE))


def first_cells(page: Path, heading: str) -> list[str]:
    """Return the first cell, without its backticks, of the rows below a heading."""
    text = page.read_text(encoding="utf-8")
    part = re.split(rf"^#+ {re.escape(heading)}$", text, maxsplit=1, flags=re.MULTILINE)
    assert len(part) == 2, f"{page.name} has no heading {heading!r}"
    section = re.split(r"^#+ ", part[1], maxsplit=1, flags=re.MULTILINE)[0]
    rows = re.findall(r"^\| (`[^|]*`) \|", section, re.MULTILINE)
    return [row.strip("`") for row in rows]


def assert_output(expected: str, got: str) -> None:
    """Compare outputs as doctests do: three dots stand for anything."""
    checker = OutputChecker()
    if not checker.check_output(expected, got, ELLIPSIS):
        example = Example("", expected)
        pytest.fail(checker.output_difference(example, got, ELLIPSIS | REPORT_NDIFF))
