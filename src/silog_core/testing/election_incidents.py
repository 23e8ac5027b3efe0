"""Incidents of known kind, put into an honest story, with what a record must show of them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from silog_core.domain.custody_events import Count, Measure, Quantity
from silog_core.domain.custody_roles import Party, Role
from silog_core.domain.demand import Commodity
from silog_core.testing.election_seals import (
    keep_stated,
    seal_swapped,
    seals_disputed,
    state,
    stated,
    stating,
    unescorted,
    unwatched_hand_over,
)
from silog_core.testing.election_story import HOUR_S, Regency, Step, Way, watcher
from silog_core.testing.election_truth import Injected


def _insert(way: Way, before: Step, kind: str, author: Party, **fields: object) -> Step:
    step = Step(before.device, before.when_s, kind, {"author": author, **fields})
    way.steps.insert(way.steps.index(before), step)
    return step


def _swapped_area(regency: Regency, way: Way, box: str, random: Random) -> Injected | None:
    narrow = [code for code, (what, _n) in way.boxes.items() if "." in what.area]
    if not narrow:
        return None
    box = random.choice(narrow)
    what, sheets = way.boxes[box]
    other = Commodity(item=what.item, area=f"{what.area[:-2]}00")
    way.step("kitted", box).fields["quantities"] = (Quantity(other, sheets),)
    return Injected(
        kind="swapped electoral area",
        codes={"wrong-area"},
        subjects={*way.boxes, regency.code, str(what), str(other)},
        follow={"loose-ballots", "not-conserved", "other-quantity"},
    )


def _short_packing(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del regency
    what, sheets = way.boxes[box]
    gone = min(random.choice((1, 3, 20)), sheets)
    counted = _counted(way, what)
    told = {c.measure: c.pieces for c in counted.fields["counts"]}
    short = min(gone, told[Measure.UNUSED])
    if not short:
        short = told[Measure.UNUSED] = 1
    told[Measure.RECEIVED] -= short
    told[Measure.UNUSED] -= short
    _recount(counted, what, told)
    return Injected(
        kind="miscounted at packing",
        codes={"received-differs"},
        subjects={way.station},
        missing=((what.item, short),),
    )


def _counted(way: Way, what: Commodity) -> Step:
    return next(
        s for s in way.steps if s.kind == "counted" and s.fields["counts"][0].commodity == what
    )


def _recount(step: Step, what: Commodity, told: dict[Measure, int]) -> None:
    step.fields["counts"] = tuple(Count(what, m, n) for m, n in told.items())


def _miscounted(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del regency
    what, _sheets = way.boxes[box]
    step = _counted(way, what)
    told = {c.measure: c.pieces for c in step.fields["counts"]}
    told[Measure.UNUSED] += random.randint(1, 9)
    _recount(step, what, told)
    return Injected(kind="miscounted ballots", codes={"not-accounted"}, subjects={way.station})


def _too_many_used(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del regency, random
    what, _sheets = way.boxes[box]
    step = _counted(way, what)
    told = {c.measure: c.pieces for c in step.fields["counts"]}
    told[Measure.VOTERS_LISTED] -= 1
    _recount(step, what, told)
    return Injected(
        kind="more ballots than voters",
        codes={"more-used-than-voters"},
        subjects={way.station},
    )


def _seal_differs(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del regency, random
    way.step("opened", box).fields["seals_removed"] = (f"{box}/1",)
    return Injected(kind="seal gone at opening", codes={"seal-mismatch"}, subjects={box})


def _seal_twice(regency: Regency, way: Way, box: str, random: Random) -> Injected | None:
    del regency, random
    if len(way.boxes) < 2:
        return None
    first = next(iter(way.boxes))
    seal = f"{first}/1" if box != first else f"{next(reversed(way.boxes))}/1"
    for kind, name in (("sealed", "seals_applied"), ("opened", "seals_removed")):
        fields = way.step(kind, box).fields
        fields[name] = (*fields[name], seal)
    for step in stating(way, box):
        if step.when_s < way.step("opened", box).when_s:
            state(step, box, (*stated(step, box), seal))
    return Injected(kind="same seal twice", codes={"seal-twice"}, subjects={seal})


def _missing(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del regency, random
    what, sheets = way.boxes[box]
    way.drop(_counted(way, what))
    lost = {"received-station", "opened", "resealed", "archived"}
    for step in [s for s in way.steps if s.kind in lost or s.kind.startswith("returned-")]:
        left = tuple(unit for unit in step.fields["units"] if unit != box)
        if left:
            step.fields["units"] = left
            keep_stated(step.fields, left)
        else:
            way.drop(step)
    return Injected(
        kind="missing box",
        codes={"box-not-back"},
        subjects={box},
        follow={"step-not-taken"},
        missing=((what.item, sheets),),
    )


def _damaged(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del regency, random
    step = way.before("received-village")
    hub = way.committees[0]
    told = _insert(way, step, "damaged", hub, units=(box,), reason="wet", place=hub.office)
    told.when_s = step.when_s - 20
    return Injected(
        kind="damaged box used all the same",
        codes={"no-way-back"},
        subjects={box},
        follow={"step-missing"},
    )


def _elsewhere(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del random
    step = way.before("received-station")
    village = way.committees[1]
    told = _insert(way, step, "scanned", village, units=(box,), place=f"{regency.code}.99")
    told.when_s = step.when_s - 20
    return Injected(kind="extra scan", codes={"seen-elsewhere"}, subjects={box})


def _unauthorised(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del random
    step, hub = way.before("received-village"), way.committees[0]
    seals = way.step("sealed", box).fields["seals_applied"]
    told = _insert(way, step, "opened", hub, units=(box,), seals_removed=seals)
    told.fields |= {"place": hub.office, "witnesses": (watcher(regency.code),)}
    told.when_s = step.when_s - 20
    return Injected(
        kind="unauthorised opening",
        codes={"opened-without-authority"},
        subjects={box},
        follow={
            "open-in-transit",
            "other-place",
            "seal-mismatch",
            "seals-changed",
            "step-missing",
        },
    )


def _wrong_place(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del regency, random
    step = way.step("received-station")
    village = way.committees[1]
    wrong = f"{village.office}-999"
    other = Party(Role.STATION_COMMITTEE, wrong)
    fields = {**step.fields, "receiver": other, "place": wrong, "units": (box,)}
    keep_stated(fields, (box,))
    told = _insert(way, step, "received-station", **{**fields, "author": other})
    told.when_s = step.when_s - 600
    return Injected(
        kind="wrong place",
        codes={"wrong-place"},
        subjects={box},
        follow={"custody-gap", "two-places", "other-place"},
    )


def _custody_gap(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del box, random
    step = way.before("received-village")
    step.fields["giver"] = Party(Role.SUBDISTRICT_COMMITTEE, f"{regency.code}.98")
    return Injected(kind="gap of custody", codes={"custody-gap"}, subjects=set(way.boxes))


def _unwatched(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del random
    clerk = Party(Role.LOGISTICS_HEAD, regency.code)
    way.step("sealed", box).fields["witnesses"] = (clerk,)
    return Injected(kind="sealed unwatched", codes={"no-witness"}, subjects={box})


def _alone(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del regency, random
    way.step("packed", box).fields["witnesses"] = ()
    return Injected(kind="packed alone", codes={"too-few-persons"}, subjects={box})


def _no_right(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del random
    way.step("packed", box).fields["author"] = Party(Role.SUPPLIER, regency.code)
    return Injected(
        kind="recorded without the right", codes={"may-not-append"}, subjects={box}
    )


def _never_packed(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del regency, random
    way.drop(way.step("packed", box))
    return Injected(
        kind="packing not recorded",
        codes={"step-missing"},
        subjects={box},
        follow={"step-not-taken"},
    )


def _clock(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del regency, box, random
    step = way.step("dispatched")
    step.told_s = way.step("received-hub").when_s + HOUR_S // 2
    village_s = way.step("received-village").when_s
    if step.told_s >= village_s:
        step.told_s = (way.step("received-hub").when_s + village_s) // 2
    return Injected(
        kind="fault of a clock",
        codes={"clock-fault"},
        subjects={*way.boxes, step.device},
        follow={"clock-back", "step-missing", "backwards", "custody-gap", "step-late"},
    )


def _unexpected_box(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del regency
    stray = f"{box}-{random.randint(100, 999)}"
    step, hub = way.before("received-village"), way.committees[0]
    told = _insert(way, step, "scanned", hub, units=(stray,), place=hub.office)
    told.when_s = step.when_s - 30
    return Injected(kind="box of no packing", codes={"unknown-unit"}, subjects={stray})


def _late(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    del regency, box
    step, opened = way.step("received-station"), way.step("opened")
    midnight_s = opened.when_s - opened.when_s % HOUR_S - 7 * HOUR_S
    step.when_s = midnight_s + random.randint(1, 5) * HOUR_S
    return Injected(kind="late at the station", codes={"step-late"}, subjects=set(way.boxes))


def _packed_short(regency: Regency, way: Way, box: str, random: Random) -> Injected | None:
    what, sheets = way.boxes[box]
    counted = _counted(way, what)
    told = {c.measure: c.pieces for c in counted.fields["counts"]}
    short = min(told[Measure.UNUSED], random.choice((1, 2, 40)))
    if not short:
        return None
    told[Measure.RECEIVED] -= short
    told[Measure.UNUSED] -= short
    _recount(counted, what, told)
    step = way.step("kitted", box)
    lot = step.fields["quantities"][0].lot
    step.fields["quantities"] = (Quantity(what, sheets - short, lot),)
    return Injected(
        kind="packed short",
        codes={"other-quantity"},
        subjects={*way.boxes, regency.code},
        follow={"loose-ballots"},
        missing=((what.item, short),),
    )


def _forked(regency: Regency, way: Way, box: str, random: Random) -> Injected | None:
    del box, random
    step = way.step("received-village")
    if step.device in regency.faulty:
        return None
    regency.faulty.add(step.device)
    step.forked = True
    return Injected(kind="fork of a device", codes={"fork"}, subjects={step.device})


def _lost_entry(regency: Regency, way: Way, box: str, random: Random) -> Injected | None:
    del box, random
    step = way.step("received-hub")
    if step.device in regency.faulty:
        return None
    regency.faulty.add(step.device)
    step.lost = True
    return Injected(
        kind="entry gone from a log",
        codes={"log-gap"},
        subjects={step.device, *way.boxes},
        follow={"custody-gap", "step-missing", "step-not-taken"},
    )


#: What can happen to the boxes of one station; None where it cannot happen there.
STATION_INCIDENTS: tuple[Callable[[Regency, Way, str, Random], Injected | None], ...] = (
    _swapped_area,
    _short_packing,
    _miscounted,
    _too_many_used,
    _seal_differs,
    _seal_twice,
    _missing,
    _damaged,
    _elsewhere,
    _unauthorised,
    _wrong_place,
    _custody_gap,
    _unwatched,
    _alone,
    _no_right,
    _never_packed,
    _clock,
    _unexpected_box,
    _late,
    _packed_short,
    _forked,
    _lost_entry,
    seal_swapped,
    seals_disputed,
    unwatched_hand_over,
    unescorted,
)
