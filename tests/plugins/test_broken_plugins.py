"""Ten broken plugins beside good ones: every good region plans, every failure is told."""

from __future__ import annotations

from datetime import date

import pytest

from broken_plugins import BROKEN, install_all
from installed import points
from silog_core.errors import RegionWithheldError
from silog_core.session import Session

DAY = date(2024, 11, 27)


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Install the ten beside a nation and two sound provinces."""
    install_all(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    return {"plugins": points(tmp_path)}


def test_every_good_region_plans(installed):
    """What is wrong with the neighbours is no business of theirs."""
    session = Session(**installed)

    for code in ("51", "52"):
        book = session.rule_book("pilkada", DAY, code)
        assert ("needs:box/station", f"needs:of-{code}/station") == book.needs_topics()


@pytest.mark.parametrize("name", BROKEN)
def test_each_failure_is_told_with_its_fix(installed, name):
    """Phase, cause and fix, and the region that it withholds."""
    entry, _, phase, words = BROKEN[name]
    session = Session(**installed)
    with pytest.raises(RegionWithheldError, match="accept_degraded"):
        session.rule_book("pilkada", DAY, entry.removeprefix("region."))
    found = [f for f in session.failures if f.plugin == entry]

    assert phase is found[0].phase
    assert words in found[0].cause
    assert found[0].fix
    assert [entry.removeprefix("region.")] == [str(r) for r in found[0].withholds]
    assert found[0].distribution.startswith("bad-")
    assert "1.0" == found[0].version


def test_the_country_waits_for_all_its_regions(installed):
    """A plan of the whole country lacks what a failed pack would have said."""
    with pytest.raises(RegionWithheldError) as caught:
        Session(**installed).rule_book("pilkada", DAY)

    assert all(
        entry.removeprefix("region.") in str(caught.value) for entry, *_ in BROKEN.values()
    )


def test_a_degraded_plan_is_made_when_accepted_by_name(installed):
    """By region or by plugin; and the session remembers what was accepted."""
    names = [entry.removeprefix("region.") for entry, *_ in BROKEN.values()]
    for accepted in (names, [f"region.{code}" for code in names]):
        session = Session(accept_degraded=accepted, **installed)
        book = session.rule_book("pilkada", DAY)

        assert "needs:box/station" in book.needs_topics()
        assert tuple(sorted(accepted)) == session.accepted()


def test_half_a_pack_is_never_used(installed):
    """Of a plugin that fails at one hook, no rule is taken."""
    session = Session(accept_degraded=["68"], **installed)

    assert {"region.ID"} == {
        name for name, _ in session.rule_book("pilkada", DAY, "68").plugins
    }
