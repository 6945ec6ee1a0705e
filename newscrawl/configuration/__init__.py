"""A user's own things, in one file: ``newscrawl.toml``. What it may hold, what is wrong with one, and what it sets."""
