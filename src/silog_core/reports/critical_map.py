"""A map of the legs on which most voters hang."""

from __future__ import annotations

from silog_core.domain.criticality import Criticality
from silog_core.domain.locale import number
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.scenario import Scenario
from silog_core.reports.svg import dot, drawing, label, line

_WIDTH, _MARGIN = 900, 30
_DOTS = {
    PlaceKind.PORT: ("#08519c", 4),
    PlaceKind.AIRPORT: ("#6a51a3", 4),
    PlaceKind.WAREHOUSE: ("#000000", 4),
    PlaceKind.HUB: ("#969696", 2),
}
_WORDS = {
    "en": (
        "Legs on which most voters hang",
        "Black dots are warehouses, blue ones ports, grey ones subdistricts. A red line is a"
        " leg without another way: the wider, the more voters behind it. The widest is {leg}"
        " with {voters} voters.",
        "{leg} by {modes}: {stations} stations, {voters} voters behind it",
    ),
    "id": (
        "Ruas yang menopang pemilih terbanyak",
        "Titik hitam adalah gudang, biru pelabuhan, kelabu kecamatan. Garis merah adalah ruas"
        " tanpa jalan lain: makin tebal, makin banyak pemilih di baliknya. Yang paling tebal"
        " {leg} dengan {voters} pemilih.",
        "{leg} dengan {modes}: {stations} TPS, {voters} pemilih di baliknya",
    ),
}


def critical_map(
    scenario: Scenario, found: Criticality, *, lang: str = "en", legs: int = 60
) -> str:
    """Return the map as SVG: places where they lie, and the *legs* that weigh most.

    Legs whose ends have no position are left out.

    Example:
        >>> from silog_core.risk.critical import criticality
        >>> from silog_core.testing.worlds import small_world
        >>> world = small_world()
        >>> svg = critical_map(world.scenario, criticality(world.scenario, world.book))
        >>> svg.count("<circle"), svg.count("<line") > 0
        (2, True)
    """
    title, about, each = _WORDS[lang]
    root = scenario.election.root
    shown = [
        p
        for kind in _DOTS
        for p in scenario.of_kind(kind)
        if p.has_position and (root.covers(p.region) or not root.parts)
    ]
    frame = _Frame(shown)
    inside = {p.code: p for p in shown}
    parts: list[str] = []
    drawn = [g for g in found.legs if g.tail in inside and g.head in inside][:legs]
    most = max((g.voters for g in drawn), default=1)
    for leg in reversed(drawn):
        a, z = frame.at(inside[leg.tail]), frame.at(inside[leg.head])
        said = each.format(
            leg=leg.name, modes=", ".join(leg.modes),
            stations=number(leg.stations, lang), voters=number(leg.voters, lang),
        )  # fmt: skip
        parts.append(line(*a, *z, "#cb181d", 1 + 9 * leg.voters // max(1, most), said))
    for place in reversed(shown):
        fill, radius = _DOTS[place.kind]
        x, y = frame.at(place)
        parts.append(dot(x, y, radius, fill, f"{place.code} {place.name}".strip()))
        if place.kind is PlaceKind.WAREHOUSE:
            parts.append(label(x + 5, y - 4, place.name or place.code, size=9))
    widest = drawn[0] if drawn else None
    description = about.format(
        leg=widest.name if widest else "-", voters=number(widest.voters if widest else 0, lang)
    )
    return drawing(_WIDTH, frame.height, title, description, parts)


class _Frame:
    """Places onto paper, north up; near the equator degrees are square."""

    def __init__(self, places: list[Place]) -> None:
        lats = [p.lat_microdeg or 0 for p in places] or [0]
        lons = [p.lon_microdeg or 0 for p in places] or [0]
        self._north, self._west = max(lats), min(lons)
        span = max(1, max(lons) - self._west, (self._north - min(lats)) // 2)
        self._scale = span
        inner = _WIDTH - 2 * _MARGIN
        self.height = 2 * _MARGIN + max(60, (self._north - min(lats)) * inner // span)

    def at(self, place: Place) -> tuple[int, int]:
        inner = _WIDTH - 2 * _MARGIN
        return (
            _MARGIN + ((place.lon_microdeg or 0) - self._west) * inner // self._scale,
            _MARGIN + (self._north - (place.lat_microdeg or 0)) * inner // self._scale,
        )
