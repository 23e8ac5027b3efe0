"""Changes of a sound plan, one for each law of its checker; each names what has to be found."""

from plan_faults import needs, stages, supply, trips
from plan_faults.world import MUTANTS, PLAN, SCENARIO

__all__ = ["MUTANTS", "PLAN", "SCENARIO", "needs", "stages", "supply", "trips"]
