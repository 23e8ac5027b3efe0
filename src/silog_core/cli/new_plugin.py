"""Write a new plugin from the template: it installs and passes its suite, unedited."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from silog_core.domain.regions import RegionCode
from silog_core.errors import FieldError, StorageError

#: Kind to what its entry point begins with, and its distribution.
KINDS = {
    "region": ("region", "silog-region-id"),
    "store": ("store", "silog-store"),
    "check": ("checks", "silog-checks"),
    "solver": ("solver", "silog-solver"),
}
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def new_plugin(kind: str, name: str, parent: Path, *, title: str = "") -> Path:
    """Write a plugin into a new folder of *parent*, and return the folder.

    Args:
        kind: region, store, check or solver.
        name: Code of the region, or a short name in small letters.
        parent: Folder in which the plugin's own folder is made.
        title: What people call it.

    Raises:
        FieldError: Kind or name does not fit.
        StorageError: The folder is there already.
    """
    if kind not in KINDS:
        raise FieldError(f"there is no kind {kind!r}", f"use one of {', '.join(KINDS)}")
    if kind == "region":
        RegionCode.parse(name)
    elif not _NAME.fullmatch(name):
        raise FieldError(
            f"{name!r} is no name for a {kind}", "use small letters, digits and single hyphens"
        )
    prefix, stem = KINDS[kind]
    distribution = f"{stem}-{name.lower().replace('.', '-')}"
    target = parent / distribution
    if target.exists():
        raise StorageError(f"{target} is there already", "remove it, or choose another name")
    texts = {
        "name": name,
        "distribution": distribution,
        "package": distribution.replace("-", "_"),
        "entry": f"{prefix}.{name}",
        "title": title or (f"Region {name}" if kind == "region" else name.capitalize()),
        "dependencies": ", ".join(
            f'"{needed}"'
            for needed in ("silog-core", *(["silog-region-id"] if kind == "region" else []))
        ),
    }
    root = _templates()
    for part in ("common", kind):
        _copy(root / part, target, texts)
    return target


def _templates() -> Traversable:
    """Return the folder of templates: inside the wheel, or of the repository."""
    packed = files("silog_core.cli") / "_template"
    if packed.is_dir():
        return packed
    return Path(__file__).parents[3] / "plugins" / "_template"


def _copy(source: Traversable, target: Path, texts: Mapping[str, str]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in sorted(source.iterdir(), key=lambda e: e.name):
        if entry.name == "__pycache__":
            continue
        path = target / _filled(entry.name, texts)
        if entry.is_dir():
            _copy(entry, path, texts)
        else:
            path.write_text(
                _filled(entry.read_text(encoding="utf-8"), texts), encoding="utf-8"
            )


def _filled(text: str, texts: Mapping[str, str]) -> str:
    for name, value in texts.items():
        text = text.replace(f"@@{name}@@", value)
    return text
