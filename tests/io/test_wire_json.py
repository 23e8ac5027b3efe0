"""Values as JSON: what goes out comes back, and what is wrong has a path."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from silog_core.domain.explanation import Reason
from silog_core.domain.legs import Leg
from silog_core.domain.plan import Trip
from silog_core.errors import FieldError, FileFormatError
from silog_core.io.wire_json import from_json, to_json
from silog_core.testing import strategies

quick = settings(max_examples=25, deadline=None)


@quick
@given(strategies.reasons())
def test_a_tree_comes_back(reason):
    """Nested values keep their form."""
    assert reason == from_json(Reason, to_json(reason))


@quick
@given(strategies.trips())
def test_a_trip_comes_back(trip):
    """Enumerations, tuples and optional parts too, as text or bytes."""
    assert trip == from_json(Trip, to_json(trip, indent=2).encode())
    assert to_json(trip) == to_json(from_json(Trip, to_json(trip)))


@pytest.mark.parametrize("text", ["", "{", b"\xff", "[" * 100_000, "nul"])
def test_what_is_not_json_is_refused(text):
    """A cut-off text is a sentence, not a traceback."""
    with pytest.raises(FileFormatError, match="not JSON"):
        from_json(Leg, text)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"tail":"a"}', "lacks"),
        ('{"tail":"a","head":"b","mode":"rail","length_m":9,"travel_s":3}', "$.mode"),
        ('{"tail":"a","head":"b","mode":"sea","length_m":1.5,"travel_s":3}', "$.length_m"),
        ("[]", "$"),
    ],
)
def test_what_does_not_fit_has_a_path(text, path):
    """The message says where in the text."""
    with pytest.raises(FieldError) as caught:
        from_json(Leg, text)

    assert path in caught.value.problem
