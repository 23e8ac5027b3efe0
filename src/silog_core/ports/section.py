"""Sections of a report: paragraphs and tables, free of any file format."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.fields import text
from silog_core.ports.offers import Offer, load

if TYPE_CHECKING:
    from silog_core.domain.plan import Plan


def _as_rows(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)


def _as_texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(texts)


@attrs.frozen(kw_only=True)
class Table:
    """A table of texts."""

    head: tuple[str, ...] = attrs.field(converter=_as_texts)
    rows: tuple[tuple[str, ...], ...] = attrs.field(converter=_as_rows)


def _as_tables(tables: Iterable[Table]) -> tuple[Table, ...]:
    return tuple(tables)


@attrs.frozen(kw_only=True)
class Section:
    """One part of a report, in one language."""

    title: str = attrs.field(validator=text("a title"))
    paragraphs: tuple[str, ...] = attrs.field(default=(), converter=_as_texts)
    tables: tuple[Table, ...] = attrs.field(default=(), converter=_as_tables)
    #: Whole SVG drawings, for formats that can show them; paragraphs say what is in them.
    drawings: tuple[str, ...] = attrs.field(default=(), converter=_as_texts)


#: Takes the plan and ``id`` or ``en``.
Render = Callable[["Plan", str], Section]


@attrs.frozen(kw_only=True)
class SectionSpec(Offer):
    """A section that reports may have; printed by order, then by name."""

    order: int = 500
    render: Render | str

    def rendered(self, plan: Plan, lang: str) -> Section:
        """Return the section of *plan* in a language."""
        render: Render = load(self, self.render)
        return render(plan, lang)
