"""Commodities and lots: what lies or will be delivered where, from when on."""

from __future__ import annotations

from datetime import date

import attrs

from silog_core.domain.fields import text, whole


@attrs.frozen(kw_only=True)
class StockLot:
    """A quantity of one commodity at a place, from a date on."""

    place: str = attrs.field(validator=text("a place code"))
    item: str = attrs.field(validator=text("an item code"))
    quantity: int = attrs.field(validator=whole(0, "pieces"))
    #: Electoral area of a ballot; empty for material that is the same everywhere.
    area: str = ""
    lot: str = ""
    #: First day on which it can leave; None is from the start.
    from_date: date | None = None
