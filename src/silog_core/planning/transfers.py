"""What neighbours may lend each other: lawful transfers from a surplus to a shortage.

A ballot moves only inside its electoral area, anything else between regencies too. The
donor keeps what it needs and its re-vote reserve. Every transfer is between two named
parties, on a document, with an approver and the supervisor in attendance.

Source: PKPU 9/2019 art. 228, as quoted by pasal.id, for stations of the same ballot;
between regencies derived from ballot design, no rule text was found.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.fields import text, whole
from silog_core.domain.lending import Lending, Transfer
from silog_core.domain.locale import number, tenths
from silog_core.domain.regions import RegionCode
from silog_core.errors import FieldError
from silog_core.planning.withheld import Neighbour, explain_withheld

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
        >>> print(transfers[0].reason)
        nearest of 1 with ink to spare, 1.0 h away; keeps 60 to use and 10 for a re-vote
    """
    return propose_lending(holdings, travel_s).transfers


def propose_lending(holdings: Sequence[Holding], travel_s: TravelTime) -> Lending:
    """Return the transfers of `propose_transfers`, and why the rest cannot be lent.

    Args:
        holdings: At most one for each place and commodity.
        travel_s: Time from donor to receiver [s], None where no way leads.
    """
    spare = {(h.place, h.commodity): h.spare for h in holdings}
    by_item: dict[str, list[Holding]] = defaultdict(list)
    for holding in holdings:
        by_item[holding.commodity.item].append(holding)
    transfers: list[Transfer] = []
    open_needs: list[tuple[Holding, int]] = []
    for taker in sorted((h for h in holdings if h.missing), key=_shortest_first):
        missing = taker.missing
        donors = _donors(taker, by_item[taker.commodity.item], travel_s)
        for rank, (travel, donor) in enumerate(donors, start=1):
            units = min(missing, spare[donor.place, donor.commodity])
            if units:
                spare[donor.place, donor.commodity] -= units
                missing -= units
                transfers.append(_transfer(donor, taker, units, travel, rank, len(donors)))
        if missing:
            open_needs.append((taker, missing))
    withheld = [
        line
        for taker, missing in open_needs
        for line in explain_withheld(
            taker.place,
            taker.commodity,
            missing,
            [
                Neighbour(
                    place=other.place,
                    commodity=other.commodity,
                    kept_for_need=min(other.on_hand, other.need),
                    kept_for_reserve=min(max(0, other.on_hand - other.need), other.reserve),
                    spare=spare[other.place, other.commodity],
                    lawful=may_share(other.commodity, other.region, taker.region),
                )
                for other in by_item[taker.commodity.item]
                if other.place != taker.place
            ],
        )
    ]
    return Lending(transfers=tuple(transfers), withheld=tuple(withheld))


def _shortest_first(holding: Holding) -> tuple[Fraction, str, str]:
    return (
        Fraction(holding.on_hand, holding.need),
        holding.place,
        str(holding.commodity),
    )


def _donors(
    taker: Holding, holdings: Sequence[Holding], travel_s: TravelTime
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


_REASONS = {
    "en": "{nearest} with {item} to spare, {hours} h away; keeps {need} to use and"
    " {reserve} for a re-vote",
    "id": "{nearest} yang punya {item} lebih, {hours} jam; menyimpan {need} untuk"
    " dipakai dan {reserve} untuk PSU",
}


def _reason(donor: Holding, travel: int, rank: int, count: int, lang: str) -> str:
    first, later = {
        "en": ("nearest of {count}", "number {rank} by distance of {count}"),
        "id": ("terdekat dari {count}", "terdekat ke-{rank} dari {count}"),
    }[lang]
    return _REASONS[lang].format(
        nearest=(first if rank == 1 else later).format(rank=rank, count=count),
        item=donor.commodity,
        hours=tenths(travel, 3600, lang),
        need=number(donor.need, lang),
        reserve=number(donor.reserve, lang),
    )


def _transfer(
    donor: Holding, taker: Holding, units: int, travel: int, rank: int, count: int
) -> Transfer:
    lowest = [
        a
        for a, b in zip(donor.region.lineage(), taker.region.lineage(), strict=False)
        if a == b
    ][-1]
    if lowest.depth == 0:
        office, office_id = "RI", "RI"
    elif lowest.depth == 1:
        office, office_id = f"province {lowest}", f"Provinsi {lowest}"
    else:
        regency = lowest.at("regency")
        office, office_id = f"regency {regency}", f"Kabupaten/Kota {regency}"
    return Transfer(
        donor=donor.place,
        receiver=taker.place,
        commodity=taker.commodity,
        quantity=units,
        travel_s=travel,
        document="berita acara serah terima",
        approver=f"KPU {office}",
        supervisor=f"Bawaslu {office}",
        approver_id=f"KPU {office_id}",
        supervisor_id=f"Bawaslu {office_id}",
        keeps_need=donor.need,
        keeps_reserve=donor.reserve,
        reason=_reason(donor, travel, rank, count, "en"),
        reason_id=_reason(donor, travel, rank, count, "id"),
    )
