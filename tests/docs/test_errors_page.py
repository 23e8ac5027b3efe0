"""docs/errors.md lists every code that the library can say, and no other."""

from __future__ import annotations

import inspect
import pkgutil
import re
from importlib import import_module

from doc_pages import DOCS, first_cells
from silog_core import errors
from silog_core.domain import problems
from silog_core.domain.allocation import ShortCode
from silog_core.planning import check, unserved
from silog_core.planning.replanning import texts
from silog_core.risk import finding_texts

PAGE = DOCS / "errors.md"


def _classes():
    return {
        value.__name__: value
        for module in (errors, problems)
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, errors.SilogError)
    }


def test_errors_are_complete():
    """Each error class stands on the page with its code."""
    text = PAGE.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (SLG\d{3}) \|", text, re.MULTILINE))

    assert {name: kind.code for name, kind in _classes().items()} == rows


def test_codes_are_unique():
    """No two classes share a code."""
    codes = [kind.code for kind in _classes().values()]

    assert len(codes) == len(set(codes))


def test_findings_are_complete():
    """Each finding of the built-in checks stands on the page."""
    assert sorted(finding_texts._TEXTS) == sorted(first_cells(PAGE, "Findings"))


def test_shortfalls_are_complete():
    """Each reason for a shortfall stands on the page."""
    assert sorted(c.value for c in ShortCode) == sorted(first_cells(PAGE, "Shortfalls"))


def test_unserved_kits_are_complete():
    """Each reason for a kit that is not carried stands on the page."""
    assert sorted(unserved._TEXTS) == sorted(first_cells(PAGE, "Unserved kits"))


def test_stations_at_risk_are_complete():
    """Each reason for a station that is at risk after incidents stands on the page."""
    listed = re.findall(r"[\w-]+", " ".join(first_cells(PAGE, "Stations at risk")))

    assert sorted(texts._REASONS) == sorted(listed)


def test_violations_are_complete():
    """Each code in the source of the checker stands on the page."""
    modules = [
        import_module(f"{check.__name__}.{found.name}")
        for found in pkgutil.iter_modules(check.__path__)
    ]
    said = r'(?:_bad\(\s*|code=)"([\w-]+)"'
    used = {c for m in modules for c in re.findall(said, inspect.getsource(m))}
    listed = re.findall(r"[\w-]+", " ".join(first_cells(PAGE, "Violations")))

    assert sorted(used) == sorted(listed)


def test_codes_are_complete_in_indonesian():
    """The Indonesian how-to has each finding, shortfall and reason of a kit."""
    heading = "Menindaklanjuti temuan dan kekurangan"
    wanted = [*finding_texts._TEXTS, *(c.value for c in ShortCode), *unserved._TEXTS]

    assert sorted(wanted) == sorted(first_cells(DOCS / "id" / "how-to.md", heading))
