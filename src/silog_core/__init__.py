"""Plan election logistics: needs, allocation, routes, schedule, risk, each with a reason."""
