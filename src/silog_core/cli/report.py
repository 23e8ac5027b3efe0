"""``silog report``: a plan as text, Markdown, HTML, or what a plugin writes."""

from __future__ import annotations

from pathlib import Path

import click

from silog_core.cli.context import guarded, lang_option, language


@click.command("report")
@click.argument("plan", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True,
              help="File to write; its ending chooses the format: .txt, .md, .html,"
              " or one of a plugin's.")  # fmt: skip
@lang_option
@guarded
def report_command(plan: Path, out: Path, lang: str | None) -> None:
    """Write a report of PLAN, with the sections of all plugins."""
    from silog_core.errors import UnknownChoiceError
    from silog_core.io.plan_folder import read_plan
    from silog_core.reports.report import RENDERERS, sections_of
    from silog_core.session import Session

    found, spoken = read_plan(plan), language(lang)
    with Session.from_environment() as session:
        render = RENDERERS.get(out.suffix.lower())
        if render is not None:
            specs = session.host.report_sections()
            text = render(sections_of(found, lang=spoken, specs=specs), spoken)
            out.write_text(text, encoding="utf-8")
        else:
            exporters = session.host.exporters().values()
            writers = [e for e in exporters if out.suffix.lower() in e.suffixes]
            if not writers:
                known = sorted({*RENDERERS, *(s for e in exporters for s in e.suffixes)})
                raise UnknownChoiceError(
                    f"nobody writes {out.suffix or 'a file without an ending'}",
                    f"choose one of {', '.join(known)}, or install a plugin that does",
                )
            writers[0].writer()(found, out)
    click.echo(str(out))
