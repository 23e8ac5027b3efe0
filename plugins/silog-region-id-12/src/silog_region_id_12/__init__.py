"""Sumatera Utara for silog_core: places, ways in, closures, and an example."""
