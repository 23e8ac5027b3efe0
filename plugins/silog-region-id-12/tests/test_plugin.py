"""Both packs together make a rule book, and every place can be reached by its rules."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date

import pytest

import silog_region_id.plugin as national
import silog_region_id_12.plugin as province
from silog_core.domain.elections import ElectionKind
from silog_core.domain.items import Confidence
from silog_core.domain.legs import Mode
from silog_core.domain.needs_rules import NeedsRule
from silog_core.domain.places import PlaceKind
from silog_core.domain.regions import RegionCode
from silog_core.rules.build import build_rule_book
from silog_core.rules.conflicts import RuleConflictError
from silog_region_id_12.places import sumut_places

PACKS = {"region.ID": national, "region.12": province}
BY_YEAR = (
    "silog_calendars",
    "silog_leg_speeds",
    "silog_leg_closures",
    "silog_vehicle_limits",
)


def given(pack, election):
    """Return every rule that a pack gives."""
    found = []
    if hasattr(pack, "silog_needs_rules"):
        found += pack.silog_needs_rules(election)
    for hook in BY_YEAR:
        if hasattr(pack, hook):
            found += getattr(pack, hook)()
    return found


def book_of(election=ElectionKind.PILKADA, more=(), on=date(2024, 11, 27)):
    """Return the book of both packs and of more rules of a third."""
    rules = [(name, rule) for name, pack in PACKS.items() for rule in given(pack, election)]
    table = national.silog_manifest().table.merged(province.silog_manifest().table)
    return build_rule_book(
        [*rules, *(("region.12.71", rule) for rule in more)],
        table=table,
        election_kind=election,
        on=on,
    )


@pytest.mark.parametrize("election", ElectionKind)
def test_the_packs_agree(election):
    """No tie, no silent shadow, no empty window, no unknown region."""
    book = book_of(election)

    assert len(book.needs_topics()) > 20
    assert set(book.item_codes()) >= {
        r.item for r in national.silog_needs_rules(election) if isinstance(r, NeedsRule)
    }


@pytest.mark.parametrize("name", PACKS)
def test_rules_stay_within_what_the_manifest_claims(name):
    """A pack speaks for its own regions, gives a source, and says the same twice."""
    pack = PACKS[name]
    (claimed,) = pack.silog_manifest().regions
    for election in ElectionKind:
        rules = given(pack, election)

        assert rules == given(pack, election)
        assert rules == pickle.loads(pickle.dumps(rules))
        assert all(claimed.covers(rule.scope) and rule.source for rule in rules)


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_imports_nothing_heavy(name):
    """Without networkx, click and rich, so that any number of packs can be installed."""
    code = f"import sys, {PACKS[name].__name__}; print([m for m in ('networkx', 'click', 'rich') if m in sys.modules])"
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert "[]" == out.stdout.strip()


def test_whatever_is_reached_has_a_vehicle_and_a_speed():
    """For each place: the mode that reaches it goes there, at a known speed."""
    book = book_of()
    places = {p.code: p for p in sumut_places()}
    for place in places.values():
        if place.kind in (PlaceKind.HUB, PlaceKind.VILLAGE, PlaceKind.STATION):
            home = places[place.parent]
            access = book.access(place.kind, place.region)

            assert book.leg_speed(access.mode, access.surface, home.region, place.region)
            assert book.typical_vehicles(access.mode, place.kind, home.region)


@pytest.mark.parametrize(
    ("kind", "code", "mode"),
    [
        (PlaceKind.HUB, "12.14.04", Mode.SEA),
        (PlaceKind.VILLAGE, "12.14.28.2001", Mode.BOAT),
        (PlaceKind.VILLAGE, "12.11.06.2016", Mode.HORSE),
        (PlaceKind.STATION, "12.13.21.2008", Mode.MOTORCYCLE),
        (PlaceKind.HUB, "12.17.01", Mode.ROAD),
        (PlaceKind.STATION, "12.71.01.1001", Mode.ROAD),
    ],
)
def test_hard_places_are_reached_as_reported(kind, code, mode):
    """Ship to the Batu islands, horse in Tanah Pinem, two wheels in Pakantan."""
    assert mode is book_of().access(kind, RegionCode.parse(code)).mode


def test_a_region_may_give_more_and_never_less_than_the_law():
    """Law 35: a larger reserve of ballots passes, a smaller one is refused by name."""

    def reserve(per_mille):
        return NeedsRule(
            scope="12.71",
            source="a decree of the city",
            confidence=Confidence.PUBLISHED,
            election="pilkada",
            item="ballot-regent",
            per="station",
            contest="regent",
            per_voter=1,
            reserve_numerator=per_mille,
            reserve_denominator=1000,
            replaces="needs:ballot-regent/station@ID",
        )

    medan = RegionCode.parse("12.71")

    assert 1_030 == book_of(more=[reserve(30)]).needs_rule(
        "needs:ballot-regent/station", medan
    ).need(1_000)
    with pytest.raises(RuleConflictError, match="legal minimum"):
        book_of(more=[reserve(24)])


def test_the_station_cap_is_that_of_the_election():
    """600 in the book of a Pilkada, 300 in that of a Pemilu."""
    medan = RegionCode.parse("12.71")
    pemilu = book_of(ElectionKind.PEMILU, on=date(2024, 2, 14))

    assert (600, 300) == (
        book_of().station_cap(medan).max_voters,
        pemilu.station_cap(medan).max_voters,
    )
