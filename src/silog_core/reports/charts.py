"""Sections with drawings: stages and waves, and the legs on which most voters hang."""

from __future__ import annotations

import re
from html import unescape

from silog_core.domain.criticality import Criticality
from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.ports.section import Section
from silog_core.reports.critical_map import critical_map
from silog_core.reports.gantt import gantt
from silog_core.risk.critical import criticality
from silog_core.rules.book import RuleBook

_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_ABOUT = re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL)


def gantt_section(plan: Plan, lang: str) -> Section:
    """Return the chart of stages and waves as a section.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> section = gantt_section(small_world().plan, "en")
        >>> section.title, len(section.drawings)
        ('Stages and waves: A small world', 1)
    """
    return _drawn(gantt(plan, lang=lang))


def map_section(scenario: Scenario, found: Criticality, lang: str) -> Section:
    """Return the map of critical legs as a section.

    Example:
        >>> from silog_core.risk.critical import criticality
        >>> from silog_core.testing.worlds import small_world
        >>> world = small_world()
        >>> found = criticality(world.scenario, world.book)
        >>> map_section(world.scenario, found, "en").title
        'Legs on which most voters hang'
    """
    return _drawn(critical_map(scenario, found, lang=lang))


def charts(plan: Plan, scenario: Scenario, book: RuleBook, lang: str) -> list[Section]:
    """Return all drawings of a plan and of what was planned for, as sections.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> world = small_world()
        >>> [s.title for s in charts(world.plan, world.scenario, world.book, "en")]
        ['Stages and waves: A small world', 'Legs on which most voters hang']
    """
    hangs = criticality(scenario, book)
    return [gantt_section(plan, lang), map_section(scenario, hangs, lang)]


def _drawn(svg: str) -> Section:
    """Return a drawing with its own title, and with its description for every format."""
    title, about = (unescape(pattern.findall(svg)[0]) for pattern in (_TITLE, _ABOUT))
    return Section(title=title, paragraphs=(about,), drawings=(svg,))
