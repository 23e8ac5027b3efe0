"""Elections and their contests."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from silog_core.domain.elections import AreaLevel, Contest, Election, ElectionKind
from silog_core.domain.regions import RegionCode
from silog_core.testing.strategies.calendar import days
from silog_core.testing.strategies.texts import sentences, words

#: Province that elections are drawn in when no other is named.
PROVINCE = RegionCode(("12",))


@st.composite
def contests(draw: DrawFn, *, within: RegionCode = PROVINCE) -> Contest:
    """Draw contests of a province, each with a ballot of its own."""
    code = draw(words())
    level = draw(st.sampled_from(AreaLevel))
    districts: tuple[tuple[str, str], ...] = ()
    if level is AreaLevel.DISTRICT:
        regencies = [f"{within}.{number:02d}" for number in (1, 2, 71)]
        names = st.dictionaries(st.sampled_from(regencies), sentences(), min_size=1)
        districts = tuple(sorted(draw(names).items()))
    return Contest(
        code=code,
        item=f"ballot-{code}",
        area_level=level,
        districts=districts,
        title_id=draw(st.just("") | sentences()),
        title_en=draw(st.just("") | sentences()),
    )


@st.composite
def elections(draw: DrawFn, *, root: RegionCode = PROVINCE) -> Election:
    """Draw elections in a region, with at most three contests of different codes."""
    chosen = draw(st.lists(contests(within=root), max_size=3, unique_by=lambda c: c.code))
    return Election(
        kind=draw(st.sampled_from(ElectionKind)),
        voting_day=draw(days()),
        root=root,
        contests=tuple(chosen),
        utc_offset_min=draw(st.sampled_from([420, 480, 540])),
    )
