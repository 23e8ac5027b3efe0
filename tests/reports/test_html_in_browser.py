"""The page of a plan, opened in a real browser: both languages, light, dark, on paper."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from real_browser import BROWSER, printed, probe
from silog_core.cli.main import cli
from silog_core.cli.reading import SCENARIO_FOLDER
from silog_core.io.plan_folder import write_plan
from silog_core.io.scenario_folder import write_scenario
from silog_core.plugins.examples import load_example
from silog_core.session import Session

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here")
TITLES = {
    "en": ("Stages and waves", "Legs on which most voters hang"),
    "id": ("Tahap dan gelombang", "Ruas yang menopang pemilih terbanyak"),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The report of a small example, as `silog report` writes it, by language."""
    home = tmp_path_factory.mktemp("browser")
    scenario = load_example("natuna-2024")
    with Session() as session:
        write_plan(session.plan(scenario, seed=1), home / "plan")
    write_scenario(scenario, home / "plan" / SCENARIO_FOLDER)
    for lang in TITLES:
        out = home / f"report.{lang}.html"
        command = ["report", str(home / "plan"), "--out", str(out), "--lang", lang]
        assert 0 == CliRunner().invoke(cli, command).exit_code
    return home


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "id"])
def test_both_drawings_are_seen(pages, lang, scheme):
    """Laid out with a size, named in the language, on white paper; text can be read."""
    seen = probe(pages / f"report.{lang}.html", pages, scheme)

    assert lang == seen["lang"]
    assert 2 == len(seen["drawings"])
    for drawing, title in zip(seen["drawings"], TITLES[lang], strict=True):
        assert drawing["name"].startswith(title)
        assert min(drawing["size"]) > 50
        assert drawing["shapes"] > 5
        assert drawing["paper"] > 250
    assert len(seen["ids"]) == len(set(seen["ids"]))
    assert abs(seen["ink"] - seen["paper"]) > 150
    assert (seen["paper"] < 100) == (scheme == "dark")
    # Wide drawings scroll in their frame; the page itself does not.
    assert seen["width"][0] <= seen["width"][1]


def test_the_page_needs_no_network(pages):
    """Nothing is fetched, and nothing names a file or host to fetch from."""
    seen = probe(pages / "report.en.html", pages)

    assert 0 == seen["fetched"] == seen["outside"]


def test_the_page_prints(pages):
    """A PDF with at least a page for its text and one for its drawings."""
    pdf = printed(pages / "report.id.html", pages)

    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") >= 2
