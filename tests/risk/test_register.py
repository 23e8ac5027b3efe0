"""The register: a matrix that never falls, and nothing unknown that counts as low."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from silog_core.domain.findings import Finding, Severity
from silog_core.domain.register import (
    BANDS,
    MATRIX,
    Band,
    band_of,
    ranked,
    weight_of,
)
from silog_core.errors import FieldError, RiskError
from silog_core.risk.register import of_finding, register
from silog_core.risk.register_table import starter_register
from silog_core.risk.simulate import simulate
from silog_core.testing.worlds import small_world

STEPS = st.integers(1, 5)


@given(STEPS, STEPS, STEPS, STEPS)
def test_more_likely_or_worse_never_weighs_less(one, two, three, four):
    """Invariant 33: weight and band rise with likelihood and with impact."""
    low, high = (min(one, two), min(three, four)), (max(one, two), max(three, four))

    assert weight_of(*low) <= weight_of(*high)
    assert band_of(*low) <= band_of(*high)


def test_the_matrix_is_that_of_the_decree():
    """25 weights, each once, in five bands, and not a product."""
    assert list(range(1, 26)) == sorted(w for row in MATRIX for w in row)
    assert (5, 11, 15, 19, 25) == tuple(BANDS.values())
    assert Band.VERY_HIGH is band_of(1, 5) > band_of(5, 1)


@pytest.mark.parametrize("unknown", [None, 0, 6, True, 2.5, "3"])
def test_the_unknown_is_never_low(unknown):
    """Invariant 33: an input that is not a step raises."""
    with pytest.raises(RiskError):
        weight_of(unknown, 3)
    with pytest.raises(RiskError):
        band_of(3, unknown)


def test_treatment_never_makes_it_worse():
    """Invariant 33: a residual that weighs more is refused."""
    entry = starter_register()[0]
    with pytest.raises(FieldError):
        attrs.evolve(entry, residual_likelihood=5, residual_impact=5)


def test_the_starter_register_is_whole():
    """18 risks in both languages, the chair owns them, the secretary manages them."""
    entries = starter_register()

    assert [f"LOG-{n:02d}" for n in range(1, 19)] == [e.code for e in entries]
    assert {("Ketua KPU", "Sekretaris KPU")} == {(e.owner, e.manager) for e in entries}
    for entry in entries:
        for said in (entry.cause, entry.event, entry.consequence, entry.control):
            assert said.english != said.indonesian
        assert entry.residual_weight <= entry.weight


@given(st.sampled_from(Severity), st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_finding_becomes_an_entry(severity, voters, more):
    """More severe, or more voters behind it: never a lighter entry; a block is not low."""

    def entry(severity, voters):
        return of_finding(
            Finding(
                check="late-stop", severity=severity, message="m", message_id="m",
                fix="f", fix_id="f", voters=voters,
            )
        )  # fmt: skip

    found = entry(severity, voters)

    assert found.weight <= entry(severity, voters + more).weight
    assert found.weight <= entry(Severity.BLOCK, voters).weight
    assert entry(Severity.BLOCK, 0).band >= Band.MEDIUM


def test_what_is_simulated_is_in_the_register():
    """A regency with late draws is an entry; the heaviest comes first."""
    world = small_world()
    found = simulate(world.plan, scenario=world.scenario, draws=200, seed=1)
    entries = register(world.plan, simulation=found)

    assert entries == ranked(entries)
    assert len(entries) >= 18 + any(r.least_on_time_ppm < 10**6 for r in found.regencies)
