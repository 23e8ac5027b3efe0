"""Single ways in and their weight, against the plainest definition there is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.network.reach import single_ways, unreachable, voters_behind
from small_world import leg

CODES = "ABCDEFG"
WAY = {"km": 1, "hours": 1}


@st.composite
def networks(draw):
    """Draw legs between a few places, some of them of two modes."""
    pair = st.tuples(
        st.sampled_from(CODES), st.sampled_from(CODES), st.sampled_from(["road", "sea"])
    )
    keys = draw(st.sets(pair.filter(lambda p: p[0] != p[1]), max_size=10))
    legs = [leg(*key, **WAY) for key in sorted(keys)]
    return legs, sorted(draw(st.sets(st.sampled_from(CODES), min_size=1, max_size=2)))


def reached_from(sources, legs):
    """Return what can be reached, walk by walk."""
    found = set(sources)
    for _ in CODES:
        for g in legs:
            if {g.tail, g.head} & found:
                found |= {g.tail, g.head}
    return found


def is_ways(legs, ends, modes):
    """Say whether these are all the modes between two places."""
    return {g.mode.value for g in legs if {g.tail, g.head} == set(ends)} == set(modes)


@settings(max_examples=150, deadline=None)
@given(networks())
def test_a_single_way_cuts_off_exactly_what_lies_behind_it(network):
    """A pair of places with one way between them is listed when its loss cuts places off,
    with those places; nothing else is.
    """
    legs, sources = network
    whole = reached_from(sources, legs)
    expected = {}
    for ends in {frozenset((g.tail, g.head)) for g in legs}:
        between = [g for g in legs if {g.tail, g.head} == set(ends)]
        lost = whole - reached_from(
            sources, [g for g in legs if {g.tail, g.head} != set(ends)]
        )
        if lost and len({g.mode for g in between}) == 1:
            expected[ends] = tuple(sorted(lost))

    found = single_ways(legs, sources)

    assert expected == {frozenset((w.tail, w.head)): w.behind for w in found}
    assert all(w.head in w.behind and w.tail not in w.behind for w in found)
    assert all(is_ways(legs, (w.tail, w.head), w.modes) for w in found)


@settings(max_examples=50, deadline=None)
@given(networks(), st.randoms())
def test_order_of_legs_does_not_matter(network, chance):
    """The same ways, whatever the order of the legs and their direction."""
    legs, sources = network
    mixed = list(legs)
    chance.shuffle(mixed)

    assert single_ways(legs, sources) == single_ways(mixed, sources[::-1])


def test_a_way_weighs_the_voters_behind_it():
    """Voters of every place that is cut off count, once."""
    legs = [leg("A", "B", **WAY), leg("B", "C", **WAY)]
    ways = single_ways(legs, ["A"])
    weight = voters_behind(ways, {"A": 1000, "B": 20, "C": 3})

    assert {("A", "B"): 23, ("B", "C"): 3} == {(w.tail, w.head): n for w, n in weight.items()}


def test_without_a_source_nothing_is_reached():
    """No source: no single way, and every place is out of reach."""
    legs = [leg("A", "B", **WAY)]

    assert () == single_ways(legs, [])
    assert ["A", "B"] == [u.place for u in unreachable("AB", legs, [], closed=[])]


def test_the_cut_lists_the_closed_legs_that_lead_in():
    """Of the closed legs, those at the edge of the lost place's own world are the cut."""
    shut = [leg("A", "B", **WAY), leg("D", "C", **WAY)]
    lost = unreachable("ABC", [leg("B", "C", **WAY)], ["A"], closed=shut)

    assert [("B", (("A", "B"), ("C", "D"))), ("C", (("A", "B"), ("C", "D")))] == [
        (u.place, u.cut) for u in lost
    ]
