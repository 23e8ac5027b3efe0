"""The scenario folder: one TOML file and CSV tables that people keep in a spreadsheet."""

from silog_core.io.scenario_folder.reading import check_scenario, read_files, read_scenario
from silog_core.io.scenario_folder.writing import scenario_files, write_scenario

__all__ = ["check_scenario", "read_files", "read_scenario", "scenario_files", "write_scenario"]
