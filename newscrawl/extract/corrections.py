"""Corrections, clarifications and editor's notes of a story, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from newscrawl.extract.notes import LONGEST_NOTE, MOST_NOTES, is_correction, notes
from newscrawl.extract.page import Page
from newscrawl.extract.value import Value
from newscrawl.text.spaces import clean_markup
from newscrawl.text.words import key_of

#: Where a story has such notes, of which some are in its metadata alone.
FIRST_PARAGRAPHS, LAST_PARAGRAPHS = 3, 6


def corrections(page: Page, paragraphs: Sequence[str]) -> Value[list[str]]:
    """Schema.org's ``correction``, and what the page and both ends of the ``paragraphs`` label as one, each once."""
    told = [text for text in _told(page.resolve(page.article_node.get("correction"))) if len(text) <= LONGEST_NOTE]
    shown = [note.text for note in page.once(notes) if note.correction]
    outer = (*paragraphs[:FIRST_PARAGRAPHS], *paragraphs[max(FIRST_PARAGRAPHS, len(paragraphs) - LAST_PARAGRAPHS) :])
    shown += [text for text in outer if len(text) <= LONGEST_NOTE and is_correction(text)]
    found: dict[str, str] = {}
    for text in (*told, *shown):
        key = key_of(text)
        if key and not any(key in other for other in found):
            found[key] = text
    rule = "json-ld:correction" if told else "label" if found else None
    return Value(list(found.values())[:MOST_NOTES], rule)


def _told(node: Any) -> Iterator[str]:
    """The texts of a ``CorrectionComment``, or of several."""
    for one in node if isinstance(node, list) else [node]:
        text = one.get("text") or one.get("description") if isinstance(one, dict) else one
        if isinstance(text, str) and (text := clean_markup(text)) and not text.startswith("http"):
            yield text
