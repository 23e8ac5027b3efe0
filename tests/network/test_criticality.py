"""Single points, disjoint ways and the best protection, against trying everything."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.legs import Leg
from silog_core.network.criticality import best_protected, singles, ways_in

NODES = "SABCDE"
_few = settings(max_examples=40, deadline=None)


@st.composite
def networks(draw):
    """Draw a handful of legs between six places, the first one a source."""
    pairs = list(combinations(NODES, 2))
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=8, unique=True))
    modes = [draw(st.sampled_from([("road",), ("road",), ("road", "sea")])) for _ in chosen]
    return [
        Leg(tail=a, head=b, mode=mode, length_m=1, travel_s=1)
        for (a, b), several in zip(chosen, modes, strict=True)
        for mode in several
    ]


def reached(legs, *, without=(), closed=()):
    """Return the places that the source reaches, walking."""
    if "S" in closed:
        return set()
    found, todo = {"S"}, ["S"]
    while todo:
        at = todo.pop()
        for leg in legs:
            if key(leg) in without or at not in (leg.tail, leg.head):
                continue
            other = leg.head if at == leg.tail else leg.tail
            if other not in found and other not in closed:
                found.add(other)
                todo.append(other)
    return found


def key(leg):
    return (*sorted((leg.tail, leg.head)), leg.mode.value)


@given(networks())
@_few
def test_single_legs_are_those_whose_loss_cuts_off(legs):
    """26. What a single leg has behind it is what nobody reaches without it."""
    found = singles(legs, ["S"])
    behind = found.behind(dict.fromkeys(NODES, (1, 1)))

    for leg in found.legs:
        lost = reached(legs) - reached(legs, without={leg})
        assert bool(lost) == found.is_single(leg)
        if lost:
            assert (len(lost), len(lost)) == behind[leg]


def test_what_hangs_by_one_leg_is_weighed_without_the_costly_part():
    """26. Twigs hang on their leg, also below a mesh; a part that no source reaches on none."""
    ends = ("SA", "SB", "AB", "BC", "CD", "CE", "XY", "YZ")
    legs = [Leg(tail=a, head=b, mode="road", length_m=1, travel_s=1) for a, b in ends]
    found = singles(legs, ["S"])

    assert ["C", "B"] == found.over("D", str)[:0:-1]
    assert [("B", "C", "road"), ("C", "D", "road")] == found.over("D", tuple)
    assert set("SABCDE") == {n for n in found.above if isinstance(n, str)}


@given(networks())
@_few
def test_single_places_are_those_whose_loss_cuts_off(legs):
    """What a place has behind it is what nobody reaches past it; itself not counted."""
    found = singles(legs, ["S"])
    behind = found.behind(dict.fromkeys(NODES, (1, 0)))

    for place in reached(legs):
        lost = reached(legs) - reached(legs, closed={place}) - {place}
        assert len(lost) == behind.get(place, (0, 0))[0]


@given(networks())
@_few
def test_ways_are_as_many_as_the_smallest_cut(legs):
    """26. The cut cuts, no smaller set of legs does, and the unreached have none."""
    found = singles(legs, ["S"])
    answer = ways_in(found, NODES)

    assert set(NODES) - {"S"} == set(answer)
    for place, (ways, cut) in answer.items():
        assert (ways == 0) == (place not in reached(legs))
        assert ways == len(cut)
        if ways:
            assert place not in reached(legs, without=set(cut))
            assert all(
                place in reached(legs, without=set(fewer))
                for fewer in combinations(found.legs, ways - 1)
            )


def safe(legs, protected, *, places):
    """Return how many places no single unprotected leg (or place) cuts off."""
    keys = {key(leg) for leg in legs}
    lost = set()
    for one in (set(NODES) if places else keys) - set(protected):
        gone = {"closed": {one}} if places else {"without": {one}}
        lost |= reached(legs) - reached(legs, **gone) - ({one} if places else set())
    return len((reached(legs) & set(NODES)) - lost)


@given(networks(), st.integers(0, 3), st.booleans())
@_few
def test_no_other_choice_protects_more(legs, count, places):
    """The chosen save as many as they say, and no other so many legs or places save more."""
    found = singles(legs, ["S"])
    weights = dict.fromkeys(NODES, (1, 1))
    chosen, with_them, without = best_protected(
        found, weights, count, str if places else tuple
    )
    all_of_them = NODES if places else found.legs

    assert len(chosen) <= count
    assert with_them[0] == safe(legs, chosen, places=places)
    assert without[0] == safe(legs, (), places=places)
    assert with_them[0] == max(
        safe(legs, several, places=places)
        for several in combinations(all_of_them, min(count, len(all_of_them)))
    )
