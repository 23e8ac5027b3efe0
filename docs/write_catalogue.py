"""Write the generated tables of custody anew: python docs/write_catalogue.py."""

from __future__ import annotations

from pathlib import Path

from silog_core.custody import catalogue_tables as tables

HERE = Path(__file__).parent
PAGES = (HERE / "custody-catalogue.md", HERE / "id" / "masalah-penguasaan.md")
PARTS = {
    "kinds": tables.kinds_table,
    "epcis": tables.epcis_table,
    "stages": tables.stages_table,
    "problems": tables.problems_table,
    "masalah": lambda: tables.problems_table("id"),
}


def renewed(text: str) -> str:
    """Return a page with its generated tables as the code says them now."""
    for name, table in PARTS.items():
        start, end = f"<!-- generated: {name} -->\n", f"<!-- end: {name} -->"
        if start in text:
            before, _start, rest = text.partition(start)
            text = f"{before}{start}\n{table()}\n\n{end}{rest.partition(end)[2]}"
    return text


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")
