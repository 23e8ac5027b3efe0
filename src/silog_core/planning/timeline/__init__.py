"""What waits for what in a plan: latest starts, the critical path, repair forward."""

from silog_core.planning.timeline.critical import critical_path as critical_path
from silog_core.planning.timeline.forward import repair_forward as repair_forward
