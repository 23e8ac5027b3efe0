"""The plugin host: finds, imports, registers and asks plugins, one by one.

pluggy's own call loses every answer when one plugin raises, and answers in the order of
registration. Here each plugin is asked by itself, in the order of names, and each answer
keeps its author.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import EntryPoint
from typing import Any

import attrs
import pluggy

from silog_core.domain.manifest import Manifest
from silog_core.domain.regions import RegionCode
from silog_core.plugins import specs
from silog_core.plugins.conform import check_manifest, conform
from silog_core.plugins.discovery import discover, distribution_of
from silog_core.plugins.failures import Phase, PluginFailure, PluginProblemError
from silog_core.plugins.markers import PROJECT, SPECS, OnError
from silog_core.plugins.names import PluginName
from silog_core.plugins.trial_import import Trial, trial_import
from silog_core.plugins.validate import hooks_of, validate

#: Prefix of the names under which the core registers its own offers.
BUILTIN = "silog_core"


#: Kinds of plugin that a plan depends on: where it was made, stored or printed is not
#: among them, so that the same input gives the same plan everywhere.
_SHAPING = frozenset({"region", "plugin", "checks", "solver"})


@attrs.frozen(kw_only=True)
class PluginInfo:
    """A plugin that is registered."""

    name: PluginName
    distribution: str = ""
    version: str = ""
    manifest: Manifest | None
    hooks: tuple[str, ...]
    #: File that it was imported from.
    origin: str = ""

    @property
    def is_builtin(self) -> bool:
        """Whether the core itself registered it."""
        return self.name.text.startswith(BUILTIN)

    def shapes_plans_of(self, root: RegionCode) -> bool:
        """Say whether plans of *root* may depend on it, and so have to name it."""
        scope = self.name.scope
        near = scope is None or scope.covers(root) or root.covers(scope)
        return near and not self.is_builtin and self.name.kind in _SHAPING


class HostBase:
    """Plugins of one session; the typed questions are in `PluginHost`."""

    def __init__(self) -> None:
        """Start with no plugin."""
        self._pm = pluggy.PluginManager(PROJECT)
        self._pm.add_hookspecs(specs)
        self._waiting: dict[PluginName, EntryPoint] = {}
        self._plugins: dict[str, PluginInfo] = {}
        self._failures: dict[PluginFailure, None] = {}
        self._blocked: tuple[str, ...] = ()

    @property
    def failures(self) -> tuple[PluginFailure, ...]:
        """What went wrong so far, by plugin."""
        order = list(Phase)
        return tuple(
            sorted(
                self._failures,
                key=lambda f: (f.plugin, f.distribution, order.index(f.phase), f.cause),
            )
        )

    @property
    def plugins(self) -> tuple[PluginInfo, ...]:
        """Plugins that are registered, by name."""
        return tuple(info for _, info in sorted(self._plugins.items()))

    @property
    def waiting(self) -> tuple[PluginName, ...]:
        """Plugins that are installed and have not been imported, by name."""
        return tuple(sorted(self._waiting, key=lambda n: n.text))

    @property
    def blocked(self) -> tuple[str, ...]:
        """Names that are installed and were left out on request."""
        return self._blocked

    @property
    def versions(self) -> dict[str, str]:
        """Version of each registered plugin by its name."""
        return {info.name.text: info.version for info in self.plugins}

    # --- finding and importing ---------------------------------------------------

    def discover(
        self,
        points: Iterable[EntryPoint] | None = None,
        *,
        only: Iterable[str] | None = None,
        disabled: Iterable[str] = (),
    ) -> None:
        """Note which plugins are installed, without importing any."""
        found = discover(points, only=only, disabled=disabled)
        self._waiting.update(found.points)
        self._failures.update(dict.fromkeys(found.failures))
        self._blocked = tuple(sorted({*self._blocked, *found.blocked}))

    def load_regions(self, root: RegionCode) -> None:
        """Import the packs of the regions around *root* and within it."""
        for name in self.waiting:
            scope = name.scope
            if scope is not None and (scope.covers(root) or root.covers(scope)):
                self._load(name)

    def load_for(self, hook: str) -> None:
        """Import the plugins, region packs apart, that may answer *hook*."""
        for name in self.waiting:
            if name.scope is None and name.may_answer(hook):
                self._load(name)

    def load_all(self) -> None:
        """Import every plugin that is installed."""
        for name in self.waiting:
            self._load(name)

    def try_imports(self) -> dict[str, Trial]:
        """Import every waiting plugin in a process of its own; return how it went.

        One that fails there, or never comes back, is noted and not imported here.
        """
        found = {}
        for name in self.waiting:
            try:
                found[name.text] = trial_import(self._waiting[name])
            except PluginProblemError as wrong:
                distribution, version = distribution_of(self._waiting.pop(name))
                self._note(wrong, name=name, distribution=distribution, version=version)
        return found

    def _load(self, name: PluginName) -> None:
        point = self._waiting.pop(name)
        distribution, version = distribution_of(point)
        try:
            plugin = point.load()
        except (Exception, SystemExit) as wrong:  # noqa: BLE001 - a plugin may raise anything
            module = point.value.partition(":")[0]
            what = "leaves the program" if isinstance(wrong, SystemExit) else "fails"
            self._note(
                PluginProblemError(
                    Phase.IMPORT,
                    f"import {module} {what}: {type(wrong).__name__}: {wrong}",
                    _import_fix(wrong, distribution or module),
                    _last_lines(wrong),
                ),
                name=name, distribution=distribution, version=version,
            )  # fmt: skip
        else:
            self.register(plugin, name=name, distribution=distribution, version=version)

    # --- registering -------------------------------------------------------------

    def register(
        self,
        plugin: object,
        *,
        name: PluginName | str,
        distribution: str = "",
        version: str = "",
    ) -> None:
        """Take in a module or object with hooks; what is wrong with it is noted."""
        text = name.text if isinstance(name, PluginName) else name
        registered = False
        parsed = PluginName(text, "plugin")
        try:
            parsed = name if isinstance(name, PluginName) else _parse(name)
            self._check_new(text)
            validate(plugin, parsed)
            self._pm.register(plugin, name=text)
            registered = True
            self._pm.check_pending()
            self._plugins[text] = PluginInfo(
                name=parsed,
                distribution=distribution,
                version=version,
                manifest=self._manifest(plugin, parsed),
                hooks=hooks_of(plugin),
                origin=str(getattr(plugin, "__file__", "") or ""),
            )
        except PluginProblemError as wrong:
            problem = wrong
        except (Exception, SystemExit) as wrong:  # noqa: BLE001 - any object may come
            problem = PluginProblemError(
                Phase.VALIDATE,
                f"{type(wrong).__name__}: {wrong}",
                "see silog plugins --hooks for what each hook takes",
                _last_lines(wrong),
            )
        else:
            return
        if registered:
            self._pm.unregister(name=text)
        self._note(problem, name=parsed, distribution=distribution, version=version)

    def _check_new(self, text: str) -> None:
        if text in self._plugins:
            raise PluginProblemError(
                Phase.VALIDATE, f"{text} is registered already", "give it another name"
            )

    def _manifest(self, plugin: object, name: PluginName) -> Manifest | None:
        if name.text.startswith(BUILTIN):
            return None
        asked = getattr(plugin, "silog_manifest", None)
        if asked is None:
            raise PluginProblemError(
                Phase.MANIFEST,
                "it has no silog_manifest",
                'add @hookimpl def silog_manifest(): return Manifest(title="...")',
            )
        try:
            answer = asked()
        except (Exception, SystemExit) as wrong:
            raise PluginProblemError(
                Phase.MANIFEST,
                f"silog_manifest raises {type(wrong).__name__}: {wrong}",
                "let silog_manifest return a Manifest of constants",
                _last_lines(wrong),
            ) from wrong
        return check_manifest(answer, name)

    # --- asking ------------------------------------------------------------------

    def ask(self, hook: str, **given: object) -> Iterator[tuple[str, Any]]:
        """Yield what each plugin answers, with its name; note the failures.

        A plugin that fails at a hook gives nothing there, never half of its answer.
        """
        yield from self._ask(hook, given, builtin=True)

    def rehearse(self, hook: str, **given: object) -> None:
        """Ask every plugin but the core, only to note which of them fail.

        The core's own checks are sound, and importing them takes longer than reading
        the rules of a province.
        """
        for _ in self._ask(hook, given, builtin=False):
            pass

    def _ask(
        self, hook: str, given: Mapping[str, object], *, builtin: bool
    ) -> Iterator[tuple[str, Any]]:
        self.load_for(hook)
        impls = {i.plugin_name: i for i in getattr(self._pm.hook, hook).get_hookimpls()}
        for name in sorted(impls):
            info = self._plugins[name]
            if info.is_builtin and not builtin:
                continue
            try:
                answer = impls[name].function(*(given[k] for k in impls[name].argnames))
                items = conform(hook, answer, info.manifest)
            except PluginProblemError as wrong:
                self._note_hook(wrong, info, hook)
            except (Exception, SystemExit) as wrong:  # noqa: BLE001 - a plugin may raise anything
                self._note_hook(
                    PluginProblemError(
                        Phase.COLLECT,
                        f"{hook} raises {type(wrong).__name__}: {wrong}",
                        getattr(wrong, "fix", "") or "mend the hook; the details say where",
                        _last_lines(wrong),
                    ),
                    info,
                    hook,
                )
            else:
                yield from ((name, item) for item in items)

    def note_run(self, plugin: str, what: str, wrong: BaseException) -> PluginFailure:
        """Note that something a plugin offered raised while it ran."""
        info = self._plugins[plugin]
        return self._note(
            PluginProblemError(
                Phase.RUN,
                f"{what} raises {type(wrong).__name__}: {wrong}",
                f"mend {what} in {info.distribution or plugin}; the details say where",
                _last_lines(wrong),
            ),
            name=info.name, distribution=info.distribution, version=info.version,
            withholds=(),
        )  # fmt: skip

    # --- failures ----------------------------------------------------------------

    def _note_hook(self, wrong: PluginProblemError, info: PluginInfo, hook: str) -> None:
        withholds: tuple[RegionCode, ...] = ()
        if SPECS[hook].on_error is OnError.WITHHOLD:
            claimed = info.manifest.regions if info.manifest else ()
            # A check that names no region speaks for the whole country.
            withholds = claimed or info.name.withholds
        self._note(
            wrong, name=info.name, distribution=info.distribution, version=info.version,
            hook=hook, withholds=withholds,
        )  # fmt: skip

    def _note(
        self,
        wrong: PluginProblemError,
        *,
        name: PluginName,
        distribution: str,
        version: str,
        hook: str = "",
        withholds: tuple[RegionCode, ...] | None = None,
    ) -> PluginFailure:
        failure = PluginFailure(
            plugin=name.text,
            distribution=distribution,
            version=version,
            phase=wrong.phase,
            hook=hook,
            cause=wrong.cause,
            fix=wrong.fix,
            details=wrong.details,
            withholds=name.withholds if withholds is None else withholds,
        )
        self._failures[failure] = None
        return failure


def _parse(name: str) -> PluginName:
    if name.startswith(BUILTIN):
        return PluginName(name, "plugin")
    return PluginName.parse(name)


def _last_lines(wrong: BaseException) -> str:
    return "".join(traceback.format_exception(wrong)[-3:]).strip()


def _import_fix(wrong: BaseException, distribution: str) -> str:
    missing = getattr(wrong, "name", None)
    if isinstance(wrong, ModuleNotFoundError) and missing:
        return f"pip install {missing}, or reinstall {distribution}"
    if isinstance(wrong, SystemExit):
        return f"remove exit() from the module of {distribution}: an import must come back"
    return f"mend {distribution}, or pip uninstall it; the details say where it fails"
