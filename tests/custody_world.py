"""An honest record of a small election, for tests to bend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import attrs

from silog_core.domain.custody_events import Count, Event, Measure, Quantity
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_roles import Party, Role
from silog_core.domain.demand import Commodity

VOTE_S = 1_732_665_600  # 27 November 2024, 07:00 WIB
DAY_S = 86_400
REGENCY = "12.71"
BALLOT = Commodity(item="ballot", area="12")
CLERK = Party(Role.OPERATOR, REGENCY)
HEAD = Party(Role.LOGISTICS_HEAD, REGENCY)
CARRIER = Party(Role.CARRIER, "CV Maju")
SUPPLIER = Party(Role.SUPPLIER, "PT Cetak")
WATCHER = Party(Role.SUPERVISOR, "Bawaslu 12.71")
OFFICER = Party(Role.COMMITMENT_OFFICER, REGENCY)


class Recorder:
    """Numbers events of several devices, so that a story is told in few words."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._last: dict[str, int] = {}

    def say(self, kind: str, time_s: int, author: Party, **given: Any) -> Event:
        """Record one event on the device of its author's office."""
        device = given.pop("device", f"d-{author.office}")
        self._last[device] = self._last.get(device, 0) + 1
        event = Event(
            device=device,
            sequence=self._last[device],
            kind=kind,
            time_s=time_s,
            author=author,
            place=given.pop("place", author.office),
            **given,
        )
        self.events.append(event)
        return event


def committees(station: str) -> tuple[Party, Party, Party]:
    """Return the three committees that hold the kit of *station* on its way."""
    village = station.partition("-")[0]
    return (
        Party(Role.SUBDISTRICT_COMMITTEE, village[:8]),
        Party(Role.VILLAGE_COMMITTEE, village),
        Party(Role.STATION_COMMITTEE, station),
    )


def stations(count: int) -> list[str]:
    """Return station codes in villages of three, subdistricts of two villages."""
    return [
        f"12.71.{n // 6 % 90 + 1:02d}.{1001 + n // 3 % 2 + n // 540 * 2}-{n % 3 + 1:03d}"
        for n in range(count)
    ]


def honest(count: int = 3, *, voters: int = 100, until: str = "archived") -> list[Event]:
    """Tell how the boxes of some stations go out and come back, without a fault."""
    recorder = Recorder()
    places = stations(count)
    _supply(recorder, count * voters)
    for at, station in enumerate(places):
        _way(recorder, station, at, voters)
    stop = list(Kind).index(Kind(until))
    return renumbered(e for e in recorder.events if list(Kind).index(e.kind) <= stop)


def renumbered(events: Iterable[Event]) -> list[Event]:
    """Return the events in order of time, numbered on each device in that order."""
    last: Counter[str] = Counter()
    found = []
    for event in sorted(events, key=lambda e: e.order):
        last[event.device] += 1
        found.append(attrs.evolve(event, sequence=last[event.device]))
    return found


def _supply(recorder: Recorder, pieces: int) -> None:
    start = VOTE_S - 40 * DAY_S
    goods = {"quantities": (Quantity(BALLOT, pieces, "LOT-1"),)}
    recorder.say(
        "ordered",
        start,
        OFFICER,
        document="SP-1",
        facts=(
            ("due", "2024-10-29"),
            ("method", "e-catalogue"),
            ("price-source", "LKPP"),
            ("supplier", "PT Cetak"),
            ("unit-price-rupiah", 400),
        ),
        **goods,
    )
    recorder.say(
        "contract-signed",
        start + DAY_S,
        OFFICER,
        giver=SUPPLIER,
        receiver=OFFICER,
        document="K-1",
        **goods,
    )
    recorder.say("produced", start + 9 * DAY_S, SUPPLIER, **goods)
    recorder.say(
        "quality-passed",
        start + 10 * DAY_S,
        OFFICER,
        witnesses=(HEAD,),
        document="QC-1",
        **goods,
    )
    recorder.say(
        "shipped",
        start + 11 * DAY_S,
        SUPPLIER,
        giver=SUPPLIER,
        receiver=CARRIER,
        document="SJ-1",
        **goods,
    )
    recorder.say(
        "received",
        start + 14 * DAY_S,
        CLERK,
        giver=CARRIER,
        receiver=CLERK,
        document="BTTB-1",
        counts=(
            Count(BALLOT, Measure.NOTE, pieces),
            Count(BALLOT, Measure.GOOD, pieces),
        ),
        **goods,
    )


def _way(recorder: Recorder, station: str, at: int, voters: int) -> None:
    hub, village, table = committees(station)
    box, seal = f"BOX-{station}", f"S-{station}"
    one = {"units": (box,)}
    t = VOTE_S - 9 * DAY_S + at % 60 * 60
    recorder.say(
        "kitted",
        t,
        CLERK,
        container=box,
        destination=station,
        quantities=(Quantity(BALLOT, voters, "LOT-1"),),
    )
    recorder.say("packed", t + 10, CLERK, witnesses=(HEAD,), **one)
    recorder.say(
        "sealed",
        t + 20,
        CLERK,
        witnesses=(WATCHER,),
        seals_applied=(seal + "a", seal + "b"),
        **one,
    )
    paper = {"document": f"BA-{station}"}
    t = VOTE_S - 3 * DAY_S + at % 60 * 60
    recorder.say(
        "dispatched",
        t,
        CLERK,
        giver=CLERK,
        receiver=CARRIER,
        witnesses=(WATCHER,),
        **paper,
        **one,
    )
    recorder.say("received-hub", t + 7200, hub, giver=CARRIER, receiver=hub, **paper, **one)
    recorder.say(
        "received-village", t + 14400, village, giver=hub, receiver=village, **paper, **one
    )
    recorder.say(
        "received-station", t + DAY_S, table, giver=village, receiver=table, **paper, **one
    )
    t = VOTE_S + at
    recorder.say(
        "opened",
        t,
        table,
        witnesses=(WATCHER,),
        seals_removed=(seal + "a", seal + "b"),
        **one,
    )
    used, spoiled = voters * 3 // 4, 1
    recorder.say(
        "counted",
        t + 21_600,
        table,
        witnesses=(WATCHER,),
        counts=(
            Count(BALLOT, Measure.RECEIVED, voters),
            Count(BALLOT, Measure.USED, used),
            Count(BALLOT, Measure.SPOILED, spoiled),
            Count(BALLOT, Measure.UNUSED, voters - used - spoiled),
            Count(BALLOT, Measure.VALID, used - 1),
            Count(BALLOT, Measure.INVALID, 1),
            Count(BALLOT, Measure.SIGNATURES, used),
            Count(BALLOT, Measure.VOTERS_LISTED, used),
        ),
        **paper,
    )
    recorder.say(
        "resealed", t + 25_200, table, witnesses=(WATCHER,), seals_applied=(seal + "c",), **one
    )
    recorder.say(
        "returned-village", t + 28_800, village, giver=table, receiver=village, **paper, **one
    )
    recorder.say("returned-hub", t + 32_400, hub, giver=village, receiver=hub, **paper, **one)
    recorder.say(
        "returned-regency", t + 5 * DAY_S, CLERK, giver=hub, receiver=CLERK, **paper, **one
    )
    recorder.say("archived", t + 6 * DAY_S, CLERK, **one)
