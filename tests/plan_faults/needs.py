"""Faults in the needs of a plan."""

from __future__ import annotations

import attrs

from plan_faults.world import (
    ALONE,
    PLAN,
    SCENARIO,
    STATION,
    mutant,
    trip,
    with_column,
    with_level,
    with_trip,
)


@mutant("voters")
def the_list_grew():
    """A station has a voter more than was counted."""
    places = [attrs.evolve(p, voters=p.voters + 1) if p.code == STATION else p
              for p in SCENARIO.places]  # fmt: skip
    return attrs.evolve(SCENARIO, places=tuple(places)), PLAN


@mutant("unknown-place")
def a_place_out_of_nowhere():
    """A level counts a place that the scenario lacks; it needs nothing."""
    rows = PLAN.needs.level("village")
    plan = with_level("village", codes=(*rows.codes, "12.01.01.9999"),
                      regions=(*rows.regions, rows.regions[0]), voters=(*rows.voters, 0))  # fmt: skip
    columns = [
        attrs.evolve(c, quantities=(*c.quantities, 0), rule_of_row=(*c.rule_of_row, -1))
        if c.per == "village"
        else c
        for c in plan.needs.columns
    ]
    needs = attrs.evolve(plan.needs, columns=tuple(columns))
    return SCENARIO, attrs.evolve(plan, needs=needs)


@mutant("unknown-place")
def a_trip_to_nowhere():
    """A trip stops at a place that the scenario lacks, beside the real one."""
    old = trip(ALONE, "village-station")
    last = old.stops[-1]
    stop = attrs.evolve(last, place="12.01.01.9999", kits=())
    return SCENARIO, with_trip(old, attrs.evolve(old, stops=(*old.stops, stop)))


@mutant("forgotten-place")
def a_station_was_forgotten():
    """A station with voters that no level counts."""
    lost = attrs.evolve(SCENARIO.by_code[STATION], code="12.01.01.1001-009")
    return attrs.evolve(SCENARIO, places=(*SCENARIO.places, lost)), PLAN


@mutant("column-length")
def a_column_is_too_short():
    """A rate that says nothing of one row."""
    column = next(c for c in PLAN.needs.columns if c.item == "seal" and c.per == "station")
    return SCENARIO, with_column("seal", "station", rule_of_row=column.rule_of_row[:-1])


@mutant("fewer-ballots-than-voters", also=("load-sum", "unbalanced"))
def too_few_ballots():
    """A station's ballots do not cover its voters; loads and lines no longer fit."""
    column = next(c for c in PLAN.needs.columns if c.item == "ballot-regent")
    return SCENARIO, with_column(
        "ballot-regent", "station", quantities=(299, *column.quantities[1:])
    )
