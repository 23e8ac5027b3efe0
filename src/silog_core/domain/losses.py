"""What left its lot and serves nobody: pieces that drowned, burnt or were rejected."""

from __future__ import annotations

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.fields import a_tuple, text, whole


@attrs.frozen(kw_only=True)
class LostPieces:
    """Pieces of a line that went part of its way, or all of it, and were lost."""

    to: str = attrs.field(validator=text("a place code"))
    commodity: Commodity
    quantity: int = attrs.field(validator=whole(1, "pieces"))
    from_place: str = attrs.field(validator=text("a place code"))
    lot: str = ""
    #: Place codes from the lot to where they were lost, or to which they were driven.
    path: tuple[str, ...] = attrs.field(validator=a_tuple)
    #: From when on nobody can use them [s].
    lost_s: int
    incident: str = attrs.field(validator=text("the id of an incident"))
    #: Place whose kit they had been packed into; empty for goods in bulk.
    kit: str = ""


@attrs.frozen(kw_only=True)
class LostKit:
    """A kit that was lost on the way; another one has to be packed for its place."""

    kit: str = attrs.field(validator=text("a place code"))
    #: Trips that had carried it until then.
    trips: tuple[str, ...] = attrs.field(validator=a_tuple)
    lost_s: int
    incident: str = attrs.field(validator=text("the id of an incident"))


@attrs.frozen(kw_only=True)
class Losses:
    """All that was lost since the plan was made.

    Example:
        >>> Losses().kits
        ()
    """

    pieces: tuple[LostPieces, ...] = attrs.field(default=(), validator=a_tuple)
    kits: tuple[LostKit, ...] = attrs.field(default=(), validator=a_tuple)
