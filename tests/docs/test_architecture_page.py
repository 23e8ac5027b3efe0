"""docs/architecture.md shows the layers and folders that there are."""

from __future__ import annotations

import re
import tomllib

import pytest

from doc_pages import DOCS, PAGES, ROOT, blocks

PAGE = DOCS / "architecture.md"
SOURCE = ROOT / "src" / "silog_core"


def test_layers_are_those_that_are_enforced():
    """The picture of the layers has what import-linter holds, in its order."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    picture = next(b.body for b in blocks(PAGE) if b.kind == "text")

    shown = [line.split("  ")[0].split() for line in picture.splitlines()]

    assert [re.findall(r"\w+", layer) for layer in layers] == shown


@pytest.mark.skipif(not SOURCE.is_dir(), reason="the source tree is not here")
def test_named_paths_are_there():
    """Files and folders that the page names exist, in the repository or in the library."""
    text = PAGE.read_text(encoding="utf-8")
    named = re.findall(r"`([\w.]+/[\w./-]*)`", text)
    roots = (ROOT, SOURCE, DOCS, ROOT / "tests", ROOT / "plugins")

    assert len(named) > 15
    assert [] == [path for path in named if not any((root / path).exists() for root in roots)]


def test_columns_of_tables_are_known():
    """Tables that pages show have columns that the page of the scenario folder explains."""
    known = set(
        re.findall(r"`(\w+)`", (DOCS / "scenario-folder.md").read_text(encoding="utf-8"))
    )
    unknown = {
        (page.name, column)
        for page in PAGES
        for block in blocks(page)
        if block.kind == "csv"
        for column in block.body.splitlines()[0].split(",")
        if column not in known
    }

    assert set() == unknown
