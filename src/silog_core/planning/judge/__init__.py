"""Judge trips that a person typed: every rule they break, the row, and what to do."""

from __future__ import annotations

from silog_core.planning.judge.routing import judge_problem_trips
from silog_core.planning.judge.scenario import judge_trips

__all__ = ["judge_problem_trips", "judge_trips"]
