"""Protocols that solvers, stores, checks and formats fulfil."""
