"""JSON and back: whole scenarios and plans, and faults that name their place."""

from __future__ import annotations

import json

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from silog_core.domain.items import Item
from silog_core.domain.legs import Leg
from silog_core.domain.places import Place
from silog_core.domain.plan import Plan, Trip
from silog_core.domain.scenario import Scenario
from silog_core.domain.wire import from_wire, to_wire
from silog_core.errors import FieldError
from small_world import planned, worlds

LEG = Leg(tail="a", head="b", mode="sea", length_m=9, travel_s=3, months_closed=(1, 2))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_37_scenarios_and_their_plans_come_back_unchanged(scenario):
    """Invariant 37: from_json(to_json(x)) == x, for all that a plan is made of."""
    for value in (scenario, planned(scenario)):
        kind = Scenario if value is scenario else Plan
        assert value == from_wire(kind, json.loads(json.dumps(to_wire(value))))


def test_defaults_are_left_out_and_come_back():
    """A field with its default is not written: files stay short, digests stay the same."""
    wire = to_wire(attrs.evolve(LEG, months_closed=()))

    assert {"tail", "head", "mode", "length_m", "travel_s"} == set(wire)
    assert LEG == from_wire(Leg, to_wire(LEG))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"mode": "teleport"}, r"\$\.mode"),
        ({"length_m": "9"}, r"\$\.length_m"),
        ({"length_m": True}, r"\$\.length_m"),
        ({"length_m": 0}, "Leg.length_m"),
        ({"months_closed": [1, "2"]}, r"\$\.months_closed\[1\]"),
        ({"months_closed": 1}, r"\$\.months_closed"),
        ({"colour": "red"}, "no field 'colour'"),
    ],
)
def test_a_fault_is_named_by_its_path(change, problem):
    """What does not fit is refused where it stands, with a fix."""
    with pytest.raises(FieldError, match=problem) as caught:
        from_wire(Leg, {**to_wire(LEG), **change})

    assert caught.value.fix


def test_a_missing_field_is_named():
    """What has no default has to be there."""
    wire = to_wire(LEG)
    del wire["head"]

    with pytest.raises(FieldError, match="lacks 'head'"):
        from_wire(Leg, wire)


def test_a_fault_deep_inside_has_its_whole_path():
    """The path leads through tuples and values to the fault."""
    place = to_wire(Place(code="a", kind="hub", region="12.01.01"))

    with pytest.raises(FieldError, match=r"\$\[1\]\.region"):
        from_wire(tuple[Place, ...], [place, {**place, "region": 7}])
    with pytest.raises(FieldError, match=r"\$\[0\]\.region"):
        from_wire(tuple[Place, ...], [{**place, "region": "12.1"}])


def test_nothing_is_written_that_could_not_be_read():
    """A float has no place in a plan."""
    with pytest.raises(FieldError, match="float"):
        to_wire({"mass": 1.5})


@pytest.mark.parametrize("kind", [Item, Trip])
def test_an_empty_object_lacks_what_is_compulsory(kind):
    """The first missing field is named, and all that are compulsory."""
    with pytest.raises(FieldError, match=r"\$ lacks"):
        from_wire(kind, {})
