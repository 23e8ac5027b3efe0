"""Read a scenario for a command: a folder, or a file that a plugin reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from silog_core.errors import StorageError, UnknownChoiceError
from silog_core.io.scenario_folder import read_scenario

if TYPE_CHECKING:
    from silog_core.domain.scenario import Scenario
    from silog_core.session import Session

#: Folder in a plan folder that holds what was planned for.
SCENARIO_FOLDER = "scenario"


def read_any(path: Path, session: Session) -> Scenario:
    """Return the scenario at *path*.

    Raises:
        ScenarioError: Something in it is wrong.
        UnknownChoiceError: It is a file of a kind that nobody reads.
    """
    if path.is_dir() or not path.exists():
        return read_scenario(path)
    importers = session.host.importers().values()
    for importer in importers:
        if path.suffix.lower() in importer.suffixes:
            return importer.reader()(path)
    known = sorted({suffix for importer in importers for suffix in importer.suffixes})
    raise UnknownChoiceError(
        f"nobody reads {path.name}",
        f"give a scenario folder, or a file ending in {', '.join(known)}"
        if known
        else "give a scenario folder; for .xlsx: pip install silog-format-xlsx",
    )


def scenario_of_plan(plan: Path, given: Path | None, session: Session) -> Scenario:
    """Return what a plan folder was planned for: as *given*, else what lies beside it.

    Raises:
        ScenarioError: Something in it is wrong.
        StorageError: Neither is there.
    """
    beside = plan / SCENARIO_FOLDER
    if given is not None:
        return read_any(given, session)
    if not beside.is_dir():
        raise StorageError(
            f"{plan} has no folder {SCENARIO_FOLDER}",
            "name the scenario with --scenario, or plan again with this version",
        )
    return read_scenario(beside)
