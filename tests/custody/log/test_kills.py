"""A ledger whose writer was killed: nothing acknowledged is lost, and it verifies."""

from __future__ import annotations

import os

import pytest

from ledger_kills import PHASES, begun, killed

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forks")


@pytest.mark.parametrize("phase", range(len(PHASES)), ids=PHASES)
def test_a_writer_killed_in_any_phase_loses_nothing(tmp_path, phase):
    """Killed at the first calls of a phase, or behind its last, the ledger is whole."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    begun(url)

    found = [killed(url, step, step=step, phase=phase) for step in range(0, 20, 2)]

    assert [] == [one for one in found if one.faults or one.lost]
    assert PHASES[phase] == found[0].phase


def test_a_writer_killed_at_any_moment_loses_nothing(tmp_path):
    """Killed at random, by a clock or in a drawn phase, the ledger has all that was said."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    begun(url)

    found = [killed(url, seed) for seed in range(24)]

    assert [] == [one for one in found if one.faults or one.lost]
