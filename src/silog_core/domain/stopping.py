"""When to stop looking for a better plan: rules that compose and can be pickled.

A rule is a value. `StoppingRule.begin` turns it into a `Gauge`, which knows the moment
at which the work began; the solver asks the gauge what share of the budget is used.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from silog_core.errors import FieldError

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[int, int], float]


@attrs.frozen(kw_only=True)
class Gauge:
    """What a rule has measured since the work began."""

    #: Takes iterations done and the best cost; gives the share of the budget that is
    #: used, 1.0 or more when it is time to stop.
    used: Progress
    #: Most iterations that may be made, None when the rule sets no such limit.
    max_iterations: int | None = None


class StoppingRule(Protocol):
    """Says when a solver stops. Composable with `FirstOf`."""

    def begin(self) -> Gauge:
        """Return a gauge that measures from now on."""
        ...


def _above_zero(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise FieldError(
            f"{type(instance).__name__}.{attribute.name} is {value!r}",
            "give a number above zero",
        )


@attrs.frozen
class MaxIterations:
    """Stops after a number of iterations; does not look at the clock.

    Example:
        >>> MaxIterations(200).begin().used(50, 0)
        0.25
    """

    iterations: int = attrs.field(validator=[attrs.validators.instance_of(int), _above_zero])

    def begin(self) -> Gauge:
        """Return a gauge that counts iterations."""
        limit = self.iterations
        return Gauge(used=lambda done, _best: done / limit, max_iterations=limit)


@attrs.frozen
class MaxSeconds:
    """Stops after wall-clock time [s]; the result then depends on the machine."""

    seconds: float = attrs.field(validator=_above_zero)

    def begin(self) -> Gauge:
        """Return a gauge that reads the clock."""
        limit, began = self.seconds, time.perf_counter()
        return Gauge(used=lambda _done, _best: (time.perf_counter() - began) / limit)


@attrs.frozen
class NoImprovement:
    """Stops when the best cost has stood still for a number of iterations.

    Example:
        >>> gauge = NoImprovement(100).begin()
        >>> gauge.used(40, 900), gauge.used(90, 900), gauge.used(140, 900)
        (0.0, 0.5, 1.0)
    """

    iterations: int = attrs.field(validator=[attrs.validators.instance_of(int), _above_zero])

    def begin(self) -> Gauge:
        """Return a gauge that remembers when the best cost last fell."""
        limit = self.iterations
        lowest: int | None = None
        since = 0

        def used(done: int, best: int) -> float:
            nonlocal lowest, since
            if lowest is None or best < lowest:
                lowest, since = best, done
            return (done - since) / limit

        return Gauge(used=used)


@attrs.frozen(init=False)
class FirstOf:
    """Stops as soon as one of several rules does.

    Example:
        >>> FirstOf(MaxIterations(100), MaxIterations(400)).begin().used(50, 0)
        0.5
    """

    rules: tuple[StoppingRule, ...]

    def __init__(self, *rules: StoppingRule) -> None:
        if not rules:
            raise FieldError("FirstOf has no rule", "name at least one stopping rule")
        self.__attrs_init__(rules)

    def begin(self) -> Gauge:
        """Return a gauge that reads all of them at once."""
        gauges = [rule.begin() for rule in self.rules]
        limits = [g.max_iterations for g in gauges if g.max_iterations is not None]
        return Gauge(
            used=lambda done, best: max([gauge.used(done, best) for gauge in gauges]),
            max_iterations=min(limits, default=None),
        )
