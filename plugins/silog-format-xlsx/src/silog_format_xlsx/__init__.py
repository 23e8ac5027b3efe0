"""Reads scenarios from, and writes plans to, Excel workbooks for silog_core."""
