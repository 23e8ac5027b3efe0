"""A folder is written whole or not at all."""

from __future__ import annotations

import sys

import pytest

from silog_core.errors import StorageError
from silog_core.io.atomic_folder import write_folder

OWNED = ("head.json", "a.csv", "b.csv")


def content(folder):
    """Return names and bytes of a folder."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


def names(folder):
    """Return what a folder holds, hidden things too."""
    return sorted(p.name for p in folder.iterdir())


def test_new_files_take_the_place_of_old_ones(tmp_path):
    """What the new content lacks goes; what people put there stays."""
    target = write_folder(tmp_path / "x" / "plan", {"head.json": b"1", "a.csv": b"1"}, OWNED)
    (target / "note.txt").write_bytes(b"mine")
    (target / "photos").mkdir()
    (target / "photos" / "1.jpg").write_bytes(b"box")

    write_folder(target, {"head.json": b"2", "b.csv": b"2"}, OWNED)

    assert {"head.json": b"2", "b.csv": b"2", "note.txt": b"mine"} == content(target)
    assert b"box" == (target / "photos" / "1.jpg").read_bytes()
    assert ["plan"] == names(tmp_path / "x")


@pytest.mark.parametrize(
    "wrong", [OSError(28, "No space left on device"), KeyboardInterrupt()]
)
def test_an_interruption_leaves_what_was_there(tmp_path, monkeypatch, wrong):
    """A full disk and a key press are the same to the old folder."""
    target = write_folder(tmp_path / "plan", {"head.json": b"1", "a.csv": b"1"}, OWNED)
    before = content(target)

    def fail(_fd):
        raise wrong

    monkeypatch.setattr("silog_core.io.atomic_folder.os.fsync", fail)
    with pytest.raises((StorageError, KeyboardInterrupt)):
        write_folder(target, {"head.json": b"2"}, OWNED)

    assert before == content(target)
    assert ["plan"] == names(tmp_path)


def test_the_old_folder_comes_back_when_the_new_one_cannot_move_in(tmp_path, monkeypatch):
    """Between the two renames nothing is lost either."""
    target = write_folder(tmp_path / "plan", {"head.json": b"1"}, OWNED)
    rename = type(target).rename

    def refuse(self, to):
        if ".new-" in self.name:
            raise PermissionError(13, "Permission denied")
        return rename(self, to)

    monkeypatch.setattr(type(target), "rename", refuse)
    with pytest.raises(StorageError, match="Permission denied"):
        write_folder(target, {"head.json": b"2"}, OWNED)

    assert {"head.json": b"1"} == content(target)


def test_other_peoples_folders_and_the_current_one_are_refused(tmp_path, monkeypatch):
    """A slip in the path costs nobody a file."""
    (tmp_path / "thesis.doc").write_bytes(b"mine")
    with pytest.raises(StorageError, match=r"no head\.json"):
        write_folder(tmp_path, {"head.json": b"1"}, OWNED)
    with pytest.raises(StorageError, match="is a file"):
        write_folder(tmp_path / "thesis.doc", {"head.json": b"1"}, OWNED)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(StorageError, match="current folder"):
        write_folder(".", {"head.json": b"1"}, OWNED)

    assert ["here", "thesis.doc"] == names(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_still_leads_to_the_folder(tmp_path):
    """What a link points at is replaced, not the link."""
    target = write_folder(tmp_path / "plan", {"head.json": b"1"}, OWNED)
    (tmp_path / "latest").symlink_to(target)

    write_folder(tmp_path / "latest", {"head.json": b"2"}, OWNED)

    assert {"head.json": b"2"} == content(target)
    assert (tmp_path / "latest").is_symlink()
