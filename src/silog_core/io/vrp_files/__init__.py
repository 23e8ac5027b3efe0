"""Published routing problems: VRPLIB, Solomon and Cordeau files."""

from __future__ import annotations

from silog_core.io.vrp_files.model import VrpFile
from silog_core.io.vrp_files.read import read_vrp_file

__all__ = ["VrpFile", "read_vrp_file"]
