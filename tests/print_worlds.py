"""Presses and receivers for a little country, drawn."""

from __future__ import annotations

from datetime import date

import attrs
from hypothesis import strategies as st

from silog_core.domain.presses import Press, Receiving


@st.composite
def printed(draw, scenario):
    """Draw presses of the printer, slow or late ones among them, and who counts."""
    slow = st.sampled_from([200, 2_000, 50_000, 10**7])
    first = st.dates(date(2024, 9, 20), date(2024, 11, 10))
    every = Press(
        place="PRINTER", pieces_per_day=draw(slow), from_date=draw(first), source="a test"
    )
    presses = [every]
    if draw(st.booleans()):
        names = ("ballot-governor", "box")
        presses.append(attrs.evolve(every, items=names, pieces_per_day=draw(slow)))
    crew = Receiving(
        region="12", people=draw(st.integers(1, 3)), source="a test",
        packs_per_worker_day=draw(st.sampled_from([2, 10, 500])),
    )  # fmt: skip
    return attrs.evolve(
        scenario,
        presses=tuple(presses) if draw(st.integers(0, 3)) else (),
        receivings=(crew,) if draw(st.integers(0, 3)) else (),
    )
