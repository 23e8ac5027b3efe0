"""The example: the regional election of 27 November 2024 in Yalimo."""

from __future__ import annotations

from pathlib import Path

from silog_core.domain.scenario import Scenario
from silog_core.io.scenario_folder import read_scenario


def yalimo_2024() -> Scenario:
    """Return the regional election of 27 November 2024 in Yalimo, as the folder beside this file has it.

    Example:
        >>> len(yalimo_2024().places)
        605
    """
    return read_scenario(Path(__file__).parent / "example")
