"""Let ``st.from_type(RegionCode)`` work; Hypothesis calls `register` by its entry point.

Nothing is imported until then: importing strategies here would import Hypothesis, which
would import this module, half made.
"""

from __future__ import annotations

from typing import Any


def register() -> None:
    """Tell Hypothesis how to draw the values of the domain."""
    from hypothesis import strategies as st

    from silog_core.domain.calendar import DateRange, Window
    from silog_core.domain.demand import Commodity, Needs
    from silog_core.domain.elections import Contest, Election
    from silog_core.domain.explanation import Reason
    from silog_core.domain.findings import Finding
    from silog_core.domain.items import Item
    from silog_core.domain.plan import Plan
    from silog_core.domain.regions import RegionCode, RegionTable
    from silog_core.domain.scenario import Scenario
    from silog_core.domain.stock import StockLot
    from silog_core.domain.vehicles import Vehicle

    names: dict[type[Any], str] = {
        Commodity: "commodities",
        Contest: "contests",
        DateRange: "date_ranges",
        Election: "elections",
        Finding: "findings",
        Item: "items",
        Needs: "needs",
        Plan: "plans",
        Reason: "reasons",
        RegionCode: "region_codes",
        RegionTable: "region_tables",
        Scenario: "scenarios",
        StockLot: "stock_lots",
        Vehicle: "vehicles",
        Window: "windows",
    }

    def drawer(name: str) -> Any:
        def draw(_kind: type[Any]) -> Any:
            from silog_core.testing import strategies

            return getattr(strategies, name)()

        return draw

    for kind, name in names.items():
        st.register_type_strategy(kind, drawer(name))
