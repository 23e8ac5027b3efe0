"""Drawings as SVG that needs nothing else to be shown: text is escaped, each has a title."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr


def drawing(
    width: int, height: int, title: str, description: str, parts: Iterable[str]
) -> str:
    """Return a whole SVG file with a title and a description for those who cannot see it.

    Example:
        >>> drawing(10, 10, "Nias & Batu", "Two islands", []).split()[-3:]
        ['id="desc">Two', 'islands</desc>', '</svg>']
    """
    body = "".join(f"{part}\n" for part in parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" role="img" aria-labelledby="title desc"'
        ' font-family="system-ui, sans-serif" font-size="11">\n'
        f'<title id="title">{plain(title)}</title>\n'
        f'<desc id="desc">{plain(description)}</desc>\n{body}</svg>\n'
    )


def plain(said: str) -> str:
    """Return text as XML may hold it: escaped, without the signs that XML forbids."""
    return escape("".join(c for c in said if c >= " " or c in "\t\n"))


def label(x: int, y: int, said: str, *, anchor: str = "start", size: int = 11) -> str:
    """Return a text at a place."""
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}">{plain(said)}</text>'
    )


def bar(x: int, y: int, width: int, height: int, fill: str, said: str, mark: str = "") -> str:
    """Return a rectangle whose title is shown when the pointer rests on it."""
    return (
        f'<rect x="{x}" y="{y}" width="{max(1, width)}" height="{height}" fill={quoteattr(fill)}'
        f"{mark}><title>{plain(said)}</title></rect>"
    )


def line(x1: int, y1: int, x2: int, y2: int, stroke: str, width: int, said: str = "") -> str:
    """Return a line; its title, if any, is shown when the pointer rests on it."""
    told = f"<title>{plain(said)}</title>" if said else ""
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke={quoteattr(stroke)}'
        f' stroke-width="{width}" stroke-linecap="round">{told}</line>'
    )


def dot(x: int, y: int, radius: int, fill: str, said: str) -> str:
    """Return a dot with a title."""
    return (
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill={quoteattr(fill)}>'
        f"<title>{plain(said)}</title></circle>"
    )
