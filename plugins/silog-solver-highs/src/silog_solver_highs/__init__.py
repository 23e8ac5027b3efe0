"""Allocation with HiGHS."""
