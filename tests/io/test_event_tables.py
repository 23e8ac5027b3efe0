"""Tables of events: back without loss, and every fault of a typed one at once."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custody_draws import any_events
from silog_core.domain.problems import ScenarioError
from silog_core.io.event_files import events_csv, read_events

HEAD = "kind,time,place,author,units,seals_applied,counts\n"


def _in_calendar(event):
    recorded_s = None if event.recorded_s is None else event.recorded_s % 2**37
    return attrs.evolve(event, time_s=event.time_s % 2**37, recorded_s=recorded_s)


def _typed(rows, **given):
    return read_events((HEAD + rows).encode(), file="day.csv", device="desk-1", **given)


@settings(max_examples=60, deadline=None)
@given(st.lists(any_events().map(_in_calendar), max_size=4, unique_by=lambda e: e.id))
def test_events_come_back_equal(events):
    """Invariant 37: what is written as a table is read back without loss."""
    assert events == read_events(events_csv(events), file="x.csv", device="other")


def test_typed_rows_are_numbered_from_the_last_one():
    """An officer types no numbers: rows go on from the device's last event."""
    row = "packed,2024-11-20 09:00,12.71,operator:12.71,B-1;B-2,,\n"
    events = _typed(row + row, after=7)

    assert ["desk-1:8", "desk-1:9"] == [str(event.id) for event in events]
    assert ("B-1", "B-2") == events[0].units
    assert 1_732_068_000 == events[0].time_s


def test_every_problem_is_told_with_its_row_and_column():
    """All faults of a file come in one error, each with what to write instead."""
    rows = (
        "paked,2024-11-20 09:00,12.71,operator:12.71,B-1,,\n"
        "packed,yesterday,,operator:12.71,B-1,,\n"
        "packed,2024-11-20 09:00,12.71,clerk:12.71,B-1,,\n"
        "counted,2024-11-27 14:00,12.71,operator:12.71,,,used:ballot:12=many\n"
        "counted,2024-11-27 14:00,12.71,operator:12.71,,,taken:ballot:12=3\n"
    )
    with pytest.raises(ScenarioError) as wrong:
        _typed(rows)

    assert [
        (2, "kind"),
        (3, "place"),
        (3, "time"),
        (4, "author"),
        (5, "counts"),
        (6, "counts"),
    ] == [(p.row, p.column) for p in wrong.value.problems]
    assert "did you mean packed?" in wrong.value.problems[0].line("en")
    assert "maksudnya packed?" in wrong.value.problems[0].line("id")


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_separators_are_read(sign):
    """Spreadsheets in Indonesia separate cells by semicolons."""
    head = sign.join(["kind", "time", "place", "author"])
    row = sign.join(["packed", "2024-11-20T09:00:00+08:00", "64.71", "operator:64.71"])
    (event,) = read_events(f"{head}\n{row}\n".encode(), file="x", device="d")

    assert 480 == event.offset_min
