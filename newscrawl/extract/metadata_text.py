"""Texts that metadata have of a story, which may be HTML, as paragraphs."""

from __future__ import annotations

import re

from newscrawl.extract.blocks import Block, blocks
from newscrawl.extract.markup import root_of
from newscrawl.text.spaces import clean_markup

_HTML_TAG = re.compile(r"<(?:p|div|br|li|h[1-6])\b", re.IGNORECASE)


def paragraphs_in(text: str, url: str) -> list[Block]:
    """The paragraphs of a text in metadata of the page at ``url``."""
    if _HTML_TAG.search(text):
        root = root_of(text.encode("utf-8", "ignore"), url)
        return blocks(root) if root is not None else []
    lines = (clean_markup(line) for line in text.split("\n"))
    return [Block(line, "p") for line in lines if line]
