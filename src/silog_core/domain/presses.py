"""Printers with a known output, and those who take in and count what arrives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from silog_core.domain.fields import a_tuple, text, whole
from silog_core.domain.regions import RegionCode, as_region


@attrs.frozen(kw_only=True)
class Press:
    """The lines of one supplier that print or make some items, as one: their output a day.

    What lies there of these items is made to order, one receiver after the other.

    Example:
        >>> press = Press(
        ...     place="PT-CETAK",
        ...     pieces_per_day=2_000_000,
        ...     from_date=date(2024, 10, 5),
        ...     items=("ballot-governor",),
        ...     source="a contract",
        ... )
        >>> press.makes("ballot-governor"), press.makes("ink"), press.work_s(500_000)
        (True, False, 21600)
    """

    #: Supplier where it stands.
    place: str = attrs.field(validator=text("a place"))
    #: What all its lines make from 00:00 to 24:00 of a day that is worked [pieces].
    pieces_per_day: int = attrs.field(validator=whole(1, "pieces"))
    #: First day on which it may begin: designs are approved, the contract is signed.
    from_date: date = attrs.field(validator=attrs.validators.instance_of(date))
    #: Who says so: a contract, a visit, an estimate.
    source: str = attrs.field(validator=text("who says so"))
    #: What it makes; empty is everything at its place that no other press makes.
    items: tuple[str, ...] = attrs.field(default=(), validator=a_tuple)

    def makes(self, item: str) -> bool:
        """Say whether it makes an item."""
        return not self.items or item in self.items

    def work_s(self, pieces: int) -> int:
        """Return how long it takes for so many pieces, day and night [s]."""
        return -(-pieces * 86_400 // self.pieces_per_day)


def press_for(presses: Iterable[Press], place: str, item: str) -> Press | None:
    """Return the press that makes an item at a place; who names it comes first.

    Example:
        >>> said = {"place": "P", "pieces_per_day": 9, "from_date": date(2024, 10, 5)}
        >>> every = Press(**said, source="a contract")
        >>> boxes = Press(**said, source="a contract", items=("box",))
        >>> press_for([every, boxes], "P", "box") is boxes
        True
        >>> press_for([every, boxes], "P", "ink") is every, press_for([every], "Q", "ink")
        (True, None)
    """
    found = [p for p in presses if p.place == place and p.makes(item)]
    return max(found, key=lambda p: bool(p.items), default=None)


@attrs.frozen(kw_only=True)
class Receiving:
    """Those who take in what arrives at each warehouse of a region: count, and compare.

    They count packs against the delivery note, so that what is short can be claimed
    before anybody sorts or packs.

    Example:
        >>> Receiving(region="12", people=6, packs_per_worker_day=40, source="a list").days(
        ...     481
        ... )
        3
    """

    #: Region whose warehouses have them; of several that fit, the deepest counts.
    region: RegionCode = attrs.field(converter=as_region)
    people: int = attrs.field(validator=whole(1, "people"))
    packs_per_worker_day: int = attrs.field(validator=whole(1, "packs"))
    source: str = attrs.field(validator=text("who says so"))

    def days(self, packs: int) -> int:
        """Return the working days that it takes to count so many packs."""
        return -(-packs // (self.people * self.packs_per_worker_day))


def receiving_at(crews: Iterable[Receiving], region: RegionCode) -> Receiving | None:
    """Return who receives at a warehouse in *region*, or None where nobody says anything.

    Example:
        >>> said = {"people": 2, "packs_per_worker_day": 40, "source": "a list"}
        >>> one, two = Receiving(region="12", **said), Receiving(region="12.71", **said)
        >>> receiving_at([two, one], RegionCode.parse("12.71")) is two
        True
    """
    found = [crew for crew in crews if crew.region.covers(region)]
    return max(found, key=lambda crew: crew.region.depth, default=None)
