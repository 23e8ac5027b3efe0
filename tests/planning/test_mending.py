"""Every reason names a change; made, it mends."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.allocation import ShortCode
from silog_core.planning.mending import mended
from silog_core.solvers.allocation import solve_allocation
from solvers.allocation.small_problems import WARES, problems

one_ware = problems(wares=WARES[2:]) | problems(wares=WARES[:2], limits=False)


def total(result):
    return sum(result.served)


@settings(max_examples=200, deadline=None)
@given(one_ware)
def test_all_named_changes_together_meet_everything(problem):
    """Supply, legs, reach, floors and areas: make every change, and nothing lacks."""
    again = mended(problem, solve_allocation(problem).unmet)

    assert () == solve_allocation(again).unmet


@settings(max_examples=200, deadline=None)
@given(one_ware, st.data())
def test_each_named_change_brings_as_many_pieces_more(problem, data):
    """One change alone lets as many more pieces arrive as its line lacks."""
    before = solve_allocation(problem)
    if not before.unmet:
        return
    line = data.draw(st.sampled_from(before.unmet))

    assert total(before) + line.quantity <= total(solve_allocation(mended(problem, [line])))


@settings(max_examples=200, deadline=None)
@given(problems(wares=WARES[2:], timed=True, limits=False))
def test_what_is_late_is_mended_by_the_seconds_named(problem):
    """Lots ready sooner by the seconds named, and legs where none lead, meet everything."""
    again = mended(problem, solve_allocation(problem).unmet)

    assert () == solve_allocation(again).unmet


@settings(max_examples=200, deadline=None)
@given(one_ware | problems(wares=WARES[2:], timed=True, limits=False))
def test_one_piece_gram_or_second_less_does_not_do(problem):
    """Where pieces, one way or one moment hold it back, less does not mend the line."""
    before = solve_allocation(problem)
    for line in before.unmet:
        change = line.mending
        if change.pieces:
            less = attrs.evolve(change, pieces=change.pieces - 1)
        elif change.earlier_s and len(before.unmet) == 1 and not change.add_leg:
            less = attrs.evolve(change, earlier_s=change.earlier_s - 1)
        else:
            continue
        again = mended(problem, [attrs.evolve(line, mending=less)])

        assert total(solve_allocation(again)) < total(before) + line.quantity


@pytest.mark.parametrize("less", [0, 1])
def test_a_gram_less_does_not_widen_a_single_way(less):
    """On the only way each gram that is named counts."""
    from planning.test_allocation_check import star

    problem = star(lot=99, needs=(6,), max_load_g=5)
    line = solve_allocation(problem).unmet[0]
    room = attrs.evolve(line.mending.room[0], mass_g=line.mending.room[0].mass_g - less)
    again = mended(
        problem, [attrs.evolve(line, mending=attrs.evolve(line.mending, room=(room,)))]
    )

    assert ShortCode.LEG_CAPACITY is line.code
    assert 6 - less == total(solve_allocation(again))
    assert "P - W0 by 7 g" in line.action
