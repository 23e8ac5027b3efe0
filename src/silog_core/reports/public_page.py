"""One page about the boxes for everybody: both languages, no network, no other file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from silog_core.reports.public_lines import public_lines
from silog_core.reports.public_script import SCRIPT

#: Words of the page: Indonesian and English side by side.
_WORDS = {
    "title": ("Kotak TPS saya", "The box of my polling station"),
    "about": (
        "Di mana kotaknya, bersegel nomor berapa, dan siapa yang memeriksanya. Tanpa waktu,"
        " kendaraan, dan pengawalan.",
        "Where the box is, with which seals, and who verified them. Without times,"
        " vehicles and escorts.",
    ),
    "search": (
        "Cari kode TPS, kotak, atau segel",
        "Look for the code of a station, box or seal",
    ),
    "none": ("Tidak ada yang cocok.", "Nothing matches."),
    "more": (
        "Ketik lebih banyak: hanya sebagian ditampilkan",
        "Type more: only a part is shown",
    ),
    "script": (
        "Halaman ini memerlukan JavaScript; data yang sama ada dalam boxes.json.",
        "This page needs JavaScript; the same data is in boxes.json.",
    ),
    "station": ("TPS", "Station"),
    "stage": ("Tahap", "Stage"),
    "condition": ("Keadaan", "Condition"),
    "place": ("Tempat", "Place"),
    "holds": ("Isi", "Content"),
    "seals": ("Segel terpasang", "Seals on it"),
    "verified": ("diperiksa", "verified by"),
    "problems": ("Yang tidak cocok", "What does not match"),
    "way": ("di perjalanan", "on its way"),
    "record": (
        "Dari buku besar {origin}, {size} catatan, akar {root}.",
        "From the ledger {origin}, {size} records, root {root}.",
    ),
    "check": (
        "Cocokkan akar itu dengan checkpoint yang diumumkan.",
        "Compare that root with the published checkpoint.",
    ),
}
#: Words that stand in the boxes, which the script draws.
_DRAWN = (
    "station",
    "stage",
    "condition",
    "place",
    "holds",
    "seals",
    "verified",
    "problems",
    "way",
)
_STYLE = (
    "body{font:16px/1.5 sans-serif;margin:1em auto;max-width:48em;padding:0 1em;"
    "color:#111;background:#fff}input{font:inherit;width:100%;padding:.5em;"
    "box-sizing:border-box}article{border:1px solid #999;border-radius:6px;"
    "padding:.2em 1em;margin:1em 0}h2{font-size:1.1em;margin:.5em 0}dl{display:grid;"
    "grid-template-columns:max-content 1fr;gap:0 1em}dt{font-weight:bold}dd{margin:0}"
    ".bad{border-left:4px solid #b00;padding-left:.6em}[hidden]{display:none}"
    'body[data-lang="id"] [lang="en"],body[data-lang="en"] [lang="id"]{display:none}'
    "button{font:inherit;margin-right:.5em}"
)
#: Nothing may be fetched from anywhere.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
    " base-uri 'none'; form-action 'none'"
)


def public_page(data: Mapping[str, Any], *, lang: str = "id") -> str:
    """Return the public view of boxes as one HTML page.

    Args:
        data: ``ledger`` (origin, size, root) and ``boxes``, as `silog ledger public`
            writes them as JSON.
        lang: Language that it opens in, ``id`` or ``en``; both are in it.

    Example:
        >>> page = public_page(
        ...     {"ledger": {"origin": "silog/12", "size": 3, "root": "ab"}, "boxes": []}
        ... )
        >>> "silog/12" in page, "https:" in page
        (True, False)
    """
    ledger = data["ledger"]
    record = {k: escape(str(v)) for k, v in ledger.items()}
    title = _WORDS["title"][lang == "en"]
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f'<body data-lang="{lang}"><p><button value="id">Bahasa Indonesia</button>'
        '<button value="en">English</button></p>'
        f"<h1>{_both('title')}</h1><p>{_both('about')}</p>"
        f'<label for="q">{_both("search")}</label><input id="q" type="search">'
        f'<p id="none" hidden>{_both("none")}</p>\n'
        f'<p id="more" hidden>{_both("more")} (<span id="count"></span>)</p>'
        f'<noscript><p>{_both("script")}</p></noscript><div id="found"></div>\n'
        f'<script id="words" type="application/json">{_words()}</script>\n'
        f'<script id="boxes" type="application/json">{public_lines(data["boxes"])}</script>\n'
        f"<footer><p>{_both('record', **record)} {_both('check')}</p></footer>"
        f"<script>{SCRIPT}</script></body></html>\n"
    )


def _words() -> str:
    """Return the words that the script writes."""
    told = {k: _WORDS[k] for k in _DRAWN}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _both(key: str, **given: object) -> str:
    return _said(*(text.format(**given) for text in _WORDS[key]))


def _said(indonesian: str, english: str) -> str:
    """Return a text in both languages, of which one is shown."""
    if indonesian == english:
        return indonesian
    return f'<span lang="id">{indonesian}</span><span lang="en">{english}</span>'
