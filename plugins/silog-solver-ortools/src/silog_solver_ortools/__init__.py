"""Minimum-cost flow with OR-tools."""
