"""The chain of custody."""
