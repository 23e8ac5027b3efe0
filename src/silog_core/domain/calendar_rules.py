"""Rules of the calendar: days off, deadlines, and windows that open not too early."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import attrs

from silog_core.domain.contributions import Contribution
from silog_core.domain.elections import ElectionKind
from silog_core.domain.fields import text, whole

#: Stages of the logistics chain, in order.
STAGES = (
    "print",
    "equipment-arrival",  # tahap 1: boxes, booths, ink, seals, ties
    "equipment-receipt",  # counted and compared with the delivery note
    "ballot-arrival",  # tahap 2: ballots and forms
    "ballot-receipt",
    "sort-fold",
    "kitting",
    "dispatch",  # leaves the regency warehouse
    "at-hub",
    "at-village",
    "at-station",
    "voting",
    "return-hub",
    "return-regency",
)


@attrs.frozen(kw_only=True)
class DayOff(Contribution):
    """A day on which nobody works or moves; all that are given hold."""

    kind: ClassVar[str] = "day-off"

    day: date = attrs.field(validator=attrs.validators.instance_of(date))
    name: str = attrs.field(validator=text("the name of the day"))

    @property
    def topic(self) -> str:
        """The day."""
        return f"{self.kind}:{self.day.isoformat()}"


@attrs.frozen(kw_only=True)
class StageWindow(Contribution):
    """When a stage may run: not before one day, not after another; the tightest holds.

    Too early is a fault too: secure storage is scarce, and what waits is stolen.
    Days are counted before the vote: 1 is H-1, 0 the voting day, -3 three days after.
    """

    kind: ClassVar[str] = "stage"

    election: ElectionKind = attrs.field(converter=ElectionKind)
    stage: str = attrs.field(validator=attrs.validators.in_(STAGES))
    #: First day on which the stage may begin.
    first_days_before: int = attrs.field(validator=whole(-60, "days"))
    #: Last day on which it must have ended.
    last_days_before: int = attrs.field(validator=whole(-60, "days"))
    #: Hour of the first day from which on it may begin [0-23].
    first_hour: int = attrs.field(default=0, validator=whole(0, "hours", highest=23))
    #: Hour of the last day by which it must have ended [1-24].
    last_hour: int = attrs.field(default=24, validator=whole(1, "hours", highest=24))
    #: The law's own deadline: a region may set an earlier one, never a later one.
    legal_minimum: bool = False

    @property
    def topic(self) -> str:
        """Election and stage."""
        return f"{self.kind}:{self.election.value}/{self.stage}"
