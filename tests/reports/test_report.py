"""Reports say the same in both languages and all formats, and nothing of no meaning."""

from __future__ import annotations

import html
import re

import attrs
import pytest

from silog_core.ports.section import Section, SectionSpec, Table
from silog_core.reports.report import RENDERERS, as_html, as_markdown, as_text, sections_of
from silog_core.reports.sections import SHOWN, built_in_sections
from silog_core.reports.words import words
from small_world import leg, planned, stocked, world

PLAN = planned(world(legs=(leg("PRINTER", "12.01"),)))
SHORT = planned(stocked(world(((((300,) * 9, (1,) * 9),),)), permille=500))


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_figures_stand_in_the_report(lang):
    """Places, voters and ballots, as people of that language write them."""
    text = as_text(sections_of(PLAN, lang=lang))
    say = words(lang)
    voters = {"en": "1,549", "id": "1.549"}[lang]
    ballots = {"en": "3,198", "id": "3.198"}[lang]

    for label, figure in (
        ("regencies", "1"), ("subdistricts", "2"), ("villages", "3"), ("stations", "5"),
        ("voters", voters), ("ballots", ballots),
    ):  # fmt: skip
        assert re.search(rf"^  {re.escape(say[label])} +{figure}$", text, re.MULTILINE), label


def test_both_languages_have_the_same_words_and_none_is_missing():
    """Whatever can be said in one language can be said in the other."""
    assert set(words("en")) == set(words("id"))
    assert all(words("en").values())
    assert all(words("id").values())


def figures(section):
    """Return the digits of every cell beside the labels, and the number of paragraphs."""
    cells = [re.sub(r"\D", "", c) for t in section.tables for row in t.rows for c in row[1:]]
    return cells, len(section.paragraphs)


def test_both_languages_tell_the_same_figures():
    """Section by section, the same numbers in the same places."""
    one, two = (sections_of(PLAN, lang=lang) for lang in ("en", "id"))

    assert [figures(s) for s in one] == [figures(s) for s in two]
    assert sum(len(figures(s)[0]) for s in one) > 20


@pytest.mark.parametrize("lang", ["en", "id"])
def test_long_lists_are_cut_and_counted(lang):
    """A report spells out the first and counts the rest: nothing is silently left out."""
    section = next(
        s for s in sections_of(SHORT, lang=lang) if s.title == words(lang)["shortfalls"]
    )
    total = len(SHORT.shortfalls) + len(SHORT.unserved)

    assert total > SHOWN
    assert SHOWN + 1 == len(section.paragraphs)
    assert str(total - SHOWN) in section.paragraphs[-1]


def test_findings_come_with_their_fix():
    """Each finding that is shown says what would help, in the reader's language."""
    first = SHORT.findings[0]
    for lang, message, fix in (
        ("en", first.message, first.fix), ("id", first.message_id, first.fix_id),
    ):  # fmt: skip
        assert f"{message}; {fix}" in as_text(sections_of(SHORT, lang=lang))


def test_what_has_nothing_to_say_says_so():
    """A plan without shortfalls shows the heading and that there are none."""
    section = next(s for s in sections_of(PLAN) if s.title == words("en")["shortfalls"])

    assert ("none",) == section.paragraphs


def test_a_section_that_fails_is_named():
    """A plugin's section that cannot be made leaves a note in its place, with the reason."""

    def broken(plan, lang):
        raise ValueError("no ink")

    specs = [*built_in_sections()[:1], SectionSpec(name="seals", title="Seals", render=broken)]
    for lang in ("en", "id"):
        sections = sections_of(PLAN, lang=lang, specs=specs)
        assert [PLAN.title, "seals"] == [s.title for s in sections]
        assert "no ink" in sections[1].paragraphs[0]


def test_accepted_failures_are_printed():
    """A plan that was made although a plugin failed says so in its report."""
    made = attrs.evolve(
        PLAN.provenance, accepted_degraded=("53",), plugins=(("region.12", "1"),)
    )
    text = as_text(sections_of(attrs.evolve(PLAN, provenance=made)))

    assert "Planned although a plugin failed" in text
    assert "region.12 1" in text


def test_html_and_markdown_escape_what_people_wrote():
    """Names with signs of the format show as they were written, and break nothing."""
    odd = Section(
        title="<Gudang> & co",
        paragraphs=("a < b",),
        tables=(Table(head=("x",), rows=(("a|b<script>",),)),),
    )

    assert "<script>" not in as_html([odd])
    assert "<Gudang> & co" in html.unescape(as_html([odd]))
    assert "a\\|b" in as_markdown([odd])


@pytest.mark.parametrize("ending", sorted(RENDERERS))
def test_every_format_holds_every_section(ending):
    """No format leaves a heading out."""
    for lang in ("en", "id"):
        sections = sections_of(PLAN, lang=lang)
        text = html.unescape(RENDERERS[ending](sections, lang))
        assert [s.title for s in sections if s.title not in text] == []
