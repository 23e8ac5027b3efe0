"""Plans and what they are made of; well formed, not necessarily good."""

from __future__ import annotations

from functools import cache

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from silog_core.domain.calendar import DAY_S
from silog_core.domain.demand import NeedColumn, Needs, PlaceRows
from silog_core.domain.explanation import Reason
from silog_core.domain.findings import Finding, Severity
from silog_core.domain.legs import Mode
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.plan import (
    ECHELON_TRIPS,
    REST_KINDS,
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
from silog_core.testing.strategies.elections import contests, elections
from silog_core.testing.strategies.goods import commodities, items, vehicles
from silog_core.testing.strategies.networks import networks
from silog_core.testing.strategies.regions import region_codes
from silog_core.testing.strategies.texts import few, sentences, words

Codes = SearchStrategy[str] | None
_SOME_PLACES = ("12.01", "12.01.01", "12.01.01.1001", "12.01.01.1001-001")


def _codes(places: Codes) -> SearchStrategy[str]:
    return st.sampled_from(_SOME_PLACES) if places is None else places


def _moments() -> SearchStrategy[int]:
    return st.integers(-60 * DAY_S, 3 * DAY_S)


def _texts(*names: str) -> dict[str, SearchStrategy[str]]:
    return dict.fromkeys(names, sentences())


@cache
def reasons() -> SearchStrategy[Reason]:
    """Draw explanations, as trees."""
    return st.recursive(
        st.builds(Reason, text=sentences()),
        lambda below: st.builds(Reason, text=sentences(), because=few(below)),
        max_leaves=5,
    )


@cache
def findings() -> SearchStrategy[Finding]:
    """Draw what checks find."""
    return st.builds(
        Finding,
        severity=st.sampled_from(Severity),
        region=region_codes(max_depth=3),
        place=st.just("") | words(),
        voters=st.integers(0, 10**7),
        stations=st.integers(0, 10**5),
        **_texts("check", "message", "message_id", "fix", "fix_id"),
    )


def rests(*, places: Codes = None) -> SearchStrategy[Rest]:
    """Draw times in which a crew rests."""
    return st.builds(
        Rest,
        kind=st.sampled_from(REST_KINDS),
        place=st.just("") | _codes(places),
        from_s=_moments(),
        until_s=_moments(),
    )


def _loads(codes: SearchStrategy[str]) -> SearchStrategy[Load]:
    return st.builds(Load, commodity=commodities(), quantity=st.integers(1, 10**5), to=codes)


def trips(*, places: Codes = None) -> SearchStrategy[Trip]:
    """Draw tours with stops, kits, loads, rests and escorts."""
    codes = _codes(places)
    loads = _loads(codes)
    stops = st.builds(
        Stop,
        place=codes,
        arrive_s=_moments(),
        depart_s=_moments(),
        kits=few(codes),
        loads=few(loads),
        via=few(codes),
    )
    return st.builds(
        Trip,
        id=words(),
        echelon=st.sampled_from(ECHELON_TRIPS),
        vehicle=words(),
        mode=st.sampled_from(Mode),
        home=codes,
        stops=few(stops),
        depart_s=_moments(),
        back_s=_moments(),
        distance_m=st.integers(0, 10**7),
        cost_rupiah=st.integers(0, 10**9),
        mass_g=st.integers(0, 10**8),
        volume_cm3=st.integers(0, 10**8),
        latest_depart_s=_moments(),
        unit=st.integers(1, 9),
        rests=few(rests(places=codes)),
        escorts=few(words()),
    )


def schedules(*, places: Codes = None) -> SearchStrategy[Schedule]:
    """Draw stages of work at places, and what is printed."""
    plain = st.builds(
        StageSlot,
        stage=words(),
        place=_codes(places),
        start_s=_moments(),
        finish_s=_moments(),
        latest_start_s=_moments(),
        workers=st.integers(0, 500),
        critical_next=st.just("") | words(),
    )
    orders = st.builds(
        lambda slot, load, turn: attrs.evolve(slot, load=load, turn=turn),
        plain, _loads(_codes(places)), st.integers(1, 3),
    )  # fmt: skip
    slots = plain | orders
    return st.builds(Schedule, stages=few(slots))


def allocations(*, places: Codes = None) -> SearchStrategy[Allocation]:
    """Draw who gets what from where."""
    codes = _codes(places)
    lines = st.builds(
        Supply,
        to=codes,
        commodity=commodities(),
        quantity=st.integers(0, 10**6),
        from_place=codes,
        lot=st.just("") | words(),
        path=few(codes),
    )
    return st.builds(
        Allocation,
        lines=few(lines),
        short=few(st.tuples(codes, commodities(), st.integers(0, 10**6))),
        cost_rupiah=st.integers(0, 10**12),
        solver=st.just("") | words(),
        gap_ppm=st.integers(0, 10**6),
    )


def shortfalls(*, places: Codes = None) -> SearchStrategy[Shortfall]:
    """Draw what places do not get."""
    return st.builds(
        Shortfall,
        place=_codes(places),
        commodity=commodities(),
        needed=st.integers(0, 10**6),
        served=st.integers(0, 10**6),
        code=st.sampled_from(["supply", "leg-capacity", "area", "time", "unreachable"]),
        **_texts("reason", "reason_id", "action", "action_id"),
    )


@st.composite
def needs(draw: DrawFn, *, places: tuple[Place, ...] | None = None) -> Needs:
    """Draw the needs of the stations and warehouses of a network."""
    network = draw(networks()) if places is None else places
    levels = []
    for per, kind in (("station", PlaceKind.STATION), ("regency", PlaceKind.WAREHOUSE)):
        rows = sorted((p for p in network if p.kind is kind), key=lambda p: p.code)
        levels.append(
            PlaceRows(
                per=per,
                codes=tuple(p.code for p in rows),
                regions=tuple(p.region for p in rows),
                voters=tuple(p.voters for p in rows),
            )
        )
    columns = []
    for level in levels:
        size = len(level.codes)
        for item in draw(st.lists(words(), unique=True, max_size=2)):
            amounts = st.lists(st.integers(0, 5000), min_size=size, max_size=size)
            columns.append(
                NeedColumn(
                    item=item,
                    per=level.per,
                    contest=draw(st.none() | contests()),
                    reserve=draw(st.booleans()),
                    quantities=tuple(draw(amounts)),
                    rules=(f"needs:{item}/{level.per}@ID",),
                    rule_of_row=(0,) * size,
                )
            )
    return Needs(levels=tuple(levels), columns=tuple(columns))


@st.composite
def plans(draw: DrawFn) -> Plan:
    """Draw plans over the places of one network, shrinking towards an empty one."""
    network = draw(networks())
    codes = st.sampled_from([p.code for p in network])
    unserved = st.builds(
        UnservedKit,
        kit=codes,
        **_texts(*(a.name for a in attrs.fields(UnservedKit) if a.name != "kit")),
    )
    return Plan(
        title=draw(sentences()),
        election=draw(elections()),
        needs=draw(needs(places=network)),
        allocation=draw(allocations(places=codes)),
        trips=tuple(draw(st.lists(trips(places=codes), max_size=3, unique_by=lambda t: t.id))),
        schedule=draw(schedules(places=codes)),
        findings=draw(few(findings())),
        shortfalls=draw(few(shortfalls(places=codes))),
        unserved=draw(few(unserved)),
        names=tuple((p.code, p.name) for p in network if p.name),
        parents=tuple((p.code, p.parent) for p in network if p.parent),
        rules=draw(
            few(st.builds(RuleNote, **_texts("id", "formula", "source", "confidence")))
        ),
        items=tuple(draw(st.lists(items(), max_size=2, unique_by=lambda i: i.code))),
        vehicles=tuple(draw(st.lists(vehicles(), max_size=2, unique_by=lambda v: v.type))),
        provenance=draw(
            st.builds(
                Provenance,
                seed=st.integers(0, 9),
                rules_digest=st.just("0" * 32),
                plugins=few(st.tuples(words(), words())),
                accepted_degraded=few(words()),
                iterations=st.integers(0, 1000),
            )
        ),
        estimates=draw(few(sentences())),
    )
