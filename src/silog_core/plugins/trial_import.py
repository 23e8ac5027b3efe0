"""Import a plugin in a process of its own: an import that never ends must not end us."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import EntryPoint

import attrs

from silog_core.plugins.failures import Phase, PluginProblemError

#: Longest import that is waited for [s].
LIMIT_S = 10

_CODE = """
import json, sys, time
import silog_core.plugins.facade
before = set(sys.modules)
start = time.perf_counter()
__import__(sys.argv[1])
spent = time.perf_counter() - start
new = {name.partition(".")[0] for name in set(sys.modules) - before}
print()
print(json.dumps({"ms": int(spent * 1000), "modules": sorted(new)}))
"""


@attrs.frozen(kw_only=True)
class Trial:
    """How an import went."""

    #: Time that the import took [ms].
    ms: int
    #: Top-level modules that it brought along, its own included.
    modules: tuple[str, ...]


def trial_import(point: EntryPoint, *, limit_s: int = LIMIT_S) -> Trial:
    """Import the module of an entry point elsewhere, and say how it went.

    Raises:
        PluginProblemError: It does not come back in time, or fails.
    """
    module = point.value.partition(":")[0]
    path = json.dumps([entry for entry in sys.path if entry])
    code = f"import sys; sys.path[:] = {path}\n" + _CODE
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-c", code, module],
            capture_output=True,
            text=True,
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PluginProblemError(
            Phase.IMPORT,
            f"import {module} has not come back after {limit_s} s",
            "move what takes long from the module into the function that needs it",
        ) from None
    if done.returncode or not done.stdout.strip():
        last = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        raise PluginProblemError(
            Phase.IMPORT,
            f"import {module} fails: {last[0]}",
            f"mend it, or uninstall it; python -c 'import {module}' shows where it fails",
            done.stderr.strip(),
        )
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return Trial(ms=found["ms"], modules=tuple(found["modules"]))
