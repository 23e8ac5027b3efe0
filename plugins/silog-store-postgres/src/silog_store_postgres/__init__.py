"""Keeps the events of silog_core in PostgreSQL."""
