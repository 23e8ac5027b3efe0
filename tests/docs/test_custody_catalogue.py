"""The tables of custody are those of the code."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location

import pytest

from doc_pages import DOCS, first_cells
from silog_core.custody.catalogue import CATALOGUE
from silog_core.custody.problem_texts import TEXTS

_SPEC = spec_from_file_location("write_catalogue", DOCS / "write_catalogue.py")
WRITER = module_from_spec(_SPEC)
_SPEC.loader.exec_module(WRITER)


@pytest.mark.parametrize("page", WRITER.PAGES, ids=lambda page: page.name)
def test_tables_are_fresh(page):
    """They are as they would be written now: python docs/write_catalogue.py."""
    text = page.read_text(encoding="utf-8")

    assert WRITER.renewed(text) == text


def test_every_kind_and_problem_stands_on_the_page():
    """Nothing is left out of the tables."""
    page = DOCS / "custody-catalogue.md"

    assert [kind.value for kind in CATALOGUE] == first_cells(page, "Kinds of events")
    assert sorted(TEXTS) == first_cells(page, "Problems")
