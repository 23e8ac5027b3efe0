"""Who is served when not everybody can be: what has priority, and the others with reasons."""

from __future__ import annotations

import attrs
import pytest

from crew_worlds import changed
from silog_core.domain.escorts import EscortPool
from silog_core.planning.check import check_plan
from small_world import fleet, leg, planned, world

#: Three hubs of one village each, all by road.
HUBS = ("12.01.01", "12.01.03", "12.01.04")
SHAPE = ((((300,),), ((0,),), ((100,),), ((200,),)),)
#: Open in November alone, and ten days there and back: two trips before the vote.
LEGS = tuple(leg("12.01", hub, hours=55, months_closed=(7, 8, 9, 10)) for hub in HUBS)
FEW = world(SHAPE, legs=LEGS, fleet=(fleet("12.01", "truck", 1, payload_g=8_000),))


def left(plan, echelon):
    """Return the kits that are left of an echelon, and the codes of the reasons."""
    found = [u for u in plan.unserved if u.echelon == echelon]
    return {u.kit for u in found}, {u.code for u in found}


@pytest.mark.parametrize("hub", HUBS)
def test_the_hub_with_priority_is_served_when_one_truck_is_not_enough(hub):
    """Whichever hub it is: it is served, and who is left is told that others come first."""
    scenario = changed(FEW, {hub}, priority=1)
    kits, codes = left(planned(scenario), "warehouse-hub")

    assert kits
    assert not {kit for kit in kits if kit.startswith(hub)}
    assert {"outranked"} == codes
    assert [] == check_plan(scenario, planned(scenario))


def test_a_station_lends_its_priority_to_what_leads_to_it():
    """What carries the kit of a remote station goes first, though its hub has no priority."""
    scenario = changed(FEW, {f"{HUBS[2]}.1001-001"}, priority=5)
    kits, _ = left(planned(scenario), "warehouse-hub")

    assert kits
    assert f"{HUBS[2]}.1001-001" not in kits


def test_who_has_the_same_priority_is_told_what_is_few():
    """Of equals nobody is outranked: there are too few trucks."""
    scenario = changed(FEW, {*HUBS, "12.01.02"}, priority=3)
    one = changed(scenario, {"12.01.02"}, priority=4)

    assert {"no-turn"} == left(planned(one), "warehouse-hub")[1]


def test_where_all_can_be_served_priority_changes_nothing():
    """It says who goes first where somebody cannot, and is no order of departures."""
    many = attrs.evolve(FEW, fleet=(fleet("12.01", "truck", 9, payload_g=8_000),))

    assert planned(many).trips == planned(changed(many, {HUBS[0]}, priority=9)).trips


def test_what_has_priority_is_not_sent_before_its_window_opens():
    """With one truck for a week of trips, the others wait unguarded, not the remote hub."""
    legs = tuple(leg("12.01", hub, hours=11) for hub in HUBS)
    busy = world(SHAPE, legs=legs, fleet=(fleet("12.01", "truck", 1, payload_g=8_000),))

    def early(plan):
        return {f.place for f in plan.findings if f.check == "too-early"}

    for hub in HUBS:
        found = early(planned(changed(busy, {hub}, priority=1)))
        assert found
        assert hub not in found


def test_one_escort_goes_where_priority_is():
    """The only policeman rides to the hub that comes first."""
    pool = EscortPool(name="police", region="12", count=1)
    scenario = attrs.evolve(
        FEW, fleet=(fleet("12.01", "truck", None, payload_g=8_000),), escorts=(pool,)
    )
    scenario = changed(scenario, set(HUBS), escorts=("police",))
    for hub in HUBS:
        kits, codes = left(planned(changed(scenario, {hub}, priority=1)), "warehouse-hub")
        assert {"outranked"} == codes
        assert not {kit for kit in kits if kit.startswith(hub)}
