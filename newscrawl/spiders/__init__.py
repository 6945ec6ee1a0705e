"""Spiders: which links of a section are followed."""
