"""The plan folder: ``plan.json`` and tables that open in a spreadsheet."""

from silog_core.io.plan_folder.reading import read_plan
from silog_core.io.plan_folder.writing import plan_files, write_plan

__all__ = ["plan_files", "read_plan", "write_plan"]
