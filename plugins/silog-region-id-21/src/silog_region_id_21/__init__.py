"""Kepulauan Riau for silog_core: sea windows, and Natuna as an example."""
