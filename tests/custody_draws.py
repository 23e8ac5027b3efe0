"""Strategies of events of custody, for tests."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st

from silog_core.domain.custody_events import Count, Event, EventId, Measure, Quantity
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_roles import Party, Role
from silog_core.domain.demand import Commodity

_WORDS = st.sampled_from(
    [
        "A",
        "b-2",
        "12.71",
        "Kotak 1",
        "caf\u00e9",
        "\u00f1",
        '"',
        "\\",
        "a:b/c",
        "d,e;f|g",
        "50%",
    ]
)
_DIGESTS = st.integers(0, 2**64).map(lambda n: f"{n:064x}")
_COMMODITIES = st.builds(
    Commodity, item=st.sampled_from(["ballot", "box"]), area=st.sampled_from(["", "12"])
)
_PARTIES = st.builds(Party, st.sampled_from(Role), _WORDS, st.sampled_from(["", "member-2"]))
_NAMES = st.lists(_WORDS, max_size=3)


def _distinct(values):
    return st.lists(values, max_size=3, unique_by=lambda value: value.key)


def any_events():
    """Draw events of any content that the values take, sensible or not."""
    return st.builds(
        Event,
        device=_WORDS,
        sequence=st.integers(1, 2**40),
        kind=st.sampled_from(Kind),
        time_s=st.integers(0, 2**40),
        offset_min=st.sampled_from([420, 480, 540, -720]),
        recorded_s=st.none() | st.integers(0, 2**40),
        place=_WORDS,
        author=_PARTIES,
        giver=st.none() | _PARTIES,
        receiver=st.none() | _PARTIES,
        witnesses=st.lists(_PARTIES, max_size=2),
        document=st.just("") | _WORDS,
        units=_NAMES,
        container=st.just("") | _WORDS,
        destination=st.just("") | _WORDS,
        quantities=_distinct(st.builds(Quantity, _COMMODITIES, st.integers(1, 2**40))),
        counts=_distinct(
            st.builds(Count, _COMMODITIES, st.sampled_from(Measure), st.integers(0, 2**40))
        ),
        seals_applied=_NAMES,
        seals_removed=_NAMES,
        seals_broken=_NAMES,
        seals_given=st.dictionaries(_WORDS, _NAMES, max_size=2).map(dict.items),
        seals_taken=st.dictionaries(_WORDS, _NAMES, max_size=2).map(dict.items),
        reason=st.just("") | _WORDS,
        corrects=st.none() | st.builds(EventId, _WORDS, st.integers(1, 2**40)),
        facts=st.dictionaries(_WORDS, _WORDS | st.integers(0, 2**40), max_size=2).map(
            lambda found: tuple(found.items())
        ),
        commitments=st.dictionaries(_WORDS, _DIGESTS, max_size=2).map(
            lambda found: tuple(found.items())
        ),
        plan=st.just("") | _DIGESTS,
    )


def crowded_events():
    """Draw events of few devices, numbers, moments and codes, so that they collide."""
    few = st.sampled_from(["A", "b-2"])
    names = st.builds(EventId, few, st.integers(1, 3))
    moments = st.integers(0, 3)
    return st.builds(
        lambda event, name, moment, recorded, old, about: attrs.evolve(
            event,
            device=name.device,
            sequence=name.sequence,
            time_s=moment,
            recorded_s=recorded,
            corrects=old,
            facts=(("incident", str(about)),),
        ),
        any_events(),
        names,
        moments,
        st.none() | moments,
        st.none() | names,
        names,
    )
