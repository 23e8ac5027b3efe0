"""The files of a small scenario, and what is said of them when they are changed."""

from __future__ import annotations

from pathlib import Path

from scenario_head import HEAD
from silog_core.io.scenario_folder import check_scenario as check_folder

PLACES = """\
code,kind,region,name,lat,lon,parent,voters,flags
12.71,warehouse,12.71,Gudang KPU Medan,3.591,98.67,,,
12.71.01,hub,12.71.01,PPK Medan Kota,3.57,98.69,12.71,,
12.71.01.1001,village,12.71.01.1001,PPS Kotamatsum,3.575,98.695,12.71.01,,
12.71.01.1001-001,station,12.71.01.1001,TPS 1,3.576,98.696,12.71.01.1001,487,
12.71.01.1001-002,station,12.71.01.1001,TPS 2,,,12.71.01.1001,512,special flood-prone
"""
LEGS = """\
tail,head,mode,length_m,travel_s,cost,max_load_g,max_volume_cm3,months_closed
12.71,12.71.01,road,4200,900,15000,,,
12.71.01,12.71.01.1001,road,1500,400,,2000000,,12 1 2
"""


def folder(here, **files):
    """Make a folder: keyword ``places_csv`` is the content of ``places.csv``."""
    path = Path(here)
    for name, content in {"scenario_toml": HEAD, "places_csv": PLACES, **files}.items():
        if content is not None:
            raw = content if isinstance(content, bytes) else content.encode()
            (path / name.replace("_", ".")).write_bytes(raw)
    return path


def check_scenario(path):
    """Return the problems of a folder; each is said in both languages."""
    problems = check_folder(path)
    for p in problems:
        assert p.what != p.what_id
        assert p.fix != p.fix_id
    return problems


def only_problem(here, **files):
    """Return the one problem of a folder, as (row, column, what, fix)."""
    problems = check_scenario(folder(here, **files))
    assert len(problems) == 1, [str(p) for p in problems]
    p = problems[0]
    return p.row, p.column, p.what, p.fix
