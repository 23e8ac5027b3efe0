from __future__ import annotations

import pytest

from shared_data import shared
from silog_core.domain.flows import FlowProblem, MultiFlowProblem
from silog_core.errors import FileFormatError, ProblemInstanceError, SilogError
from silog_core.io.flow_files import read_dimacs, read_flow_file, read_multi_flow

DIMACS = "c a comment\np min 2 1\nn 1 4\nn 2 -4\na 1 2 0 9 3\n"
MULTI = "2\n1\n1\n1 2 7 9\n1 2 4\n"


def written(tmp_path, text, name="x.min"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_dimacs_is_read(tmp_path):
    """Nodes count from 0 and every number has its place."""
    expected = FlowProblem(
        supplies=(4, -4), tails=(0,), heads=(1,), lowers=(0,), uppers=(9,), costs=(3,)
    )

    assert expected == read_flow_file(written(tmp_path, DIMACS))


def test_multi_commodity_is_read(tmp_path):
    """Cost comes before capacity, as in the published sets."""
    expected = MultiFlowProblem(
        node_count=2,
        tails=(0,),
        heads=(1,),
        uppers=(9,),
        costs=(7,),
        origins=(0,),
        targets=(1,),
        amounts=(4,),
    )

    assert expected == read_flow_file(written(tmp_path, MULTI))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "no problem line"),
        ("p max 2 1\n", "not the one problem line"),
        ("p min 2 1\np min 2 1\n", "not the one problem line"),
        ("n 1 4\n", "before the problem line"),
        ("p min 2 1\nn 3 4\n", "there is no node 3"),
        ("p min 2 1\na 1 2 0 9\n", "4 numbers instead of 5"),
        ("p min 2 1\na 1 2 0 9.5 3\n", "'9.5' is no whole number"),
        ("p min 2 2\na 1 2 0 9 3\n", "states 2 arcs and has 1"),
        ("p min 2 1\nx\n", "unknown line 'x'"),
        ("p min 99999999999 1\n", "99999999999 nodes"),
    ],
)
def test_broken_dimacs_is_refused(tmp_path, text, word):
    """The message has the line, and a fix."""
    with pytest.raises(FileFormatError, match=word) as caught:
        read_dimacs(written(tmp_path, text))
    assert caught.value.fix


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("2\n1\n", "ends after 2 of 3"),
        ("2\n1\n1\n1 2 7 9\n", "ends after 0 of 1"),
        (MULTI + "1 2 3\n", "more lines"),
        ("2\n1\n1\n1 2 7\n1 2 4\n", "3 numbers instead of 4"),
    ],
)
def test_broken_multi_commodity_is_refused(tmp_path, text, word):
    """Counts and lines must agree."""
    with pytest.raises(FileFormatError, match=word):
        read_multi_flow(written(tmp_path, text, "x"))


def test_overflow_is_refused(tmp_path):
    """A number that a float could not hold names the file and the column."""
    with pytest.raises(ProblemInstanceError, match=r"x.min: FlowProblem.uppers .* overflow"):
        read_dimacs(written(tmp_path, DIMACS.replace("0 9 3", "0 99999999999999999999 3")))


def test_a_missing_file_is_an_error_with_a_fix(tmp_path):
    """No traceback of the operating system."""
    with pytest.raises(SilogError, match="cannot be read"):
        read_flow_file(tmp_path / "nothing")


def test_published_files_are_read():
    """All files of both sets have the sizes that their lists state."""
    assert 65536 == read_flow_file(shared("bench/mcf/netgen_8_13a.min")).arc_count
    assert 1085 == read_flow_file(shared("bench/mcnf/planar100")).commodity_count
