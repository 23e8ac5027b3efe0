"""Published flow problems: DIMACS ``.min`` and multi-commodity files."""

from silog_core.io.flow_files.detect import read_flow_file
from silog_core.io.flow_files.dimacs import read_dimacs
from silog_core.io.flow_files.multi_commodity import read_multi_flow

__all__ = ["read_dimacs", "read_flow_file", "read_multi_flow"]
