"""The six "tepat" of the commission: right number, kind, time, place, quality, account."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import attrs

from silog_core.custody.tallies import regions_of
from silog_core.domain.custody_problems import CustodyProblem


class Goal(Enum):
    """One of the six goals. Sources name the sixth differently; here it is the account."""

    NUMBER = "tepat jumlah"
    KIND = "tepat jenis"
    TIME = "tepat waktu"
    PLACE = "tepat sasaran"
    QUALITY = "tepat kualitas"
    ACCOUNT = "akuntabilitas"

    @property
    def title_en(self) -> str:
        """Name in English."""
        return _ENGLISH[self]


_ENGLISH = {
    Goal.NUMBER: "right number",
    Goal.KIND: "right kind",
    Goal.TIME: "right time",
    Goal.PLACE: "right place",
    Goal.QUALITY: "right quality",
    Goal.ACCOUNT: "accountability",
}
_BY_CODE = {
    **dict.fromkeys(
        (
            "short-receipt",
            "carton-missing",
            "carton-extra",
            "carton-twice",
            "carton-count",
            "note-differs",
            "received-differs",
            "other-quantity",
            "donor-left-short",
            "negative-stock",
            "more-than-before",
            "loose-ballots",
            "not-conserved",
            "sum-differs",
        ),
        Goal.NUMBER,
    ),
    **dict.fromkeys(("mixed-contests", "wrong-area", "not-in-plan"), Goal.KIND),
    **dict.fromkeys(
        ("step-late", "step-not-taken", "box-not-back", "silent", "rule-hours"), Goal.TIME
    ),
    **dict.fromkeys(
        ("wrong-place", "other-place", "extra-step", "two-places", "seen-elsewhere"),
        Goal.PLACE,
    ),
    **dict.fromkeys(
        (
            "no-way-back",
            "opened-without-authority",
            "seal-mismatch",
            "seals-changed",
            "seals-disputed",
            "seal-unknown",
            "rule-seals",
            "seal-twice",
            "open-in-transit",
            "sealed-content",
            "sealed-inside",
            "lost-but-seen",
        ),
        Goal.QUALITY,
    ),
}


@attrs.frozen(kw_only=True)
class Score:
    """How many stations of a region keep one goal."""

    goal: Goal
    kept: int
    stations: int
    #: Problems that speak against it, also those of no single station.
    problems: int

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: 100 is every station."""
        return 100 * self.kept // self.stations if self.stations else 100


def goal_of(code: str) -> Goal:
    """Return the goal that a problem of *code* speaks against."""
    return _BY_CODE.get(code, Goal.ACCOUNT)


def scorecard(
    stations: Iterable[str],
    problems: Iterable[CustodyProblem],
    *,
    station_of: dict[str, str] | None = None,
    region: str = "",
) -> tuple[Score, ...]:
    """Return the six scores of a region.

    Args:
        stations: Codes of all stations that have to be served.
        problems: What was found wrong with the record, and against the plan.
        station_of: Station that each unit is for; a problem of another subject counts
            for the region as a whole.
        region: Code of the region; empty is everywhere.

    Example:
        >>> from silog_core.custody.problem_texts import problem
        >>> late = problem("box-not-back", "BOX-1")
        >>> station = "12.71.01.1001-001"
        >>> time = scorecard([station], [late], station_of={"BOX-1": station})[2]
        >>> time.goal.value, time.percent, time.problems
        ('tepat waktu', 0, 1)
    """
    inside = {code for code in stations if region in regions_of(code)}
    of = station_of or {}
    missed: dict[Goal, set[str]] = {goal: set() for goal in Goal}
    count = dict.fromkeys(Goal, 0)
    for found in problems:
        station = of.get(found.subject, found.subject)
        if station not in inside and not _holds(station, region, of, found.subject):
            continue
        goal = goal_of(found.code)
        count[goal] += 1
        if station in inside:
            missed[goal].add(station)
    return tuple(
        Score(
            goal=goal,
            kept=len(inside) - len(missed[goal]),
            stations=len(inside),
            problems=count[goal],
        )
        for goal in Goal
    )


def _holds(station: str, region: str, of: dict[str, str], subject: str) -> bool:
    """Say whether a problem without a station of its own belongs to *region*."""
    return not region or (subject not in of and station.startswith(region))
