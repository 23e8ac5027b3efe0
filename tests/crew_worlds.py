"""Little countries whose trips have rules for their crews."""

from __future__ import annotations

import attrs

from silog_core.domain.escorts import EscortPool
from small_world import H_S, fleet, world

HUB, FAR, VILLAGE = "12.01.01", "12.01.03", "12.01.01.1001"
#: Three hubs, one by boat.
SHAPE = ((((300, 400), (250,)), ((0, 599),), ((100, 200),)),)
BELOW = ("warehouse-hub", "hub-village", "village-station")


def changed(scenario, codes, **changes):
    """Return the scenario with some of its places changed."""
    places = (attrs.evolve(p, **changes) if p.code in codes else p for p in scenario.places)
    return attrs.evolve(scenario, places=tuple(places))


def handled(scenario, **changes):
    """Return the scenario with other handling."""
    return attrs.evolve(scenario, handling=attrs.evolve(scenario.handling, **changes))


def crewed():
    """Return a scenario in which every trip has rules for its crew."""
    scenario = world(
        SHAPE,
        spread=400_000,
        fleet=(
            fleet("12.01", "truck", 2, break_after_s=2 * H_S, break_s=1800, skills=("gps",)),
        ),
        escorts=(
            EscortPool(name="supervisor", region="12", count=1),
            EscortPool(name="police", region="12.01", count=1, on=BELOW[:2]),
        ),
    )
    scenario = changed(scenario, {HUB, FAR}, escorts=("supervisor",), skills=("gps",))
    scenario = changed(scenario, {HUB}, guarded=True)
    return handled(scenario, guarded_nights=True, in_day=True, stop_s=H_S)


def moved(scenario, hub, by):
    """Return the scenario with a hub and all below it so many microdegrees farther north."""
    places = (
        attrs.evolve(p, lat_microdeg=p.lat_microdeg + by) if p.code.startswith(hub) else p
        for p in scenario.places
    )
    return attrs.evolve(scenario, places=tuple(places))


def far_hub(**changes):
    """Return a scenario whose hub is seven hours away: nobody is back before night."""
    scenario = handled(moved(world(), HUB, 1_500_000), guarded_nights=True)
    return changed(scenario, {HUB}, **changes)
