"""``silog ledger public``: a folder that anybody may open, without a network."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser

import attrs
import pytest
from click.testing import CliRunner

from custody_world import honest, renumbered
from real_browser import BROWSER, run
from silog_core.cli.main import cli
from silog_core.custody.export_jsonl import events_jsonl
from silog_core.domain.custody_kinds import Kind
from silog_core.reports.public_page import public_page

ENV = {"SILOG_PLUGINS": "region.ID", "SILOG_LANG": "id"}


def silog(*words):
    """Run the program in this process."""
    return CliRunner().invoke(cli, ["ledger", *map(str, words)], env=ENV)


@pytest.fixture
def folder(tmp_path):
    """Return the folder that is made of the record of three stations."""
    named = [attrs.evolve(e, device=e.device.replace(" ", "-")) for e in honest(3)]
    (tmp_path / "e.jsonl").write_bytes(b"".join(events_jsonl(renumbered(named))))
    silog("init", tmp_path / "r.db", "--origin", "silog/<12.71>")
    assert 0 == silog("import", tmp_path / "r.db", tmp_path / "e.jsonl").exit_code
    done = silog("public", tmp_path / "r.db", "--out", tmp_path / "public")
    assert 0 == done.exit_code, done.output
    return tmp_path / "public"


class _Page(HTMLParser):
    """Tags and their attributes, and whether every tag is closed."""

    def __init__(self):
        super().__init__()
        self.open, self.attributes = [], []

    def handle_starttag(self, tag, attrs):
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag not in {"meta", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag == self.open.pop()


def test_the_page_is_whole_and_fetches_nothing(folder):
    """Every tag closes, nothing refers to a file or an address, all boxes are in it."""
    text = (folder / "index.html").read_text("utf-8")
    page = _Page()
    page.feed(text)
    boxes = json.loads((folder / "boxes.json").read_text("utf-8"))["boxes"]

    assert [] == page.open
    assert not {"src", "href", "action", "srcset"} & {a[1] for a in page.attributes}
    assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttpRequest", text)
    assert 3 == len(boxes)
    assert "silog/<12.71>" in unescape(text)
    assert "silog/<12.71>" not in text
    assert all(box["box"] in text for box in boxes)
    assert "default-src 'none'" in text


def test_a_box_takes_less_than_a_kilobyte(folder):
    """What many boxes share stands once; a regency's page is read on any phone."""
    page = (folder / "index.html").read_text("utf-8")
    block = re.search(r'<script id="boxes" type="application/json">(.*?)</script>', page, re.S)
    lines = json.loads(block[1])["boxes"]

    assert 3 == len(lines)
    assert all(len(json.dumps(line, separators=(",", ":"))) < 1000 for line in lines)
    assert {"words", "texts", "parties", "boxes"} == set(json.loads(block[1]))


def test_no_carrier_and_no_time_is_in_the_folder(folder):
    """The firm that drove, papers and years are nowhere."""
    text = (folder / "index.html").read_text("utf-8") + (folder / "boxes.json").read_text(
        "utf-8"
    )
    sent = next(e for e in honest(1) if e.kind is Kind.DISPATCHED)

    assert sent.receiver.office not in text
    assert sent.document not in text
    assert "2024" not in text


#: Types into the page, turns its language, and writes down what a reader then sees.
_READER = """
<script>addEventListener('load', () => {
  const field = document.getElementById('q');
  const look = text => {
    field.value = text; field.dispatchEvent(new Event('input'));
    return [document.querySelectorAll('article').length,
            getComputedStyle(document.getElementById('none')).display != 'none'];
  };
  const seen = () => document.querySelector('article').innerText;
  const said = {all: look(''), texts: [], broken: document.querySelectorAll('b.x').length,
                one: look(CODE), nowhere: look('nowhere'), again: look(CODE)};
  for (const lang of ['id', 'en']) {
    document.querySelector(`button[value=${lang}]`).click();
    said.texts.push(seen());
  }
  said.fetched = performance.getEntriesByType('resource').length;
  said.width = [document.documentElement.scrollWidth, innerWidth];
  const pre = document.createElement('pre'); pre.id = 'reader';
  pre.textContent = JSON.stringify(said); document.body.append(pre);
});</script>
"""


def _as_read(page, code, home):
    """Return what a reader sees who looks for *code* on a page."""
    asked = home / "reader.html"
    reader = _READER.replace("CODE", json.dumps(code))
    text = page.read_text("utf-8").replace("</body>", reader + "</body>")
    asked.write_text(text, "utf-8")
    dom = run("--dump-dom", asked, "light", home)
    return json.loads(unescape(re.search(r'<pre id="reader">(.*?)</pre>', dom, re.S)[1]))


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here")
def test_a_villager_finds_one_box_in_a_browser(folder, tmp_path):
    """A code shows its one box, an unknown one the notice; the language turns."""
    boxes = json.loads((folder / "boxes.json").read_text("utf-8"))["boxes"]
    box = boxes[1]
    seen = _as_read(folder / "index.html", box["station"], tmp_path)
    indonesian, english = seen["texts"]

    assert ([3, False], [1, False], [0, True]) == (seen["all"], seen["one"], seen["nowhere"])
    assert 0 == seen["fetched"]
    assert seen["width"][0] <= seen["width"][1]
    for text in (indonesian, english):
        assert box["box"] in text
        assert box["place"] in text
        assert all(seal in text for step in box["steps"] for seal in step["seals"])
        assert all(by["office"] in text for s in box["steps"] for by in s["verified_by"])
        assert ": 100" in text
    assert box["stage_id"] in indonesian
    assert "diperiksa" in indonesian
    assert box["stage_en"] in english
    assert "verified by" in english
    assert "diperiksa" not in english
    for name, text in (("step_id", indonesian), ("step_en", english)):
        assert all(step[name] in text for step in box["steps"])


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here")
def test_signs_of_markup_in_the_record_stay_text(tmp_path):
    """A code that looks like markup neither ends the page's data nor becomes an element."""
    sign = "</script><b class='x'>&\u2028"
    box = {
        "box": f"BOX{sign}", "station": "12.71.01.1001-001", "stage_id": "a", "stage_en": "b",
        "condition_id": "baik", "condition": "good", "place": sign, "seals": [sign],
        "holds": [{"item": "ballot", "area": sign, "pieces": 1_234_567}],
        "steps": [], "problems": [{"id": sign, "en": "other"}],
    }  # fmt: skip
    ledger = {"origin": "silog/12", "size": 3, "root": "ab"}
    page = tmp_path / "index.html"
    page.write_text(public_page({"ledger": ledger, "boxes": [box]}), "utf-8")
    seen = _as_read(page, "script", tmp_path)

    assert (1, 0) == (seen["one"][0], seen["broken"])
    assert "</script><b class='x'>&" in seen["texts"][0]
    assert "1.234.567" in seen["texts"][0]
    assert "1,234,567" in seen["texts"][1]
