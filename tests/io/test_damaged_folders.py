"""Whatever lies in a folder, the answer is a value or a sentence, never a crash."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plan_draws import plans
from scenario_draws import scenarios
from silog_core.errors import FileFormatError
from silog_core.io.plan_folder import plan_files, read_plan
from silog_core.io.plan_folder.writing import digest
from silog_core.io.scenario_folder import scenario_files
from silog_core.io.scenario_folder.reading import FILES, read_files

quick = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
#: Cells that people and programs really write.
cells = st.sampled_from(
    [
        *("", "0", "-1", "1.5", "1e9", "nan", "inf", "²", "1_000", "9" * 40, "true", "ID"),
        *("12.71", "12.71.01.1001-001", "12.71.01.1001-000", "12.71.99.9999-999", " 12.71 "),
        *("2024-02-30", "13", "NULL", "#REF!", "=1+1", "\x00", '"', "'", "a\nb"),
        *("station", "supplier", "\u0661\u0662", "\u0661\u0662.\u0667\u0661"),
    ]
)


@st.composite
def damaged(draw, files):
    """Return the files with a few cells, keys or bytes exchanged."""
    found = dict(files)
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(found)))
        lines = found[name].split(b"\n")
        at = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(["cell", "line", "twice", "cut", "byte", "gone"]))
        parts = lines[at].split(b",")
        if kind == "cell":
            parts[draw(st.integers(0, len(parts) - 1))] = draw(cells).encode()
            lines[at] = b",".join(parts)
        elif kind == "line":
            lines[at] = draw(cells).encode()
        elif kind == "twice":
            lines.insert(at, lines[at])
        elif kind == "cut":
            lines = lines[: at + 1]
        elif kind == "byte":
            lines[at] += draw(st.binary(max_size=3))
        found[name] = b"\n".join(lines)
        if kind == "gone" and len(found) > 1:
            del found[name]
    return found


@given(st.data())
@quick
def test_a_damaged_scenario_is_read_or_explained(data):
    """A scenario comes out exactly when there is no problem, and each has a fix."""
    files = data.draw(damaged(scenario_files(data.draw(scenarios()))))

    scenario, problems = read_files(files)

    assert (scenario is None) == bool(problems)
    assert all(p.what and p.fix and p.what_id and p.fix_id for p in problems)
    assert all(p.file in FILES and (p.row is None or p.row >= 1) for p in problems)


@given(st.dictionaries(st.sampled_from(FILES), st.binary(max_size=200)))
@quick
def test_any_bytes_are_read_or_explained(files):
    """Pictures, archives and noise have no scenario in them, and say so."""
    scenario, problems = read_files(files)

    assert scenario is None
    assert problems


@given(st.data())
@quick
def test_a_damaged_plan_is_read_or_explained(data):
    """Even when every digest was made to fit, a wrong table is an error of the library."""
    files = data.draw(damaged(plan_files(data.draw(plans()))))
    if "plan.json" in files:
        try:
            head = json.loads(files["plan.json"])
            head["sha256"] = {n: digest(files[n]) for n in head["sha256"] if n in files}
            files["plan.json"] = json.dumps(head).encode()
        except (ValueError, KeyError, TypeError, AttributeError):
            pass
    with TemporaryDirectory() as here:
        for name, content in files.items():
            (Path(here) / name).write_bytes(content)
        with suppress(FileFormatError):
            read_plan(here)


@pytest.mark.parametrize("depth", [10, 100_000])
def test_a_bomb_of_brackets_is_an_error_of_the_library(tmp_path, depth):
    """Neither file can exhaust the stack."""
    (tmp_path / "plan.json").write_bytes(b'{"format": ' + b"[" * depth)
    with pytest.raises(FileFormatError):
        read_plan(tmp_path)

    scenario, problems = read_files({"scenario.toml": b"title = " + b"[" * depth})

    assert scenario is None
    assert problems
