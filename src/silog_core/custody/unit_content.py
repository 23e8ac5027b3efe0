"""What a box may hold: ballots of one contest, of the area that its station lies in."""

from __future__ import annotations

from collections.abc import Iterator

from silog_core.custody.problem_texts import problem
from silog_core.custody.unit_record import UnitRecord
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_problems import CustodyProblem


def is_code(place: str) -> bool:
    """Say whether *place* is a code of a region or station, such as ``12.71``."""
    return place[:2].isdecimal() and (len(place) == 2 or place[2] == ".")


def covers(place: str, destination: str) -> bool:
    """Say whether what is for *destination* may come through *place*.

    A place without a region code, such as a port, may be on the way of anything.

    Example:
        >>> covers("12.71.01", "12.71.01.1001-002")
        True
        >>> covers("12.71.01.1001-001", "12.71.01.1001-002")
        False
    """
    if place == destination or not (is_code(place) and is_code(destination)):
        return True
    return destination.startswith(place) and destination[len(place)] in ".-"


def area_problems(box: UnitRecord, event: Event) -> Iterator[CustodyProblem]:
    """Yield what is wrong with the ballots that *event* put into *box*."""
    # Only ballots have an electoral area.
    added = [q.commodity for q in event.quantities if q.commodity.area]
    if not added:
        return
    held = sorted({str(what) for what in box.quantities if what.area})
    if len(held) > 1:
        yield problem("mixed-contests", box.code, (event.id,), found=", ".join(held))
    for what in added:
        if box.destination and is_code(what.area) and not covers(what.area, box.destination):
            yield problem(
                "wrong-area",
                box.code,
                (event.id,),
                destination=box.destination,
                found=str(what),
            )
