"""Items of election material: mass, volume, packs, who may share them."""

from __future__ import annotations

from enum import Enum

import attrs

from silog_core.domain.fields import maybe, text, whole


class Sensitivity(Enum):
    """Whether loss or copying of an item endangers the result."""

    SENSITIVE = "sensitive"
    NON_SENSITIVE = "non-sensitive"


class Confidence(Enum):
    """How well a figure is founded."""

    PUBLISHED = "published"
    DERIVED = "derived"
    ESTIMATE = "estimate"


@attrs.frozen(kw_only=True)
class Item:
    """One kind of material, counted in pieces."""

    code: str = attrs.field(validator=text("an item code such as ballot-box"))
    title_id: str = attrs.field(validator=text("the Indonesian name"))
    title_en: str = attrs.field(validator=text("the English name"))
    #: Mass of one piece [g].
    mass_g: int = attrs.field(validator=whole(0, "grams"))
    #: Room that one piece takes [cm3].
    volume_cm3: int = attrs.field(validator=whole(0, "cubic centimetres"))
    #: Room of one piece inside a station's kit [cm3]; None is the same as in bulk.
    #: A box comes flat and stands assembled; what lies in it takes no room of its own.
    kit_volume_cm3: int | None = attrs.field(
        default=None, validator=maybe(whole(0, "cubic centimetres"))
    )
    #: Pieces in a full pack.
    pack_size: int = attrs.field(default=1, validator=whole(1, "pieces"))
    pack_name: str = "piece"
    sensitivity: Sensitivity = attrs.field(
        default=Sensitivity.NON_SENSITIVE, converter=Sensitivity
    )
    #: Rides in the sealed kit of a station.
    in_kit: bool = True
    #: Kept apart for a re-vote, never given to an ordinary station.
    reserve: bool = False
    #: What came back from one vote can be used in another some days later.
    reusable: bool = False
    source: str = ""
    confidence: Confidence = attrs.field(default=Confidence.ESTIMATE, converter=Confidence)

    def packs(self, quantity: int) -> int:
        """Return how many packs hold *quantity* pieces, the last one part full.

        Example:
            >>> seal = Item(
            ...     code="seal",
            ...     title_id="segel",
            ...     title_en="seal",
            ...     mass_g=1,
            ...     volume_cm3=1,
            ...     pack_size=200,
            ... )
            >>> seal.packs(401)
            3
        """
        return -(-quantity // self.pack_size)

    def split(self, quantity: int) -> tuple[int, int]:
        """Return full packs and loose pieces of *quantity*."""
        return divmod(quantity, self.pack_size)

    def joined(self, full_packs: int, loose: int) -> int:
        """Return the pieces in *full_packs* and *loose*; the inverse of `split`."""
        return full_packs * self.pack_size + loose
