"""Install plugins into a folder, the way pip would leave them there."""

from __future__ import annotations

from importlib.metadata import EntryPoint, distributions
from pathlib import Path
from textwrap import dedent


def install(
    root: Path,
    distribution: str,
    entry: str,
    body: str,
    *,
    version: str = "1.0",
    group: str = "silog.v1",
) -> None:
    """Write a distribution with one module, whose entry point is *entry*."""
    module = distribution.replace("-", "_")
    (root / f"{module}.py").write_text(dedent(body), encoding="utf-8")
    info = root / f"{module}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text(
        f"[{group}]\n{entry} = {module}\n", encoding="utf-8"
    )


def points(root: Path) -> list[EntryPoint]:
    """Return the entry points of what is installed in a folder, and nowhere else."""
    return [point for found in distributions(path=[str(root)]) for point in found.entry_points]


HEAD = """\
from silog_core.domain.needs_rules import NeedsRule
from silog_core.plugins import Manifest, hookimpl


@hookimpl
def silog_manifest():
    return Manifest(title="A pack", regions=("{region}",))


"""

RATE = """\
@hookimpl
def silog_needs_rules(election):
    return [
        NeedsRule(
            scope="{scope}",
            source="a decree",
            election=election,
            item="{item}",
            per="station",
            quantity=2,
        )
    ]
"""


def pack(region: str, *, scope: str = "", item: str = "box", rest: str = RATE) -> str:
    """Return the text of a region pack."""
    return (HEAD + rest).replace("{region}", region).replace(
        "{scope}", scope or region
    ).replace("{item}", item)  # fmt: skip
