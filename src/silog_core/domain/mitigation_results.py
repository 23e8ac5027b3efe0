"""What a mitigation buys: two simulations on the same draws, and the difference."""

from __future__ import annotations

import attrs

from silog_core.domain.fields import text, whole
from silog_core.domain.simulation import Simulation
from silog_core.errors import FieldError


@attrs.frozen(kw_only=True)
class MitigationResult:
    """A change of a plan, its price, and what it does.

    Gain and residual are never stored: they are read off the two simulations, which have
    to be of the same draws. A gain without a simulation of the changed plan cannot be.
    """

    mitigation: str = attrs.field(validator=text("the name of the mitigation"))
    #: What would be done, in English and Indonesian.
    message: str = attrs.field(validator=text("what would be done"))
    message_id: str = attrs.field(validator=text("what would be done, in Indonesian"))
    #: Price of the change, with what the changed plan costs more or less [rupiah].
    cost_rupiah: int = attrs.field(validator=whole(-(10**18), "rupiah"))
    before: Simulation
    after: Simulation
    #: What the price of the change itself is founded on; empty where there is none.
    price_source: str = ""

    def __attrs_post_init__(self) -> None:
        for name in ("draws", "seed", "due_s", "model_digest"):
            one, two = getattr(self.before, name), getattr(self.after, name)
            if one != two:
                raise FieldError(
                    f"{self.mitigation} was simulated with {name} {two!r} instead of {one!r}",
                    "simulate both plans on the same draws",
                )

    @property
    def gain_stations_milli(self) -> int:
        """Stations more that have everything on time, on average, in thousandths."""
        return self.before.late_stations_milli - self.after.late_stations_milli

    @property
    def gain_voters_milli(self) -> int:
        """Voters more whose station has everything on time, in thousandths."""
        return self.before.late_voters_milli - self.after.late_voters_milli

    @property
    def gain_worst_stations_milli(self) -> int:
        """Stations more over the worst 5 % of the draws of each plan, in thousandths."""
        return self.before.tail().late_stations_milli - self.after.tail().late_stations_milli

    @property
    def residual_late_ppm(self) -> int:
        """Mean share of stations that are late all the same [per million]."""
        return self.after.late_ppm

    @property
    def rank(self) -> tuple[int, int, str, str]:
        """Sort key: most voters first, then the cheapest, then by name."""
        return (-self.gain_voters_milli, self.cost_rupiah, self.mitigation, self.message)
