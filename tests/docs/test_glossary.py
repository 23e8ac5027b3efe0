"""docs/glossary.md names what there is: classes, members, items, stages, codes."""

from __future__ import annotations

import csv
import re
from importlib.resources import files

import attrs
import pytest

import silog_core as silog
from doc_pages import DOCS
from silog_core.domain.calendar_rules import STAGES
from silog_core.domain.plan import ECHELON_TRIPS

PAGE = DOCS / "glossary.md"
WORDS = sorted(
    {
        word
        for row in re.findall(
            r"^\|.*\| (`.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
        )
        for word in re.findall(r"`([^`]+)`", row)
    }
)


def _items():
    text = (files("silog_region_id") / "data" / "items.csv").read_text(encoding="utf-8")
    return {row["code"] for row in csv.DictReader(text.splitlines())}


def _is_there(word):
    owner, _, member = word.partition(".")
    if word.endswith(".csv"):
        return f"`{word}`" in (DOCS / "plan-folder.md").read_text(encoding="utf-8")
    if member:
        kind = getattr(silog, owner)
        fields = (
            {a.name for a in attrs.fields(kind)} if attrs.has(kind) else set(kind.__members__)
        )
        return member in fields
    known = {*STAGES, *ECHELON_TRIPS, *_items(), *silog.__all__}
    return word in known or f"| `{word}` |" in (DOCS / "errors.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", WORDS)
def test_names_are_there(word):
    """What the last column names exists under that name."""
    pytest.importorskip("silog_region_id")

    assert _is_there(word)


def test_ppk_is_never_a_name_in_code():
    """PPK has two meanings, so no name of the library is made of it."""
    names = [name for name in dir(silog) if "ppk" in name.lower()]

    assert [] == names
