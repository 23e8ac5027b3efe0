"""Region codes, code lists and manifests."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from silog_core.domain.manifest import Manifest
from silog_core.domain.regions import COUNTRY, WIDTHS, RegionCode, RegionTable
from silog_core.testing.strategies.calendar import days
from silog_core.testing.strategies.texts import few, sentences


@st.composite
def region_codes(
    draw: DrawFn,
    *,
    within: RegionCode = COUNTRY,
    min_depth: int | None = None,
    max_depth: int = 4,
) -> RegionCode:
    """Draw region codes, shrinking towards *within* itself.

    Args:
        draw: Given by Hypothesis.
        within: Region that covers all that are drawn.
        min_depth: Least depth; that of *within* when None.
        max_depth: Greatest depth [0 country - 4 village].
    """
    lowest = within.depth if min_depth is None else max(min_depth, within.depth)
    depth = draw(st.integers(lowest, max_depth))
    widths = WIDTHS[within.depth : depth]
    below = tuple(f"{draw(st.integers(1, 10**w - 1)):0{w}d}" for w in widths)
    return RegionCode(within.parts + below)


@st.composite
def region_tables(
    draw: DrawFn, *, of: SearchStrategy[RegionCode] | None = None, max_size: int = 6
) -> RegionTable:
    """Draw code lists that hold every region around those they name."""
    drawn = draw(st.lists(region_codes(min_depth=1) if of is None else of, max_size=max_size))
    codes = {str(c) for code in drawn for c in code.lineage() if c.depth}
    names = {code: draw(sentences()) for code in sorted(codes)}
    return RegionTable(as_of=draw(days()), source=draw(sentences()), names=names)


@st.composite
def manifests(draw: DrawFn, *, within: RegionCode = COUNTRY) -> Manifest:
    """Draw what plugins say of themselves."""
    return Manifest(
        title=draw(sentences()),
        regions=draw(few(region_codes(within=within))),
        homepage=draw(st.sampled_from(["", "https://example.org"])),
        table=draw(
            st.none() | st.just(RegionTable(as_of=date(2024, 1, 1), source="a", names={}))
        ),
    )
