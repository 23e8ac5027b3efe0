"""Incidents of deliveries in bulk, with what a record must show of them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from silog_core.domain.custody_events import Count, Measure, Quantity
from silog_core.testing.election_story import Regency, Step
from silog_core.testing.election_truth import Injected


def _receipt(regency: Regency, random: Random) -> Step:
    return random.choice([s for s in regency.steps if s.kind == "received"])


def _carton_missing(regency: Regency, random: Random) -> Injected:
    step = _receipt(regency, random)
    gone = random.choice(step.fields["units"])
    step.fields["units"] = tuple(c for c in step.fields["units"] if c != gone)
    # A receipt without any carton would say nothing of cartons.
    step.fields["units"] = step.fields["units"] or (f"{gone}-torn",)
    return Injected(
        kind="carton missing",
        codes={"carton-missing"},
        subjects={gone, f"{gone}-torn"},
        follow={"carton-extra"},
    )


def _carton_extra(regency: Regency, random: Random) -> Injected:
    step = _receipt(regency, random)
    stray = f"STRAY-{regency.code}-{random.randint(100, 999)}"
    step.fields["units"] = (*step.fields["units"], stray)
    return Injected(kind="carton of another note", codes={"carton-extra"}, subjects={stray})


def short_delivery(regency: Regency, random: Random) -> Injected | None:
    """Let less arrive than the delivery note says, out of what was ordered to spare."""
    surplus = [s for s in regency.steps if s.kind == "destroyed"]
    if not surplus:
        return None
    last = random.choice(surplus)
    spare = last.fields["quantities"][0]
    gone = random.randint(1, spare.pieces)
    received = next(
        s
        for s in regency.steps
        if s.kind == "received" and s.fields["quantities"][0].lot == spare.lot
    )
    total = received.fields["quantities"][0].pieces
    what, left = spare.commodity, total - gone
    received.fields["counts"] = (
        Count(what, Measure.NOTE, total),
        Count(what, Measure.SHORTAGE, gone),
        Count(what, Measure.GOOD, left),
    )
    for step in regency.steps:
        if step.fields.get("document") == received.fields["document"].replace("BTTB", "BAST"):
            step.fields["quantities"] = (Quantity(what, left, spare.lot),)
    received.fields["quantities"] = (Quantity(what, left, spare.lot),)
    if spare.pieces > gone:
        last.fields["quantities"] = (Quantity(what, spare.pieces - gone, spare.lot),)
    else:
        regency.steps.remove(last)
    return Injected(kind="short delivery", codes={"short-receipt"}, subjects={regency.code})


#: What can happen to the deliveries of one warehouse; None where it cannot happen there.
SUPPLY_INCIDENTS: tuple[Callable[[Regency, Random], Injected | None], ...] = (
    short_delivery,
    _carton_missing,
    _carton_extra,
)
