"""Merge lessons of regions, and choose those that may help elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from silog_core.domain.legs import Mode
from silog_core.domain.lessons import Lesson
from silog_core.domain.places import PlaceKind
from silog_core.domain.scenario import Scenario

#: Flags of places that tell a terrain.
_TERRAIN = {"landslide-prone": "mountain", "flood-prone": "lowland", "island": "island"}


def merge_lessons(*files: Iterable[Lesson]) -> tuple[Lesson, ...]:
    """Return all lessons once, in order: who merges what with whom first makes no odds.

    Example:
        >>> merge_lessons([], [])
        ()
    """
    return tuple(sorted({lesson for lessons in files for lesson in lessons}))


def lessons_for(lessons: Iterable[Lesson], scenario: Scenario) -> tuple[Lesson, ...]:
    """Return lessons of regions alike: same modes, terrain and month, the closest first.

    A lesson from a region of the scenario itself is no news, and left out.
    """
    month = scenario.election.voting_day.month
    root = str(scenario.election.root)
    modes = {g.mode.value for g in scenario.legs} | {Mode.ROAD.value}
    terrains = {_TERRAIN[f] for p in scenario.places for f in p.flags if f in _TERRAIN}
    if any(p.kind is PlaceKind.PORT for p in scenario.places):
        terrains.add("island")
    found = []
    for lesson in set(lessons):
        at_home = lesson.region == root or lesson.region.startswith(f"{root}.")
        fits_month = not lesson.months or any(
            min((month - m) % 12, (m - month) % 12) <= 1 for m in lesson.months
        )
        fits_terrain = not lesson.terrain or lesson.terrain in terrains
        if at_home or lesson.mode not in modes or not (fits_month and fits_terrain):
            continue
        alike = bool(lesson.months) + bool(lesson.terrain)
        found.append((-alike, lesson))
    return tuple(lesson for _, lesson in sorted(found))
