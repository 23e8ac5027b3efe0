"""The pages of the ledger do what they say, in both languages."""

from __future__ import annotations

import re

import pytest

from doc_pages import DOCS, blocks, run_page, silog_runs
from silog_core.custody.checkup_texts import DAMAGES, MENDS
from silog_core.custody.verify_texts import TEXTS

PAGES = ("ledger.md", "id/buku-besar.md")


@pytest.mark.parametrize("page", PAGES)
def test_page_runs(page, tmp_path, monkeypatch):
    """Each command ends as told, and prints what stands below it."""
    monkeypatch.chdir(tmp_path)
    lang = "id" if page.startswith("id/") else "en"

    assert run_page(DOCS / page, tmp_path, {"SILOG_LANG": lang}) >= 25


def test_both_pages_are_the_same():
    """The Indonesian page has the files and commands of the English one."""
    one, two = (blocks(DOCS / page) for page in PAGES)

    assert [b.mark for b in one] == [b.mark for b in two]
    assert [silog_runs(b.body) for b in one if b.kind == "sh"] == [
        silog_runs(b.body) for b in two if b.kind == "sh"
    ]


@pytest.mark.parametrize("page", PAGES)
def test_every_damage_stands_on_the_page(page):
    """What fsck can say of a ledger is told with its remedy."""
    text = (DOCS / page).read_text("utf-8")

    assert {*TEXTS, *DAMAGES} - {"length"} == set(MENDS)
    assert [] == [
        code
        for code in MENDS
        if f"`{code}`" not in text and code not in {"no-ledger", "known", "witnesses"}
    ]


def test_proofs_say_the_same_in_both_languages():
    """As many proofs, threats and names of faults on the Indonesian page."""
    one, two = (
        (DOCS / page).read_text("utf-8")
        for page in ("custody-proofs.md", "id/bukti-penguasaan.md")
    )

    assert one.count("\n| ") == two.count("\n| ")
    assert re.findall(r"`[^`]+`", one) == re.findall(r"`[^`]+`", two)
