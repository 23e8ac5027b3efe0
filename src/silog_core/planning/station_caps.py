"""The most voters a station may have, and how to split one that has more."""

from __future__ import annotations

import attrs

from silog_core.domain.places import Place, station_code
from silog_core.errors import FieldError


def split_station(place: Place, max_voters: int, *, first_free: int) -> tuple[Place, ...]:
    """Return the stations that *place* becomes so that none has more than *max_voters*.

    The voters are spread as evenly as whole voters can be, and none is lost. The first
    station keeps its number; the others are numbered from *first_free* on.

    Raises:
        FieldError: The cap is below 1.

    Example:
        >>> big = Place(
        ...     code="12.71.01.1001-001", kind="station", region="12.71.01.1001", voters=1300
        ... )
        >>> [(p.code[-3:], p.voters) for p in split_station(big, 600, first_free=8)]
        [('001', 434), ('008', 433), ('009', 433)]
    """
    if max_voters < 1:
        raise FieldError(f"the cap is {max_voters} voters", "give a cap of 1 or more")
    parts = max(1, -(-place.voters // max_voters))
    each, rest = divmod(place.voters, parts)
    return tuple(
        attrs.evolve(
            place,
            code=place.code if i == 0 else station_code(place.region, first_free + i - 1),
            voters=each + (i < rest),
        )
        for i in range(parts)
    )
