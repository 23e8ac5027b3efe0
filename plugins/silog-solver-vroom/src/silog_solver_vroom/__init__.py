"""VROOM as a routing solver of silog_core."""
