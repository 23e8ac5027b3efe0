"""Whether what a plugin answers is what the hook asks for."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from typing import Any

import attrs

from silog_core.domain.contributions import Contribution
from silog_core.domain.manifest import Manifest
from silog_core.domain.regions import RegionCode
from silog_core.plugins.failures import Phase, PluginProblemError
from silog_core.plugins.markers import HOOK_API, SPECS
from silog_core.plugins.names import PluginName


def check_manifest(answer: object, name: PluginName) -> Manifest:
    """Return the manifest that a plugin gave, if it fits the plugin's name.

    Raises:
        PluginProblemError: It is none, needs a newer hook API, or claims other regions.
    """
    if not isinstance(answer, Manifest):
        raise PluginProblemError(
            Phase.MANIFEST,
            f"silog_manifest gives a {type(answer).__name__}",
            "return one Manifest(title=..., regions=(...,))",
        )
    needs = _version(answer.hook_api)
    if needs[0] != HOOK_API[0] or needs > HOOK_API:
        raise PluginProblemError(
            Phase.MANIFEST,
            f"it needs hook API {answer.hook_api}; this is {'.'.join(map(str, HOOK_API))}",
            "pip install --upgrade silog-core, or take an older version of the plugin",
        )
    if name.scope is not None:
        if not answer.regions:
            raise PluginProblemError(
                Phase.MANIFEST,
                f"its manifest names no region, but it is called {name.text}",
                f'write regions=("{name.scope}",) in the manifest',
            )
        for region in answer.regions:
            if not name.scope.covers(region):
                raise PluginProblemError(
                    Phase.MANIFEST,
                    f"its manifest claims {region}, but it is called {name.text}",
                    f"leave {region} out, or give it an entry point region.{region}",
                )
    return answer


def _version(text: str) -> tuple[int, int]:
    try:
        major, minor = (int(part) for part in text.split("."))
    except ValueError:
        raise PluginProblemError(
            Phase.MANIFEST,
            f"its hook_api is {text!r}",
            f'write hook_api="{HOOK_API[0]}.{HOOK_API[1]}"',
        ) from None
    return major, minor


def conform(hook: str, answer: object, manifest: Manifest | None) -> tuple[Any, ...]:
    """Return the items of an answer, each of a type that the hook gives.

    Rules move to the new code where the manifest says that theirs was renamed.

    Raises:
        PluginProblemError: An item is of another type, outside the plugin's regions,
            without a source, or cannot travel to a worker process.
    """
    gives = SPECS[hook].gives
    if answer is None or not gives:
        return ()
    names = " or ".join(kind.__name__ for kind in gives)
    if isinstance(answer, str | bytes) or not isinstance(answer, Iterable):
        raise PluginProblemError(
            Phase.COLLECT,
            f"{hook} gives a {type(answer).__name__} instead of a list",
            f"return a list of {names}, or None",
        )
    found = []
    for position, item in enumerate(answer):
        if not isinstance(item, gives):
            raise PluginProblemError(
                Phase.CONFORM,
                f"item {position} of {hook} is a {type(item).__name__}: {item!r:.80}",
                f"give only {names} there",
            )
        if isinstance(item, Contribution):
            item = _check_rule(hook, item, manifest)  # noqa: PLW2901 - it may have moved
        found.append(item)
    return tuple(found)


def _check_rule(hook: str, rule: Contribution, manifest: Manifest | None) -> Contribution:
    regions = manifest.regions if manifest else ()
    moved = _moved(rule.scope, manifest.renames if manifest else ())
    if moved != rule.scope:
        rule = attrs.evolve(rule, scope=moved)
    if not any(region.covers(rule.scope) for region in regions):
        claimed = ", ".join(map(str, regions)) or "no region"
        raise PluginProblemError(
            Phase.CONFORM,
            f"{rule.id} is outside the plugin's regions ({claimed})",
            f"give it a scope inside, or leave {rule.scope} to a plugin region.{rule.scope}",
        )
    if not str(rule.source or "").strip():
        raise PluginProblemError(
            Phase.CONFORM,
            f"{rule.id} has no source",
            "write the decree, report or survey that it rests on into source=",
        )
    try:
        hash(rule)
        again = pickle.loads(pickle.dumps(rule))  # noqa: S301 - of our own making
    except Exception as wrong:
        raise _cannot_travel(hook, rule, str(wrong)) from wrong
    if again != rule:
        raise _cannot_travel(hook, rule, "it comes back changed")
    return rule


def _cannot_travel(hook: str, rule: Contribution, why: str) -> PluginProblemError:
    return PluginProblemError(
        Phase.CONFORM,
        f"{rule.id} of {hook} cannot travel to a worker process: {why}",
        "give rules of texts, whole numbers, dates and tuples, of classes at module level",
    )


def _moved(scope: RegionCode, renames: Iterable[tuple[str, str]]) -> RegionCode:
    for old, new in renames:
        before = RegionCode.parse(old)
        if before.covers(scope):
            return RegionCode(RegionCode.parse(new).parts + scope.parts[before.depth :])
    return scope
