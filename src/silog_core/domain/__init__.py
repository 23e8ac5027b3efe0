"""Frozen values of the field: no files, no graphs, no plugins."""
