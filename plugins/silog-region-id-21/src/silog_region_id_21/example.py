"""The example: the regional election of 27 November 2024 in Natuna."""

from __future__ import annotations

from pathlib import Path

from silog_core.domain.scenario import Scenario
from silog_core.io.scenario_folder import read_scenario


def natuna_2024() -> Scenario:
    """Return the regional election of 27 November 2024 in Natuna, as the folder beside this file has it.

    Example:
        >>> len(natuna_2024().places)
        237
    """
    return read_scenario(Path(__file__).parent / "example")
