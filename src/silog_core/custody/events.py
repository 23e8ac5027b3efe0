"""Events as canonical bytes: one event has one form, and only that form is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from sys import intern
from typing import Any

from silog_core.domain.custody_events import Count, Event, EventId, Quantity
from silog_core.domain.custody_roles import Party
from silog_core.domain.demand import Commodity
from silog_core.errors import EventFormatError, FieldError

#: Version of the form; another form gets another number.
VERSION = 1
_FIX = "take the bytes as they were recorded; an event is never written by hand"
_TEXTS = ("container", "destination", "document", "plan", "reason")
_NAMES = ("seals_applied", "seals_broken", "seals_removed", "units")
_AS_THEY_ARE = (*_TEXTS, *_NAMES)
_STATED = ("seals_given", "seals_taken")
_PAIRS = ("facts", "commitments", *_STATED)
_dump = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def event_bytes(event: Event) -> bytes:
    """Return the canonical bytes of *event*: what is hashed, signed and stored.

    JSON in UTF-8 with sorted keys and without spaces; texts in composed form (NFC),
    numbers whole, fields that are empty left out, and ``"v"`` the version.

    Example:
        >>> event = Event(
        ...     device="t1",
        ...     sequence=7,
        ...     kind="packed",
        ...     time_s=1_732_500_000,
        ...     place="12.71",
        ...     author=Party("operator", "12.71"),
        ...     units=("BOX-1",),
        ... )
        >>> data = event_bytes(event)
        >>> data.decode()[:62]
        '{"author":["operator","12.71"],"device":"t1","kind":"packed","'
        >>> event_from_bytes(data) == event
        True
    """
    data: dict[str, Any] = {
        "v": VERSION,
        "device": event.device,
        "seq": event.sequence,
        "kind": event.kind.value,
        "time_s": event.time_s,
        "offset_min": event.offset_min,
        "place": event.place,
        "author": _party(event.author),
    }
    for name in _AS_THEY_ARE:
        value = getattr(event, name)
        if value:
            data[name] = value
    if event.recorded_s is not None:
        data["recorded_s"] = event.recorded_s
    for name in ("giver", "receiver"):
        party = getattr(event, name)
        if party is not None:
            data[name] = _party(party)
    if event.witnesses:
        data["witnesses"] = [_party(p) for p in event.witnesses]
    if event.quantities:
        data["quantities"] = [
            [q.commodity.item, q.commodity.area, q.lot, q.pieces] for q in event.quantities
        ]
    if event.counts:
        data["counts"] = [
            [c.commodity.item, c.commodity.area, c.measure.value, c.pieces]
            for c in event.counts
        ]
    if event.corrects is not None:
        data["corrects"] = list(event.corrects)
    for name in _PAIRS:
        value = getattr(event, name)
        if value:
            data[name] = dict(value)
    return _dump(data).encode()


def event_from_bytes(data: bytes) -> Event:
    """Return the event whose canonical bytes *data* is.

    Raises:
        EventFormatError: It is not: not JSON in UTF-8, another version, an unknown,
            missing or repeated key, a value that does not fit, or a form that is not
            the canonical one. The message says which.
    """
    try:
        found: Any = json.loads(
            data.decode(),
            object_pairs_hook=_once,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except (ValueError, RecursionError) as wrong:
        if isinstance(wrong, EventFormatError):
            raise
        raise EventFormatError(f"these bytes are not JSON in UTF-8: {wrong}", _FIX) from wrong
    if not isinstance(found, dict):
        raise EventFormatError("these bytes are JSON, but not an event", _FIX)
    if type(found.get("v")) is not int or found["v"] != VERSION:
        raise EventFormatError(
            f"this event has form {found.get('v')!r}; form {VERSION} is read here",
            "read it with the version of silog_core that wrote it, or a later one",
        )
    try:
        given: dict[str, Any] = {key: _READERS[key](found[key]) for key in found}
        del given["v"]
        given["sequence"] = given.pop("seq")
        event = Event(**given)
        # Its bytes are canonical if they are the one way to write what was read, and if
        # the event took all of it as it is: nothing was put in order, nothing left out.
        canonical = _dump(found).encode() == data and _as_given(event, given)
    except KeyError as wrong:
        what = wrong.args[0]
        if what in found:
            raise EventFormatError(f"an event has no key {what!r}", _FIX) from wrong
        raise EventFormatError(f"this event does not fit: {wrong}", _FIX) from wrong
    except (FieldError, TypeError, ValueError, AttributeError) as wrong:
        if isinstance(wrong, EventFormatError):
            raise
        said = wrong.problem if isinstance(wrong, FieldError) else str(wrong)
        raise EventFormatError(f"this event does not fit: {said}", _FIX) from wrong
    if not canonical:
        raise EventFormatError("this event is not in canonical form", _FIX)
    return event


def _as_given(event: Event, given: dict[str, Any]) -> bool:
    """Say whether *event* holds just what was given, and that says nothing twice."""
    if "offset_min" not in given:
        return False
    for key, value in given.items():
        if key in _NUMBERS:
            if value is None:
                return False
        elif not value or (key != "kind" and getattr(event, key) != value):
            return False
    return True


def _party(party: Party) -> list[str]:
    form = [party.role.value, party.office]
    if party.person:
        form.append(party.person)
    return form


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise EventFormatError(f"the key {twice!r} stands twice in this event", _FIX)
    return found


def _no_float(value: str) -> Any:
    raise EventFormatError(f"{value} is not a whole number", _FIX)


def _as_is(value: Any) -> Any:
    return value


# Half a million events name the same places, offices, boxes and seals over and over:
# each of these is kept once.


def _as_text(value: Any) -> Any:
    return intern(value) if type(value) is str else value


def _as_names(value: Any) -> tuple[str, ...]:
    return _kept(tuple(_listed(value)))


def _as_party(value: Any) -> Party:
    words = _listed(value)
    party = _party_of(*words)
    if words != _party(party):
        raise EventFormatError("this event is not in canonical form", _FIX)
    return party


@lru_cache(maxsize=1 << 16)
def _kept(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_as_text(name) for name in names)


@lru_cache(maxsize=1 << 16)
def _same(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the first of all equal tuples of texts."""
    return values


@lru_cache(maxsize=1 << 14)
def _party_of(*words: str) -> Party:
    return Party(*words)


def _made_of(item: object, area: object) -> Commodity:
    if type(item) is not str or type(area) is not str:
        raise EventFormatError(f"{item!r} of {area!r} is no item with its area", _FIX)
    return _commodity(item, area)


@lru_cache(maxsize=1 << 12)
def _commodity(item: str, area: str) -> Commodity:
    return Commodity(item=item, area=area)


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise EventFormatError(f"{value!r} is not a list", _FIX)
    return value


def _as_pairs(value: Any) -> tuple[tuple[str, Any], ...]:
    pairs = tuple(value.items())
    # Texts alone: among numbers, those that are equal need not be the same.
    return _same(pairs) if all(type(v) is str for _key, v in pairs) else pairs


def _as_parties(value: Any) -> tuple[Party, ...]:
    return _same(tuple(_as_party(party) for party in _listed(value)))


def _as_stated(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return _same(tuple((_as_text(unit), _as_names(seals)) for unit, seals in value.items()))


def _as_quantities(value: Any) -> tuple[Quantity, ...]:
    return tuple(
        Quantity(_made_of(item, area), pieces, _as_text(lot))
        for item, area, lot, pieces in _listed(value)
    )


def _as_counts(value: Any) -> tuple[Count, ...]:
    return tuple(
        Count(_made_of(item, area), measure, pieces)
        for item, area, measure, pieces in _listed(value)
    )


_NUMBERS = {"sequence", "time_s", "offset_min", "recorded_s"}
_READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        ("v", "seq", "kind", "time_s", "offset_min", "recorded_s"),
        _as_is,
    ),
    **dict.fromkeys(("device", "place", *_TEXTS), _as_text),
    **dict.fromkeys(_NAMES, _as_names),
    **dict.fromkeys(_STATED, _as_stated),
    **dict.fromkeys(("author", "giver", "receiver"), _as_party),
    "witnesses": _as_parties,
    "quantities": _as_quantities,
    "counts": _as_counts,
    "corrects": lambda value: EventId(*_listed(value)),
    "facts": _as_pairs,
    "commitments": _as_pairs,
}
