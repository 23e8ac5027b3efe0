"""Little countries in which kits change vehicles at a landing."""

from __future__ import annotations

import attrs

from silog_core.domain.places import Place
from small_world import RULES, VEHICLES, access, book_of, fleet, leg, world

HUB, ISLAND, MAINLAND = "12.01.01", "12.01.01.1001", "12.01.01.1002"
WAREHOUSE, JETTY = "12.01", "12.01.01-JETTY"
#: The village on the island is reached by boat, its stations on foot.
BOOK_OF_ISLAND = book_of(
    *(r for r in RULES if r not in VEHICLES),
    *VEHICLES,
    access(ISLAND, "village", "boat", replaces="access:village@ID"),
)


def landing(code, parent, *, region=HUB, **more):
    """Return a landing in the middle of the little country."""
    return Place(code=code, kind="landing", region=region, parent=parent, name="A jetty",
                 lat_microdeg=3_520_000, lon_microdeg=98_520_000, **more)  # fmt: skip


def island(**more):
    """Return a country whose first village lies behind a jetty."""
    base = world(((((300, 400), (250,)),),))
    places = tuple(
        attrs.evolve(p, parent=JETTY) if p.code == ISLAND else p for p in base.places
    )
    boats = (fleet(JETTY, "boat", more.pop("boats", None)),)
    return attrs.evolve(base, places=(*places, landing(JETTY, HUB, **more)), fleet=boats)


def landings_everywhere():
    """Return a country whose first station is reached over three landings."""
    base = world(((((300, 400), (250,)),),))
    behind = {
        HUB: ("QUAY", WAREHOUSE),
        ISLAND: ("PIER", HUB),
        f"{ISLAND}-001": ("END", ISLAND),
    }
    places = tuple(
        attrs.evolve(p, parent=behind[p.code][0]) if p.code in behind else p
        for p in base.places
    )
    added = [landing(code, giver) for code, giver in behind.values()]
    boats = tuple(
        fleet(code, "boat", None, type=f"boat of {code}", mode="river")
        for code in ("QUAY", "PIER", "END")
    )
    legs = tuple(
        leg(code, place, "river", km=4, hours=1) for place, (code, _) in behind.items()
    )
    return attrs.evolve(base, places=(*places, *added), fleet=boats, legs=legs)
