"""A re-plan: the new plan, each change with its reason, and who is still at risk."""

from __future__ import annotations

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.fields import text, whole
from silog_core.domain.incidents import Incident
from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario


@attrs.frozen(kw_only=True)
class Change:
    """One thing that is done otherwise than planned, and why."""

    #: ``later``, ``earlier``, ``other-way``, ``other-mode``, ``other-vehicle``,
    #: ``lighter``, ``added``, ``dropped``, ``other-source``, ``hauled``, ``lent``, ``less``,
    #: ``joined``, ``lost``, ``short``, ``stage``, ``crew`` or ``back``.
    kind: str = attrs.field(validator=text("a kind of change"))
    #: Trip, place or lot that changes.
    what: str = attrs.field(validator=text("an id"))
    #: Incidents that it answers; several separated by a comma.
    incident: str = attrs.field(validator=text("the id of an incident"))
    #: What changes and why, in English and Indonesian.
    reason: str = attrs.field(validator=text("a sentence"))
    reason_id: str = attrs.field(validator=text("a sentence in Indonesian"))


@attrs.frozen(kw_only=True)
class AtRisk:
    """A station that may not have everything on time, and why no plan mends that."""

    station: str = attrs.field(validator=text("a station code"))
    name: str = ""
    voters: int = attrs.field(default=0, validator=whole(0, "voters"))
    incident: str = attrs.field(validator=text("the id of an incident"))
    #: ``cut``, ``no-time``, ``under-way``, ``flooded``, ``lost``, ``moved``, ``short``...
    code: str = attrs.field(validator=text("a reason code"))
    reason: str = attrs.field(validator=text("a sentence"))
    reason_id: str = attrs.field(validator=text("a sentence in Indonesian"))
    action: str = attrs.field(validator=text("what would help"))
    action_id: str = attrs.field(validator=text("what would help, in Indonesian"))
    #: Pieces that the station lacks: with as many more, it would have all.
    lacks: tuple[tuple[Commodity, int], ...] = ()


@attrs.frozen(kw_only=True)
class Replan:
    """The answer to incidents."""

    #: The new plan; trips that had left are in it unchanged.
    plan: Plan
    #: The scenario as the incidents leave it; None where nothing happened.
    scenario: Scenario | None = None
    #: Stations still at risk, those with most voters first.
    at_risk: tuple[AtRisk, ...] = ()
    changes: tuple[Change, ...] = ()
    incidents: tuple[Incident, ...] = ()
    #: Moment from which on the plan may differ [s].
    now_s: int = 0
    #: Ids of the trips that had left by then.
    frozen: tuple[str, ...] = ()
