"""Built-in solvers for allocation and routing."""
