"""Writes the shipped schema anew."""

from newscrawl.article.schema import FILE, schema_text

FILE.write_text(schema_text(), encoding="utf8")
