"""Texts that people read, in Indonesian and English."""
