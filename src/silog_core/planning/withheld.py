"""Why neighbours keep what a place lacks: another area, their own need, a re-vote, no way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from silog_core.domain.lending import Withheld
from silog_core.domain.locale import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from silog_core.domain.demand import Commodity

_TEXTS = {
    "area": (
        "{count} {item} to spare are of another electoral area, where alone they are valid",
        "{count} {item} yang lebih milik dapil lain, dan hanya sah di sana",
    ),
    "need": (
        "{count} {item} are kept by those who will use them",
        "{count} {item} disimpan pemiliknya karena akan dipakai",
    ),
    "reserve": (
        "{count} {item} are a reserve for a re-vote, which is kept apart",
        "{count} {item} adalah cadangan PSU, yang disimpan terpisah",
    ),
    "no-way": (
        "{count} {item} are to spare where no way leads from",
        "{count} {item} lebih di tempat yang tidak punya jalur ke sini",
    ),
    "none": (
        "nobody else holds any {item}",
        "tidak ada tempat lain yang memegang {item}",
    ),
}


@attrs.frozen(kw_only=True)
class Neighbour:
    """What one other place holds of an item, once all transfers are arranged."""

    place: str
    commodity: Commodity
    kept_for_need: int
    kept_for_reserve: int
    #: Pieces above both that nobody has been promised.
    spare: int
    #: Whether the law lets them go to the place that lacks them.
    lawful: bool


def explain_withheld(
    receiver: str, commodity: Commodity, missing: int, others: Sequence[Neighbour]
) -> Iterator[Withheld]:
    """Yield one line for each reason why *missing* pieces cannot be lent.

    Args:
        receiver: Place that lacks them.
        commodity: What it lacks.
        missing: How many [pieces].
        others: Whoever else holds the item, of any electoral area.

    Example:
        >>> from silog_core.domain.demand import Commodity
        >>> ink = Commodity(item="ink")
        >>> for line in explain_withheld("B", ink, 7, []):
        ...     print(line.code, "-", line.reason)
        none - nobody else holds any ink
    """
    same = [n for n in others if n.commodity == commodity and n.lawful]
    elsewhere = [n for n in others if n.commodity != commodity or not n.lawful]
    found = False
    for code, held in (
        ("need", [(n.place, n.kept_for_need) for n in same]),
        ("reserve", [(n.place, n.kept_for_reserve) for n in same]),
        ("no-way", [(n.place, n.spare) for n in same]),
        ("area", [(n.place, n.spare) for n in elsewhere]),
    ):
        holders = sorted(place for place, units in held if units)
        if holders:
            found = True
            total = sum(units for _, units in held)
            yield _line(receiver, commodity, missing, code, total, holders)
    if not found:
        yield _line(receiver, commodity, missing, "none", 0, [])


def _line(
    receiver: str,
    commodity: Commodity,
    missing: int,
    code: str,
    quantity: int,
    holders: Sequence[str],
) -> Withheld:
    # Of other areas there are many names; the item says enough.
    item = commodity.item if code == "area" else str(commodity)
    reason, reason_id = (
        text.format(count=number(quantity, lang), item=item)
        for text, lang in zip(_TEXTS[code], ("en", "id"), strict=True)
    )
    return Withheld(
        receiver=receiver,
        commodity=commodity,
        missing=missing,
        code=code,
        quantity=quantity,
        holders=tuple(holders),
        reason=reason,
        reason_id=reason_id,
    )
