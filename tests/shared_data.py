"""Where the larger data sets lie that tests read but the project does not carry."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared(name: str) -> Path:
    """Return the path of a shared data set, or skip the test and say why."""
    root = Path(os.environ.get("SILOG_SHARED_DATA", Path(__file__).parents[2] / "shared"))
    path = root / name
    if not path.exists():
        pytest.skip(f"shared data {name!r} is not on this machine; set SILOG_SHARED_DATA")
    return path
