"""Drawings: valid XML that stands alone, with words for those who cannot see it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import attrs
import pytest

from silog_core.reports.critical_map import critical_map
from silog_core.reports.gantt import gantt
from silog_core.risk.critical import criticality
from silog_core.testing.worlds import empty_world, small_world

NASTY = 'Nias <b>& "Batu" \x01</b>'


def drawn(world, lang):
    """Both drawings of a world."""
    found = criticality(world.scenario, world.book)
    return gantt(world.plan, lang=lang), critical_map(world.scenario, found, lang=lang)


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("world", [small_world, empty_world])
def test_drawings_are_whole_and_stand_alone(world, lang):
    """Both parse, begin with a title and a description, and fetch nothing."""
    for svg in drawn(world(), lang):
        root = ET.fromstring(svg)
        title, desc, *_ = root

        assert (title.tag[-6:], desc.tag[-5:]) == ("}title", "}desc")
        assert title.text
        assert desc.text
        assert "href" not in svg
        assert 1 == svg.count("http://")


def test_names_are_escaped():
    """A name with signs of XML is shown as it is, and breaks nothing."""
    world = small_world()
    places = tuple(attrs.evolve(p, name=NASTY) for p in world.scenario.places)
    plan = attrs.evolve(world.plan, title=NASTY, names=tuple((p.code, NASTY) for p in places))
    nasty = attrs.evolve(
        world, plan=plan, scenario=attrs.evolve(world.scenario, places=places)
    )

    for svg in drawn(nasty, "en"):
        texts = " ".join(t or "" for t in ET.fromstring(svg).itertext())
        assert '<b>& "Batu"' in texts


def test_every_stage_and_departure_is_drawn():
    """One bar for each stage, and a tick for each day on which vehicles leave."""
    plan = small_world().plan
    svg = gantt(plan)

    assert len(plan.schedule.stages) == svg.count("slack ")
    assert svg.count("departures on that day") >= 3


def test_what_is_late_has_an_edge():
    """A stage with slack below zero stands out."""
    plan = small_world().plan
    slots = tuple(
        attrs.evolve(s, latest_start_s=s.start_s - 3600) for s in plan.schedule.stages
    )
    late = attrs.evolve(plan, schedule=attrs.evolve(plan.schedule, stages=slots))

    assert 0 == gantt(plan).count("#cb181d")
    assert len(slots) == gantt(late).count("#cb181d")
