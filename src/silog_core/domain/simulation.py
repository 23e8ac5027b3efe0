"""What a simulation finds: how likely each station has everything on time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import attrs

from silog_core.domain.fields import whole
from silog_core.domain.intervals import Interval, share_interval
from silog_core.domain.shocks import MILLION


@attrs.frozen(kw_only=True)
class Cause:
    """How many late outcomes a shock is the main cause of."""

    shock: str
    #: Sum over stations of the draws in which they are late mainly for it.
    station_draws: int


@attrs.frozen(kw_only=True)
class StationOdds:
    """How often one station had everything on time."""

    station: str
    #: Code of its regency or city.
    regency: str
    voters: int
    #: Draws in which it had everything on time.
    on_time: int
    draws: int
    #: Name of the shock that most often makes it late; empty where it never is, or
    #: ``planned`` where the plan itself is late or short.
    mainly: str = ""

    @property
    def on_time_ppm(self) -> int:
        """Estimate of P(everything on time) [per million], rounded down."""
        return self.on_time * MILLION // self.draws

    @property
    def interval(self) -> Interval:
        """Clopper-Pearson interval of that chance: at least 95 % of such hold the truth."""
        return share_interval(self.on_time, self.draws)


@attrs.frozen(kw_only=True)
class Tail:
    """The mean of the worst draws: what a bad year looks like."""

    #: Share of the draws that counts as worst [per mille].
    permille: int
    #: Mean over these draws of stations and voters without everything on time, in thousandths.
    late_stations_milli: int
    late_voters_milli: int


@attrs.frozen(kw_only=True)
class RegencyOdds:
    """A regency or city as a whole."""

    regency: str
    stations: int
    voters: int
    #: Mean over all draws of its stations and voters that are late, in thousandths.
    late_stations_milli: int
    late_voters_milli: int
    #: The same over the worst 5 % of the draws for this regency.
    worst: Tail
    #: Least chance of any of its stations [per million].
    least_on_time_ppm: int
    #: Main causes, the weightiest first.
    causes: tuple[Cause, ...] = ()


@attrs.frozen(kw_only=True)
class Simulation:
    """Outcomes of all draws of one plan under one model."""

    draws: int = attrs.field(validator=whole(1, "draws"))
    seed: int
    #: Moment by which everything has to be there [s from 00:00 of voting day].
    due_s: int
    #: What tells one model from another.
    model_digest: str
    #: Stations in code order.
    stations: tuple[StationOdds, ...]
    #: Regencies and cities in code order.
    regencies: tuple[RegencyOdds, ...]
    #: Stations and voters that are late, draw by draw.
    late_stations: tuple[int, ...]
    late_voters: tuple[int, ...]
    causes: tuple[Cause, ...] = ()

    @cached_property
    def by_station(self) -> Mapping[str, StationOdds]:
        """Odds by station code."""
        return {odds.station: odds for odds in self.stations}

    @property
    def late_ppm(self) -> int:
        """Mean share of stations that are late [per million], rounded up."""
        return -(-sum(self.late_stations) * MILLION // max(1, len(self.stations) * self.draws))

    @property
    def late_stations_milli(self) -> int:
        """Mean number of late stations, in thousandths."""
        return sum(self.late_stations) * 1000 // self.draws

    @property
    def late_voters_milli(self) -> int:
        """Mean number of voters of late stations, in thousandths."""
        return sum(self.late_voters) * 1000 // self.draws

    def tail(self, permille: int = 50) -> Tail:
        """Return the mean of the worst draws; 50 is the worst 5 %."""
        return tail_of(self.late_stations, self.late_voters, self.draws, permille)

    def worst_stations(self, permille: int = 50) -> tuple[StationOdds, ...]:
        """Return the stations with the least chance, the worst first; 50 is 5 % of them."""
        wanted = -(-len(self.stations) * permille // 1000)
        return tuple(
            sorted(self.stations, key=lambda s: (s.on_time, -s.voters, s.station))[:wanted]
        )


def tail_of(
    stations: Iterable[int], voters: Iterable[int], draws: int, permille: int = 50
) -> Tail:
    """Return the mean of the worst draws; draws that are not listed have nobody late.

    Draws are ranked by late stations, and separately by late voters.
    """
    count = max(1, -(-draws * permille // 1000))
    return Tail(
        permille=permille,
        late_stations_milli=sum(sorted(stations, reverse=True)[:count]) * 1000 // count,
        late_voters_milli=sum(sorted(voters, reverse=True)[:count]) * 1000 // count,
    )
