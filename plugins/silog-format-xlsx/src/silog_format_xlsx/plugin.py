"""What this plugin answers at the hooks; openpyxl is imported when it is used."""

from __future__ import annotations

from collections.abc import Iterable

from silog_core.domain.manifest import Manifest
from silog_core.plugins import hookimpl
from silog_core.ports.formats import ExampleFile, ExporterSpec, ImporterSpec


@hookimpl
def silog_manifest() -> Manifest:
    """Speak for no region."""
    return Manifest(title="Excel workbooks")


def _examples() -> Iterable[ExampleFile]:
    from silog_format_xlsx.examples import examples

    return examples()


@hookimpl
def silog_importers() -> list[ImporterSpec]:
    """Read a scenario from a workbook."""
    return [
        ImporterSpec(
            name="xlsx",
            title="Excel workbook, a sheet for each file of a scenario folder",
            suffixes=(".xlsx",),
            read="silog_format_xlsx.workbook:read_workbook",
            examples=_examples,
        )
    ]


@hookimpl
def silog_exporters() -> list[ExporterSpec]:
    """Write a plan to a workbook."""
    return [
        ExporterSpec(
            name="xlsx",
            title="Excel workbook, a sheet for each table of a plan folder",
            suffixes=(".xlsx",),
            write="silog_format_xlsx.workbook:write_plan_workbook",
        )
    ]
