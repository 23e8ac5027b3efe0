"""A real browser without a window: reads a page, takes its picture, prints it."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
BROWSER = next((found for name in NAMES if (found := shutil.which(name))), None)
#: Which scheme the browser says that its user prefers.
SCHEMES = {"dark": 0, "light": 1}
#: Asks the page, when it has been laid out, what a reader would see.
_PROBE = """
<script>addEventListener('load', () => {
  const box = e => { const r = e.getBoundingClientRect(); return [r.width, r.height]; };
  const bright = c => { const v = c.match(/[\\d.]+/g).map(Number);
                        return 0.299 * v[0] + 0.587 * v[1] + 0.114 * v[2]; };
  const said = {
    drawings: [...document.querySelectorAll('svg')].map(s => ({
      size: box(s), shapes: s.querySelectorAll('rect,line,circle').length,
      name: document.getElementById(s.getAttribute('aria-labelledby').split(' ')[0])
            ?.textContent ?? '',
      paper: bright(getComputedStyle(s.parentElement).backgroundColor)})),
    ids: [...document.querySelectorAll('[id]')].map(e => e.id),
    ink: bright(getComputedStyle(document.body).color),
    paper: bright(getComputedStyle(document.body).backgroundColor),
    fetched: performance.getEntriesByType('resource').length,
    outside: document.querySelectorAll('[src],link[href]').length,
    lang: document.documentElement.lang, headings: document.querySelectorAll('h2').length,
    width: [document.documentElement.scrollWidth, innerWidth]};
  const pre = document.createElement('pre'); pre.id = 'probe';
  pre.textContent = JSON.stringify(said); document.body.append(pre);
});</script>
"""


def probe(page, folder, scheme="light"):
    """Return what the page says of itself in a browser that prefers a scheme."""
    asked = folder / f"probe-{scheme}.html"
    text = page.read_text(encoding="utf-8")
    asked.write_text(text.replace("</body>", f"{_PROBE}</body>"), encoding="utf-8")
    dom = run("--dump-dom", asked, scheme, folder)
    return json.loads(html.unescape(re.search(r'<pre id="probe">(.*?)</pre>', dom, re.S)[1]))


def printed(page, folder):
    """Return the bytes of the page printed to PDF."""
    pdf = folder / "printed.pdf"
    run(f"--print-to-pdf={pdf}", page, "light", folder)
    return pdf.read_bytes()


def run(what, page, scheme, folder):
    """Run the browser on a local page, without any network, and return its output."""
    command = [
        BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-extensions",
        "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder / 'profile'}",
        f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}",
        "--window-size=1200,900", what, page.as_uri(),
    ]  # fmt: skip
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=True
    ).stdout
