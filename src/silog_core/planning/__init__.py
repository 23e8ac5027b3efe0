"""Pure planning functions: needs, allocation, routes, schedule, check, explain."""
