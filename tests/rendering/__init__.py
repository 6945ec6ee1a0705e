"""A story for people."""
