"""What may go wrong by default: estimates, each with its ground, scaled to one known rate.

No record of delays in election logistics is public. The figures are what practice and
press reports make plausible; their level is set so that the shipped example comes near
the one rate that is known: 2,249 of 810,193 stations (0.28 %) could not vote on the day
in 2019, mostly for late logistics. Replace them by those of your region.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from silog_core.domain.shocks import Shock, ShockModel, Spread

_H, _D = 3600, 86_400
_ROAD = ("road", "motorcycle")
_WET = (1, 10, 11, 12)
_DRY = (2, 3, 4, 5, 6, 7, 8, 9)
_REPORTS = "estimate from press reports of elections in 2015 to 2024"
_PRACTICE = "estimate of practice; no record of delays is public"

#: Name, titles, unit, chance [per million], least, usual and most [s], what else, source.
_ROWS: tuple[tuple[str, str, str, str, int, tuple[int, int, int], dict[str, Any], str], ...] = (
    ("flood", "flood", "banjir", "subdistrict", 800, (4 * _H, _D, 3 * _D),
     {"modes": _ROAD, "months": _WET},
     f"{_REPORTS}: Medan, Deli Serdang and Binjai on 27 November 2024"),
    ("flood-dry", "flood in the drier months", "banjir di luar musim hujan", "subdistrict",
     200, (4 * _H, _D, 3 * _D), {"modes": _ROAD, "months": _DRY}, _REPORTS),
    ("landslide", "landslide", "tanah longsor", "subdistrict", 200, (6 * _H, _D, 4 * _D),
     {"modes": _ROAD, "months": _WET}, f"{_REPORTS}: Karo on 23 and 27 November 2024"),
    ("storm", "storm over a province", "badai di satu provinsi", "province", 4000,
     (6 * _H, 12 * _H, 36 * _H), {"months": _WET, "speed_permille": 500},
     f"{_REPORTS}: one storm hit five regencies at once on 27 November 2024"),
    ("heavy-rain", "heavy rain", "hujan deras", "regency", 40_000, (2 * _H, 4 * _H, 10 * _H),
     {"modes": _ROAD, "months": _WET, "speed_permille": 700}, _PRACTICE),
    ("rough-sea", "rough sea for boats", "gelombang tinggi bagi perahu", "regency", 30_000,
     (6 * _H, 18 * _H, 3 * _D), {"modes": ("boat",), "months": _WET},
     f"{_REPORTS}: Nias Selatan, swell from October to December"),
    ("rough-sea-dry", "rough sea for boats, calmer months",
     "gelombang tinggi bagi perahu, bulan tenang", "regency", 10_000,
     (6 * _H, 18 * _H, 2 * _D), {"modes": ("boat",), "months": _DRY}, _PRACTICE),
    ("port-closed", "port closed to ships", "pelabuhan ditutup bagi kapal", "regency", 1500,
     (4 * _H, 12 * _H, 2 * _D), {"modes": ("sea",)}, _PRACTICE),
    ("rough-water", "rough lake or high river", "danau bergelombang atau sungai meluap",
     "regency", 10_000, (2 * _H, 8 * _H, 2 * _D), {"modes": ("lake", "river")}, _PRACTICE),
    ("no-flight", "no flying weather", "cuaca tidak layak terbang", "regency", 100_000,
     (3 * _H, 8 * _H, 2 * _D), {"modes": ("air", "helicopter")},
     f"{_REPORTS}: Yalimo, Yahukimo, Jayawijaya"),
    ("blocked-way", "way blocked", "jalan terhalang", "leg", 300, (_H, 4 * _H, 24 * _H),
     {"modes": _ROAD}, _PRACTICE),
    ("breakdown", "breakdown of a vehicle", "kendaraan mogok", "trip", 5000,
     (_H, 3 * _H, 10 * _H), {"modes": _ROAD}, _PRACTICE),
    ("boat-breakdown", "breakdown of a boat or aircraft", "kapal atau pesawat rusak", "trip",
     10_000, (2 * _H, 8 * _H, 2 * _D),
     {"modes": ("sea", "boat", "river", "lake", "air", "helicopter")}, _PRACTICE),
    ("carrier-late", "porter or horse late", "pemikul atau kuda terlambat", "trip", 10_000,
     (_H, 4 * _H, _D), {"modes": ("foot", "horse")}, _PRACTICE),
    ("kit-short", "kit short or wrong", "isi kotak kurang atau tertukar", "kit", 300,
     (2 * _H, 8 * _H, 36 * _H), {},
     f"{_REPORTS}: Magelang, Malang, Tapanuli Utara; 668 stations of 2024 by all causes"),
    ("counting-late", "count at the station takes longer",
     "penghitungan di TPS lebih lama", "box", 20_000, (_H, 3 * _H, 12 * _H), {},
     "estimate; in 2019 the law let the count go on until noon of the next day"),
    ("sorting-late", "sorting takes longer", "sortir lipat terlambat", "stage", 8000,
     (2 * _H, 8 * _H, 4 * _D), {"only": ("sort-fold",)},
     f"{_REPORTS}: damage found at sorting is 0.01 to 0.1 % of the sheets"),
    ("packing-late", "packing takes longer", "pengepakan terlambat", "stage", 20_000,
     (2 * _H, 8 * _H, 2 * _D), {"only": ("kitting",)}, _REPORTS),
    ("warehouse-flood", "warehouse flooded", "gudang kebanjiran", "regency", 50,
     (12 * _H, _D, 4 * _D), {"only": ("kitting", "sort-fold"), "months": _WET},
     f"{_REPORTS}: the office in Binjai on 27 November 2024"),
    ("late-printing", "late printing", "cetak terlambat", "source", 2500,
     (_D, 3 * _D, 10 * _D), {}, f"{_REPORTS}: Jayapura 2019"),
    ("sorting-loss", "more sheets damaged than the reserve bears",
     "lembar rusak melebihi cadangan", "kits", 5000, (6 * _H, _D, 4 * _D),
     {"share_permille": 20},
     f"{_REPORTS}: damage found at sorting is 0.01 to 0.1 % of the sheets"),
    ("short-delivery", "delivery short", "kiriman kurang", "kits", 5000,
     (_D, 2 * _D, 6 * _D), {"share_permille": 50},
     f"{_REPORTS}: shortages are claimed and sent after"),
)  # fmt: skip


@cache
def default_shocks() -> ShockModel:
    """Return the shocks that a simulation counts with when none are given.

    Example:
        >>> model = default_shocks()
        >>> sorted({shock.confidence.value for shock in model.shocks})
        ['estimate']
    """
    return ShockModel(
        shocks=tuple(
            Shock(
                name=name,
                title=title,
                title_id=title_id,
                unit=unit,
                chance_ppm=chance,
                lasts=Spread(least_s=lasts[0], usual_s=lasts[1], most_s=lasts[2]),
                source=source,
                **more,
            )
            for name, title, title_id, unit, chance, lasts, more, source in _ROWS
        ),
        daylight=("boat", "river", "lake", "air", "helicopter", "horse", "foot"),
        nights=_ROAD,
    )
