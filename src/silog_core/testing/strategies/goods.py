"""Items, stock, and what carries them."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from silog_core.domain.demand import Commodity
from silog_core.domain.items import Confidence, Item, Sensitivity
from silog_core.domain.legs import Mode
from silog_core.domain.stock import StockLot
from silog_core.domain.vehicles import FleetEntry, Vehicle
from silog_core.testing.strategies.calendar import days
from silog_core.testing.strategies.texts import few, sentences, words


@st.composite
def items(draw: DrawFn, *, codes: SearchStrategy[str] | None = None) -> Item:
    """Draw kinds of material, up to a tonne and ten cubic metres a piece."""
    return Item(
        code=draw(words() if codes is None else codes),
        title_id=draw(sentences()),
        title_en=draw(sentences()),
        mass_g=draw(st.integers(0, 10**6)),
        volume_cm3=draw(st.integers(0, 10**7)),
        kit_volume_cm3=draw(st.none() | st.integers(0, 10**7)),
        pack_size=draw(st.integers(1, 2000)),
        pack_name=draw(st.just("piece") | words()),
        sensitivity=draw(st.sampled_from([Sensitivity.NON_SENSITIVE, Sensitivity.SENSITIVE])),
        in_kit=draw(st.booleans()),
        reserve=draw(st.booleans()),
        source=draw(st.just("") | sentences()),
        confidence=draw(st.sampled_from(Confidence)),
    )


@cache
def commodities() -> SearchStrategy[Commodity]:
    """Draw items with or without an electoral area."""
    areas = st.sampled_from(["", "12", "12.01", "12.71"])
    return st.builds(Commodity, item=words(), area=areas)


def stock_lots(
    *,
    places: SearchStrategy[str] | None = None,
    wares: SearchStrategy[Commodity] | None = None,
) -> SearchStrategy[StockLot]:
    """Draw lots at places."""

    def lot(place: str, ware: Commodity, quantity: int, name: str, day: object) -> StockLot:
        return StockLot(
            place=place,
            item=ware.item,
            area=ware.area,
            quantity=quantity,
            lot=name,
            from_date=day,  # type: ignore[arg-type]
        )

    return st.builds(
        lot,
        words() if places is None else places,
        commodities() if wares is None else wares,
        st.integers(0, 10**6),
        st.just("") | words(),
        st.none() | days(),
    )


@cache
def _crews() -> SearchStrategy[tuple[int | None, int]]:
    """Draw how long a crew may be on duty, and how long it rests then [s]."""
    return st.just((None, 0)) | st.tuples(st.integers(1800, 30_000), st.integers(60, 7200))


@cache
def vehicles(*, modes: SearchStrategy[Mode] | None = None) -> SearchStrategy[Vehicle]:
    """Draw carriers, from a porter to a lorry of thirty tonnes."""

    def vehicle(crew: tuple[int | None, int], **given: Any) -> Vehicle:
        return Vehicle(break_after_s=crew[0], break_s=crew[1], **given)

    return st.builds(
        vehicle,
        _crews(),
        type=words(),
        mode=st.sampled_from(Mode) if modes is None else modes,
        payload_g=st.integers(1, 30_000_000),
        volume_cm3=st.integers(1, 90_000_000),
        fixed_cost_rupiah=st.integers(0, 10**8),
        cost_per_km_rupiah=st.integers(0, 10**6),
        hours_per_day=st.integers(1, 24),
        skills=few(words()),
        basis=st.just("") | sentences(),
    )


def fleet_entries(*, homes: SearchStrategy[str] | None = None) -> SearchStrategy[FleetEntry]:
    """Draw how many of a type a place has."""
    return st.builds(
        FleetEntry,
        vehicle=vehicles(),
        home=words() if homes is None else homes,
        count=st.none() | st.integers(0, 50),
    )
