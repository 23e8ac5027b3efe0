"""What neighbours lend each other, and what they may not lend: transfers as plans hold them."""

from __future__ import annotations

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.fields import a_tuple, text, whole

#: Why pieces that exist cannot be lent.
WITHHELD_CODES = ("area", "need", "reserve", "no-way", "none")


@attrs.frozen(kw_only=True)
class Transfer:
    """One transfer, with both parties, the document, who approves it, and why this donor."""

    donor: str = attrs.field(validator=text("a place code"))
    receiver: str = attrs.field(validator=text("a place code"))
    commodity: Commodity
    quantity: int = attrs.field(validator=whole(1, "pieces"))
    travel_s: int = attrs.field(validator=whole(0, "seconds"))
    #: Paper that both parties sign.
    document: str
    #: Office that approves before anything moves.
    approver: str
    #: Office that attends.
    supervisor: str
    #: Both offices in Indonesian.
    approver_id: str
    supervisor_id: str
    #: What the donor keeps for its own use, and for a re-vote [pieces].
    keeps_need: int = attrs.field(default=0, validator=whole(0, "pieces"))
    keeps_reserve: int = attrs.field(default=0, validator=whole(0, "pieces"))
    #: Why this donor.
    reason: str = ""
    reason_id: str = ""


@attrs.frozen(kw_only=True)
class Withheld:
    """What a place still lacks after all transfers, and why nobody may lend it."""

    receiver: str = attrs.field(validator=text("a place code"))
    commodity: Commodity
    #: Pieces that are still missing.
    missing: int = attrs.field(validator=whole(1, "pieces"))
    #: One of `WITHHELD_CODES`.
    code: str = attrs.field(validator=attrs.validators.in_(WITHHELD_CODES))
    #: Pieces that others hold and keep for that reason.
    quantity: int = attrs.field(validator=whole(0, "pieces"))
    #: Who holds them, in the order of the codes.
    holders: tuple[str, ...] = attrs.field(default=(), validator=a_tuple)
    reason: str
    reason_id: str


@attrs.frozen(kw_only=True)
class Lending:
    """Transfers that would mend shortages now, and what no transfer can mend.

    Example:
        >>> Lending().transfers
        ()
    """

    transfers: tuple[Transfer, ...] = attrs.field(default=(), validator=a_tuple)
    withheld: tuple[Withheld, ...] = attrs.field(default=(), validator=a_tuple)
