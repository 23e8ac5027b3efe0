"""News fragments are named and written as docs/changelog.d/README.md says."""

from __future__ import annotations

import re

import pytest

from doc_pages import DOCS, first_cells

FOLDER = DOCS / "changelog.d"
FRAGMENTS = sorted(p for p in FOLDER.iterdir() if p.name != "README.md")


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda p: p.name)
def test_fragment_is_in_form(fragment):
    """A fragment has a name, one of the types, and a few sentences without a heading."""
    named = re.fullmatch(r"\+[a-z0-9-]+\.([a-z]+)\.md", fragment.name)
    text = fragment.read_text(encoding="utf-8")

    assert named
    assert named[1] in first_cells(FOLDER / "README.md", "News fragments")
    assert text.strip()
    assert not text.startswith("#")
    assert len(text.strip().splitlines()) <= 3
