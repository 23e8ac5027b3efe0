"""Spread a whole number over shares so that nothing is lost and no cap is broken."""

from __future__ import annotations

from collections.abc import Sequence

from silog_core.errors import FieldError


def spread(total: int, weights: Sequence[int], *, cap: int | None = None) -> list[int]:
    """Return whole shares of *total* in proportion to *weights*.

    Shares are rounded down; what is left goes to the largest remainders, the first in
    order where two are alike. What a cap cuts off goes to the shares that have room.

    Args:
        total: What is spread, 0 or more.
        weights: One weight above 0 for each share.
        cap: The most that one share may be.

    Raises:
        FieldError: A weight is not above 0, or *total* does not fit under the cap.

    Example:
        >>> spread(10, [1, 1, 1])
        [4, 3, 3]
        >>> spread(10, [8, 1, 1], cap=4)
        [4, 3, 3]
    """
    if total < 0 or any(weight < 1 for weight in weights):
        raise FieldError(f"cannot spread {total} by these weights", "give weights above 0")
    if total > len(weights) * (total if cap is None else cap):
        raise FieldError(
            f"{total} do not fit into {len(weights)} shares of {cap} at most",
            "give more shares or a higher cap",
        )
    shares = [0] * len(weights)
    free, left = list(range(len(weights))), total
    while cap is not None:
        weight = sum(weights[i] for i in free)
        full = [i for i in free if left * weights[i] >= cap * weight]
        if not full:
            break
        for i in full:
            shares[i] = cap
        left -= cap * len(full)
        free = [i for i in free if shares[i] < cap]
        if not free:
            break
    if free:
        _round(shares, free, left, weights)
    return shares


def _round(shares: list[int], free: list[int], left: int, weights: Sequence[int]) -> None:
    weight = sum(weights[i] for i in free)
    remainder = {}
    for i in free:
        shares[i], remainder[i] = divmod(left * weights[i], weight)
    missing = left - sum(shares[i] for i in free)
    for i in sorted(free, key=lambda i: (-remainder[i], i))[:missing]:
        shares[i] += 1
