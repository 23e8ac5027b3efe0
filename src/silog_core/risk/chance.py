"""Chance that depends on nothing but its name: the same draw always meets the same fate.

Each thing that may happen has a stream of its own, named by the seed and by what it is.
No stream knows of any other, so neither the number of workers, nor the order of places,
nor a change elsewhere in the plan moves it; a longer run begins with the shorter one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from hashlib import blake2b
from random import Random

from silog_core.domain.shocks import MILLION


def stream(seed: int, *name: str) -> Random:
    """Return the random numbers of one named thing."""
    text = "|".join((str(seed), *name))
    digest = blake2b(text.encode(), digest_size=8).digest()
    return Random(int.from_bytes(digest, "big"))  # noqa: S311 - a simulation, not a secret


def hits(chance_ppm: int, draws: int, rng: Random) -> Iterator[int]:
    """Yield the draws in which something of that chance happens, in rising order.

    It leaps from one to the next: how far is geometrically distributed, so rare things
    cost as little as they happen. Callers may take further numbers from *rng* at each.

    Example:
        >>> list(hits(1_000_000, 3, stream(1, "always"))), list(hits(0, 3, stream(1, "no")))
        ([0, 1, 2], [])
    """
    if chance_ppm <= 0:
        return
    if chance_ppm >= MILLION:
        yield from range(draws)
        return
    log, number = math.log, rng.random
    scale = 1 / math.log1p(-chance_ppm / MILLION)
    at = int(log(1 - number()) * scale)
    while at < draws:
        yield at
        at += 1 + int(log(1 - number()) * scale)
