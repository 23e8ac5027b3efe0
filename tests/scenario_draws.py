"""Draws whole small scenarios: a tree of places with legs, stock, fleet and rules."""

from __future__ import annotations

from datetime import date

import attrs
from hypothesis import strategies as st

from silog_core.domain.calendar import DateRange
from silog_core.domain.elections import AreaLevel, Contest, Election, ElectionKind
from silog_core.domain.escorts import ESCORTED, EscortPool
from silog_core.domain.items import Confidence, Item, Sensitivity
from silog_core.domain.legs import Leg, Mode
from silog_core.domain.needs_rules import PER, ItemRule, NeedsRule
from silog_core.domain.places import HOLDING, Place, PlaceKind, station_code
from silog_core.domain.regions import RegionCode
from silog_core.domain.scenario import Handling, Scenario
from silog_core.domain.stock import StockLot
from silog_core.domain.vehicles import FleetEntry, Vehicle
from silog_core.testing.strategies import workforces

#: Texts with everything that a CSV or TOML file has to quote, without outer spaces.
names = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from(",;\"'\n\r\\#=\t"), max_size=12
).filter(lambda s: s == s.strip())
full_names = names.filter(bool)
words = st.text("abcdefghij-7.", min_size=1, max_size=8)
word_sets = st.lists(words, max_size=3).map(lambda w: tuple(sorted(set(w))))
amounts = st.integers(0, 10**9)
above_zero = st.integers(1, 10**9)
days = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@st.composite
def places(draw):
    """Draw a supplier, a warehouse and what lies below it."""
    found = [Place(code="PT-CETAK", kind=PlaceKind.SUPPLIER, region="31.71", name=draw(names))]

    def add(code, kind, region, parent, voters=0):
        lat = draw(st.none() | st.integers(-11_000_000, 6_000_000))
        lon = None if lat is None else draw(st.integers(95_000_000, 141_000_000))
        found.append(
            Place(
                code=code,
                kind=kind,
                region=region,
                name=draw(names),
                lat_microdeg=lat,
                lon_microdeg=lon,
                parent=parent,
                voters=voters,
                flags=draw(word_sets),
            )
        )

    add("12.71", "warehouse", "12.71", draw(st.sampled_from(["", "PT-CETAK"])))
    for h in range(draw(st.integers(0, 2))):
        hub = f"12.71.{h + 1:02d}"
        add(hub, "hub", hub, "12.71")
        for v in range(draw(st.integers(0, 2))):
            village = f"{hub}.{1001 + v}"
            add(village, "village", village, hub)
            for n in draw(st.sets(st.integers(1, 999), max_size=2)):
                add(station_code(village, n), "station", village, village, draw(amounts))
    return tuple(draw(st.permutations(found)))


@st.composite
def contests(draw):
    """Draw contests with codes and ballots of their own."""
    found = []
    for code in draw(st.lists(words, unique=True, max_size=3)):
        level = draw(st.sampled_from(AreaLevel))
        districts = ()
        if level is AreaLevel.DISTRICT:
            districts = tuple(
                draw(
                    st.dictionaries(
                        st.sampled_from(["12", "12.71", "12.71.01"]), full_names, min_size=1
                    )
                ).items()
            )
        found.append(
            Contest(
                code=code,
                item=f"ballot-{code}",
                area_level=level,
                districts=districts,
                title_id=draw(names),
                title_en=draw(names),
            )
        )
    return tuple(found)


@st.composite
def rule_parts(draw):
    """Draw what every rule says of itself."""
    first, last = sorted(draw(st.tuples(days, days)))
    return {
        "scope": draw(st.sampled_from(["ID", "12", "12.71", "12.71.01"])),
        "source": draw(full_names),
        "confidence": draw(st.sampled_from(Confidence)),
        "valid": DateRange(
            first=draw(st.sampled_from([None, first])),
            last=draw(st.sampled_from([None, last])),
        ),
        "replaces": draw(words | st.just("")),
        "waives": draw(words | st.just("")),
    }


@st.composite
def items(draw, code):
    """Draw one item."""
    return Item(
        code=code,
        title_id=draw(full_names),
        title_en=draw(full_names),
        mass_g=draw(amounts),
        volume_cm3=draw(amounts),
        pack_size=draw(above_zero),
        pack_name=draw(words),
        sensitivity=draw(st.sampled_from(Sensitivity)),
        in_kit=draw(st.booleans()),
        reserve=draw(st.booleans()),
        source=draw(names),
        confidence=draw(st.sampled_from(Confidence)),
    )


@st.composite
def scenarios(draw):
    """Draw a scenario that a folder can hold."""
    sites, kind = draw(places()), draw(st.sampled_from(ElectionKind))
    codes = st.sampled_from(sorted(p.code for p in sites))
    modes = st.sampled_from(Mode)
    legs = [
        Leg(
            tail=tail,
            head=head,
            mode=mode,
            length_m=draw(above_zero),
            travel_s=draw(above_zero),
            cost_per_tonne_rupiah=draw(amounts),
            max_load_g=draw(st.none() | above_zero),
            max_volume_cm3=draw(st.none() | above_zero),
            months_closed=tuple(sorted(draw(st.sets(st.integers(1, 12), max_size=3)))),
            basis=draw(st.just("given") | full_names),
            surface=draw(st.just("") | words),
        )
        for tail, head, mode in draw(st.sets(st.tuples(codes, codes, modes), max_size=4))
        if tail != head
    ]
    stock = [
        StockLot(
            place=place, item=item, area=area, quantity=draw(amounts), lot=lot, from_date=day
        )
        for place, item, area, lot, day in draw(
            st.sets(
                st.tuples(codes, words, words | st.just(""), names, st.none() | days),
                max_size=3,
            )
        )
    ]
    fleet = [
        FleetEntry(
            vehicle=Vehicle(
                type=type_,
                mode=draw(modes),
                payload_g=draw(above_zero),
                volume_cm3=draw(above_zero),
                fixed_cost_rupiah=draw(amounts),
                cost_per_km_rupiah=draw(amounts),
                hours_per_day=draw(st.integers(1, 24)),
                skills=draw(word_sets),
                basis=draw(names),
                **dict(
                    zip(
                        ("break_after_s", "break_s"),
                        draw(st.just((None, 0)) | st.tuples(above_zero, above_zero)),
                        strict=True,
                    )
                ),
            ),
            home=home,
            count=draw(st.none() | amounts),
        )
        for type_, home in draw(st.sets(st.tuples(full_names, codes), max_size=3))
    ]
    pools = [
        EscortPool(name=name, region=region, count=draw(st.integers(0, 9)), on=on)
        for name, region in draw(
            st.sets(st.tuples(words, st.sampled_from(["ID", "12", "12.71"])), max_size=3)
        )
        for on in [draw(st.sets(st.sampled_from(ESCORTED)))]
    ]
    guarded_nights = draw(st.booleans())
    sites = tuple(
        attrs.evolve(
            site,
            guarded=guarded_nights and draw(st.booleans()),
            open_hour=draw(st.integers(0, 11)),
            close_hour=draw(st.none() | st.integers(12, 24)),
            skills=draw(word_sets),
            priority=draw(st.integers(0, 9)),
            escorts=draw(
                st.sets(st.sampled_from([p.name for p in pools])) if pools else st.just(())
            ),
        )
        if site.kind.value in ("port", "warehouse", "hub", "village", "station")
        else site
        for site in sites
    )
    room = st.none() | above_zero
    sites = tuple(
        attrs.evolve(site, holds_kits=draw(room)) if site.kind in HOLDING else site
        for site in sites
    )
    votes = draw(contests())
    rates = [
        NeedsRule(
            election=draw(st.sampled_from(ElectionKind)),
            item=item,
            per=per,
            quantity=draw(amounts),
            per_voter=draw(amounts),
            reserve_numerator=draw(amounts),
            reserve_denominator=draw(above_zero),
            contest=draw(st.sampled_from(["", *(c.code for c in votes)])),
            only_flags=tuple(draw(st.lists(words, max_size=3))),
            legal_minimum=draw(st.booleans()),
            **draw(rule_parts()),
        )
        for item, per in draw(st.sets(st.tuples(words, st.sampled_from(PER)), max_size=3))
    ]
    first = draw(st.integers(0, 23))
    return Scenario(
        title=draw(full_names),
        election=Election(
            kind=kind,
            voting_day=draw(days),
            root="12",
            contests=votes,
            utc_offset_min=draw(st.sampled_from([420, 480, 540])),
        ),
        places=sites,
        legs=tuple(legs),
        stock=tuple(stock),
        fleet=tuple(fleet),
        items=tuple(
            ItemRule(item=draw(items(code)), **draw(rule_parts()))
            for code in draw(st.sets(words, max_size=2))
        ),
        rates=tuple(rates),
        handling=Handling(
            first_hour=first,
            last_hour=draw(st.integers(first + 1, 24)),
            stop_s=draw(amounts),
            count_done_hour=draw(st.integers(0, 24)),
            kits_per_worker_day=draw(above_zero),
            guarded_nights=guarded_nights,
            in_day=draw(st.booleans()),
        ),
        escorts=tuple(pools),
        workforces=tuple(
            draw(workforces(within=RegionCode.parse(region)))
            for region in sorted(draw(st.sets(st.sampled_from(["ID", "12", "12.71"]))))
        ),
        estimates=tuple(
            draw(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=2))
        ),
    )
