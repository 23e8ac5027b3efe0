from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.demand import Commodity
from silog_core.domain.regions import RegionCode
from silog_core.planning.transfers import Holding, propose_transfers

REGIONS = ("12.71", "12.75", "12.06", "13.71")
WARES = (
    Commodity(item="ink"),
    Commodity(item="ballot-governor", area="12"),
    Commodity(item="ballot-regent", area="12.71"),
)

holdings = st.lists(
    st.tuples(
        st.sampled_from(REGIONS),
        st.integers(0, 2),
        st.sampled_from(WARES),
        st.integers(0, 40),
        st.integers(0, 40),
        st.integers(0, 9),
    ),
    unique_by=lambda row: (row[0], row[1], row[2]),
    max_size=10,
).map(
    lambda rows: [
        Holding(
            place=f"{region}/{n}",
            region=RegionCode.parse(region),
            commodity=ware,
            on_hand=have,
            need=need,
            reserve=reserve,
        )
        for region, n, ware, have, need, reserve in rows
    ]
)


def hours(donor, receiver):
    """Invent a distance that does not depend on the order of the rows."""
    return 3600 * (1 + abs(REGIONS.index(donor[:5]) - REGIONS.index(receiver[:5])))


@settings(max_examples=200, deadline=None)
@given(holdings)
def test_transfers_are_lawful(rows):
    """Invariants 13 and 17: totals stay, donors keep need and reserve, areas hold."""
    by_key = {(h.place, h.commodity): h for h in rows}
    after = {key: h.on_hand for key, h in by_key.items()}
    for t in propose_transfers(rows, hours):
        donor, taker = by_key[t.donor, t.commodity], by_key[t.receiver, t.commodity]
        after[t.donor, t.commodity] -= t.quantity
        after[t.receiver, t.commodity] += t.quantity
        assert t.donor != t.receiver
        assert t.document
        assert t.approver
        assert t.supervisor
        if t.commodity.area:
            area = RegionCode.parse(t.commodity.area)
            assert area.covers(donor.region)
            assert area.covers(taker.region)
    for key, h in by_key.items():
        if after[key] < h.on_hand:
            assert after[key] >= h.need + h.reserve
        assert after[key] <= max(h.on_hand, h.need)


@settings(max_examples=100, deadline=None)
@given(holdings, st.randoms(use_true_random=False))
def test_order_of_the_rows_does_not_matter(rows, chance):
    """The same holdings in another order give the same transfers."""
    mixed = list(rows)
    chance.shuffle(mixed)

    assert propose_transfers(rows, hours) == propose_transfers(mixed, hours)


def test_the_nearest_donor_comes_first():
    """A neighbour lends before a place far away, and the province approves."""
    ink = WARES[0]

    def at(region, have, need):
        return Holding(
            place=f"{region}/0",
            region=RegionCode.parse(region),
            commodity=ink,
            on_hand=have,
            need=need,
        )

    found = propose_transfers(
        [at("12.06", 50, 10), at("12.75", 15, 10), at("12.71", 2, 10)], hours
    )

    assert [("12.75/0", 5), ("12.06/0", 3)] == [(t.donor, t.quantity) for t in found]
    assert "KPU province 12" == found[0].approver
