"""Read the EPCIS documents that the library writes, event by event."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from silog_core.custody.catalogue import CATALOGUE
from silog_core.custody.epcis_names import PREFIX, VOCABULARY, names_in
from silog_core.custody.epcis_writing import EXTRA_NAMES, STATED_NAMES, gives_up_all
from silog_core.domain.custody_events import Count, Event, EventId, Quantity
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_roles import Party
from silog_core.domain.demand import Commodity
from silog_core.errors import FieldError, FileFormatError

_FIX = "give an EPCIS document that `silog ledger export` wrote"
#: Keys that only say once more, in the words of EPCIS, what the kind says.
_SAID_BY_KIND = {"type", "action", "bizStep", "disposition", "bizLocation"}


def read_epcis(text: str | bytes) -> list[Event]:
    """Return the events of an EPCIS document, in the order in which they stand there.

    Declarations of errors repeat an event that is there already, and are left out: the
    correcting event names it.

    Raises:
        FileFormatError: It is not such a document; the message says which event and why.
    """
    try:
        document = json.loads(text, parse_float=_no_fraction)
        found = iter(document["epcisBody"]["eventList"])
    except (ValueError, TypeError, KeyError, RecursionError) as wrong:
        raise FileFormatError(f"this is not an EPCIS document: {wrong}", _FIX) from wrong
    events = []
    for number, data in enumerate(found, start=1):
        if isinstance(data, dict) and "errorDeclaration" in data:
            continue
        try:
            events.append(event_of(data))
        except FileFormatError as wrong:
            raise FileFormatError(f"event {number}: {wrong.problem}", wrong.fix) from wrong
    return events


def _no_fraction(text: str) -> Any:
    raise ValueError(f"{text} is not a whole number")


def event_of(data: Mapping[str, Any]) -> Event:
    """Return the event that `epcis_event` wrote as *data*.

    Raises:
        FileFormatError: It did not write that.
    """
    try:
        return _event(dict(data))
    except FieldError as wrong:
        raise FileFormatError(wrong.problem, wrong.fix) from wrong
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        if isinstance(wrong, FileFormatError):
            raise
        raise FileFormatError(f"{type(wrong).__name__}: {wrong}", _FIX) from wrong


def _event(data: dict[str, Any]) -> Event:
    for key in _SAID_BY_KIND:
        data.pop(key, None)
    device, sequence = names_in(data.pop("eventID"), "event", 2)
    zone = data.pop("eventTimeZoneOffset")
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    found: dict[str, Any] = {
        "device": device,
        "sequence": int(sequence),
        "time_s": _seconds(data.pop("eventTime")),
        "offset_min": -minutes if zone[0] == "-" else minutes,
        "recorded_s": _seconds(data.pop("recordTime")) if "recordTime" in data else None,
        "place": names_in(data.pop("readPoint")["id"], "place", 1)[0],
        "units": [
            names_in(unit, "unit", 1)[0]
            for key in ("epcList", "childEPCs")
            for unit in data.pop(key, ())
        ],
        "quantities": [
            _quantity(element)
            for key in ("quantityList", "childQuantityList")
            for element in data.pop(key, ())
        ],
        **_papers(data.pop("bizTransactionList", ())),
        **_ends(data.pop("sourceList", ()), data.pop("destinationList", ())),
    }
    if "parentID" in data:
        parent = names_in(data.pop("parentID"), "unit", 1)[0]
        if found["units"] or found["quantities"]:
            found["container"] = parent
        elif gives_up_all(CATALOGUE[Kind(data[f"{PREFIX}:kind"])].epcis):
            found["units"] = [parent]
    extras = {key.removeprefix(f"{PREFIX}:"): value for key, value in data.items()}
    unknown = [key for key in data if not key.startswith(f"{PREFIX}:")]
    if unknown:
        raise FileFormatError(f"{unknown[0]!r} is not read here", _FIX)
    return Event(**found, **_extras(extras))


def _seconds(text: str) -> int:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or moment.microsecond:
        raise FileFormatError(
            f"the time {text!r} has no offset, or parts of a second",
            "write it like 2024-11-26T18:00:00+07:00",
        )
    return int(moment.timestamp())


def _quantity(element: Mapping[str, Any]) -> Quantity:
    item, area, lot = names_in(element["epcClass"], "item", 3)
    return Quantity(Commodity(item=item, area=area), element["quantity"], lot)


def _papers(papers: Any) -> dict[str, str]:
    found = {}
    for paper in papers:
        family = "plan" if paper["type"] == f"{VOCABULARY}plan" else "document"
        found[family] = names_in(paper["bizTransaction"], family, 1)[0]
    return found


def _ends(sources: Any, destinations: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for source in sources:
        found["giver"] = _party(source["source"])
    for goal in destinations:
        if goal["type"] == "location":
            found["destination"] = names_in(goal["destination"], "place", 1)[0]
        else:
            found["receiver"] = _party(goal["destination"])
    return found


def _party(text: object) -> Party:
    return Party(*names_in(text, "party", 3))


def _extras(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": data.pop("kind"),
        "author": _party(data.pop("author")),
        "witnesses": [_party(text) for text in data.pop("witnesses", ())],
        "counts": [
            Count(Commodity(item=c["item"], area=c["area"]), c["measure"], c["pieces"])
            for c in data.pop("counts", ())
        ],
    }
    for name, called in EXTRA_NAMES.items():
        found[name] = data.pop(called, ())
    for name, called in STATED_NAMES.items():
        found[name] = tuple(data.pop(called, {}).items())
    if "corrects" in data:
        device, sequence = names_in(data.pop("corrects"), "event", 2)
        found["corrects"] = EventId(device, int(sequence))
    for name in ("facts", "commitments"):
        found[name] = tuple(data.pop(name, {}).items())
    for name in ("reason", "container"):
        if name in data:
            found[name] = data.pop(name)
    if data:
        raise FileFormatError(f"'{PREFIX}:{next(iter(data))}' is not read here", _FIX)
    return found
