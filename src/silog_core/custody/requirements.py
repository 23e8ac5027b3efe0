"""What each event must have by itself: role, fields, persons, witnesses, sums."""

from __future__ import annotations

from collections.abc import Iterator

from silog_core.custody.catalogue import CATALOGUE
from silog_core.custody.catalogue_form import KindRules
from silog_core.custody.problem_texts import problem
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_roles import Role

_SEALING = {Kind.SEALED, Kind.RESEALED, Kind.SEAL_REPLACED, Kind.OPENED, Kind.SEAL_BROKEN}


def problems_of(event: Event) -> Iterator[CustodyProblem]:
    """Yield what is wrong with *event*, whatever else is in the record.

    Example:
        >>> from silog_core.domain.custody_roles import Party
        >>> lone = Event(
        ...     device="t1",
        ...     sequence=1,
        ...     kind="packed",
        ...     time_s=0,
        ...     place="12.71",
        ...     author=Party("operator", "12.71"),
        ...     units=("BOX-1",),
        ... )
        >>> [found.code for found in problems_of(lone)]
        ['too-few-persons']
    """
    rules = CATALOGUE[event.kind]
    # The common case first: hundreds of thousands of events have nothing wrong.
    if event.author.role not in rules.roles:
        yield _of(
            "may-not-append",
            event,
            role=event.author.role.title_en,
            role_id=event.author.role.title_id,
            roles=_english(rules.roles),
            roles_id=_indonesian(rules.roles),
        )
    for name in rules.must_carry:
        if not getattr(event, name):
            yield _of("lacks-field", event, field=name)
    if rules.handover:
        yield from _handover(event, rules)
    if rules.persons > 1 and not _enough(event, rules.persons):
        yield _of("too-few-persons", event, count=rules.persons, found=len(_persons(event)))
    if rules.witnesses and not any(w.role in rules.witnesses for w in event.witnesses):
        yield _of(
            "no-witness",
            event,
            roles=_english(rules.witnesses),
            roles_id=_indonesian(rules.witnesses),
        )
    if event.facts or rules.facts:
        yield from _facts(event, rules)
    if event.kind is Kind.TRANSFERRED:
        yield from _donor(event)
    if event.kind in _SEALING and len(event.units) > 1:
        yield _of("seals-of-many", event, count=len(event.units), first=event.units[0])
    if event.seals_given or event.seals_taken:
        yield from _statements(event, rules)
    if event.seals_broken and not event.reason and "reason" not in rules.must_carry:
        yield _of("lacks-field", event, field="reason")
    if event.corrects is not None and not event.reason:
        yield _of("lacks-field", event, field="reason")


def _handover(event: Event, rules: KindRules) -> Iterator[CustodyProblem]:
    giver, receiver = event.giver, event.receiver
    if giver is None or receiver is None:
        return
    if giver.office == receiver.office:
        yield _of("same-party", event, office=giver.office)
    if receiver.role not in rules.receivers:
        yield _of(
            "wrong-receiver",
            event,
            role=receiver.role.title_en,
            role_id=receiver.role.title_id,
        )


def _donor(event: Event) -> Iterator[CustodyProblem]:
    """Yield a transfer that leaves its donor less than its voters still to come (13)."""
    unused, left = event.fact("donor-unused"), event.fact("donor-voters-left")
    if not isinstance(unused, int):
        return
    needed = left if isinstance(left, int) else 0
    for quantity in event.quantities:
        if unused - quantity.pieces < needed:
            yield problem("donor-left-short", event.place, [event.id], what=quantity.commodity)


def _statements(event: Event, rules: KindRules) -> Iterator[CustodyProblem]:
    """Yield seals stated where nothing is handed over, or for what is not handed over."""
    for name in ("seals_given", "seals_taken"):
        stated = getattr(event, name)
        if stated and not rules.handover:
            yield _of("unknown-fact", event, field=name)
        others = sorted({unit for unit, _seals in stated} - set(event.units))
        if others:
            yield _of("seals-of-others", event, found=", ".join(others))


def _enough(event: Event, persons: int) -> bool:
    giver, receiver = event.giver, event.receiver
    if persons == 2:
        # The common case: somebody of another office was there too.
        office = event.author.office
        if giver and receiver and giver.office != receiver.office:
            return True
        if any(witness.office != office for witness in event.witnesses):
            return True
    return len(_persons(event)) >= persons


def _persons(event: Event) -> set[object]:
    found = {event.author, *event.witnesses}
    return {party for party in (*found, event.giver, event.receiver) if party is not None}


def _facts(event: Event, rules: KindRules) -> Iterator[CustodyProblem]:
    names = {name for name, _value in event.facts}
    for name in rules.facts:
        if name not in names:
            yield _of("lacks-field", event, field=name)
    for name in sorted(names.difference(rules.facts, rules.may_have)):
        yield _of("unknown-fact", event, field=name)


def _of(code: str, event: Event, **given: object) -> CustodyProblem:
    subject = event.container or (event.units[0] if event.units else event.place)
    return problem(
        code,
        subject,
        (event.id,),
        kind=event.kind.title_en,
        kind_id=event.kind.title_id,
        **given,
    )


def _english(roles: frozenset[Role]) -> str:
    return ", ".join(sorted(role.title_en for role in roles))


def _indonesian(roles: frozenset[Role]) -> str:
    return ", ".join(sorted(role.title_id for role in roles))
