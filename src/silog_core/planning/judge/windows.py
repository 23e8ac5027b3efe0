"""Hand-overs against the windows of their stages, and against H-1."""

from __future__ import annotations

from collections.abc import Callable

from silog_core.domain.calendar import DAY_S
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.problems import Said
from silog_core.domain.typed_trips import TripFinding, TypedStop, TypedTrip
from silog_core.planning.judge.figures import GRAIN_S, hours_minutes
from silog_core.planning.judge.texts import finding
from silog_core.rules.book import RuleBook

#: The stage that says when the places of a kind may, and must, have their kits.
_STAGE_AT = {
    PlaceKind.HUB: "at-hub",
    PlaceKind.VILLAGE: "at-village",
    PlaceKind.STATION: "at-station",
}


#: The stage that says until when boxes must be back at the homes of a kind.
_STAGE_BACK = {PlaceKind.HUB: "return-hub", PlaceKind.WAREHOUSE: "return-regency"}


def check_arrival(
    trip: TypedTrip, stop: TypedStop, arrives_s: int, when: Callable[[int], Said]
) -> list[TripFinding]:
    """Find an arrival typed earlier than the vehicle can be there."""
    if stop.arrive_s is None or stop.arrive_s > arrives_s - GRAIN_S:
        return []
    return [
        finding(
            "arrival",
            row=stop.row,
            trip=trip.id,
            place=stop.place,
            typed=when(stop.arrive_s),
            at=when(arrives_s),
            amount=arrives_s - stop.arrive_s,
        )
    ]


def last_return_s(book: RuleBook, home: Place) -> int | None:
    """Return until when boxes must be back at a home [s], None without a rule."""
    stage = _STAGE_BACK.get(home.kind)
    rule = book.stage_window(stage, home.region) if stage else None
    return None if rule is None else rule.last_hour * 3600 - rule.last_days_before * DAY_S


def check_return(
    book: RuleBook, trip: TypedTrip, home: Place, back_s: int, when: Callable[[int], Said]
) -> list[TripFinding]:
    """Find boxes that come back after the window of their stage; none without a rule."""
    last_s = last_return_s(book, home)
    if last_s is None or back_s <= last_s:
        return []
    return [
        finding(
            "late-back",
            row=trip.row,
            trip=trip.id,
            amount=back_s - last_s,
            home=home.code,
            over=hours_minutes(back_s - last_s),
            at=when(back_s),
            limit=when(last_s),
        )
    ]


def check_window(
    book: RuleBook,
    trip: TypedTrip,
    stop: TypedStop,
    place: Place,
    stay_s: tuple[int, int],
    when: Callable[[int], Said],
) -> list[TripFinding]:
    """Find a hand-over that ends too late, or begins too early.

    With no rule the day before the vote has to be enough, and nothing is too early.

    Args:
        book: Windows of the stages.
        trip: The trip.
        stop: The row.
        place: Where it is.
        stay_s: Arrival and end of the hand-over [s].
        when: Says a moment in both languages.
    """
    arrives_s, done_s = stay_s
    stage = _STAGE_AT.get(place.kind)
    rule = book.stage_window(stage, place.region) if stage else None
    first_s, last_s = arrives_s, 0
    if rule is not None:
        last_s = rule.last_hour * 3600 - rule.last_days_before * DAY_S
        first_s = rule.first_hour * 3600 - rule.first_days_before * DAY_S
    for text, over, at_s, limit_s in (
        ("late", done_s - last_s, done_s, last_s),
        ("early", first_s - arrives_s, arrives_s, first_s),
    ):
        if over > 0:
            return [
                finding(
                    text,
                    row=stop.row,
                    trip=trip.id,
                    amount=over,
                    place=place.code,
                    over=hours_minutes(over),
                    at=when(at_s),
                    limit=when(limit_s),
                )
            ]
    return []
