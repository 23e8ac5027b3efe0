"""Rules of a plugin read from its CSV files."""

from __future__ import annotations

from datetime import date

import pytest

from silog_core.domain.calendar_rules import DayOff
from silog_core.domain.items import Confidence
from silog_core.domain.needs_rules import NeedsRule
from silog_core.domain.travel_rules import AccessRule, Closure
from silog_core.errors import FieldError, FileFormatError
from silog_core.plugins import tables


def test_a_column_is_a_field():
    """Texts become what the field holds; empty cells keep the default."""
    rule = tables.from_row(
        NeedsRule,
        {
            "scope": "12",
            "source": "decree",
            "election": "pilkada",
            "item": "ink-bottle",
            "per": "station",
            "quantity": "2",
            "per_voter": "",
            "legal_minimum": "yes",
            "confidence": "derived",
            "valid_from": "2024-01-01",
            "valid_to": "",
            "only_flags": "prison hospital",
        },
    )

    assert (2, 0, True) == (rule.quantity, rule.per_voter, rule.legal_minimum)
    assert Confidence.DERIVED is rule.confidence
    assert (date(2024, 1, 1), None) == (rule.valid.first, rule.valid.last)
    assert ("prison", "hospital") == rule.only_flags


def test_lists_and_days_are_read():
    """Whole numbers stand with spaces between, days as ISO dates."""
    closure = {"scope": "12", "name": "n", "mode": "sea", "reason": "r", "source": "s"}
    day = {"scope": "12", "day": "2024-12-25", "name": "Natal", "source": "s"}

    assert (1, 12) == tables.from_row(Closure, {**closure, "months": "1 12"}).months
    assert date(2024, 12, 25) == tables.from_row(DayOff, day).day


@pytest.mark.parametrize(
    "extra", [{"colour": "red"}, {"legal_minimum": "maybe"}, {"quantity": "two"}]
)
def test_a_wrong_cell_is_refused(extra):
    """A column that is no field, or a value that does not fit, never passes."""
    row = {"scope": "12", "source": "s", "election": "pilkada", "item": "i", "per": "station"}

    with pytest.raises((FieldError, ValueError)):
        tables.from_row(NeedsRule, {**row, **extra})


def test_a_wrong_row_is_named(tmp_path, monkeypatch):
    """The message says which file and which row, counted as a spreadsheet does."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "access.csv").write_text(
        "scope,to,mode,source,note\n12,hub,road,s,fine\n12,hub,rocket,s,not\n"
    )
    monkeypatch.setattr(tables, "files", lambda _package: tmp_path)

    with pytest.raises(FileFormatError, match=r"pack/data/access.csv, row 3"):
        tables.read_rules("pack", "access.csv", AccessRule, beside=("note",))
