"""Conformance suites and Hypothesis strategies for plugin authors."""
