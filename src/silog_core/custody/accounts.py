"""The accounting of a station, ballot by ballot: what came, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from silog_core.custody.books import counted
from silog_core.custody.problem_texts import problem
from silog_core.domain.custody_events import Event, EventId, Measure
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.demand import Commodity


@attrs.frozen(kw_only=True)
class Account:
    """What one station counted of one ballot.

    Example:
        >>> ballot = Commodity(item="ballot", area="12")
        >>> account = Account(
        ...     place="12.71.01.1001-001",
        ...     commodity=ballot,
        ...     counts=((Measure.RECEIVED, 10), (Measure.USED, 7), (Measure.UNUSED, 3)),
        ... )
        >>> account.closes, account[Measure.SPOILED]
        (True, 0)
    """

    place: str
    commodity: Commodity
    counts: tuple[tuple[Measure, int], ...]
    events: tuple[EventId, ...] = ()

    def __getitem__(self, measure: Measure) -> int:
        return self.by_measure.get(measure, 0)

    @cached_property
    def by_measure(self) -> Mapping[Measure, int]:
        """Pieces by measure."""
        return dict(self.counts)

    @property
    def closes(self) -> bool:
        """Whether received is used, spoiled and unused together (8)."""
        return self[Measure.RECEIVED] == (
            self[Measure.USED] + self[Measure.SPOILED] + self[Measure.UNUSED]
        )

    @property
    def use_closes(self) -> bool:
        """Whether used is valid and invalid together, and as many as signed (9)."""
        used, known = self[Measure.USED], self.by_measure
        if Measure.VALID in known and self[Measure.VALID] + self[Measure.INVALID] != used:
            return False
        return Measure.SIGNATURES not in known or self[Measure.SIGNATURES] == used

    @property
    def voters(self) -> int | None:
        """Voters who used their right: of the list, movers, walk-ins; None if not said."""
        named = (Measure.VOTERS_LISTED, Measure.VOTERS_MOVED, Measure.VOTERS_WALK_IN)
        if not any(measure in self.by_measure for measure in named):
            return None
        return sum(self[measure] for measure in named)


def account_of(place: str, commodity: Commodity, events: Sequence[Event]) -> Account | None:
    """Return the last count of *commodity* at *place*; *events* are in order of time."""
    if not events:
        return None
    found = counted(events[-1], commodity)
    return Account(
        place=place,
        commodity=commodity,
        counts=tuple(sorted(found.items(), key=lambda pair: pair[0].value)),
        events=tuple(event.id for event in events),
    )


def account_problems(account: Account) -> Iterator[CustodyProblem]:
    """Yield what does not add up in *account* by itself."""
    what, events = account.commodity, account.events[-1:]
    wrong = [
        code
        for code, right in (
            ("not-accounted", account.closes),
            ("use-does-not-add-up", account.use_closes),
        )
        if not right
    ]
    if wrong:
        given = {m.value: account[m] for m in Measure if "-" not in m.value}
        for code in wrong:
            yield problem(code, account.place, events, what=what, **given)
    voters = account.voters
    if voters is not None and account[Measure.USED] > voters:
        yield problem(
            "more-used-than-voters",
            account.place,
            events,
            what=what,
            used=account[Measure.USED],
            voters=voters,
        )
    if len(account.events) > 1:
        yield problem(
            "counted-twice",
            account.place,
            account.events,
            what=what,
            count=len(account.events),
        )
