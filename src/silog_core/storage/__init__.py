"""Stores for events."""
