"""Draws small plans: every table has rows now and then, and texts hold anything."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st

from scenario_draws import contests, days, full_names, items, names, words
from silog_core.domain.demand import Commodity, NeedColumn, Needs, PlaceRows
from silog_core.domain.elections import Election
from silog_core.domain.findings import Finding, Severity
from silog_core.domain.legs import Mode
from silog_core.domain.plan import (
    ECHELON_TRIPS,
    Allocation,
    Load,
    Plan,
    Provenance,
    Rest,
    RuleNote,
    Schedule,
    Shortfall,
    StageSlot,
    Stop,
    Supply,
    Trip,
    UnservedKit,
)
from silog_core.domain.regions import RegionCode
from silog_core.domain.vehicles import Vehicle

codes = st.sampled_from(["12", "12.71", "12.71.01", "12.71.01.1001", "12.71.01.1001-001"])
regions = st.sampled_from(["ID", "12", "12.71", "12.71.01"]).map(RegionCode.parse)
moments = st.integers(-90 * 86_400, 10 * 86_400)
amounts = st.integers(0, 10**12)
goods = st.builds(Commodity, item=words, area=st.just("") | codes)


def few(strategy, size=3):
    """Draw a tuple of up to *size* values."""
    return st.lists(strategy, max_size=size).map(tuple)


@st.composite
def needs(draw):
    """Draw levels of places and columns that fit them."""
    levels = []
    for per in draw(st.sets(st.sampled_from(["station", "village", "regency"]))):
        rows = draw(st.lists(st.tuples(words, regions, amounts), max_size=4))
        cells = list(zip(*rows, strict=True)) or [(), (), ()]
        levels.append(PlaceRows(per=per, codes=cells[0], regions=cells[1], voters=cells[2]))
    columns = []
    for level in levels:
        size = len(level.codes)
        for item in draw(st.lists(st.sampled_from(["ink", "box", "voters"]), max_size=3)):
            rules = draw(few(full_names))
            number = st.integers(-1, len(rules) - 1)
            row_rules = tuple(draw(st.lists(number, min_size=size, max_size=size)))
            columns.append(
                NeedColumn(
                    item=item,
                    per=level.per,
                    contest=draw(st.none() | contests().filter(bool).map(lambda c: c[0])),
                    reserve=draw(st.booleans()),
                    quantities=tuple(draw(st.lists(amounts, min_size=size, max_size=size))),
                    rules=rules,
                    rule_of_row=row_rules,
                )
            )
    return Needs(levels=tuple(levels), columns=tuple(draw(st.permutations(columns))))


stops = st.builds(
    Stop,
    place=codes,
    arrive_s=moments,
    depart_s=moments,
    kits=few(codes),
    loads=few(st.builds(Load, commodity=goods, quantity=st.integers(1, 99), to=codes)),
    via=few(codes),
)
trips = st.builds(
    Trip,
    id=full_names,
    echelon=st.sampled_from(ECHELON_TRIPS),
    vehicle=full_names,
    mode=st.sampled_from(Mode),
    home=codes,
    stops=few(stops),
    depart_s=moments,
    back_s=moments,
    distance_m=amounts,
    cost_rupiah=amounts,
    mass_g=amounts,
    volume_cm3=amounts,
    latest_depart_s=moments,
    unit=st.integers(1, 9),
    rests=few(
        st.builds(
            Rest,
            kind=st.sampled_from(["break", "night"]),
            place=st.just("") | codes,
            from_s=moments,
            until_s=moments,
        )
    ),
    escorts=few(words),
)
slots = st.builds(
    StageSlot,
    stage=words,
    place=codes,
    start_s=moments,
    finish_s=moments,
    latest_start_s=moments,
    workers=amounts,
    critical_next=words,
)
allocations = st.builds(
    Allocation,
    lines=few(
        st.builds(
            Supply,
            to=codes,
            commodity=goods,
            quantity=amounts,
            from_place=codes,
            lot=names,
            path=few(codes),
        )
    ),
    short=few(st.tuples(codes, goods, amounts)),
    cost_rupiah=amounts,
    solver=names,
    gap_ppm=amounts,
)
shortfalls = st.builds(
    Shortfall,
    place=codes,
    commodity=goods,
    needed=amounts,
    served=amounts,
    **dict.fromkeys(("code", "reason", "reason_id", "action", "action_id"), names),
)
findings = st.builds(
    Finding,
    severity=st.sampled_from(Severity),
    region=regions,
    place=names,
    voters=amounts,
    stations=amounts,
    **dict.fromkeys(("check", "message", "message_id", "fix", "fix_id"), full_names),
)
unserved = st.builds(UnservedKit, **{a.name: names for a in attrs.fields(UnservedKit)})


@st.composite
def plans(draw):
    """Draw a plan; it need not be a good one."""
    return Plan(
        title=draw(names),
        election=Election(
            kind=draw(st.sampled_from(["pilkada", "pemilu"])),
            voting_day=draw(days),
            root="12",
            contests=draw(contests()),
        ),
        needs=draw(needs()),
        allocation=draw(allocations),
        trips=tuple(draw(st.lists(trips, max_size=3, unique_by=lambda t: t.id))),
        schedule=Schedule(stages=draw(few(slots))),
        findings=draw(few(findings)),
        shortfalls=draw(few(shortfalls)),
        unserved=draw(few(unserved)),
        names=draw(few(st.tuples(codes, names), 5)),
        parents=draw(few(st.tuples(codes, codes | st.just("")), 5)),
        rules=draw(
            few(st.builds(RuleNote, **{a.name: names for a in attrs.fields(RuleNote)}))
        ),
        items=draw(few(words.flatmap(items))),
        vehicles=draw(
            few(
                st.builds(
                    Vehicle,
                    type=full_names,
                    mode=st.sampled_from(Mode),
                    payload_g=st.integers(1, 9),
                    volume_cm3=st.integers(1, 9),
                )
            )
        ),
        provenance=draw(
            st.builds(
                Provenance,
                seed=st.integers(),
                rules_digest=names,
                plugins=few(st.tuples(names, names)),
                accepted_degraded=few(words),
                iterations=amounts,
            )
        ),
        estimates=draw(few(names)),
    )
