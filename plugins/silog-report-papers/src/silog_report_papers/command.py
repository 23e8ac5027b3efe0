"""``silog papers``: delivery notes of a plan."""

from __future__ import annotations

from pathlib import Path

import click

from silog_core.domain.plan import ECHELON_TRIPS
from silog_core.io.plan_folder import read_plan
from silog_report_papers.delivery_note import delivery_note


@click.command("papers")
@click.argument("plan", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to fill.")
@click.option("--echelon", type=click.Choice(ECHELON_TRIPS), default="warehouse-hub",
              show_default=True, help="Kind of trips.")  # fmt: skip
@click.option("--home", default=None, help="Only trips from this place.")
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", show_default=True)
def papers_command(plan: Path, out: Path, echelon: str, home: str | None, lang: str) -> None:
    """Write a delivery note (surat jalan) for each trip of PLAN."""
    found = read_plan(plan)
    trips = [t for t in found.trips if t.echelon == echelon and home in {None, t.home}]
    out.mkdir(parents=True, exist_ok=True)
    for trip in trips:
        (out / f"{trip.id}.md").write_text(delivery_note(found, trip, lang), encoding="utf-8")
    click.echo(f"{len(trips)} > {out}")
