"""The tutorials do what they say: files are written, commands run, outputs compared."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from doc_pages import DOCS, assert_output, blocks, settings, silog_calls
from silog_core.cli.main import cli

TUTORIALS = ("tutorial.md", "id/tutorial.md")


@pytest.mark.parametrize("page", TUTORIALS)
def test_tutorial_runs(page, tmp_path, monkeypatch):
    """Each command of a tutorial ends as told, and prints what stands below it."""
    pytest.importorskip("silog_region_id_12")
    monkeypatch.chdir(tmp_path)
    # What else is installed here, the reader of a tutorial does not have.
    env = {"SILOG_PLUGINS": "region.ID,region.12"}
    printed = ""
    ran = 0
    for block in blocks(DOCS / page):
        if block.mark.startswith("file: "):
            file = tmp_path / block.mark.removeprefix("file: ")
            file.parent.mkdir(exist_ok=True)
            file.write_text(block.body, encoding="utf-8")
        elif block.kind == "sh":
            env |= settings(block.body)
            for call in silog_calls(block.body):
                result = CliRunner().invoke(cli, call, env=env)
                wanted = int(block.mark.removeprefix("exit: ") or 0)
                assert wanted == result.exit_code, result.output
                printed = result.stdout
                ran += 1
        elif block.kind == "text":
            assert_output(block.body, printed)
    assert ran >= 6


def test_tutorials_are_the_same():
    """The Indonesian tutorial has the tables and commands of the English one."""
    one, two = (blocks(DOCS / page) for page in TUTORIALS)

    assert [b.body for b in one if b.kind == "csv"] == [b.body for b in two if b.kind == "csv"]
    assert [silog_calls(b.body) for b in one if b.kind == "sh"] == [
        silog_calls(b.body) for b in two if b.kind == "sh"
    ]
