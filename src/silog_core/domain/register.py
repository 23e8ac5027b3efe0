"""The risk register in the terms of ISO 31000, and its matrix as data.

The matrix is not a product: a rare catastrophe outweighs a frequent nuisance. Weights and
bands are those of KMK 577/KMK.01/2019 of the Ministry of Finance; KPU's own were not seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

import attrs

from silog_core.domain.fields import text, whole
from silog_core.errors import FieldError, RiskError

#: Weight by likelihood (rows, 1 to 5) and impact (columns, 1 to 5).
MATRIX = (
    (1, 3, 5, 8, 20),
    (2, 7, 11, 13, 21),
    (4, 10, 14, 17, 22),
    (6, 12, 16, 19, 24),
    (9, 15, 18, 23, 25),
)


class Band(IntEnum):
    """How much a risk matters."""

    VERY_LOW = 1
    LOW = 2
    MEDIUM = 3
    HIGH = 4
    VERY_HIGH = 5


#: Heaviest weight of each band.
BANDS = {
    Band.VERY_LOW: 5,
    Band.LOW: 11,
    Band.MEDIUM: 15,
    Band.HIGH: 19,
    Band.VERY_HIGH: 25,
}


def weight_of(likelihood: int | None, impact: int | None) -> int:
    """Return the weight of a risk [1-25].

    Raises:
        RiskError: Likelihood or impact is not known: that is never low.

    Example:
        >>> weight_of(1, 5), weight_of(5, 1)
        (20, 9)
    """
    for name, value in (("likelihood", likelihood), ("impact", impact)):
        if type(value) is not int or not 1 <= value <= 5:
            raise RiskError(
                f"the {name} is {value!r}", "rate it from 1 to 5; what is unknown is not low"
            )
    return MATRIX[(likelihood or 0) - 1][(impact or 0) - 1]


def band_of(likelihood: int | None, impact: int | None) -> Band:
    """Return the band of a risk.

    Raises:
        RiskError: Likelihood or impact is not known: that is never low.

    Example:
        >>> band_of(3, 3).name
        'MEDIUM'
    """
    weight = weight_of(likelihood, impact)
    return next(band for band, most in BANDS.items() if weight <= most)


@attrs.frozen(kw_only=True)
class Told:
    """A sentence in English and in Indonesian."""

    english: str = attrs.field(validator=text("a sentence"))
    indonesian: str = attrs.field(validator=text("a sentence in Indonesian"))

    def in_(self, lang: str) -> str:
        """Return the sentence in ``en`` or ``id``."""
        return self.indonesian if lang == "id" else self.english


@attrs.frozen(kw_only=True)
class RiskEntry:
    """One line of the register."""

    code: str = attrs.field(validator=text("a code such as LOG-06"))
    cause: Told
    event: Told
    consequence: Told
    likelihood: int = attrs.field(validator=whole(1, "steps", highest=5))
    impact: int = attrs.field(validator=whole(1, "steps", highest=5))
    #: What is done already.
    control: Told
    #: What is to be done.
    treatment: Told
    residual_likelihood: int = attrs.field(validator=whole(1, "steps", highest=5))
    residual_impact: int = attrs.field(validator=whole(1, "steps", highest=5))
    #: Who answers for it, and who manages it: PKPU 2/2025.
    owner: str = "Ketua KPU"
    manager: str = "Sekretaris KPU"
    #: When it is looked at again [days before the vote].
    review_days_before: int = attrs.field(default=30, validator=whole(-60, "days"))
    #: Where the ratings come from.
    source: str = attrs.field(validator=text("a source"))
    region: str = ""
    place: str = ""
    voters: int = attrs.field(default=0, validator=whole(0, "voters"))
    stations: int = attrs.field(default=0, validator=whole(0, "stations"))

    def __attrs_post_init__(self) -> None:
        if self.residual_weight > self.weight:
            raise FieldError(
                f"{self.code} is left with {self.residual_weight}, more than its"
                f" {self.weight} before treatment",
                "give a residual likelihood and impact that weigh no more",
            )

    @property
    def weight(self) -> int:
        """Weight before treatment [1-25]."""
        return weight_of(self.likelihood, self.impact)

    @property
    def residual_weight(self) -> int:
        """Weight after treatment [1-25]."""
        return weight_of(self.residual_likelihood, self.residual_impact)

    @property
    def band(self) -> Band:
        """Band before treatment."""
        return band_of(self.likelihood, self.impact)

    @property
    def residual_band(self) -> Band:
        """Band after treatment."""
        return band_of(self.residual_likelihood, self.residual_impact)

    @property
    def rank(self) -> tuple[int, int, str, str]:
        """Sort key: heaviest first, then most voters, then by code and place."""
        return (-self.weight, -self.voters, self.code, self.place)


def ranked(entries: Iterable[RiskEntry]) -> tuple[RiskEntry, ...]:
    """Return entries, the heaviest first."""
    return tuple(sorted(entries, key=lambda e: e.rank))
