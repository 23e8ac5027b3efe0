"""Find installed plugins by their entry points, sorted, without importing any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points

import attrs

from silog_core.plugins.failures import Phase, PluginFailure, PluginProblemError
from silog_core.plugins.markers import GROUP
from silog_core.plugins.names import PluginName, scope_in_name


@attrs.frozen(kw_only=True)
class Found:
    """Plugins that can be imported, and what is wrong with the others."""

    points: Mapping[PluginName, EntryPoint]
    failures: tuple[PluginFailure, ...]
    #: Names that were installed and left out on request.
    blocked: tuple[str, ...]


def discover(
    points: Iterable[EntryPoint] | None = None,
    *,
    only: Iterable[str] | None = None,
    disabled: Iterable[str] = (),
) -> Found:
    """Return the plugins that are installed.

    Args:
        points: Entry points to look at; None for those of the environment.
        only: Names that are wanted; None for all. One that is not there is a failure.
        disabled: Names that are left out.
    """
    known = list(_installed() if points is None else points)
    wanted = None if only is None else set(only)
    off = set(disabled)
    by_name: dict[str, list[EntryPoint]] = {}
    failures = []
    for point in known:
        if point.name in off or (wanted is not None and point.name not in wanted):
            continue
        if point.group != GROUP:
            failures.append(_other_version(point))
        else:
            by_name.setdefault(point.name, []).append(point)
    absent = (wanted or set()) - off - {p.name for p in known}
    failures += [_absent(name, known) for name in sorted(absent)]
    good = {}
    for name, same in sorted(by_name.items()):
        try:
            parsed = PluginName.parse(name)
        except PluginProblemError as wrong:
            failures.append(_failure(same[0], wrong.cause, wrong.fix))
            continue
        if len(same) > 1:
            failures += [_duplicate(point, same) for point in same]
        else:
            good[parsed] = same[0]
    return Found(
        points=good,
        failures=tuple(sorted(failures, key=lambda f: (f.plugin, f.distribution, f.cause))),
        blocked=tuple(sorted({p.name for p in known if p.name in off})),
    )


def _installed() -> list[EntryPoint]:
    # One pass over the distributions: asking for a group reads them all as well.
    found = entry_points()
    groups = sorted(group for group in found.groups if group.startswith("silog.v"))
    return [point for group in groups for point in found.select(group=group)]


def distribution_of(point: EntryPoint) -> tuple[str, str]:
    """Return name and version of the distribution; empty when nothing tells."""
    return (point.dist.name, point.dist.version) if point.dist else ("", "")


def _failure(point: EntryPoint, cause: str, fix: str) -> PluginFailure:
    name, version = distribution_of(point)
    return PluginFailure(
        plugin=point.name,
        distribution=name,
        version=version,
        phase=Phase.DISCOVER,
        cause=cause,
        fix=fix,
        withholds=scope_in_name(point.name),
    )


def _duplicate(point: EntryPoint, same: list[EntryPoint]) -> PluginFailure:
    who = sorted({distribution_of(p)[0] or p.value for p in same})
    return _failure(
        point,
        f"{len(same)} plugins are called {point.name}: {', '.join(who)}; none is loaded",
        f"pip uninstall all but one of {', '.join(who)}",
    )


def _other_version(point: EntryPoint) -> PluginFailure:
    dist = distribution_of(point)[0] or point.name
    return _failure(
        point,
        f"{point.name} is made for hook API {point.group}; this is {GROUP}",
        f"pip install --upgrade silog-core {dist}",
    )


def _absent(name: str, known: list[EntryPoint]) -> PluginFailure:
    there = sorted({p.name for p in known})
    return PluginFailure(
        plugin=name,
        phase=Phase.DISCOVER,
        cause=f"{name} was asked for and is not installed",
        fix="install it, or ask for one of " + (", ".join(there[:12]) or "those installed"),
        withholds=scope_in_name(name),
    )
