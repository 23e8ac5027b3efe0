"""Events as a GS1 EPCIS 2.0 document in JSON-LD, without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from silog_core.custody.catalogue import CATALOGUE
from silog_core.custody.catalogue_form import AGGREGATION, OBJECT, TRANSACTION, Epcis
from silog_core.custody.epcis_names import CONTEXT, PAPER_TYPES, PREFIX, VOCABULARY, urn
from silog_core.domain.custody_events import Event, EventId, Quantity
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_roles import Party
from silog_core.errors import FieldError

#: Fields of an event that EPCIS has no place for, and their names in the document.
EXTRA_NAMES = {
    "seals_applied": "sealsApplied",
    "seals_removed": "sealsRemoved",
    "seals_broken": "sealsBroken",
}


#: Fields of serial numbers by unit, and their names in the document.
STATED_NAMES = {"seals_given": "sealsGiven", "seals_taken": "sealsTaken"}


def epcis_event(event: Event) -> dict[str, Any]:
    """Return *event* as one EPCIS event: what, when, where and why, and between whom.

    What EPCIS has a place for stands there and nowhere else: units, quantities, time,
    place, parties that give and take, paper, parent. The rest (seals, counts, author,
    witnesses, reason, facts, commitments) stands in keys that begin with ``silog:``.

    Example:
        >>> from silog_core.domain.custody_roles import Party
        >>> found = epcis_event(
        ...     Event(
        ...         device="t1",
        ...         sequence=7,
        ...         kind="sealed",
        ...         time_s=1_732_500_000,
        ...         place="12.71",
        ...         author=Party("operator", "12.71"),
        ...         units=("BOX-1",),
        ...         seals_applied=("S-1", "S-2"),
        ...     )
        ... )
        >>> found["type"], found["eventTime"], found["epcList"]
        ('ObjectEvent', '2024-11-25T09:00:00+07:00', ['urn:silog:unit:BOX-1'])
        >>> found["silog:sealsApplied"]
        ['S-1', 'S-2']
    """
    said = CATALOGUE[event.kind].epcis
    return {
        **_what(event, said),
        **_when(event),
        **_where(event, said),
        **_why(event, said),
        **_extras(event),
    }


def _what(event: Event, said: Epcis) -> dict[str, Any]:
    units = [urn("unit", unit) for unit in event.units]
    quantities = [_quantity(q) for q in event.quantities]
    if event.container and (units or quantities):
        return {
            "type": AGGREGATION,
            "action": said.action,
            "parentID": urn("unit", event.container),
            **({"childEPCs": units} if units else {}),
            **({"childQuantityList": quantities} if quantities else {}),
        }
    if gives_up_all(said) and not event.container and not quantities and len(units) == 1:
        return {"type": AGGREGATION, "action": said.action, "parentID": units[0]}
    paper = said.event_type == TRANSACTION and (event.document or event.plan)
    return {
        "type": TRANSACTION if paper else OBJECT,
        "action": said.action,
        "epcList": units,
        **({"quantityList": quantities} if quantities else {}),
        **({f"{PREFIX}:container": event.container} if event.container else {}),
    }


def gives_up_all(said: Epcis) -> bool:
    """Say whether the kind opens a unit: EPCIS then names the parent and no child."""
    return (said.event_type, said.action) == (AGGREGATION, "DELETE")


def _quantity(quantity: Quantity) -> dict[str, Any]:
    made_of = quantity.commodity
    return {
        "epcClass": urn("item", made_of.item, made_of.area, quantity.lot),
        "quantity": quantity.pieces,
    }


def _when(event: Event) -> dict[str, Any]:
    sign = "-" if event.offset_min < 0 else "+"
    hours, minutes = divmod(abs(event.offset_min), 60)
    found = {
        "eventID": urn("event", *event.id),
        "eventTime": _moment(event.time_s, event.offset_min),
        "eventTimeZoneOffset": f"{sign}{hours:02d}:{minutes:02d}",
    }
    if event.recorded_s is not None:
        found["recordTime"] = _moment(event.recorded_s)
    return found


def _moment(time_s: int, offset_min: int = 0) -> str:
    try:
        zone = timezone(timedelta(minutes=offset_min))
        return datetime.fromtimestamp(time_s, zone).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError) as wrong:
        raise FieldError(
            f"EPCIS cannot say the moment {time_s} s", "give one before the year 9999"
        ) from wrong


def _where(event: Event, said: Epcis) -> dict[str, Any]:
    place = {"id": urn("place", event.place)}
    return {
        "readPoint": place,
        **({} if said.disposition == "in_transit" else {"bizLocation": place}),
    }


def _why(event: Event, said: Epcis) -> dict[str, Any]:
    found: dict[str, Any] = {"bizStep": said.biz_step, "disposition": said.disposition}
    papers: list[dict[str, str]] = []
    if event.document:
        kind = PAPER_TYPES.get(event.kind, f"{VOCABULARY}minutes")
        papers.append({"type": kind, "bizTransaction": urn("document", event.document)})
    if event.plan:
        papers.append({"type": f"{VOCABULARY}plan", "bizTransaction": urn("plan", event.plan)})
    if papers:
        found["bizTransactionList"] = papers
    if event.giver is not None:
        found["sourceList"] = [_ends("source", event.giver)]
    goals = [] if event.receiver is None else [_ends("destination", event.receiver)]
    if event.destination:
        goals.append({"type": "location", "destination": urn("place", event.destination)})
    if goals:
        found["destinationList"] = goals
    return found


def _ends(side: str, party: Party) -> dict[str, str]:
    return {"type": "possessing_party", side: party_urn(party)}


def party_urn(party: Party) -> str:
    """Return the name of an office that acts."""
    return urn("party", party.role.value, party.office, party.person)


def _extras(event: Event) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": event.kind.value, "author": party_urn(event.author)}
    if event.witnesses:
        found["witnesses"] = [party_urn(party) for party in event.witnesses]
    if event.counts:
        found["counts"] = [
            {
                "item": count.commodity.item,
                "area": count.commodity.area,
                "measure": count.measure.value,
                "pieces": count.pieces,
            }
            for count in event.counts
        ]
    for name, called in EXTRA_NAMES.items():
        value = getattr(event, name)
        if value:
            found[called] = list(value)
    for name, called in STATED_NAMES.items():
        value = getattr(event, name)
        if value:
            found[called] = {unit: list(seals) for unit, seals in value}
    if event.reason:
        found["reason"] = event.reason
    if event.corrects is not None:
        found["corrects"] = urn("event", *event.corrects)
    for name in ("facts", "commitments"):
        if getattr(event, name):
            found[name] = dict(getattr(event, name))
    return {f"{PREFIX}:{name}": value for name, value in found.items()}


def epcis_events(
    events: Iterable[Event], earlier: Mapping[EventId, Event]
) -> Iterator[dict[str, Any]]:
    """Yield the EPCIS events, and behind each correction the declaration of the error.

    EPCIS corrects by saying the earlier event once more with an ``errorDeclaration``
    that names the event which stands in for it; *earlier* are those events.
    """
    for event in events:
        yield epcis_event(event)
        mistaken = None if event.corrects is None else earlier.get(event.corrects)
        if mistaken is not None:
            yield {**epcis_event(mistaken), "errorDeclaration": _declaration(event)}


def _declaration(event: Event) -> dict[str, Any]:
    declared = event.time_s if event.recorded_s is None else event.recorded_s
    if event.kind is Kind.WITHDRAWN:
        return {"declarationTime": _moment(declared), "reason": "did_not_occur"}
    return {
        "declarationTime": _moment(declared),
        "reason": "incorrect_data",
        "correctiveEventIDs": [urn("event", *event.id)],
    }


def epcis_text(events: Sequence[Event]) -> Iterator[str]:
    """Yield an EPCIS document piece by piece, one event a line.

    It is dated by its latest event, so that the same events give the same text.

    Example:
        >>> import json
        >>> json.loads("".join(epcis_text([])))["schemaVersion"]
        '2.0'
    """
    wrong = {event.corrects for event in events if event.corrects is not None}
    return epcis_lines(
        events,
        latest_s=max((event.time_s for event in events), default=0),
        earlier={event.id: event for event in events if event.id in wrong},
    )


def epcis_lines(
    events: Iterable[Event], *, latest_s: int, earlier: Mapping[EventId, Event]
) -> Iterator[str]:
    """Yield the same of events that come one by one.

    Args:
        events: What to write.
        latest_s: When the last of them happened [s since 1970, UTC].
        earlier: Those among them that others correct.
    """
    head = {
        "@context": [CONTEXT, {PREFIX: VOCABULARY}],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": _moment(latest_s),
    }
    yield _json(head)[:-1] + ',"epcisBody":{"eventList":['
    between = "\n"
    for event in epcis_events(events, earlier):
        yield between + _json(event)
        between = ",\n"
    yield "]}}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
