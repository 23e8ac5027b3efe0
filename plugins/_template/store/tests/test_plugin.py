"""The store is installed, and keeps the laws of a store."""

from importlib.metadata import entry_points

from silog_core.testing import StoreSuite

from @@package@@ import plugin
from @@package@@.store import open_store


class TestStore(StoreSuite):
    can = frozenset(plugin.silog_stores()[0].can)

    def store_in(self, folder):
        return open_store(f"@@name@@:///{folder}")


def test_the_plugin_is_installed():
    """Its entry point leads to its module."""
    (point,) = entry_points(group="silog.v1", name="@@entry@@")

    assert plugin is point.load()
