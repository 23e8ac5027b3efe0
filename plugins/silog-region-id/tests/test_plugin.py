"""What the national pack answers at its hooks."""

from __future__ import annotations

from silog_core.domain.elections import ElectionKind
from silog_region_id import plugin


def test_each_witness_is_a_role_of_its_own():
    """Hand-overs name the supervisor, and the police where they escort."""
    rules = [
        rule
        for rule in plugin.silog_needs_rules(ElectionKind.PILKADA)
        if rule.kind == "handover"
    ]
    witnesses = {rule.stage: rule.witnesses for rule in rules}

    assert ("police", "supervisor") == witnesses["at-hub"]
    assert {"police", "supervisor"} == {name for names in witnesses.values() for name in names}
