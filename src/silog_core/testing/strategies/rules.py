"""Rules of every kind, and whole rule books."""

from __future__ import annotations

from functools import cache
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from silog_core.domain.calendar import DateRange
from silog_core.domain.calendar_rules import STAGES, DayOff, StageWindow
from silog_core.domain.contributions import Contribution
from silog_core.domain.elections import ElectionKind
from silog_core.domain.handover_rules import HandoverRule
from silog_core.domain.items import Confidence
from silog_core.domain.legs import Mode
from silog_core.domain.needs_rules import PER, ItemRule, NeedsRule, StationCap
from silog_core.domain.places import PlaceKind
from silog_core.domain.regions import COUNTRY, RegionCode, RegionTable
from silog_core.domain.travel_rules import (
    AccessRule,
    Closure,
    SpeedRule,
    TypicalVehicle,
    VehicleLimit,
)
from silog_core.rules import RuleBook, build_rule_book
from silog_core.rules.combine import is_deepest
from silog_core.testing.plausible import SPEEDS_M_PER_H
from silog_core.testing.strategies.calendar import PILKADA_2024, date_ranges, days
from silog_core.testing.strategies.goods import items, vehicles
from silog_core.testing.strategies.regions import region_codes
from silog_core.testing.strategies.texts import few, rising, sentences, words

Scopes = SearchStrategy[RegionCode] | None


def _origin(scopes: Scopes) -> dict[str, SearchStrategy[Any]]:
    return {
        "scope": region_codes(max_depth=3) if scopes is None else scopes,
        "source": sentences(),
        "confidence": st.sampled_from(Confidence),
        "valid": st.just(DateRange()) | date_ranges(),
    }


def needs_rules(*, scopes: Scopes = None) -> SearchStrategy[NeedsRule]:
    """Draw rates, from nothing to a ballot a voter and a reserve of all of them."""
    return st.builds(
        NeedsRule,
        election=st.sampled_from(ElectionKind),
        item=words(),
        per=st.sampled_from(PER),
        quantity=st.integers(0, 5000),
        per_voter=st.integers(0, 3),
        reserve_numerator=st.integers(0, 100),
        reserve_denominator=st.integers(100, 1000),
        contest=st.just("") | words(),
        only_flags=few(words(), at_most=2),
        legal_minimum=st.booleans(),
        **_origin(scopes),
    )


def handover_rules(*, scopes: Scopes = None) -> SearchStrategy[HandoverRule]:
    """Draw rules of hand-overs."""
    return st.builds(
        HandoverRule,
        election=st.sampled_from(ElectionKind),
        stage=st.sampled_from(STAGES),
        parties=st.integers(1, 4),
        witnesses=st.lists(st.sampled_from(("police", "supervisor", "party")), unique=True),
        escort=st.lists(st.sampled_from(("police", "supervisor")), unique=True),
        persons=st.integers(0, 4),
        first_hour=st.integers(0, 12),
        last_hour=st.integers(13, 24),
        states_seals=st.booleans(),
        document=st.sampled_from(("BAST", "surat jalan")),
        legal_minimum=st.booleans(),
        **_origin(scopes),
    )


def station_caps(*, scopes: Scopes = None) -> SearchStrategy[StationCap]:
    """Draw caps on the voters of a station."""
    return st.builds(
        StationCap,
        election=st.sampled_from(ElectionKind),
        max_voters=st.integers(1, 1000),
        **_origin(scopes),
    )


def item_rules(*, scopes: Scopes = None) -> SearchStrategy[ItemRule]:
    """Draw facts of items."""
    return st.builds(ItemRule, item=items(), **_origin(scopes))


@st.composite
def speed_rules(draw: DrawFn, *, scopes: Scopes = None) -> SpeedRule:
    """Draw speeds that the mode can go."""
    mode = draw(st.sampled_from(Mode))
    return SpeedRule(
        mode=mode,
        surface=draw(st.sampled_from(["", "paved", "track"])),
        speed_m_per_h=draw(st.integers(*SPEEDS_M_PER_H[mode])),
        circuity_permille=draw(st.integers(1000, 3000)),
        transfer_s=draw(st.integers(0, 7200)),
        **{name: draw(values) for name, values in _origin(scopes).items()},
    )


def access_rules(*, scopes: Scopes = None) -> SearchStrategy[AccessRule]:
    """Draw ways in."""
    return st.builds(
        AccessRule,
        to=st.sampled_from(PlaceKind),
        mode=st.sampled_from(Mode),
        surface=st.sampled_from(["", "paved", "track"]),
        **_origin(scopes),
    )


def closures(*, scopes: Scopes = None) -> SearchStrategy[Closure]:
    """Draw closures by month, weekday and hour."""
    return st.builds(
        Closure,
        name=words(),
        mode=st.sampled_from(Mode),
        months=rising(1, 12),
        weekdays=rising(0, 6),
        hours=rising(0, 23),
        reason=sentences(),
        **_origin(scopes),
    )


def vehicle_limits(*, scopes: Scopes = None) -> SearchStrategy[VehicleLimit]:
    """Draw limits of payload and volume."""
    return st.builds(
        VehicleLimit,
        name=words(),
        mode=st.sampled_from(Mode),
        max_payload_g=st.none() | st.integers(1, 30_000_000),
        max_volume_cm3=st.none() | st.integers(1, 90_000_000),
        reason=sentences(),
        **_origin(scopes),
    )


def typical_vehicles(*, scopes: Scopes = None) -> SearchStrategy[TypicalVehicle]:
    """Draw vehicles for hire."""
    return st.builds(
        TypicalVehicle,
        vehicle=vehicles(),
        to=st.sets(st.sampled_from(PlaceKind)).map(
            lambda kinds: sorted(kinds, key=lambda k: k.value)
        ),
        **_origin(scopes),
    )


def days_off(*, scopes: Scopes = None) -> SearchStrategy[DayOff]:
    """Draw days on which nobody works."""
    return st.builds(DayOff, day=days(), name=sentences(), **_origin(scopes))


@st.composite
def stage_windows(draw: DrawFn, *, scopes: Scopes = None) -> StageWindow:
    """Draw windows of stages that end after they begin."""
    last = draw(st.integers(-3, 30))
    return StageWindow(
        election=draw(st.sampled_from(ElectionKind)),
        stage=draw(st.sampled_from(STAGES)),
        first_days_before=draw(st.integers(last + 1, last + 60)),
        last_days_before=last,
        first_hour=draw(st.integers(0, 23)),
        last_hour=draw(st.integers(1, 24)),
        legal_minimum=draw(st.booleans()),
        **{name: draw(values) for name, values in _origin(scopes).items()},
    )


def contributions(*, scopes: Scopes = None) -> SearchStrategy[Contribution]:
    """Draw rules of any kind."""
    return st.one_of(
        days_off(scopes=scopes),
        needs_rules(scopes=scopes),
        station_caps(scopes=scopes),
        item_rules(scopes=scopes),
        speed_rules(scopes=scopes),
        access_rules(scopes=scopes),
        closures(scopes=scopes),
        vehicle_limits(scopes=scopes),
        typical_vehicles(scopes=scopes),
        stage_windows(scopes=scopes),
    )


@cache
def _rules_within(region: RegionCode) -> SearchStrategy[Contribution]:
    return contributions(scopes=region_codes(within=region, max_depth=3))


@st.composite
def rule_books(draw: DrawFn, *, within: RegionCode = COUNTRY, max_rules: int = 8) -> RuleBook:
    """Draw rule books without conflicts, shrinking towards the empty one.

    Rules that would shadow each other say which they replace, and none is a legal
    minimum.
    """
    drawn = draw(st.lists(_rules_within(within), max_size=max_rules))
    kept: dict[str, Contribution] = {}
    for rule in sorted(drawn, key=lambda r: (r.scope.depth, r.id, r.digest())):
        plain: Any = attrs.evolve(rule, valid=DateRange())
        if getattr(plain, "legal_minimum", False):
            plain = attrs.evolve(plain, legal_minimum=False)
        if is_deepest(plain):
            around = [
                other
                for other in kept.values()
                if other.topic == plain.topic
                and other.scope.covers(plain.scope)
                and getattr(other, "election", None) == getattr(plain, "election", None)
            ]
            if around:
                wide = max(around, key=lambda other: other.scope.depth)
                plain = attrs.evolve(plain, replaces=wide.id)
        elif isinstance(plain, StageWindow):
            # Windows of one stage could leave nothing between them: one is enough.
            plain = attrs.evolve(plain, scope=within)
        election = getattr(plain, "election", None)
        kept.setdefault(f"{plain.id} {election.value if election else ''}", plain)
    return build_rule_book(
        [(f"region.{rule.scope}", rule) for rule in kept.values()],
        table=RegionTable(as_of=PILKADA_2024, source="drawn", names={}),
        election_kind=draw(st.sampled_from(ElectionKind)),
        on=PILKADA_2024,
    )
