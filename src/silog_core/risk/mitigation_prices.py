"""What changes cost when nobody gives a price: estimates, each with its ground."""

from __future__ import annotations

import attrs

from silog_core.domain.fields import text, whole
from silog_core.domain.places import PlaceKind
from silog_core.domain.regions import RegionCode
from silog_core.domain.scenario import Scenario

_OWN = "own estimate, low confidence; no price of it is published"
_OWN_ID = "perkiraan sendiri, keyakinan rendah; tidak ada harga yang diumumkan"
GIVEN = "as given by the caller"


@attrs.frozen(kw_only=True)
class Price:
    """A price and what it is for."""

    rupiah: int = attrs.field(validator=whole(0, "rupiah"))
    #: Whether it is paid for each subdistrict office of the region.
    per_hub: bool = False
    source: str = attrs.field(validator=text("what it is founded on"))
    source_id: str = attrs.field(validator=text("what it is founded on, in Indonesian"))


#: By name of a mitigation.
PRICES = {
    "alternative-route": Price(
        rupiah=500_000,
        per_hub=True,
        source=f"a day of scouting by pickup; {_OWN}",
        source_id=f"sehari meninjau jalan dengan pikap; {_OWN_ID}",
    ),
    "spare-vehicle": Price(
        rupiah=3_600_000,
        source=f"a box truck and driver for three days at 1,200,000; {_OWN}",
        source_id=f"truk boks dan sopir tiga hari, 1.200.000 sehari; {_OWN_ID}",
    ),
    "one-more-boat": Price(
        rupiah=1_800_000,
        source=f"a motor boat for three days at 600,000; {_OWN}",
        source_id=f"perahu motor tiga hari, 600.000 sehari; {_OWN_ID}",
    ),
    "pre-positioned-reserve": Price(
        rupiah=2_000_000,
        per_hub=True,
        source=f"seals, a chest and guards for a week; {_OWN}",
        source_id=f"segel, peti, dan penjaga seminggu; {_OWN_ID}",
    ),
    "second-site": Price(
        rupiah=25_000_000,
        source=f"a hall with guards for six weeks; {_OWN}",
        source_id=f"gedung dengan penjaga enam minggu; {_OWN_ID}",
    ),
    "second-shift": Price(
        rupiah=30_000_000,
        source=f"fifty people for four nights at 150,000; {_OWN}; folding is paid at 200 to"
        " 325 a sheet",
        source_id=f"lima puluh orang empat malam, 150.000 semalam; {_OWN_ID}; melipat dibayar"
        " 200 sampai 325 selembar",
    ),
    "depart-earlier": Price(
        rupiah=600_000,
        per_hub=True,
        source=f"two guards a night more at each; {_OWN}",
        source_id=f"dua penjaga semalam lagi di tiap tempat; {_OWN_ID}",
    ),
    "lend-from-neighbour": Price(
        rupiah=2_400_000,
        source=f"two days of a box truck to bring it and take it back; {_OWN}",
        source_id=f"truk boks dua hari untuk menjemput dan mengembalikan; {_OWN_ID}",
    ),
    "second-warehouse": Price(
        rupiah=40_000_000,
        source=f"a hall, racks and guards for eight weeks; {_OWN}",
        source_id=f"gedung, rak, dan penjaga delapan minggu; {_OWN_ID}",
    ),
}


def price_of(
    mitigation: str, scenario: Scenario, region: RegionCode, given: int | None = None
) -> tuple[int, str]:
    """Return the price of a change in a region [rupiah], and what it is founded on.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> scenario = small_world().scenario
        >>> price_of("second-site", scenario, RegionCode.parse("12.01"))[0]
        25000000
        >>> price_of("second-site", scenario, RegionCode.parse("12.01"), 7)
        (7, 'as given by the caller')
    """
    if given is not None:
        return given, GIVEN
    price = PRICES[mitigation]
    hubs = sum(region.covers(p.region) for p in scenario.of_kind(PlaceKind.HUB))
    return price.rupiah * (max(1, hubs) if price.per_hub else 1), price.source


def source_in(lang: str, source: str) -> str:
    """Return what a price is founded on in a language; what others wrote stays as it is.

    Example:
        >>> source_in("id", GIVEN), source_in("id", "harga sewa 2024")
        ('sebagaimana disebut pemakai', 'harga sewa 2024')
    """
    if lang != "id":
        return source
    known = {price.source: price.source_id for price in PRICES.values()}
    return {**known, GIVEN: "sebagaimana disebut pemakai"}.get(source, source)
