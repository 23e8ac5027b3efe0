"""A report: sections of a plan, rendered as text, Markdown or one HTML page."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence

from silog_core.domain.plan import Plan
from silog_core.errors import UnknownChoiceError
from silog_core.ports.section import Section, SectionSpec, Table
from silog_core.reports.sections import built_in_sections
from silog_core.reports.words import words


def sections_of(
    plan: Plan, *, lang: str = "en", specs: Iterable[SectionSpec] | None = None
) -> list[Section]:
    """Return the sections of a plan's report.

    Args:
        plan: The plan.
        lang: ``id`` or ``en``.
        specs: Sections to render, in this order; those of this package when None. One
            that fails is left out, and its place says so.
    """
    found = []
    for spec in built_in_sections() if specs is None else specs:
        try:
            section = spec.rendered(plan, lang)
        except Exception as failure:  # noqa: BLE001 - a plugin's section may raise anything
            text = words(lang)["left out"].format(name=spec.name, why=failure)
            section = Section(title=spec.name, paragraphs=(text,))
        found.append(section)
    return found


def as_text(sections: Sequence[Section]) -> str:
    """Return sections as plain text, their columns lined up.

    Example:
        >>> table = Table(head=(), rows=(("road", "12"), ("sea", "3")))
        >>> print(as_text([Section(title="Trips", tables=(table,))]))
        Trips
          road  12
          sea    3
    """
    return "\n\n".join("\n".join(_text_lines(section)) for section in sections)


def _text_lines(section: Section) -> list[str]:
    lines = [section.title, *(f"  {paragraph}" for paragraph in section.paragraphs)]
    for table in section.tables:
        rows = [table.head, *table.rows] if table.head else list(table.rows)
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
        for row in rows:
            cells = [row[0].ljust(widths[0])]
            cells += [
                cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)
            ]
            lines.append(("  " + "  ".join(cells)).rstrip())
    return lines


def as_markdown(sections: Sequence[Section]) -> str:
    """Return sections as Markdown with tables.

    Example:
        >>> table = Table(head=("mode", "trips"), rows=(("road", "12"),))
        >>> print(as_markdown([Section(title="Trips", tables=(table,))]))
        ## Trips
        <BLANKLINE>
        | mode | trips |
        |---|---:|
        | road | 12 |
        <BLANKLINE>
    """
    return "\n".join(line for section in sections for line in _markdown_lines(section))


def _markdown_lines(section: Section) -> list[str]:
    lines = [f"## {section.title}", ""]
    for paragraph in section.paragraphs:
        lines += [paragraph, ""]
    for table in section.tables:
        columns = len(table.rows[0])
        head = table.head or ("",) * columns
        lines.append(_row(head))
        lines.append("|---|" + "---:|" * (columns - 1))
        lines += [_row(row) for row in table.rows]
        lines.append("")
    return lines


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b1b1b;background:#fff}"
    "table{border-collapse:collapse}td,th{padding:.2rem .8rem;border-bottom:1px solid #ccc}"
    "td+td,th+th{text-align:right}h2{margin-top:2rem}"
    # Drawings keep their own paper: their colours are chosen for white.
    "figure{margin:1rem 0;overflow-x:auto;background:#fff}svg{display:block}"
    "@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#181818}"
    "td,th{border-color:#555}figure{padding:.5rem;border-radius:4px}}"
    "@media print{body{max-width:none;margin:0;color:#000;background:#fff}"
    "svg{max-width:100%;height:auto}figure{overflow:visible;break-inside:avoid}}"
)


#: Ruled cells, high enough to sign in; each section on its own sheet of paper.
_ONE_A_PAGE = (
    "h2{break-before:page}h2:first-of-type{break-before:auto}"
    "td,th{border:1px solid #999;height:2rem}td:last-child{min-width:10rem}"
)


def as_html(sections: Sequence[Section], *, lang: str = "en", one_a_page: bool = False) -> str:
    """Return sections as one HTML page that needs nothing else to be shown.

    With *one_a_page*, each section begins a page of its own when it is printed.
    """
    style = _STYLE + (_ONE_A_PAGE if one_a_page else "")
    title = html.escape(sections[0].title if sections else "")
    body = "".join(_html_part(section, n) for n, section in enumerate(sections))
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{style}</style></head><body>{body}</body></html>\n"
    )


def _html_part(section: Section, number: int) -> str:
    parts = [f"<h2>{html.escape(section.title)}</h2>"]
    parts += [f"<p>{html.escape(paragraph)}</p>" for paragraph in section.paragraphs]
    parts += [_html_table(table) for table in section.tables]
    for n, svg in enumerate(section.drawings):
        # Each file names its title by the same ids; on one page they have to differ.
        one = f"-{number}-{n}"
        named = svg.replace('id="title"', f'id="title{one}"', 1)
        named = named.replace('id="desc"', f'id="desc{one}"', 1)
        named = named.replace('"title desc"', f'"title{one} desc{one}"', 1)
        parts.append(f"<figure>{named}</figure>")
    return "".join(parts)


def _html_table(table: Table) -> str:
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in table.head)
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
        for row in table.rows
    )
    return f"<table>{f'<tr>{head}</tr>' if head else ''}{rows}</table>"


#: Renderers by the ending of the file.
RENDERERS: Mapping[str, Callable[[Sequence[Section], str], str]] = {
    ".txt": lambda sections, _lang: as_text(sections) + "\n",
    ".md": lambda sections, _lang: as_markdown(sections),
    ".html": lambda sections, lang: as_html(sections, lang=lang),
}


def rendered(
    sections: Sequence[Section], suffix: str, lang: str, *, one_a_page: bool = False
) -> str:
    r"""Return sections in the format of a file's ending, for printing when *one_a_page*.

    Raises:
        UnknownChoiceError: Nothing here writes files with that ending.

    Example:
        >>> rendered([Section(title="Trips", paragraphs=("none",))], ".md", "en")
        '## Trips\n\nnone\n'
    """
    if suffix == ".html":
        return as_html(sections, lang=lang, one_a_page=one_a_page)
    if suffix not in RENDERERS:
        raise UnknownChoiceError(
            f"nobody writes {suffix or 'a file without an ending'}",
            f"choose one of {', '.join(sorted(RENDERERS))}",
        )
    return RENDERERS[suffix](sections, lang)
