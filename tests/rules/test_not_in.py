"""Rates that leave regions out: what is said around them holds there, and the law first."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from rule_making import book, rate
from silog_core.domain.elections import Election
from silog_core.domain.places import Place
from silog_core.domain.regions import RegionCode
from silog_core.domain.scenario import Scenario
from silog_core.errors import RuleConflictError
from silog_core.io.scenario_folder import read_scenario, write_scenario
from silog_core.planning.needs import compute_needs

LAW = rate(contest="regent", legal_minimum=True, not_in=("12.72", "12"))
STATIONS = [
    *(Place(code=f"{r}-W1", kind="warehouse", region=r) for r in ("12.71", "53.01")),
    *(
        Place(code=f"{r}-001", kind="station", region=r, parent=r, voters=9)
        for r in ("12.71.01.1001", "53.01.01.1001")
    ),
]


def scenario(root, **changes):
    """Return two stations in two provinces, or those of one."""
    places = tuple(p for p in STATIONS if RegionCode.parse(root).covers(p.region))
    election = Election(kind="pilkada", voting_day=date(2024, 11, 27), root=root, contests=())
    return Scenario(title="A scenario", election=election, places=places, **changes)


def quantities(rules, root):
    """Return what the stations of the scenario need."""
    columns = compute_needs(scenario(root), rules).columns
    return [q for column in columns for q in column.quantities]


@pytest.mark.parametrize(
    ("root", "needed"), [("ID", [0, 2]), ("12", []), ("12.71", []), ("53", [2])]
)
def test_a_rate_does_not_speak_for_what_it_leaves_out(root, needed):
    """Whatever the root of the plan: above, at, below or beside the region left out."""
    rules = book(rate(not_in=("12",)))

    assert needed == quantities(rules, root)


def test_the_wider_rule_holds_where_a_narrower_one_leaves_out():
    """A province leaves one city out: the nation's rate holds there, and there alone."""
    rules = book(
        rate(), rate("12", quantity=5, not_in=("12.72",), replaces="needs:box/station@ID")
    )
    found = {
        code: rules.needs_rule("needs:box/station", RegionCode.parse(code)).quantity
        for code in ("53", "12", "12.71", "12.72", "12.72.01")
    }

    assert {"53": 2, "12": 5, "12.71": 5, "12.72": 2, "12.72.01": 2} == found


def test_leaving_out_is_no_way_around_the_law():
    """A region that leaves its own city out has the law there; fewer is refused elsewhere."""
    law = rate(legal_minimum=True)
    out = rate("12", quantity=3, not_in=("12.72",), replaces=law.id)
    rules = book(law, out)

    assert law == rules.needs_rule("needs:box/station", RegionCode.parse("12.72"))
    with pytest.raises(RuleConflictError, match="legal minimum"):
        book(law, attrs.evolve(out, quantity=1))


def test_a_scenarios_own_rate_may_leave_a_region_to_the_law():
    """Both have one id: each holds in its own part, and neither stands for the other."""
    own = scenario("ID", rates=(rate(quantity=7, not_in=("12",)),))
    (column,) = compute_needs(own, book(rate())).columns

    assert (2, 7) == column.quantities


def test_an_explanation_says_that_it_is_left_out():
    """Neither in force nor elsewhere: the rule does not speak for that region."""
    text = str(book(LAW).explain("needs:box/station", "12.71"))

    assert "no rule holds" in text
    assert "it does not speak for 12.71" in text


def test_regions_left_out_are_sorted_and_known_once():
    """The order in which they are written changes no digest."""
    assert ("12", "12.72") == tuple(str(r) for r in LAW.not_in)
    assert (
        LAW.digest()
        == rate(contest="regent", legal_minimum=True, not_in=("12", "12.72", "12")).digest()
    )


def test_a_digest_without_them_is_as_it_was():
    """The field is newer than the rules that pin a digest of others."""
    assert rate().digest() == rate(not_in=()).digest() != LAW.digest()


def test_they_are_written_and_read(tmp_path):
    """rates.csv keeps them."""
    kept = attrs.evolve(
        scenario("ID", rates=(rate(not_in=("12.71", "53")),)), places=tuple(STATIONS[:2])
    )

    assert kept == read_scenario(write_scenario(kept, tmp_path / "folder"))


def test_a_region_that_is_left_out_is_free():
    """A legal minimum does not bind where it does not speak, and need not be replaced."""
    law = rate(legal_minimum=True, not_in=("53",))
    own = rate("53", quantity=1)

    assert own == book(law, own).needs_rule(own.topic, own.scope)


def test_a_code_that_does_not_exist_cannot_be_left_out():
    """It would leave out nothing, in silence."""
    with pytest.raises(RuleConflictError, match="names 99"):
        book(rate(not_in=("99",)))
