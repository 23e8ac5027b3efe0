"""How hard the suites try: enough to notice, and soon done."""

from __future__ import annotations

from hypothesis import Phase, settings

#: Explaining which part of a whole plan matters takes minutes; shrinking it is enough.
_PHASES = (Phase.explicit, Phase.generate, Phase.target, Phase.shrink)
#: The same examples on every machine, so that a suite never fails by chance.
QUICK = settings(
    max_examples=20, deadline=None, derandomize=True, database=None, phases=_PHASES
)
