"""What a unit has to do next, who does it until when, and why it is late or is not."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from silog_core.custody.catalogue import CATALOGUE
from silog_core.custody.catalogue_form import Subject
from silog_core.custody.comparison import moment
from silog_core.custody.fold import CustodyFold
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import LANDING_RECEIPTS, Condition, Kind, Stage
from silog_core.domain.custody_roles import Role
from silog_core.domain.custody_state import UnitState
from silog_core.domain.custody_steps import ExpectedKit, ExpectedStep

#: What ends the way of a unit, takes it off its way, or lies on the way of some only: never
#: simply the next step.
_ASIDE = {Kind.DESTROYED, Kind.TAKEN_IN_STOCK, *LANDING_RECEIPTS.values()}
_WHY = {
    "not-late": ("{left} h are left until {due}", "masih {left} jam sampai {due}"),
    "no-plan": (
        "no plan is given to say until when",
        "tidak ada rencana yang menyebut batas waktunya",
    ),
    "condition": (
        "it is {condition}: nothing may move it on before that is settled",
        "keadaannya {condition_id}: tidak boleh bergerak sebelum itu selesai",
    ),
    "incident": ("the incident {incident} is open", "insiden {incident} masih terbuka"),
    "before": (
        "'{before}' came {late} h late already",
        "'{before_id}' sudah terlambat {late} jam",
    ),
    "silent": (
        "nothing was ever recorded at {place}",
        "belum pernah ada catatan dari {place}",
    ),
    "heard": (
        "'{before}' was in time; {place} last recorded something {hours} h ago",
        "'{before_id}' tepat waktu; catatan terakhir dari {place} {hours} jam lalu",
    ),
}


@attrs.frozen(kw_only=True)
class NextStep:
    """The step that is due next, and what there is to say of its time."""

    kind: Kind
    #: Where, as planned; empty without a plan.
    place: str
    #: Roles of which one records it, and different persons that it needs.
    roles: tuple[Role, ...]
    persons: int
    #: Latest moment [s since 1970, UTC]; None without a plan.
    due_s: int | None
    #: How far past its time it is [s]; 0 when it is not late.
    late_s: int
    #: Stable word for the reason, and the reason in both languages.
    code: str
    why_en: str
    why_id: str


def next_step(
    unit: UnitState,
    fold: CustodyFold,
    kit: ExpectedKit | None,
    *,
    now_s: int,
    offset_min: int = 420,
) -> NextStep | None:
    """Return the step that *unit* has to take next, None at the end of its way.

    Args:
        unit: The unit as the record has it.
        fold: The record that it stands in.
        kit: What the plan expects; without it the catalogue says what follows.
        now_s: Now [s since 1970, UTC].
        offset_min: Local time ahead of UTC in texts [minutes].
    """
    if unit.condition is Condition.DESTROYED:
        return None
    if kit is None:
        return _by_catalogue(unit)
    taken = {event.kind: event for event in fold.history(unit)}
    last = max((n for n, s in enumerate(kit.steps) if s.kind in taken), default=-1)
    if last + 1 == len(kit.steps):
        return None
    step = kit.steps[last + 1]
    late_s = max(0, now_s - step.due_s)
    before = kit.steps[last] if last >= 0 else None
    code, given = (
        _lateness(unit, step, before, taken, fold, now_s)
        if late_s
        else (
            "not-late",
            {"left": (step.due_s - now_s) // 3600, "due": moment(step.due_s, offset_min)},
        )
    )
    return _step(step, late_s, code, given)


def _step(step: ExpectedStep, late_s: int, code: str, given: dict[str, object]) -> NextStep:
    english, indonesian = (text.format(**given) for text in _WHY[code])
    return NextStep(
        kind=step.kind,
        place=step.place,
        roles=step.roles,
        persons=step.persons,
        due_s=step.due_s,
        late_s=late_s,
        code=code,
        why_en=english,
        why_id=indonesian,
    )


def _lateness(
    unit: UnitState,
    step: ExpectedStep,
    before: ExpectedStep | None,
    taken: dict[Kind, Event],
    fold: CustodyFold,
    now_s: int,
) -> tuple[str, dict[str, object]]:
    """Return why *step* is late: the first of the reasons that the record knows."""
    if unit.condition is not Condition.GOOD:
        return "condition", {
            "condition": unit.condition.value,
            "condition_id": unit.condition.title_id,
        }
    if unit.incidents:
        return "incident", {"incident": unit.incidents[0]}
    names: dict[str, object] = {}
    if before is not None:
        names = {"before": before.kind.title_en, "before_id": before.kind.title_id}
        late_s = taken[before.kind].time_s - before.due_s
        if late_s > 0:
            return "before", {**names, "late": -(-late_s // 3600)}
    told = fold.standing.values()
    heard = [e.time_s for e in told if e.place == step.place and e.time_s <= now_s]
    if not heard or before is None:
        return "silent", {"place": step.place}
    return "heard", {**names, "place": step.place, "hours": (now_s - max(heard)) // 3600}


def _by_catalogue(unit: UnitState) -> NextStep | None:
    found = min(_following(unit.stage), key=lambda pair: pair[0], default=None)
    if found is None:
        return None
    rules = CATALOGUE[found[1]]
    step = ExpectedStep(
        kind=rules.kind,
        place="",
        roles=tuple(sorted(rules.roles, key=lambda role: role.value)),
        due_s=0,
        persons=rules.persons,
    )
    return attrs.evolve(_step(step, 0, "no-plan", {}), due_s=None)


def _following(stage: Stage | None) -> Iterator[tuple[int, Kind]]:
    for rules in CATALOGUE.values():
        to = rules.to_stage
        if (
            rules.subject is Subject.UNIT
            and to is not None
            and rules.kind not in _ASIDE
            and stage in rules.from_stages
            and to is not stage
        ):
            yield to.rank, rules.kind
