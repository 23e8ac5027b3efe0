"""How warm the annealing is: it cools down, is warmed a little, and cools down again.

A long search gains more from several rounds than from one slow one: each later round
begins with a good plan, and shakes it only as far as a little warmth can.
"""

from __future__ import annotations

import math

#: Start and end of a round, in average edges of the first plan.
HOT, COLD = 1.0, 0.015
#: Start of every round but the first, as a share of the first.
AGAIN = 0.2
#: Steps for each stop that a round should have, and the most rounds.
ROUND, MOST = 600, 5
#: Share of the budget after which its number of steps is known well enough.
KNOWN = 0.005


class Cooling:
    """The temperature over one search.

    Example:
        >>> cooling = Cooling(stops=10, heat=100.0)
        >>> [round(cooling.warmth(step / 12_000, step), 1) for step in (60, 5999, 6000)]
        [95.9, 1.5, 20.0]
    """

    def __init__(self, *, stops: int, heat: float) -> None:
        """Begin at *heat*, the cost of an average edge."""
        self._stops, self._heat, self._rounds = stops, heat, 0

    def warmth(self, used: float, step: int) -> float:
        """Return the temperature at a share of the budget and a number of steps."""
        rounds = self._rounds
        if not rounds and used >= KNOWN:
            # Fixed once: were it not, a slow moment could set the search back to hot.
            steps = step / used
            rounds = self._rounds = max(1, min(MOST, int(steps / (ROUND * self._stops))))
        number, share = divmod(used * (rounds or 1), 1.0)
        top = HOT * AGAIN if number else HOT
        return self._heat * top * math.exp(math.log(COLD / top) * share)
