"""The reference of hooks and laws, written from the specs and suites themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from silog_core.plugins import specs
from silog_core.plugins.markers import SPECS

#: Hooks in the order of the page: regions, checks, what is chosen by name, what is seen.
ORDER = (
    "silog_manifest",
    "silog_needs_rules",
    "silog_calendars",
    "silog_leg_speeds",
    "silog_leg_closures",
    "silog_vehicle_limits",
    "silog_validators",
    "silog_risk_checks",
    "silog_mitigations",
    "silog_stores",
    "silog_allocation_solvers",
    "silog_routing_solvers",
    "silog_executors",
    "silog_importers",
    "silog_exporters",
    "silog_report_sections",
    "silog_cli_commands",
)


def hook_sections() -> str:
    """Return a Markdown section for every hook: its data, then its docstring.

    Example:
        >>> hook_sections().splitlines()[0]
        '## silog_manifest()'
    """
    text = "\n".join(line for name in ORDER for line in _section(name))
    # Docstrings mark code with two signs, Markdown with one; fences have three.
    return re.sub(r"(?<!`)``(?!`)", "`", text)


def _section(name: str) -> Iterator[str]:
    spec = SPECS[name]
    gives = ", ".join(f"`{kind.__name__}`" for kind in spec.gives) or "nothing"
    yield f"## {name}({', '.join(spec.arguments)})"
    yield ""
    yield (
        f"Gives {gives}. Combine: **{spec.combine.value}**."
        f" When it fails: **{spec.on_error.value}**. Since hook API {spec.since}."
    )
    yield ""
    yield from _body(inspect.getdoc(getattr(specs, name)) or "")


def _body(doc: str) -> Iterator[str]:
    """Yield a Google-style docstring as Markdown; its example stays a doctest."""
    part = ""
    for line in doc.splitlines():
        if line in ("Args:", "Returns:", "Example:"):
            part = line
            yield f"**{line.rstrip(':')}**"
            yield ""
            if part == "Example:":
                yield "```python"
        elif part == "Args:" and line.startswith("    ") and not line.startswith("     "):
            argument, _, meaning = line.strip().partition(": ")
            yield f"- `{argument}`: {meaning}"
        elif part and line.startswith("    "):
            yield line[4:]
        else:
            yield line
    if part == "Example:":
        # The empty line ends the doctest's expected output.
        yield from ("", "```")
    yield ""
