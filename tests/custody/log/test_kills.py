"""A ledger whose writer was killed: nothing acknowledged is lost, and it verifies."""

from __future__ import annotations

from ledger_kills import begun, killed


def test_a_killed_writer_loses_nothing(tmp_path):
    """Killed at five random moments, the ledger is whole and has all that was said to be."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    begun(url)

    assert [((), 0)] * 5 == [killed(url, seed) for seed in range(5)]
