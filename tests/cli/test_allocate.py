from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from shared_data import shared
from silog_core.cli.allocate import allocate_command


def run(*args):
    return CliRunner().invoke(allocate_command, [str(a) for a in args])


def test_json_has_the_documented_keys():
    """Programs find cost, flows numbered as in the file, and what lacks."""
    done = run(shared("bench/mcf/diamond_graph.min"), "--json")
    answer = json.loads(done.output)

    assert 0 == done.exit_code
    assert ["solver", "cost", "flows", "unmet", "seconds"] == list(answer)
    assert (80, [[1, 2, 10], [2, 4, 10]], 0) == (
        answer["cost"],
        answer["flows"],
        answer["unmet"],
    )


def test_a_multi_commodity_file_is_told_by_its_content():
    """The summary states the gap."""
    done = run(shared("bench/mcnf/grid1"))

    assert 0 == done.exit_code
    assert "gap" in done.output


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("p min 2 1\nn 1 4\nn 2 -4\na 1 2 0 3 1\n", 1, "unmet   1"),
        ("p min 2 1\na 1 2 0 3 1.5\n", 2, "SLG600"),
        ("p min 2 1\na 1 2 0 99999999999999999999 1\n", 2, "overflow"),
    ],
)
def test_exit_codes(tmp_path, text, code, word):
    """1 when units lack, 2 when the file is wrong."""
    file = tmp_path / "x.min"
    file.write_text(text, encoding="utf-8")
    done = run(file)

    assert code == done.exit_code
    assert word in done.output


BAD = [
    "",
    "hello\n",
    "p min 2 1\n",
    "p min 2 1\nn 1 NaN\na 1 2 0 3 1\n",
    "p min 2 1\nn 1 1e400\na 1 2 0 3 1\n",
    "p min 2 1\nn 1 3.5\na 1 2 0 3 1\n",
    f"p min 2 1\nn 1 {2**70}\na 1 2 0 3 1\n",
    "p min 2 1\na 1 2 0 -3 1\n",
    "p min 2 1\na 1 2 5 3 1\n",
    "p min 2 1\na 1 9 0 3 1\n",
    "p min 2 1\nn 9 3\na 1 2 0 3 1\n",
    f"p min {2**70} 1\na 1 2 0 3 1\n",
]


@pytest.mark.parametrize("number", range(len(BAD)))
def test_a_bad_file_is_refused_with_a_fix(tmp_path, number):
    """Nothing, text, NaN, fractions, overflow and unknown nodes: exit code 2, and how to mend."""
    file = tmp_path / "x.min"
    file.write_text(BAD[number], encoding="utf-8")
    done = run(file)

    assert 2 == done.exit_code
    assert "fix:" in done.output


def test_an_unknown_solver_is_bad_usage():
    """The message names the solver."""
    done = run(shared("bench/mcf/diamond_graph.min"), "--solver", "nobody")

    assert 2 == done.exit_code
    assert "nobody" in done.output
