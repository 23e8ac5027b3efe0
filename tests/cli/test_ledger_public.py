"""``silog ledger public``: a folder that anybody may open, without a network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from html.parser import HTMLParser

import attrs
import pytest
from click.testing import CliRunner

from custody_world import honest, renumbered
from silog_core.cli.main import cli
from silog_core.custody.export_jsonl import events_jsonl
from silog_core.domain.custody_kinds import Kind

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
    assert 3 == len(boxes) == text.count("<article")
    assert "silog/<12.71>" in unescape(text)
    assert "silog/<12.71>" not in text
    assert all(box["box"] in text for box in boxes)
    assert "default-src 'none'" in text


def test_both_languages_are_in_the_page(folder):
    """Each text stands in Indonesian and in English, and one of them is shown."""
    text = (folder / "index.html").read_text("utf-8")

    assert text.count('<span lang="id">') == text.count('<span lang="en">') > 30
    assert '<body data-lang="id">' in text
    assert "Kotak TPS saya" in text
    assert "The box of my polling station" in text


def test_no_carrier_and_no_time_is_in_the_folder(folder):
    """The firm that drove, papers and years are nowhere."""
    text = (folder / "index.html").read_text("utf-8") + (folder / "boxes.json").read_text(
        "utf-8"
    )
    sent = next(e for e in honest(1) if e.kind is Kind.DISPATCHED)

    assert sent.receiver.office not in text
    assert sent.document not in text
    assert "2024" not in text


_DRIVER = """
const fs = require('fs');
const text = fs.readFileSync(process.argv[2], 'utf8');
const script = /<script>([\\s\\S]*)<\\/script>/.exec(text)[1];
const found = [...text.matchAll(/<article data-find="([^"]*)"/g)].map(m => m[1]);
const articles = found.map(f => ({hidden: false, getAttribute: () => f}));
const on = {};
const box = {value: '', addEventListener: (_, f) => { on.input = f; }};
const none = {hidden: true}, body = {};
const buttons = ['id', 'en'].map(v => ({value: v, addEventListener: (_, f) => { on[v] = f; }}));
global.document = {
  getElementById: name => name === 'q' ? box : none,
  querySelectorAll: what => what === 'article' ? articles : buttons,
  body: {setAttribute: (name, value) => { body[name] = value; }},
};
eval(script);
const shown = t => { box.value = t; on.input(); return articles.filter(a => !a.hidden).length; };
const counts = [shown(''), shown(process.argv[3]), shown('nowhere')];
on.en();
console.log(JSON.stringify([counts, none.hidden, body['data-lang']]));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node to run the script")
def test_the_script_of_the_page_filters_and_turns(folder, tmp_path):
    """A code shows its one box, an unknown one the notice; the language turns."""
    (tmp_path / "driver.js").write_text(_DRIVER, "utf-8")
    station = honest(1)[-1].units[0].removeprefix("BOX-")
    done = subprocess.run(
        ["node", tmp_path / "driver.js", folder / "index.html", station],
        capture_output=True,
        check=True,
        text=True,
    )

    assert [[3, 1, 0], False, "en"] == json.loads(done.stdout)
