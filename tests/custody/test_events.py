"""Events have one form in bytes, and only that form is read."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custody_draws import any_events
from silog_core.custody.catalogue import CATALOGUE
from silog_core.custody.events import event_bytes, event_from_bytes
from silog_core.domain.custody_events import Event, Quantity
from silog_core.domain.custody_kinds import Condition, Kind, Stage
from silog_core.domain.custody_roles import Party, Role
from silog_core.domain.demand import Commodity
from silog_core.errors import EventFormatError, FieldError

EVENT = Event(
    device="t1",
    sequence=1,
    kind="packed",
    time_s=1_732_500_000,
    place="12.71",
    author=Party("operator", "12.71"),
    units=("BOX-1",),
)


@given(any_events())
def test_bytes_read_back(event):
    """What is written reads back equal, and is written the same again (37)."""
    data = event_bytes(event)

    assert event == event_from_bytes(data)
    assert data == event_bytes(event_from_bytes(data))


@given(any_events(), st.data())
def test_any_change_of_a_byte_is_another_event_or_none(event, data):
    """No second form of an event is read as the same event."""
    whole = bytearray(event_bytes(event))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))

    with suppress(EventFormatError):
        assert event_from_bytes(bytes(whole)) != event


def _changed(**given):
    form = json.loads(event_bytes(EVENT))
    form.update(given)
    return json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


BAD = {
    "spaces": json.dumps(json.loads(event_bytes(EVENT)), sort_keys=True).encode(),
    "key order": b'{"v":1,' + event_bytes(EVENT).replace(b',"v":1', b"")[1:],
    "unknown key": _changed(colour="red"),
    "version": _changed(v=2),
    "version as text": _changed(v="1"),
    "version as truth": _changed(v=True),
    "fraction": _changed(time_s=1.5),
    "no number": event_bytes(EVENT).replace(b"1732500000", b"NaN"),
    "unknown kind": _changed(kind="stolen"),
    "unknown role": _changed(author=["king", "12.71"]),
    "twice": event_bytes(EVENT).replace(b'{"author"', b'{"v":1,"author"'),
    "empty field": _changed(reason=""),
    "not composed": _changed(reason="cafe\u0301"),
    "units not sorted": _changed(units=["B", "A"]),
    "units as text": _changed(units="BOX"),
    "negative": _changed(sequence=-1),
    "inexact": _changed(time_s=2**53),
    "not UTF-8": event_bytes(EVENT)[:-1] + b"\xff}",
    "cut": event_bytes(EVENT)[:-1],
    "longer": event_bytes(EVENT) + b" ",
    "list": b"[]",
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("name", BAD)
def test_bad_bytes_are_refused(name):
    """Bytes that are not the canonical form are refused, with a sentence that says why."""
    with pytest.raises(EventFormatError) as caught:
        event_from_bytes(BAD[name])

    assert caught.value.problem
    assert caught.value.fix


@pytest.mark.parametrize(
    "given",
    [
        {"sequence": 0},
        {"time_s": -1},
        {"time_s": True},
        {"offset_min": 900},
        {"place": ""},
        {"reason": " x"},
        {"reason": "a\nb"},
        {"device": "\ud800"},
        {"facts": (("share", 1.5),)},
        {"quantities": (Quantity(Commodity(item="a"), 1), Quantity(Commodity(item="a"), 2))},
    ],
)
def test_values_that_do_not_fit_are_refused(given):
    """An event takes whole numbers and plain texts only."""
    import attrs

    with pytest.raises(FieldError):
        attrs.evolve(EVENT, **given)


def test_order_of_what_has_none_changes_nothing():
    """Units, seals and witnesses are sets: their order is not part of the event."""
    import attrs

    one = attrs.evolve(EVENT, units=("B", "A", "B"), seals_applied=("2", "1"))
    other = attrs.evolve(EVENT, units=("A", "B"), seals_applied=("1", "2", "2"))

    assert event_bytes(one) == event_bytes(other)


def test_catalogue_is_complete():
    """Every kind has rules, roles and a form in EPCIS; every name is in two languages."""
    assert set(Kind) == set(CATALOGUE)
    assert all(rules.roles and rules.epcis.event_type for rules in CATALOGUE.values())
    named = [*Kind, *Stage, *Role]
    assert all(value.title_id and value.title_en for value in named)
    assert all(value.title_id for value in Condition)


@pytest.mark.parametrize("kind", list(Kind), ids=lambda k: k.value)
def test_catalogue_is_consistent(kind):
    """What a kind must carry are fields of events; a hand-over names both parties."""
    rules = CATALOGUE[kind]
    fields = {a.name for a in Event.__attrs_attrs__}

    assert set(rules.must_carry) <= fields
    assert not set(rules.facts) & set(rules.may_have)
    if rules.handover:
        assert {"giver", "receiver", "document"} <= set(rules.must_carry)
        assert rules.persons >= 2
