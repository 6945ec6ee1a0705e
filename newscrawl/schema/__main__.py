"""Writes the shipped schema anew."""

from newscrawl.schema import FILE, schema_text

FILE.write_text(schema_text(), encoding="utf8")
