"""Who goes without how much: even shares of what is left, the statutory part first."""

from __future__ import annotations

from collections.abc import Sequence


def even_shares(most: Sequence[int], floors: Sequence[int], pieces: int) -> tuple[int, ...]:
    """Return how many of *pieces* each gets: floors first, then even shares of the need.

    Nobody gets more than its need, and of two that do not get their whole need nobody is
    ahead by more than one piece of an even share.

    Args:
        most: What each needs.
        floors: What each is guaranteed; at most its need.
        pieces: What there is to share.

    Example:
        >>> even_shares([10, 20, 30], [0, 0, 0], 30)
        (5, 10, 15)
        >>> even_shares([10, 10], [9, 2], 12)
        (9, 3)
    """
    if pieces >= sum(most):
        return tuple(most)
    if pieces <= sum(floors):
        return _filled(floors, floors, [0] * len(floors), pieces)
    return _filled(most, most, floors, pieces)


def _filled(
    most: Sequence[int], weights: Sequence[int], least: Sequence[int], pieces: int
) -> tuple[int, ...]:
    """Raise the level of all shares of *weights* until *pieces* are given out."""
    top = max(weights, default=0)
    if not top:
        return tuple(0 for _ in most)

    def at(level: int) -> list[int]:
        return [
            min(m, max(low, level * w // top))
            for m, w, low in zip(most, weights, least, strict=True)
        ]

    good, bad = 0, top + 1
    while bad - good > 1:
        middle = (good + bad) // 2
        if sum(at(middle)) <= pieces:
            good = middle
        else:
            bad = middle
    found = at(good)
    rest = pieces - sum(found)
    # What is left over goes where the share is smallest, the first of equals before.
    order = sorted(range(len(most)), key=lambda i: (found[i] * top // max(1, weights[i]), i))
    for i in order * 2:
        if rest <= 0:
            break
        if found[i] < most[i]:
            found[i] += 1
            rest -= 1
    return tuple(found)
