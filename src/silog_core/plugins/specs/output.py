"""Hooks of what people see: file formats, report sections, commands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from silog_core.plugins.markers import OnError, hookspec
from silog_core.ports.formats import ExporterSpec, ImporterSpec
from silog_core.ports.section import SectionSpec
from silog_core.rules.combine import Combine

if TYPE_CHECKING:
    import click


@hookspec(combine=Combine.NAMED, on_error=OnError.SKIP, since="1.0", gives=(ImporterSpec,))
def silog_importers() -> Iterable[ImporterSpec] | None:
    """Give formats that a scenario can be read from.

    Called once for each session, when a file is read that is no scenario folder. Two
    plugins with one name are both left out.

    Returns:
        Importers; ``read(path)`` gives a scenario, ``examples()`` files to try it on.

    Example:
        >>> from silog_core.plugins import hookimpl
        >>> from silog_core.ports.formats import ImporterSpec
        >>> @hookimpl
        ... def silog_importers():
        ...     return [
        ...         ImporterSpec(
        ...             name="list", suffixes=(".lst",), read="silog_format_list.read:read"
        ...         )
        ...     ]
        >>> silog_importers()[0].suffixes
        ('.lst',)
    """


@hookspec(combine=Combine.NAMED, on_error=OnError.SKIP, since="1.0", gives=(ExporterSpec,))
def silog_exporters() -> Iterable[ExporterSpec] | None:
    """Give formats that a plan can be written in.

    Called once for each session, when a plan is exported. Two plugins with one name are
    both left out.

    Returns:
        Exporters; ``write(plan, path)`` writes one file.

    Example:
        >>> from silog_core.plugins import hookimpl
        >>> from silog_core.ports.formats import ExporterSpec
        >>> @hookimpl
        ... def silog_exporters():
        ...     def write(plan, path):
        ...         path.write_text(plan.title, encoding="utf-8")
        ...
        ...     return [ExporterSpec(name="title", suffixes=(".txt",), write=write)]
        >>> silog_exporters()[0].name
        'title'
    """


@hookspec(combine=Combine.NAMED, on_error=OnError.SKIP, since="1.0", gives=(SectionSpec,))
def silog_report_sections() -> Iterable[SectionSpec] | None:
    """Give sections of a report.

    Called once for each session, when a report is made. Sections are printed by their
    order, then by name. One that fails is left out, and the report says so in its place.

    Returns:
        Sections; ``render(plan, lang)`` gives paragraphs and tables.

    Example:
        >>> from silog_core.plugins import hookimpl
        >>> from silog_core.ports.section import Section, SectionSpec
        >>> @hookimpl
        ... def silog_report_sections():
        ...     def render(plan, lang):
        ...         return Section(title="Catatan" if lang == "id" else "Notes")
        ...
        ...     return [SectionSpec(name="notes", order=900, render=render)]
        >>> silog_report_sections()[0].order
        900
    """


@hookspec(combine=Combine.NAMED, on_error=OnError.SKIP, since="1.0")
def silog_cli_commands(cli: click.Group) -> None:
    """Add commands to the ``silog`` program.

    Called once, when the program starts. A name that exists already is refused.

    Args:
        cli: Group of the program; add commands with ``cli.add_command``.

    Example:
        >>> import click
        >>> from silog_core.plugins import hookimpl
        >>> @hookimpl
        ... def silog_cli_commands(cli):
        ...     @cli.command("hello")
        ...     def hello():
        ...         click.echo("halo")
        >>> group = click.Group()
        >>> silog_cli_commands(group)
        >>> sorted(group.commands)
        ['hello']
    """
