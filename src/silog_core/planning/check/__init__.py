"""The independent checker of plans: it shares no code with what makes them."""

from silog_core.planning.check.plan import check_plan as check_plan
from silog_core.planning.check.replanned import check_replan as check_replan
