"""A publisher at one origin: which pages are its articles."""
