"""Networks of places, the legs between them, and scenarios on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from silog_core.domain.demand import Commodity
from silog_core.domain.escorts import ESCORTED, EscortPool
from silog_core.domain.legs import Leg, Mode
from silog_core.domain.places import HOLDING, Place, PlaceKind, station_code
from silog_core.domain.presses import Press, Receiving
from silog_core.domain.regions import RegionCode
from silog_core.domain.scenario import Handling, Scenario
from silog_core.domain.workforce import Workforce
from silog_core.testing.strategies.elections import PROVINCE, elections
from silog_core.testing.strategies.goods import fleet_entries, items, stock_lots
from silog_core.testing.strategies.rules import item_rules, needs_rules
from silog_core.testing.strategies.texts import few, rising, sentences, words

_BELOW = {
    PlaceKind.WAREHOUSE: PlaceKind.HUB,
    PlaceKind.HUB: PlaceKind.VILLAGE,
    PlaceKind.VILLAGE: PlaceKind.STATION,
}
#: Kinds of places that may ask for skills and escorts.
_ASKING = frozenset({PlaceKind.WAREHOUSE, *_BELOW.values()})
_NORTH, _EAST = 3_500_000, 98_500_000


@st.composite
def networks(
    draw: DrawFn,
    *,
    within: RegionCode = PROVINCE,
    max_warehouses: int = 2,
    max_hubs: int = 2,
    max_villages: int = 2,
    max_stations: int = 3,
    max_voters: int = 600,
    positions: bool = True,
) -> tuple[Place, ...]:
    """Draw a supplier, warehouses and what lies below them: a tree of places.

    Shrinks towards one warehouse with nothing below it. All codes are official ones in
    form; every station lies in the village that its code names.

    Args:
        draw: Given by Hypothesis.
        within: Province that the warehouses lie in.
        max_warehouses: Most regencies, each with one warehouse.
        max_hubs: Most subdistricts of a regency.
        max_villages: Most villages of a subdistrict.
        max_stations: Most stations of a village.
        max_voters: Most voters of a station.
        positions: Whether every place has a position; if not, some have.
    """
    sizes = (max_stations, max_villages, max_hubs, max_warehouses)
    regencies = draw(_regencies(sizes, max_voters=max_voters, positions=positions))
    printer = Place(
        code="PRINTER",
        kind=PlaceKind.SUPPLIER,
        region="31.71",
        lat_microdeg=-6_200_000,
        lon_microdeg=106_800_000,
    )
    return (printer, *_places(regencies, str(within), "PRINTER", PlaceKind.WAREHOUSE))


@cache
def _regencies(
    sizes: tuple[int, ...], *, max_voters: int, positions: bool
) -> st.SearchStrategy[Any]:
    # Lists of lists, not counts: Hypothesis then simplifies by leaving places out.
    facts = _facts(positions=positions)
    below: st.SearchStrategy[Any] = st.integers(0, max_voters)
    for most in sizes[:-1]:
        below = st.lists(st.tuples(facts, below), max_size=most)
    return st.lists(st.tuples(facts, below), min_size=1, max_size=sizes[-1])


@cache
def _facts(*, positions: bool) -> st.SearchStrategy[Any]:
    offset = st.integers(0, 200_000)  # within some twenty kilometres
    spots = st.tuples(offset, offset)
    return st.tuples(
        spots if positions else st.none() | spots,
        st.just("") | sentences(),
        few(words(), at_most=2),
    )


def _places(drawn: list[Any], region: str, parent: str, kind: PlaceKind) -> Iterator[Place]:
    for number, ((spot, name, flags), below) in enumerate(drawn, start=1):
        if kind is PlaceKind.STATION:
            code = station_code(region, number)
        elif kind is PlaceKind.VILLAGE:
            code = f"{region}.{1000 + number}"
        else:
            code = f"{region}.{number:02d}"
        station = kind is PlaceKind.STATION
        yield Place(
            code=code,
            kind=kind,
            region=region if station else code,
            name=name,
            lat_microdeg=_NORTH + spot[0] if spot else None,
            lon_microdeg=_EAST + spot[1] if spot else None,
            parent=parent,
            voters=below if station else 0,
            flags=flags,
        )
        if not station:
            yield from _places(below, code, code, _BELOW[kind])


def legs(*, places: tuple[str, str] = ("A", "B")) -> st.SearchStrategy[Leg]:
    """Draw ways from one place to another."""
    return st.builds(
        Leg,
        tail=st.just(places[0]),
        head=st.just(places[1]),
        mode=st.sampled_from(Mode),
        length_m=st.integers(1, 3_000_000),
        travel_s=st.integers(1, 500_000),
        cost_per_tonne_rupiah=st.integers(0, 10**7),
        max_load_g=st.none() | st.integers(1, 10**9),
        max_volume_cm3=st.none() | st.integers(1, 10**9),
        months_closed=rising(1, 12),
        basis=st.just("given") | sentences(),
        surface=st.sampled_from(["", "paved", "track"]),
    )


@cache
def escort_pools(*, within: RegionCode = PROVINCE) -> st.SearchStrategy[EscortPool]:
    """Draw how many each warehouse has of those who ride along."""
    return st.builds(
        EscortPool,
        name=words(),
        region=st.just(within),
        count=st.integers(0, 3),
        on=st.sets(st.sampled_from(ESCORTED)).map(tuple),
    )


@cache
def workforces(*, within: RegionCode = PROVINCE) -> st.SearchStrategy[Workforce]:
    """Draw who sorts and packs at each warehouse."""
    fresh = st.fixed_dictionaries(
        {"fresh_days": st.integers(1, 9), "drop_pct": st.integers(0, 60)}
    )
    shifts = st.integers(1, 3).flatmap(
        lambda n: st.fixed_dictionaries(
            {"shifts": st.just(n), "most_shifts": st.none() | st.integers(n, 3)}
        )
    )
    return st.builds(
        lambda tires, works, **more: Workforce(region=within, **tires, **works, **more),
        tires=st.just({}) | fresh,
        works=shifts,
        source=sentences(),
        workers=st.none() | st.integers(1, 900),
        least_pct=st.integers(1, 100),
        sheets_per_worker_day=st.none() | st.integers(1, 1500),
        kits_per_worker_day=st.none() | st.integers(1, 40),
    )


@cache
def receivings(*, within: RegionCode = PROVINCE) -> st.SearchStrategy[Receiving]:
    """Draw who counts what arrives at each warehouse."""
    return st.builds(
        Receiving,
        region=st.just(within),
        people=st.integers(1, 30),
        packs_per_worker_day=st.integers(1, 200),
        source=sentences(),
    )


def presses(*, places: Iterable[Place]) -> st.SearchStrategy[tuple[Press, ...]]:
    """Draw the presses of some suppliers, one each that makes everything, or items by name."""
    codes = [p.code for p in places if p.kind is PlaceKind.SUPPLIER]
    if not codes:
        return st.just(())
    one = st.builds(
        Press,
        place=st.sampled_from(codes),
        pieces_per_day=st.integers(1, 5_000_000),
        from_date=st.dates(date(2024, 8, 1), date(2024, 11, 1)),
        items=few(words(), at_most=2),
        source=sentences(),
    )
    return st.lists(one, max_size=2, unique_by=lambda p: p.place).map(tuple)


def _asks(pools: list[EscortPool], *, nights: bool) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what a place asks of the trips that stop there; mostly nothing."""
    names = st.sampled_from([pool.name for pool in pools]) if pools else st.nothing()
    some = st.fixed_dictionaries(
        {
            "guarded": st.booleans() if nights else st.sampled_from([False]),
            "open_hour": st.integers(0, 8),
            "close_hour": st.none() | st.integers(16, 24),
            "skills": few(words(), at_most=1),
            "escorts": st.lists(names, max_size=1).map(tuple) if pools else st.just(()),
            "priority": st.integers(0, 3),
        }
    )
    return st.just({}) | some


@st.composite
def scenarios(
    draw: DrawFn,
    *,
    within: RegionCode = PROVINCE,
    max_stations: int = 3,
    positions: bool = True,
) -> Scenario:
    """Draw whole scenarios, whose parts fit each other.

    Args:
        draw: Given by Hypothesis.
        within: Province that they lie in.
        max_stations: Most stations of a village.
        positions: Whether every place has a position.
    """
    places = draw(networks(within=within, max_stations=max_stations, positions=positions))
    codes = st.sampled_from([p.code for p in places])
    pairs = draw(st.sets(st.tuples(codes, codes, st.sampled_from(Mode)), max_size=4))
    given_legs = []
    for tail, head, mode in sorted(pairs, key=lambda p: (p[0], p[1], p[2].value)):
        if tail != head:
            given_legs.append(attrs.evolve(draw(legs(places=(tail, head))), mode=mode))
    goods = draw(st.lists(items(), max_size=2, unique_by=lambda i: i.code))
    wares = st.sampled_from([Commodity(item=i.code) for i in goods] or [Commodity(item="box")])
    first = draw(st.integers(0, 22))
    pools = draw(st.lists(escort_pools(within=within), max_size=2, unique_by=lambda p: p.name))
    nights = draw(st.booleans())
    places = tuple(
        attrs.evolve(p, **draw(_asks(pools, nights=nights))) if p.kind in _ASKING else p
        for p in places
    )
    room = st.none() | st.integers(1, 9)
    places = tuple(
        attrs.evolve(p, holds_kits=draw(room)) if p.kind in HOLDING else p for p in places
    )
    return Scenario(
        title=draw(sentences()),
        election=draw(elections(root=within)),
        places=places,
        legs=tuple(given_legs),
        stock=draw(few(stock_lots(places=codes, wares=wares))),
        fleet=tuple(
            draw(
                st.lists(
                    fleet_entries(homes=codes),
                    max_size=2,
                    unique_by=lambda f: (f.vehicle.type, f.home),
                )
            )
        ),
        items=tuple(
            draw(
                st.lists(
                    item_rules(scopes=st.just(within)), max_size=2, unique_by=lambda r: r.id
                )
            )
        ),
        rates=tuple(
            draw(
                st.lists(
                    needs_rules(scopes=st.just(within)), max_size=3, unique_by=lambda r: r.id
                )
            )
        ),
        handling=Handling(
            first_hour=first,
            last_hour=draw(st.integers(first + 1, 24)),
            stop_s=draw(st.integers(0, 3600)),
            guarded_nights=nights,
            in_day=draw(st.booleans()),
        ),
        escorts=tuple(pools),
        workforces=draw(st.lists(workforces(within=within), max_size=1).map(tuple)),
        presses=draw(presses(places=places)),
        receivings=draw(st.lists(receivings(within=within), max_size=1).map(tuple)),
        estimates=draw(few(sentences(), at_most=2)),
    )
