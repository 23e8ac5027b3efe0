"""A record in which every kit takes the steps of the plan of the small world."""

from __future__ import annotations

import attrs

from custody_world import CARRIER, CLERK, HEAD, WATCHER, Recorder, committees, renumbered
from silog_core.custody.expected import compile_plan
from silog_core.domain.custody_events import Quantity
from silog_core.domain.custody_kinds import Kind
from silog_core.testing.worlds import small_world

KITS = compile_plan(small_world().plan)
LATER = KITS[0].steps[-1].due_s + 10**6


def as_planned(kits=KITS):
    """Tell how every kit takes each of its steps an hour before it is due."""
    recorder = Recorder()
    clerk, head = (attrs.evolve(p, office="12.01") for p in (CLERK, HEAD))
    for kit in kits:
        hub, village, table = committees(kit.place)
        box = f"BOX-{kit.again}{kit.place}"
        one = {"units": (box,)}
        paper = {"document": "BA"}
        steps = {step.kind: step for step in kit.steps}
        given = {
            Kind.PACKED: (clerk, {"witnesses": (head,)}),
            Kind.SEALED: (clerk, {"witnesses": (WATCHER,), "seals_applied": (box + "a",)}),
            Kind.DISPATCHED: (clerk, {"giver": clerk, "receiver": CARRIER, "witnesses": (WATCHER,), **paper}),
            Kind.RECEIVED_HUB: (hub, {"giver": CARRIER, "receiver": hub, **paper}),
            Kind.RECEIVED_VILLAGE: (village, {"giver": hub, "receiver": village, **paper}),
            Kind.RECEIVED_STATION: (table, {"giver": village, "receiver": table, **paper}),
            Kind.OPENED: (table, {"witnesses": (WATCHER,), "seals_removed": (box + "a",)}),
            Kind.RESEALED: (table, {"witnesses": (WATCHER,), "seals_applied": (box + "c",)}),
            Kind.RETURNED_VILLAGE: (village, {"giver": table, "receiver": village, **paper}),
            Kind.RETURNED_HUB: (hub, {"giver": village, "receiver": hub, **paper}),
            Kind.RETURNED_REGENCY: (clerk, {"giver": hub, "receiver": clerk, **paper}),
        }  # fmt: skip
        first = min(step.due_s for step in kit.steps) - 10**5
        goods = tuple(Quantity(what, pieces) for what, pieces in kit.holds)
        recorder.say(
            "kitted", first, clerk, container=box, destination=kit.place, quantities=goods
        )
        for at, (kind, (author, more)) in enumerate(given.items()):
            step = steps[kind]
            recorder.say(
                kind.value, step.due_s - 3600 + at, author, place=step.place, **more, **one
            )
    return renumbered(recorder.events)


PLANNED = as_planned()
BOX = f"BOX-{KITS[0].place}"
