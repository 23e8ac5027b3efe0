"""Re-planning after incidents: what had left stays, the rest changes as little as it can."""

from silog_core.planning.replanning.replan import replan as replan
