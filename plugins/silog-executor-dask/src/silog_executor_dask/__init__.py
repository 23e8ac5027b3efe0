"""Runs the tasks of silog_core on a Dask cluster."""
