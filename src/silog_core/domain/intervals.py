"""Intervals for a chance that was estimated by counting, exact in what they promise."""

from __future__ import annotations

import math
from functools import cache

import attrs

from silog_core.domain.fields import whole
from silog_core.domain.shocks import MILLION
from silog_core.errors import FieldError


@attrs.frozen(kw_only=True)
class Interval:
    """Bounds of a chance [per million], rounded outwards."""

    low_ppm: int = attrs.field(validator=whole(0, "per million", highest=MILLION))
    high_ppm: int = attrs.field(validator=whole(0, "per million", highest=MILLION))

    def holds(self, chance: float) -> bool:
        """Say whether *chance* [0-1] lies within."""
        return self.low_ppm <= chance * MILLION <= self.high_ppm


@cache
def share_interval(hits: int, draws: int, *, confidence_permille: int = 950) -> Interval:
    """Return the Clopper-Pearson interval of a chance that held *hits* times in *draws*.

    It holds the truth in at least *confidence_permille* of all cases, whatever the truth
    is: it never promises too much, and is a little wider than it need be.
    Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934).

    Raises:
        FieldError: There are no draws, or more hits than draws.

    Example:
        >>> share_interval(9_972, 10_000)
        Interval(low_ppm=995955, high_ppm=998139)
    """
    if draws < 1 or not 0 <= hits <= draws:
        raise FieldError(
            f"{hits} hits in {draws} draws", "give 1 or more draws, and hits from 0 to that"
        )
    tail = (1 - confidence_permille / 1000) / 2
    low = 0.0 if hits == 0 else _solve(hits, draws, 1 - tail)
    high = 1.0 if hits == draws else _solve(hits + 1, draws, tail)
    return Interval(
        low_ppm=math.floor(low * MILLION), high_ppm=min(MILLION, math.ceil(high * MILLION))
    )


def _solve(hits: int, draws: int, wanted: float) -> float:
    """Return the chance at which fewer than *hits* of *draws* have probability *wanted*."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        # The fewer the chance, the likelier are few hits.
        if _fewer(hits, draws, middle) > wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _fewer(hits: int, draws: int, chance: float) -> float:
    """Return P(X < hits) of a binomial, as a regularised incomplete beta function."""
    return _beta(draws - hits + 1, hits, 1 - chance)


def _beta(a: float, b: float, x: float) -> float:
    """Return I_x(a, b) by its continued fraction (Numerical Recipes 6.4, Lentz's method)."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(b, a, 1 - x)
    front = math.exp(
        math.lgamma(a + b)
        - math.lgamma(a)
        - math.lgamma(b)
        + a * math.log(x)
        + b * math.log1p(-x)
    )
    tiny = 1e-300
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or tiny)
    total = d
    for m in range(1, 1000):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + step * d or tiny)
            c = 1 + step / c or tiny
            total *= c * d
        if abs(c * d - 1) < 1e-12:
            break
    return front * total / a
