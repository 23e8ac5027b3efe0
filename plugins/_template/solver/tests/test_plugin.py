"""The solver is installed, and keeps the laws of a routing solver."""

from importlib.metadata import entry_points

from silog_core.testing import RoutingSolverSuite

from @@package@@ import plugin


class TestSolver(RoutingSolverSuite):
    can = frozenset(plugin.silog_routing_solvers()[0].can)

    def solver(self):
        return plugin.silog_routing_solvers()[0].solver()


def test_the_plugin_is_installed():
    """Its entry point leads to its module."""
    (point,) = entry_points(group="silog.v1", name="@@entry@@")

    assert plugin is point.load()
