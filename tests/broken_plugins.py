"""Ten broken plugins, one for each way to fail, and three sound ones beside them."""

from __future__ import annotations

from installed import HEAD, install, pack
from silog_core.plugins.failures import Phase

NO_SOURCE = """\
@hookimpl
def silog_needs_rules(election):
    rule = NeedsRule(scope="{region}", source="x", election=election, item="a", per="station")
    object.__setattr__(rule, "source", "")
    return [rule]
"""
LOCAL_CLASS = """\
@hookimpl
def silog_needs_rules(election):
    class Mine(NeedsRule):
        pass

    return [Mine(scope="{region}", source="x", election=election, item="a", per="station")]
"""
#: Distribution, entry point, module; then the phase and words of its failure.
BROKEN = {
    "duplicate": ("region.61", pack("61"), Phase.DISCOVER, "2 plugins are called region.61"),
    "import-error": ("region.62", "import not_there_at_all", Phase.IMPORT, "not_there_at_all"),
    "system-exit": ("region.63", "raise SystemExit(3)", Phase.IMPORT, "leaves the program"),
    "unknown-hook": (
        "region.64",
        pack("64", rest="@hookimpl\ndef silog_leg_closure(year):\n    return []\n"),
        Phase.VALIDATE,
        "silog_leg_closure is no hook",
    ),
    "unknown-argument": (
        "region.65",
        pack("65", rest="@hookimpl\ndef silog_leg_closures(month):\n    return []\n"),
        Phase.VALIDATE,
        "argument 'month'",
    ),
    "newer-api": (
        "region.66",
        HEAD.replace('"{region}",)', '"66",), hook_api="1.9"'),
        Phase.MANIFEST,
        "needs hook API 1.9",
    ),
    "wrong-type": (
        "region.67",
        pack("67", rest="@hookimpl\ndef silog_leg_closures():\n    return ['monsoon']\n"),
        Phase.CONFORM,
        "item 0 of silog_leg_closures is a str",
    ),
    "outside": ("region.68", pack("68", scope="31"), Phase.CONFORM, "outside the plugin's"),
    "no-source": ("region.69", pack("69", rest=NO_SOURCE), Phase.CONFORM, "has no source"),
    "unpicklable": ("region.70", pack("70", rest=LOCAL_CLASS), Phase.CONFORM, "cannot travel"),
}


def install_all(folder):
    """Install the ten beside a nation and two sound provinces."""
    for name, (entry, body, _, _) in BROKEN.items():
        install(folder, f"bad-{name}", entry, body)
    install(folder, "bad-duplicate-too", "region.61", pack("61"))
    install(folder, "good-nation", "region.ID", pack("ID"))
    for code in ("51", "52"):
        install(folder, f"good-{code}", f"region.{code}", pack(code, item=f"of-{code}"))
