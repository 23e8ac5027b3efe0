"""What is no whole number of moderate size is refused where it enters, never later."""

from __future__ import annotations

import attrs
import pytest

from silog_core.domain.allocation import (
    AllocationLeg,
    AllocationProblem,
    Demand,
    SupplyLot,
    UnitSize,
)
from silog_core.domain.demand import Commodity
from silog_core.domain.flows import FlowProblem, MultiFlowProblem
from silog_core.errors import SilogError

INK = Commodity(item="ink")
WRONG = (float("nan"), 1e400, 3.5, 2.0, "3.5", None, True, -1, 2**70)
PLAIN = {
    UnitSize: {"commodity": INK},
    SupplyLot: {"place": "A", "commodity": INK, "quantity": 1},
    Demand: {"place": "A", "commodity": INK, "quantity": 1},
    AllocationLeg: {"tail": "A", "head": "B"},
}
FIELDS = [
    (kind, name)
    for kind, names in (
        (UnitSize, ("mass_g", "volume_cm3")),
        (SupplyLot, ("quantity",)),
        (Demand, ("quantity", "floor", "kept", "priority")),
        (AllocationLeg, ("cost_per_tonne_rupiah", "travel_s")),
    )
    for name in names
]


@pytest.mark.parametrize(("kind", "name"), FIELDS)
@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_each_number_of_an_allocation_is_a_whole_one(kind, name, wrong):
    """NaN, infinity, fractions, texts, nothing, truth, debts and overflow."""
    with pytest.raises(SilogError) as caught:
        kind(**PLAIN[kind] | {name: wrong})

    assert caught.value.fix


@pytest.mark.parametrize("name", ["supplies", "uppers", "lowers", "costs", "tails", "heads"])
@pytest.mark.parametrize("wrong", [*WRONG[:7], 2**70, 1e-300], ids=repr)
def test_each_number_of_a_flow_is_a_whole_one(name, wrong):
    """The same for bare flows, where supplies and costs alone may be negative."""
    plain = {
        "supplies": (1, -1),
        "tails": (0,),
        "heads": (1,),
        "lowers": (0,),
        "uppers": (5,),
        "costs": (1,),
    }
    plain[name] = (wrong, *plain[name][1:])

    with pytest.raises(SilogError):
        FlowProblem(**plain)


@pytest.mark.parametrize(
    "change",
    [
        {"node_count": 2.0},
        {"node_count": 2**70},
        {"uppers": (1.5,)},
        {"costs": (-1,)},
        {"amounts": (float("nan"),)},
        {"origins": (7,)},
        {"heads": (2,)},
        {"tails": ()},
    ],
    ids=repr,
)
def test_a_multi_flow_is_refused_as_well(change):
    """Floats, overflow, unknown nodes and columns of unlike length."""
    plain = {
        "node_count": 2,
        "tails": (0,),
        "heads": (1,),
        "uppers": (5,),
        "costs": (1,),
        "origins": (0,),
        "targets": (1,),
        "amounts": (4,),
    }

    with pytest.raises(SilogError):
        MultiFlowProblem(**plain | change)


def test_what_is_kept_must_be_there():
    """A place cannot keep more than its own lots hold, nor more than it needs."""
    with pytest.raises(SilogError, match="keeps 2"):
        Demand(place="A", commodity=INK, quantity=1, kept=2)
    problem = AllocationProblem(
        places=("A",),
        commodities=(UnitSize(commodity=INK),),
        supplies=(SupplyLot(place="A", commodity=INK, quantity=1),),
        demands=(Demand(place="A", commodity=INK, quantity=3),),
        legs=(),
    )
    with pytest.raises(SilogError, match="keeps 2 of ink and has 1"):
        attrs.evolve(problem, demands=(Demand(place="A", commodity=INK, quantity=3, kept=2),))
