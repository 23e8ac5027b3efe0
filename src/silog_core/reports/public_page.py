"""One page about the boxes for everybody: both languages, no network, no other file."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from silog_core.domain.locale import number

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
#: Works on what stands in the page: it filters, and turns from one language to the other.
_SCRIPT = (
    "(function(){var f=document.getElementById('q'),n=document.getElementById('none'),"
    "a=[].slice.call(document.querySelectorAll('article'));"
    "function look(){var t=f.value.trim().toLowerCase(),k=0;a.forEach(function(e){"
    "var y=e.getAttribute('data-find').indexOf(t)>=0;e.hidden=!y;if(y)k++});n.hidden=k>0}"
    "f.addEventListener('input',look);"
    "[].forEach.call(document.querySelectorAll('button'),function(b){"
    "b.addEventListener('click',function(){document.body.setAttribute('data-lang',"
    "b.value)})});look()})();"
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
        + "".join(_article(box) for box in data["boxes"])
        + f"<footer><p>{_both('record', **record)} {_both('check')}</p></footer>"
        f"<script>{_SCRIPT}</script></body></html>\n"
    )


def _both(key: str, **given: object) -> str:
    return _said(*(text.format(**given) for text in _WORDS[key]))


def _said(indonesian: str, english: str) -> str:
    """Return a text in both languages, of which one is shown."""
    if indonesian == english:
        return indonesian
    return f'<span lang="id">{indonesian}</span><span lang="en">{english}</span>'


def _article(box: Mapping[str, Any]) -> str:
    read = [seal for step in box["steps"] for seal in step["seals"]]
    found = " ".join([box["station"], box["box"], *box["seals"], *read]).lower()
    place = escape(box["place"]) or _both("way")
    rows = [
        ("station", escape(box["station"])),
        ("stage", _said(escape(box["stage_id"]), escape(box["stage_en"]))),
        ("condition", _said(escape(box["condition_id"]), escape(box["condition"]))),
        ("place", place),
        ("holds", ", ".join(_held(one) for one in box["holds"]) or "-"),
        ("seals", escape(", ".join(box["seals"])) or "-"),
    ]
    lines = "".join(f"<dt>{_both(key)}</dt><dd>{value}</dd>" for key, value in rows)
    steps = "".join(f"<li>{_step(step)}</li>" for step in box["steps"])
    wrong = "".join(
        f"<li>{_said(escape(p['id']), escape(p['en']))}</li>" for p in box["problems"]
    )
    if wrong:
        wrong = f'<div class="bad"><b>{_both("problems")}</b><ul>{wrong}</ul></div>'
    return (
        f'<article data-find="{escape(found)}"><h2>{escape(box["box"])}</h2>'
        f"<dl>{lines}</dl><ol>{steps}</ol>{wrong}</article>\n"
    )


def _held(one: Mapping[str, Any]) -> str:
    name = escape(" ".join(filter(None, [one["item"], one["area"]])))
    pieces = _said(number(one["pieces"], "id"), number(one["pieces"], "en"))
    return f"{name}: {pieces}"


def _step(step: Mapping[str, Any]) -> str:
    by = ", ".join(
        f"{_said(escape(p['role_id']), escape(p['role_en']))} {escape(p['office'])}"
        for p in step["verified_by"]
    )
    where = f" ({escape(step['place'])})" if step["place"] else ""
    return (
        f"{_said(escape(step['step_id']), escape(step['step_en']))}{where}:"
        f" {escape(', '.join(step['seals'])) or '-'}; {_both('verified')} {by or '-'}"
    )
