"""Bounds that a figure of a region pack has to lie in: beyond them it is a slip."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from silog_core.domain.legs import Mode

#: Slowest and fastest speed of each mode, halts included [m/h].
SPEEDS_M_PER_H: Mapping[Mode, tuple[int, int]] = MappingProxyType(
    {
        Mode.ROAD: (3_000, 100_000),
        Mode.SEA: (5_000, 60_000),
        Mode.BOAT: (3_000, 70_000),
        Mode.RIVER: (2_000, 50_000),
        Mode.LAKE: (3_000, 50_000),
        Mode.AIR: (80_000, 900_000),
        Mode.HELICOPTER: (80_000, 300_000),
        Mode.MOTORCYCLE: (3_000, 80_000),
        Mode.HORSE: (2_000, 12_000),
        Mode.FOOT: (500, 6_000),
    }
)

#: Modules that no pack needs to state rules, and that make every start slow.
HEAVY_MODULES = (
    "click",
    "dask",
    "hypothesis",
    "matplotlib",
    "networkx",
    "numpy",
    "openpyxl",
    "pandas",
    "polars",
    "pyproj",
    "pytest",
    "requests",
    "rich",
    "scipy",
    "shapely",
    "sqlalchemy",
    "urllib3",
)

#: Words of a source that somebody meant to write later.
PLACEHOLDERS = ("todo", "tbd", "fixme", "xxx", "example, replace", "contoh, ganti")
