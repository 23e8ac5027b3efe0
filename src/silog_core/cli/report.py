"""``silog report``: a plan as text, Markdown, HTML, or what a plugin writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from silog_core.cli.context import guarded, lang_option, language

if TYPE_CHECKING:
    from silog_core.domain.plan import Plan
    from silog_core.ports.section import Section
    from silog_core.session import Session


@click.command("report")
@click.argument("plan", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path),
              help="File to write; its ending chooses the format: .txt, .md, .html,"
              " or one of a plugin's.")  # fmt: skip
@click.option("--sheets", type=click.Path(dir_okay=False, path_type=Path),
              help="File for route sheets, one page a trip: .html, .md or .txt.")  # fmt: skip
@click.option("--home", "homes", multiple=True,
              help="Route sheets of trips from this place alone; may be repeated.")  # fmt: skip
@lang_option
@guarded
def report_command(
    plan: Path, out: Path | None, sheets: Path | None, homes: tuple[str, ...], lang: str | None
) -> None:
    """Write a report of PLAN, with the sections of all plugins, or its route sheets."""
    from silog_core.io.plan_folder import read_plan
    from silog_core.reports.report import rendered
    from silog_core.reports.route_sheets import plan_sheets

    if out is None and sheets is None:
        raise click.UsageError("give --out FILE for a report, --sheets FILE for route sheets")
    found, spoken = read_plan(plan), language(lang)
    if sheets is not None:
        pages = plan_sheets(found, spoken, homes=homes)
        text = rendered(pages, sheets.suffix.lower(), spoken, one_a_page=True)
        sheets.write_text(text, encoding="utf-8")
        click.echo(str(sheets))
    if out is not None:
        _write_report(plan, found, out, spoken)


def _write_report(plan: Path, found: Plan, out: Path, spoken: str) -> None:
    from silog_core.errors import UnknownChoiceError
    from silog_core.reports.report import RENDERERS, sections_of
    from silog_core.session import Session

    with Session.from_environment() as session:
        render = RENDERERS.get(out.suffix.lower())
        if render is not None:
            specs = session.host.report_sections()
            sections = sections_of(found, lang=spoken, specs=specs)
            if out.suffix.lower() == ".html":
                sections += _charts(plan, found, spoken, session)
            out.write_text(render(sections, spoken), encoding="utf-8")
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


def _charts(plan: Path, found: Plan, spoken: str, session: Session) -> list[Section]:
    """Return the drawings of a plan: the map too, where its scenario lies beside it."""
    from silog_core.cli.reading import SCENARIO_FOLDER, scenario_of_plan
    from silog_core.reports.charts import charts, gantt_section

    if not (plan / SCENARIO_FOLDER).is_dir():
        return [gantt_section(found, spoken)]
    world = scenario_of_plan(plan, None, session)
    return charts(found, world, session.rule_book_for(world), spoken)
