"""A story as people read it: its Markdown as HTML, as a page, and on a terminal."""
