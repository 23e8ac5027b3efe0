"""Risk checks of a plan."""
