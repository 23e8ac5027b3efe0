"""Hook specifications, discovery and the typed plugin host."""
