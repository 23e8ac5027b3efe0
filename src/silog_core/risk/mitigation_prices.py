"""What changes cost when nobody gives a price: estimates, each with its ground."""

from __future__ import annotations

import attrs

from silog_core.domain.fields import text, whole
from silog_core.domain.places import PlaceKind
from silog_core.domain.regions import RegionCode
from silog_core.domain.scenario import Scenario

_OWN = "own estimate, low confidence; no price of it is published"
GIVEN = "as given by the caller"


@attrs.frozen(kw_only=True)
class Price:
    """A price and what it is for."""

    rupiah: int = attrs.field(validator=whole(0, "rupiah"))
    #: Whether it is paid for each subdistrict office of the region.
    per_hub: bool = False
    source: str = attrs.field(validator=text("what it is founded on"))


#: By name of a mitigation.
PRICES = {
    "alternative-route": Price(
        rupiah=500_000, per_hub=True, source=f"a day of scouting by pickup; {_OWN}"
    ),
    "spare-vehicle": Price(
        rupiah=3_600_000, source=f"a box truck and driver for three days at 1,200,000; {_OWN}"
    ),
    "one-more-boat": Price(
        rupiah=1_800_000, source=f"a motor boat for three days at 600,000; {_OWN}"
    ),
    "pre-positioned-reserve": Price(
        rupiah=2_000_000, per_hub=True, source=f"seals, a chest and guards for a week; {_OWN}"
    ),
    "second-site": Price(
        rupiah=25_000_000, source=f"a hall with guards for six weeks; {_OWN}"
    ),
    "second-shift": Price(
        rupiah=30_000_000,
        source=f"fifty people for four nights at 150,000; {_OWN}; folding is paid at 200 to"
        " 325 a sheet",
    ),
    "depart-earlier": Price(
        rupiah=600_000, per_hub=True, source=f"two guards a night more at each; {_OWN}"
    ),
    "lend-from-neighbour": Price(
        rupiah=2_400_000,
        source=f"two days of a box truck to bring it and take it back; {_OWN}",
    ),
    "second-warehouse": Price(
        rupiah=40_000_000, source=f"a hall, racks and guards for eight weeks; {_OWN}"
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
