"""What this plugin answers at the hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.domain.manifest import Manifest
from silog_core.plugins import hookimpl
from silog_core.ports.section import SectionSpec

if TYPE_CHECKING:
    import click


@hookimpl
def silog_manifest() -> Manifest:
    """Speak for no region."""
    return Manifest(title="Delivery notes and dispatch lists")


@hookimpl
def silog_report_sections() -> list[SectionSpec]:
    """Add the dispatch list: what leaves each warehouse, day by day."""
    return [
        SectionSpec(
            name="dispatch-list",
            title="dispatch list",
            order=450,
            render="silog_report_papers.dispatch_list:dispatch_list",
        )
    ]


@hookimpl
def silog_cli_commands(cli: click.Group) -> None:
    """Add ``silog papers``."""
    from silog_report_papers.command import papers_command

    cli.add_command(papers_command)
