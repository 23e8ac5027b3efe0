"""What neighbours may lend each other: lawful transfers from a surplus to a shortage.

A ballot moves only inside its electoral area, anything else between regencies too. The
donor keeps what it needs and its re-vote reserve. Every transfer is between two named
parties, on a document, with an approver and the supervisor in attendance.

Source: PKPU 9/2019 art. 228, as quoted by pasal.id, for stations of the same ballot;
between regencies derived from ballot design, no rule text was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.fields import text, whole
from silog_core.domain.regions import RegionCode
from silog_core.errors import FieldError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    #: Time from one place to another [s]; None where no way leads.
    TravelTime = Callable[[str, str], int | None]


@attrs.frozen(kw_only=True)
class Holding:
    """What a place has of one commodity, and what it may not give away.

    Example:
        >>> ink = Commodity(item="ink")
        >>> here = Holding(
        ...     place="W1",
        ...     region=RegionCode.parse("12.71"),
        ...     commodity=ink,
        ...     on_hand=90,
        ...     need=60,
        ...     reserve=10,
        ... )
        >>> here.spare, here.missing
        (20, 0)
    """

    place: str = attrs.field(validator=text("a place code"))
    #: Region that answers for the place, such as a regency.
    region: RegionCode
    commodity: Commodity
    on_hand: int = attrs.field(validator=whole(0, "pieces"))
    #: What the place itself will still use.
    need: int = attrs.field(validator=whole(0, "pieces"))
    #: Re-vote reserve, which is kept apart.
    reserve: int = attrs.field(default=0, validator=whole(0, "pieces"))

    @property
    def spare(self) -> int:
        """Pieces that may leave: above the need and the reserve."""
        return max(0, self.on_hand - self.need - self.reserve)

    @property
    def missing(self) -> int:
        """Pieces that the need lacks; the reserve does not count as a need."""
        return max(0, self.need - self.on_hand)


@attrs.frozen(kw_only=True)
class Transfer:
    """One transfer, with both parties, the document and who approves it."""

    donor: str
    receiver: str
    commodity: Commodity
    quantity: int = attrs.field(validator=whole(1, "pieces"))
    travel_s: int = attrs.field(validator=whole(0, "seconds"))
    #: Paper that both parties sign.
    document: str
    #: Office that approves before anything moves.
    approver: str
    #: Office that attends.
    supervisor: str


def may_share(commodity: Commodity, donor: RegionCode, receiver: RegionCode) -> bool:
    """Say whether pieces may go from one region to another.

    Example:
        >>> governor = Commodity(item="ballot-governor", area="12")
        >>> regent = Commodity(item="ballot-regent", area="12.71")
        >>> medan, karo = RegionCode.parse("12.71"), RegionCode.parse("12.06")
        >>> may_share(governor, medan, karo), may_share(regent, medan, karo)
        (True, False)
    """
    if not commodity.area:
        return True
    try:
        area = RegionCode.parse(commodity.area)
    except FieldError:
        # An electoral district with a name of its own lies within one regency.
        return donor == receiver
    return area.covers(donor) and area.covers(receiver)


def propose_transfers(
    holdings: Sequence[Holding], travel_s: TravelTime
) -> tuple[Transfer, ...]:
    """Return the transfers that would mend shortages now, nearest donor first.

    The places with the smallest share of their need come first; ties go by code.

    Args:
        holdings: At most one for each place and commodity.
        travel_s: Time from donor to receiver [s], None where no way leads.

    Returns:
        Transfers in the order in which they should be arranged.

    Example:
        >>> ink, medan, binjai = Commodity(item="ink"), "12.71", "12.75"
        >>> transfers = propose_transfers(
        ...     [
        ...         Holding(
        ...             place="M",
        ...             region=RegionCode.parse(medan),
        ...             commodity=ink,
        ...             on_hand=90,
        ...             need=60,
        ...             reserve=10,
        ...         ),
        ...         Holding(
        ...             place="B",
        ...             region=RegionCode.parse(binjai),
        ...             commodity=ink,
        ...             on_hand=5,
        ...             need=30,
        ...         ),
        ...     ],
        ...     lambda donor, receiver: 3600,
        ... )
        >>> [(t.donor, t.receiver, t.quantity, t.approver) for t in transfers]
        [('M', 'B', 20, 'KPU province 12')]
    """
    spare = {(h.place, h.commodity): h.spare for h in holdings}
    transfers: list[Transfer] = []
    for taker in sorted(holdings, key=_shortest_first):
        missing = taker.missing
        if not missing:
            continue
        for travel, donor in _donors(taker, holdings, travel_s):
            units = min(missing, spare[donor.place, donor.commodity])
            if units:
                spare[donor.place, donor.commodity] -= units
                missing -= units
                transfers.append(_transfer(donor, taker, units, travel))
    return tuple(transfers)


def _shortest_first(holding: Holding) -> tuple[float, str, str]:
    share = holding.on_hand / holding.need if holding.need else 1.0
    return (share, holding.place, str(holding.commodity))


def _donors(
    taker: Holding, holdings: Iterable[Holding], travel_s: TravelTime
) -> list[tuple[int, Holding]]:
    """Return who may help, the nearest first."""
    found = []
    for holding in holdings:
        if (
            holding.place == taker.place
            or holding.commodity != taker.commodity
            or not holding.spare
            or not may_share(taker.commodity, holding.region, taker.region)
        ):
            continue
        travel = travel_s(holding.place, taker.place)
        if travel is not None:
            found.append((travel, holding))
    return sorted(found, key=lambda pair: (pair[0], pair[1].place))


def _transfer(donor: Holding, taker: Holding, units: int, travel: int) -> Transfer:
    shared = [
        a
        for a, b in zip(donor.region.lineage(), taker.region.lineage(), strict=False)
        if a == b
    ]
    lowest = shared[-1]
    if lowest.level == "country":
        approver, supervisor = "KPU RI", "Bawaslu RI"
    elif lowest.level == "province":
        approver = f"KPU province {lowest}"
        supervisor = f"Bawaslu province {lowest}"
    else:
        regency = next(code for code in shared if code.level == "regency")
        approver, supervisor = f"KPU regency {regency}", f"Bawaslu regency {regency}"
    return Transfer(
        donor=donor.place,
        receiver=taker.place,
        commodity=taker.commodity,
        quantity=units,
        travel_s=travel,
        document="berita acara serah terima",
        approver=approver,
        supervisor=supervisor,
    )
