"""The tutorials do what they say: files are written, commands run, outputs compared."""

from __future__ import annotations

import pytest

from doc_pages import DOCS, blocks, run_page, silog_calls

TUTORIALS = ("tutorial.md", "id/tutorial.md")


@pytest.mark.parametrize("page", TUTORIALS)
def test_tutorial_runs(page, tmp_path, monkeypatch):
    """Each command of a tutorial ends as told, and prints what stands below it."""
    pytest.importorskip("silog_region_id_12")
    monkeypatch.chdir(tmp_path)
    # What else is installed here, the reader of a tutorial does not have.
    env = {"SILOG_PLUGINS": "region.ID,region.12"}

    assert run_page(DOCS / page, tmp_path, env) >= 6


def test_tutorials_are_the_same():
    """The Indonesian tutorial has the tables and commands of the English one."""
    one, two = (blocks(DOCS / page) for page in TUTORIALS)

    assert [b.body for b in one if b.kind == "csv"] == [b.body for b in two if b.kind == "csv"]
    assert [silog_calls(b.body) for b in one if b.kind == "sh"] == [
        silog_calls(b.body) for b in two if b.kind == "sh"
    ]
