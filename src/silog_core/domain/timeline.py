"""When the steps of a plan may start at the latest, and a plan shifted forward in time."""

from __future__ import annotations

import attrs

from silog_core.domain.plan import Plan


@attrs.frozen(kw_only=True)
class Step:
    """One trip, or one stage of work, on a chain of steps."""

    #: Id of the trip, or ``STAGE@PLACE`` such as ``kitting@12.01``.
    id: str
    #: Echelon or stage.
    kind: str
    #: Where it starts, and where it ends that counts here.
    place: str
    to: str
    #: Planned start and end [s].
    start_s: int
    finish_s: int
    #: Latest moment to be ready for it at which every deadline after it still holds [s].
    latest_start_s: int
    #: How far it can slip while everything after it goes as planned [s].
    free_s: int
    #: What fixes the latest start: the next step, or a window that closes.
    bound_by: str
    why: str
    why_id: str

    @property
    def slack_s(self) -> int:
        """How far it can slip before a deadline breaks [s]; below zero it is late."""
        return self.latest_start_s - self.start_s

    @property
    def shared_s(self) -> int:
        """The part of its slack that belongs to later steps: used here, it is gone there."""
        return self.slack_s - self.free_s


@attrs.frozen(kw_only=True)
class CriticalPath:
    """The chain of steps that fixes the latest start of a place, first to last."""

    place: str
    steps: tuple[Step, ...]
    #: The window that ends the chain: place, and when it closes [s].
    ends_at: str = ""
    deadline_s: int = 0

    @property
    def slack_s(self) -> int:
        """How far the first step can slip [s]."""
        return self.steps[0].slack_s if self.steps else 0

    @property
    def owner(self) -> Step | None:
        """The step with most slack of its own: the others share it."""
        return max(self.steps, key=lambda s: s.free_s, default=None)


@attrs.frozen(kw_only=True)
class Shifted:
    """A step that starts later than planned."""

    step: str
    old_s: int
    new_s: int
    #: The step that it waits for; empty where it waits for today.
    waits_for: str = ""


@attrs.frozen(kw_only=True)
class Unmet:
    """A station that has its kit too late, with the reason and what mends it."""

    station: str
    name: str
    voters: int
    #: The step with which the delay began, and how late the kit is [s].
    root: str
    late_s: int
    #: ``rest``, ``night``, ``escort``, ``press``, ``shift``, ``crew``, ``all`` or
    #: ``deadline``: the smallest change that helps.
    mend: str
    reason: str
    reason_id: str
    action: str
    action_id: str


@attrs.frozen(kw_only=True)
class ForwardRepair:
    """A plan after today is known: what has begun stays, the rest is shifted forward."""

    plan: Plan
    now_s: int
    begun: tuple[str, ...] = ()
    shifted: tuple[Shifted, ...] = ()
    #: Stations that cannot be met, those with most voters first.
    unmet: tuple[Unmet, ...] = ()
