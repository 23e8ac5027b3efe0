"""What is installed, as data for the command and for programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from silog_core.domain.elections import ElectionKind
from silog_core.plugins.facade import PluginHost
from silog_core.plugins.failures import PluginFailure
from silog_core.plugins.markers import HOOK_API, SPECS, HookSpec

#: Voting day that hooks are asked about when nothing else is said.
SAMPLE_DAY = date(2024, 11, 27)


def ask_everything(host: PluginHost, *, day: date = SAMPLE_DAY) -> None:
    """Import every plugin and ask every hook that only returns data, to see what fails."""
    host.load_all()
    for kind in ElectionKind:
        host.contributions(kind, day.year)
    for hook in SPECS:
        if not SPECS[hook].arguments and hook != "silog_manifest":
            host.rehearse(hook)


def listed(host: PluginHost) -> dict[str, Any]:
    """Return plugins, hook API and failures as plain data.

    Example:
        >>> from silog_core.plugins.facade import PluginHost
        >>> sorted(listed(PluginHost()))
        ['failures', 'hook_api', 'plugins']
    """
    failed: dict[str, list[PluginFailure]] = {}
    for failure in host.failures:
        failed.setdefault(failure.plugin, []).append(failure)
    rows: dict[str, dict[str, Any]] = {}
    for info in host.plugins:
        manifest = info.manifest
        rows[info.name.text] = {
            "name": info.name.text,
            "kind": "built-in" if info.is_builtin else info.name.kind,
            "title": manifest.title if manifest else "what the core brings along",
            "distribution": info.distribution,
            "version": info.version,
            "state": "failed" if info.name.text in failed else "ready",
            "regions": [str(region) for region in manifest.regions] if manifest else [],
            "hooks": list(info.hooks),
            "origin": info.origin,
        }
    for name in host.waiting:
        rows[name.text] = _bare(name.text, "not imported")
    for blocked in host.blocked:
        rows[blocked] = _bare(blocked, "blocked")
    for lost, failures in failed.items():
        rows.setdefault(lost, _bare(lost, "failed", failures[0]))
    return {
        "hook_api": ".".join(map(str, HOOK_API)),
        "plugins": [rows[name] for name in sorted(rows)],
        "failures": [failure_data(failure) for failure in host.failures],
    }


def _bare(name: str, state: str, failure: PluginFailure | None = None) -> dict[str, Any]:
    return {
        "name": name,
        "kind": name.partition(".")[0],
        "title": "",
        "distribution": failure.distribution if failure else "",
        "version": failure.version if failure else "",
        "state": state,
        "regions": [str(region) for region in failure.withholds] if failure else [],
        "hooks": [],
        "origin": "",
    }


def failure_data(failure: PluginFailure) -> dict[str, Any]:
    """Return one failure as plain data."""
    return {
        "plugin": failure.plugin,
        "distribution": failure.distribution,
        "version": failure.version,
        "phase": failure.phase.value,
        "hook": failure.hook,
        "cause": failure.cause,
        "fix": failure.fix,
        "details": failure.details,
        "withholds": [str(region) for region in failure.withholds],
    }


def hook_data(specs: Iterable[HookSpec] | None = None) -> list[dict[str, Any]]:
    """Return every hook as plain data, by name."""
    found = SPECS.values() if specs is None else specs
    return [
        {
            "name": spec.name,
            "arguments": list(spec.arguments),
            "gives": [kind.__name__ for kind in spec.gives],
            "combine": spec.combine.value,
            "on_error": spec.on_error.value,
            "since": spec.since,
            "summary": spec.summary,
        }
        for spec in sorted(found, key=lambda spec: spec.name)
    ]
