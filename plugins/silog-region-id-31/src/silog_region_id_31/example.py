"""The example: the general election of 14 February 2024 in Kepulauan Seribu."""

from __future__ import annotations

from pathlib import Path

from silog_core.domain.scenario import Scenario
from silog_core.io.scenario_folder import read_scenario


def jakarta_pemilu_2024_mini() -> Scenario:
    """Return the general election of 14 February 2024 in Kepulauan Seribu, as the folder beside this file has it.

    Example:
        >>> len(jakarta_pemilu_2024_mini().places)
        97
    """
    return read_scenario(Path(__file__).parent / "example")
