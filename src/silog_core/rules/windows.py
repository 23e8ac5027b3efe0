"""Stage windows: the intersection of all that apply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from silog_core.domain.calendar_rules import StageWindow
from silog_core.domain.regions import RegionCode
from silog_core.rules.conflicts import Conflict, conflict
from silog_core.rules.entry import Entry, by_topic, in_force
from silog_core.rules.waivers import after_waivers


def begin_h(window: StageWindow) -> int:
    """Return when the window opens [h from 00:00 of voting day]."""
    return -24 * window.first_days_before + window.first_hour


def end_h(window: StageWindow) -> int:
    """Return when the window closes [h from 00:00 of voting day]."""
    return -24 * window.last_days_before + window.last_hour


def tightest(windows: Sequence[StageWindow], region: RegionCode) -> StageWindow:
    """Return the intersection of *windows*, at least one, as a window of *region*.

    It may close before it opens; `check_windows` refuses that when the book is built.
    """
    if len(windows) == 1:
        return windows[0]
    opens = max(windows, key=begin_h)
    closes = min(windows, key=end_h)
    if opens is closes:
        return opens
    return attrs.evolve(
        closes,
        scope=region,
        first_days_before=opens.first_days_before,
        first_hour=opens.first_hour,
        source=f"{opens.source}; {closes.source}",
        legal_minimum=opens.legal_minimum or closes.legal_minimum,
    )


def check_windows(entries: Sequence[Entry]) -> Iterator[Conflict]:
    """Find stages that no moment is left for, somewhere."""
    stages = [e for e in in_force(entries) if isinstance(e.rule, StageWindow)]
    for topic, same in by_topic(stages).items():
        for scope in sorted({e.scope for e in same}):
            covering = [e for e in same if e.scope.covers(scope)]
            left = set(after_waivers([e.rule for e in covering]))
            applies = [e for e in covering if e.rule in left]
            if not applies:
                continue
            opens = max(applies, key=lambda e: begin_h(_window(e)))
            closes = min(applies, key=lambda e: end_h(_window(e)))
            if end_h(_window(closes)) <= begin_h(_window(opens)):
                yield _empty(topic, scope, opens, closes)


def _window(entry: Entry) -> StageWindow:
    rule = entry.rule
    assert isinstance(rule, StageWindow)
    return rule


def _empty(topic: str, scope: RegionCode, opens: Entry, closes: Entry) -> Conflict:
    late, soon = _window(opens), _window(closes)
    return conflict(
        "window",
        [opens, closes],
        f"nothing is left of {topic} in {scope}: {late.id} of {opens.author} opens H-"
        f"{late.first_days_before} {late.first_hour:02d}:00, {soon.id} of {closes.author}"
        f" closes H-{soon.last_days_before} {soon.last_hour:02d}:00",
        f"let {late.id} open earlier: first_days_before={soon.last_days_before + 1} or more",
    )
