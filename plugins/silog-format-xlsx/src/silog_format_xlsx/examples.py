"""A workbook to try the format on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from silog_core.domain.elections import Contest, Election
from silog_core.domain.places import Place
from silog_core.domain.scenario import Scenario
from silog_core.ports.formats import ExampleFile
from silog_format_xlsx.workbook import write_scenario_workbook


def example_scenario() -> Scenario:
    """Return one warehouse, one hub and one station of Nias Selatan."""
    village = "12.14.01.2001"
    return Scenario(
        title="One station",
        election=Election(
            kind="pilkada",
            voting_day=date(2024, 11, 27),
            root="12.14",
            contests=(Contest(code="regent", item="ballot-regent", area_level="regency"),),
        ),
        places=(
            Place(code="12.14-W1", kind="warehouse", region="12.14", lat_microdeg=570_000,
                  lon_microdeg=97_820_000),
            Place(code="12.14.01", kind="hub", region="12.14.01", parent="12.14-W1",
                  lat_microdeg=600_000, lon_microdeg=97_800_000),
            Place(code=village, kind="village", region=village, parent="12.14.01",
                  lat_microdeg=605_000, lon_microdeg=97_805_000),
            Place(code=f"{village}-001", kind="station", region=village, parent=village,
                  lat_microdeg=610_000, lon_microdeg=97_810_000, voters=308),
        ),
    )  # fmt: skip


def examples() -> Iterator[ExampleFile]:
    """Yield the workbook of `example_scenario`."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "one-station.xlsx"
        write_scenario_workbook(example_scenario(), path)
        yield path.name, path.read_bytes()
