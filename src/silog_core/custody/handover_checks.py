"""Rules of hand-overs held against the record, each at the place where it happened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from silog_core.custody.problem_texts import problem
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_roles import Role
from silog_core.domain.handover_rules import HandoverRule, HandoverRules

#: Fact of a hand-over: who travels along, as ``role:office``, separated by semicolons.
ESCORT = "escort"
#: Stage of the calendar at which each kind hands over.
STAGES = {
    Kind.DISPATCHED: "dispatch",
    Kind.RECEIVED_HUB: "at-hub",
    Kind.RECEIVED_VILLAGE: "at-village",
    Kind.RECEIVED_STATION: "at-station",
    Kind.RETURNED_HUB: "return-hub",
    Kind.RETURNED_REGENCY: "return-regency",
}


def stage_of(event: Event) -> str:
    """Return the stage whose rule *event* is held to; empty for none.

    Example:
        >>> from silog_core.domain.custody_roles import Party
        >>> receipt = Event(
        ...     device="t1",
        ...     sequence=1,
        ...     kind="received-hub",
        ...     time_s=0,
        ...     place="12.71.01",
        ...     author=Party("subdistrict-committee", "12.71.01"),
        ... )
        >>> stage_of(receipt)
        'at-hub'
    """
    if event.kind is Kind.RECEIVED:
        # Only ballots have an electoral area.
        ballots = any(q.commodity.area for q in event.quantities)
        return "ballot-arrival" if ballots else "equipment-arrival"
    return STAGES.get(event.kind, "")


def handover_problems(event: Event, rules: HandoverRules) -> Iterator[CustodyProblem]:
    """Yield what *event* lacks of what the region of its place asks for."""
    stage = stage_of(event)
    rule = rules.at(stage, event.place) if stage else None
    if rule is None:
        return

    def lacks(code: str, **given: Any) -> CustodyProblem:
        return problem(
            code,
            event.units[0] if event.units else event.place,
            [event.id],
            kind=event.kind.title_en,
            kind_id=event.kind.title_id,
            scope=rule.scope,
            source=rule.source,
            **given,
        )

    present = {party.role.value for party in event.witnesses}
    for role in rule.witnesses:
        if role not in present:
            yield lacks("rule-witness", **_names(role))
    yield from _persons(event, rule, lacks)
    along = _escort(event)
    for role in rule.escort:
        if role not in along:
            yield lacks("rule-escort", **_names(role))
    hour = (event.time_s + 60 * event.offset_min) // 3600 % 24
    if not rule.first_hour <= hour < rule.last_hour:
        yield lacks("rule-hours", hour=hour, first=rule.first_hour, last=rule.last_hour)
    if rule.states_seals and event.units:
        given, taken = dict(event.seals_given), dict(event.seals_taken)
        silent = [code for code in event.units if not (code in given and code in taken)]
        if silent:
            yield lacks("rule-seals", found=", ".join(silent))


def _persons(event: Event, rule: HandoverRule, lacks: Any) -> Iterator[CustodyProblem]:
    signed = {party for party in (event.giver, event.receiver, event.author) if party}
    offices = {party.office for party in signed}
    # A witness whom the rule does not ask for as such may be the third party.
    offices |= {w.office for w in event.witnesses if w.role.value not in rule.witnesses}
    if len(offices) < rule.parties:
        yield lacks("rule-parties", count=rule.parties, found=len(offices))
    persons = signed | set(event.witnesses)
    if len(persons) < rule.persons:
        yield lacks("rule-persons", count=rule.persons, found=len(persons))


def _escort(event: Event) -> set[str]:
    told = str(event.fact(ESCORT) or "")
    return {part.partition(":")[0].strip() for part in told.split(";")}


def _names(role: str) -> dict[str, str]:
    known = next((one for one in Role if one.value == role), None)
    if known is None:
        return {"role": role, "role_id": role}
    return {"role": known.title_en, "role_id": known.title_id}
