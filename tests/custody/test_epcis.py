"""Events as GS1 EPCIS 2.0: valid for every kind, and back without loss."""

from __future__ import annotations

import json
import re
from functools import cache

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker

from custody_draws import any_events
from shared_data import shared
from silog_core.custody.epcis_reading import event_of, read_epcis
from silog_core.custody.epcis_writing import epcis_event, epcis_text
from silog_core.domain.custody_events import Event, EventId
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_roles import Party
from silog_core.errors import FileFormatError

CLERK = Party("operator", "12.71")
#: RFC 3986, as far as the schema's ``uri`` needs it: a scheme, and no sign that it bars.
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def _in_calendar(event):
    """Bring an event's times before the year 9999, after which EPCIS has no dates."""
    recorded_s = None if event.recorded_s is None else event.recorded_s % 2**37
    return attrs.evolve(event, time_s=event.time_s % 2**37, recorded_s=recorded_s)


EVENTS = st.lists(any_events().map(_in_calendar), max_size=4, unique_by=lambda e: e.id)


@cache
def _validator():
    formats = FormatChecker(formats=())
    for name, form in (("uri", _URI), ("date-time", _MOMENT)):
        formats.checks(name)(
            lambda text, form=form: not isinstance(text, str) or bool(form.fullmatch(text))
        )
    schema = json.loads(shared("bench/epcis/EPCIS-JSON-Schema.json").read_text("utf-8"))
    return Draft7Validator(schema, format_checker=formats)


def _faults(document):
    return [
        f"{fault.json_path}: {fault.message}" for fault in _validator().iter_errors(document)
    ]


def _event(**given_fields):
    first = {"device": "t1", "sequence": 1, "kind": "packed", "time_s": 1_732_500_000}
    return Event(**{**first, "place": "12.71", "author": CLERK, **given_fields})


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_every_kind_is_valid(kind):
    """A document with events of a kind, bare or full, keeps to GS1's schema."""

    @settings(max_examples=15, deadline=None)
    @given(EVENTS)
    def law(drawn):
        found = [attrs.evolve(event, kind=kind) for event in drawn]
        bare = _event(kind=kind)
        named = _event(kind=kind, document="BA-1", units=("B-1",), sequence=2)
        document = json.loads("".join(epcis_text([bare, named, *found])))

        assert [] == _faults(document)

    law()


@settings(max_examples=50, deadline=None)
@given(EVENTS)
def test_events_come_back_equal(found):
    """Invariant 37: what is written as EPCIS is read back without loss."""
    assert found == read_epcis("".join(epcis_text(found)))


def test_a_correction_declares_the_error():
    """The mistaken event is said again, with the event that stands in for it."""
    wrong = _event(units=("B-1",))
    right = _event(sequence=2, units=("B-2",), corrects=wrong.id, recorded_s=1_732_500_900)
    document = json.loads("".join(epcis_text([wrong, right])))

    declared = [e for e in document["epcisBody"]["eventList"] if "errorDeclaration" in e]

    assert [
        {
            "declarationTime": "2024-11-25T02:15:00+00:00",
            "reason": "incorrect_data",
            "correctiveEventIDs": ["urn:silog:event:t1:2"],
        }
    ] == [e["errorDeclaration"] for e in declared]
    assert ["urn:silog:event:t1:1"] == [e["eventID"] for e in declared]
    assert [] == _faults(document)
    assert [wrong, right] == read_epcis(json.dumps(document))


def test_a_withdrawal_says_that_it_did_not_occur():
    """What never happened is declared so, without an event in its stead."""
    wrong = _event(units=("B-1",))
    gone = _event(
        sequence=2, kind="withdrawn", corrects=EventId("t1", 1), reason="typed twice"
    )
    found = json.loads("".join(epcis_text([wrong, gone])))["epcisBody"]["eventList"]

    assert ["did_not_occur"] == [
        e["errorDeclaration"]["reason"] for e in found if "errorDeclaration" in e
    ]


def test_who_gives_and_takes_stands_where_epcis_has_it():
    """Parties, paper, place and offset are said in the standard's own words."""
    carrier, hub = Party("carrier", "CV-1"), Party("subdistrict-committee", "12.71.01")
    found = epcis_event(
        _event(
            kind="received-hub", giver=carrier, receiver=hub, document="BAST/7", units=("B",)
        )
    )

    assert [{"type": "possessing_party", "source": "urn:silog:party:carrier:CV-1:"}] == found[
        "sourceList"
    ]
    assert (
        "urn:silog:party:subdistrict-committee:12.71.01:"
        == (found["destinationList"][0]["destination"])
    )
    assert [{"type": "recadv", "bizTransaction": "urn:silog:document:BAST%2F7"}] == found[
        "bizTransactionList"
    ]
    assert ("receiving", "+07:00") == (found["bizStep"], found["eventTimeZoneOffset"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"eventID": "urn:epc:id:sgtin:1"}, "urn:silog:event"),
        ({"silog:kind": "teleported"}, "teleported"),
        ({"ilmd": {}}, "'ilmd'"),
        ({"silog:colour": "red"}, "silog:colour"),
        ({"eventTime": "2024-11-25T09:00:00"}, "offset"),
        ({"epcList": ["urn:silog:unit:"]}, "a code"),
        ({"readPoint": None}, "TypeError"),
    ],
)
def test_another_document_is_refused(change, said):
    """What would be lost or guessed is an error that names it."""
    with pytest.raises(FileFormatError, match=re.escape(said)):
        event_of({**epcis_event(_event(units=("B",))), **change})


@pytest.mark.parametrize(
    "text", ["", "[]", '{"epcisBody":{}}', '{"epcisBody":{"eventList":3}}']
)
def test_what_is_no_document_is_refused(text):
    """A torn or foreign file is one clear error."""
    with pytest.raises(FileFormatError):
        read_epcis(text)


def test_the_validator_would_object():
    """A mutant of a document is found: the schema is really asked."""
    good = {"@context": ["https://a.example/"], **epcis_event(_event(units=("B",)))}

    assert [] == _faults(good)
    for wrong in ({"action": "SEAL"}, {"bizStep": "sealing"}, {"eventTimeZoneOffset": "7"}):
        assert [] != _faults({**good, **wrong})


def test_a_moment_beyond_the_calendar_is_refused():
    """EPCIS has years of four digits."""
    with pytest.raises(Exception, match="year 9999"):
        epcis_event(attrs.evolve(_event(), time_s=2**50))
