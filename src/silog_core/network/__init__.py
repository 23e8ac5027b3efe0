"""Graphs from places and legs: build, travel time, reach, criticality."""
