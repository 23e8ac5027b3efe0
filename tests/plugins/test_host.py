"""The host takes plugins in, or says why not; answers keep their author and their order."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rule_making import closure, rate
from silog_core.errors import UnknownChoiceError
from silog_core.plugins import Manifest, hookimpl, specs
from silog_core.plugins.facade import PluginHost
from silog_core.plugins.failures import Phase
from silog_core.plugins.markers import SPECS
from silog_core.plugins.names import PluginName
from silog_core.ports.section import Section, SectionSpec
from silog_core.ports.solvers import RoutingSolverSpec
from silog_core.testing import plugin_module

CODES = ("31", "51", "52", "53")
PACKS = [
    (f"region.{code}", plugin_module(code, silog_leg_closures=[closure(code)]))
    for code in CODES
]


def host_of(*plugins):
    """Return a host with these names and modules."""
    host = PluginHost()
    for name, module in plugins:
        host.register(module, name=name)
    return host


def cause_of(module, name="region.53"):
    """Return the phase and cause of the one failure of a module."""
    (failure,) = host_of((name, module)).failures
    return failure.phase, f"{failure.cause} | {failure.fix}"


@given(st.permutations(PACKS))
def test_answers_come_in_the_order_of_names(packs):
    """However the plugins arrived."""
    assert sorted(f"region.{c}" for c in CODES) == [
        name for name, _ in host_of(*packs).leg_closures(2024)
    ]


def test_every_hook_has_a_typed_method():
    """Nothing else asks plugins: each hook is a method of the facade."""
    for hook in SPECS:
        name = hook.removeprefix("silog_")
        assert hasattr(PluginHost, "manifests" if name == "manifest" else name), hook


@pytest.mark.parametrize("hook", sorted(SPECS))
def test_every_hook_is_a_contract(hook):
    """When it is called, what it gets, what it gives, an example."""
    doc = inspect.getdoc(getattr(specs, hook))

    assert "Called once" in doc
    assert "Example:" in doc
    assert "Args:" in doc or not SPECS[hook].arguments
    assert "Returns:" in doc or not SPECS[hook].gives
    assert "*" not in str(inspect.signature(getattr(specs, hook)))
    assert "1.0" == SPECS[hook].since


def test_a_plugin_may_leave_arguments_out():
    """It names the arguments that it wants, in any order."""
    module = plugin_module("53", silog_leg_closures=lambda: [closure("53")])

    assert 1 == len(host_of(("region.53", module)).leg_closures(2024))


class Pack:
    """A class where a module belongs."""


def _without_mark():
    module = plugin_module("53")
    vars(module)["silog_leg_closures"] = lambda year: []
    return module


def _marked(**options):
    module = plugin_module("53")
    vars(module)["silog_leg_closures"] = hookimpl(**options)(lambda year: [])
    return module


def _without_manifest():
    module = plugin_module("53")
    del module.silog_manifest
    return module


def _raising(error):
    def fail():
        raise error

    return fail


@pytest.mark.parametrize(
    ("module", "phase", "words"),
    [
        (Pack, Phase.VALIDATE, "is a class"),
        (_without_mark(), Phase.VALIDATE, "put @hookimpl above def silog_leg_closures"),
        (_marked(tryfirst=True), Phase.VALIDATE, "tryfirst"),
        (_marked(wrapper=True), Phase.VALIDATE, "wrapper"),
        (_marked(specname="silog_leg_closed"), Phase.VALIDATE, "did you mean silog_leg_clos"),
        (_without_manifest(), Phase.MANIFEST, "no silog_manifest"),
        (plugin_module(), Phase.MANIFEST, "names no region"),
        (plugin_module("31"), Phase.MANIFEST, "claims 31"),
        (
            plugin_module(silog_manifest=_raising(ValueError("no table"))),
            Phase.MANIFEST,
            "no table",
        ),
        (plugin_module(silog_manifest=lambda: "NTT"), Phase.MANIFEST, "gives a str"),
    ],
)
def test_a_plugin_that_does_not_fit_is_not_taken(module, phase, words):
    """The failure says where, what, and what to write instead."""
    found, text = cause_of(module)

    assert phase is found
    assert words in text
    assert () == host_of(("region.53", module)).plugins


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (_raising(KeyError("tide")), "raises KeyError"),
        (_raising(SystemExit(1)), "raises SystemExit"),
        ("closed", "gives a str instead of a list"),
        ([rate("53")], "is a NeedsRule"),
    ],
)
def test_a_hook_that_fails_loses_its_answers_only(answer, words):
    """The other plugins are heard all the same."""

    def hook(year):
        return answer() if callable(answer) else answer

    host = host_of(*PACKS[:2], ("region.53", plugin_module("53", silog_leg_closures=hook)))

    assert ["region.31", "region.51"] == [name for name, _ in host.leg_closures(2024)]
    assert words in host.failures[0].cause
    assert ["53"] == [str(region) for region in host.failures[0].withholds]


def test_a_name_is_given_once():
    """Two plugins with one solver name: neither is offered, both are told."""
    offer = RoutingSolverSpec(name="fast", solve="math:isqrt")
    host = host_of(
        ("solver.a", plugin_module(silog_routing_solvers=[offer])),
        ("solver.b", plugin_module(silog_routing_solvers=[offer])),
    )

    assert {} == host.routing_solvers()
    assert ["solver.a", "solver.b"] == [f.plugin for f in host.failures]
    assert () == host.failures[0].withholds


def test_a_choice_that_is_not_there_says_what_is():
    """And names the plugin that failed, when that is why."""
    host = host_of(
        ("solver.fast", plugin_module(silog_routing_solvers=_raising(OSError("no"))))
    )

    with pytest.raises(UnknownChoiceError, match=r"because solver\.fast failed"):
        host.choose("routing solver", host.routing_solvers(), "fast")
    with pytest.raises(UnknownChoiceError, match="choose one of: none"):
        host.choose("routing solver", host.routing_solvers(), "slow")


def test_a_lazy_offer_says_what_to_install():
    """An import that fails on use names the distribution."""
    offer = RoutingSolverSpec(name="x", solve="not_there:solve", needs="silog-solver-x")

    with pytest.raises(UnknownChoiceError, match="pip install silog-solver-x"):
        offer.solver()


def test_sections_come_in_printing_order():
    """By order, then by name."""
    specs_ = [
        SectionSpec(name=n, order=o, render=lambda plan, lang: Section(title="x"))
        for n, o in (("b", 2), ("a", 2), ("c", 1))
    ]
    host = host_of(("report.x", plugin_module(silog_report_sections=specs_)))

    assert ["c", "a", "b"] == [s.name for s in host.report_sections()]


def test_a_kind_is_only_asked_for_its_hooks():
    """What a store plugin says of solvers nobody would hear: it is told so."""
    phase, text = cause_of(plugin_module(silog_routing_solvers=[]), name="store.x")

    assert phase is Phase.VALIDATE
    assert "plugin.x" in text


def test_a_failing_nationwide_check_withholds_everything():
    """Nobody knows which plan it would have stopped."""
    host = host_of(("checks.x", plugin_module(silog_risk_checks=_raising(OSError("no")))))
    host.risk_checks()

    assert ["ID"] == [str(r) for r in host.failures[0].withholds]


def test_renamed_regions_move_their_rules():
    """A pack written for the old code speaks for the new one."""
    module = plugin_module(
        silog_manifest=lambda: Manifest(
            title="x", regions=("95",), renames=(("91.02", "95.01"),)
        ),
        silog_leg_closures=[closure("91.02.03")],
    )
    host = host_of(("region.95", module))

    assert ["95.01.03"] == [str(c.scope) for _, c in host.leg_closures(2024)]


@pytest.mark.parametrize("name", ["ntt", "region.", "region.5x", "thing.x", "Region.53"])
def test_names_say_what_a_plugin_is(name):
    """Kind and scope can be read before anything is imported."""
    (failure,) = host_of((name, plugin_module("53"))).failures

    assert failure.phase is Phase.DISCOVER
    assert "53" == str(PluginName.parse("region.53").scope)


def test_commands_cannot_displace_each_other():
    """A plugin adds commands, and leaves those of the program alone."""
    click = pytest.importorskip("click")
    group = click.Group()
    mine = click.Command("plan")
    group.add_command(mine)

    def add(cli):
        cli.add_command(click.Command("plan"))
        cli.add_command(click.Command("extra"))

    host_of(("cli.x", plugin_module(silog_cli_commands=add))).cli_commands(group)

    assert mine is group.commands["plan"]
    assert "extra" in group.commands


def test_a_hook_of_a_later_version_may_be_marked_optional():
    """A plugin that can do without the answer says so, and is taken."""
    module = plugin_module("53")
    vars(module)["silog_tides"] = hookimpl(optionalhook=True)(lambda: ["high"])

    assert () == host_of(("region.53", module)).failures


@pytest.mark.parametrize("version", ["one", "2.0", "1"])
def test_a_version_that_is_none_of_ours_is_refused(version):
    """Another major version, or what is no version at all."""
    module = plugin_module(
        silog_manifest=lambda: Manifest(title="x", regions=("53",), hook_api=version)
    )
    phase, text = cause_of(module)

    assert phase is Phase.MANIFEST
    assert version in text


def test_a_name_is_registered_once():
    """The second of one name is told so, and the first stays."""
    host = host_of(PACKS[0], PACKS[0])

    assert ["region.31"] == [info.name.text for info in host.plugins]
    assert "registered already" in host.failures[0].cause


def test_a_failure_reads_well():
    """Who, when, what, and what to do: one line each."""
    host = PluginHost()
    host.register(
        plugin_module("31"), name="region.53", distribution="silog-ntt", version="1.0"
    )
    lines = str(host.failures[0]).splitlines()

    assert "region.53 (silog-ntt 1.0): manifest: its manifest claims 31" in lines[0]
    assert lines[1].startswith("  fix: ")
    assert "  withheld: 53" == lines[2]
