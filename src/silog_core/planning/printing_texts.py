"""What is said of goods that are printed too late, and what output would do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from silog_core.domain.plan import Trip, UnservedKit
from silog_core.planning.haul_ways import Stretch
from silog_core.planning.printing import Order, PrintJob, departures, output_that_does
from silog_core.planning.unserved import unserved


@attrs.frozen(kw_only=True)
class Missed:
    """Goods that are done after the last vehicle that would be in time."""

    stretch: Stretch
    #: When that vehicle leaves [s].
    depart_s: int


def unprinted(
    jobs: Sequence[PrintJob], missed: Mapping[Order, Missed], trips: Iterable[Trip]
) -> Iterator[UnservedKit]:
    """Yield a reason for each order that is done too late, with an output that would do.

    Args:
        jobs: All jobs of all presses.
        missed: Orders that are done too late.
        trips: Trips that carry the others.
    """
    if not missed:
        return
    wanted = departures(trips) | {order: m.depart_s for order, m in missed.items()}
    presses = dict.fromkeys(j.press for j in jobs if j.order in missed)
    for press in presses:
        mine = [j for j in jobs if j.press == press]
        output = output_that_does(mine, wanted)
        for job in mine:
            if job.order in missed:
                stretch = missed[job.order].stretch
                yield unserved(
                    "press-late" if output is None else "press-slow",
                    kit=job.load.to, echelon="line-haul", home=press.place,
                    place=stretch.head, mode=stretch.mode.value, who=str(output or ""),
                )  # fmt: skip
