"""Who signs and who watches: a region may ask for more, never for less."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from silog_core.domain.handover_rules import HandoverRule
from silog_core.domain.regions import RegionCode, RegionTable
from silog_core.errors import RuleConflictError
from silog_core.rules import build_rule_book

NATIONAL = HandoverRule(
    scope="ID", source="law", election="pilkada", stage="at-hub", parties=2,
    witnesses=("police", "supervisor"), document="BAST", legal_minimum=True,
)  # fmt: skip
ROLES = ("police", "supervisor", "party", "army")


def _book(*given_rules):
    return build_rule_book(
        [(f"region.{rule.scope}", rule) for rule in given_rules],
        table=RegionTable(as_of=date(2024, 1, 1), source="test", names={"53": "NTT"}),
        election_kind="pilkada",
        on=date(2024, 11, 27),
    )


def test_dropping_a_witness_names_both_rules():
    """A region that drops a witness is refused, and the error names both rules."""
    narrow = attrs.evolve(
        NATIONAL, scope="53", witnesses=("police",), replaces=NATIONAL.id, legal_minimum=False
    )

    with pytest.raises(RuleConflictError) as caught:
        _book(NATIONAL, narrow)

    assert narrow.id in str(caught.value)
    assert NATIONAL.id in str(caught.value)
    assert "supervisor" in str(caught.value)


@given(parties=st.integers(1, 4), witnesses=st.sets(st.sampled_from(ROLES)).map(tuple))
def test_a_region_may_only_tighten(parties, witnesses):
    """A book is made if, and only if, no party and no witness is dropped."""
    narrow = attrs.evolve(
        NATIONAL, scope="53", parties=parties, witnesses=witnesses, replaces=NATIONAL.id,
        legal_minimum=False,
    )  # fmt: skip
    lawful = parties >= 2 and set(NATIONAL.witnesses) <= set(witnesses)
    try:
        book = _book(NATIONAL, narrow)
    except RuleConflictError:
        assert not lawful
    else:
        assert lawful
        assert narrow == book.handover("at-hub", RegionCode.parse("53.71"))
        assert NATIONAL == book.handover("at-hub", RegionCode.parse("12"))
