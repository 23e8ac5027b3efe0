"""Links between pages lead to files and headings that are there."""

from __future__ import annotations

import re

import pytest

from doc_pages import DOCS, PAGES, ROOT

READMES = [ROOT / "README.md", *sorted(ROOT.glob("plugins/silog-*/README.md"))]


def _without_code(page):
    return re.sub(
        r"^```.*?^```$|`[^`\n]*`",
        "",
        page.read_text(encoding="utf-8"),
        flags=re.DOTALL | re.MULTILINE,
    )


def _anchors(page):
    """Return the anchors of a page's headings, as GitHub makes them."""
    text = re.sub(
        r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


def _targets(page):
    return re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", _without_code(page))


@pytest.mark.parametrize("page", [*PAGES, *READMES], ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """Each relative link names a file, and a heading of it."""
    broken = []
    for target in _targets(page):
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in _anchors(file)):
            broken.append(target)

    assert [] == broken


def test_every_page_is_in_the_index():
    """Each page is named in an index, so that readers find it."""
    listed = {
        (index.parent / target.partition("#")[0]).resolve()
        for index in (DOCS / "README.md", DOCS / "id" / "README.md")
        for target in _targets(index)
    }
    indexes = {DOCS / "README.md", DOCS / "id" / "README.md"}

    assert [] == [str(p) for p in PAGES if p not in listed | indexes]
