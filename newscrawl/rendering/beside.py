"""What stands above and below a story, where the story itself does not have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newscrawl.extract.inline import destination


def lead_of(article: Mapping[str, Any]) -> dict[str, str | None] | None:
    """The main picture's ``url``, ``caption``, ``credit`` and ``alt``; ``None`` where the story's Markdown has it.

    >>> lead_of({"image": "https://x.example/a.jpg", "image_caption": "A quay.", "images": [], "body_markdown": ""})
    {'url': 'https://x.example/a.jpg', 'caption': 'A quay.', 'credit': None, 'alt': None}
    """
    markdown = article.get("body_markdown") or ""
    first = next(
        iter(article.get("images") or ()), {"url": article.get("image"), "caption": article.get("image_caption")}
    )
    if not first["url"] or f"]({destination(first['url'])})" in markdown:
        return None
    return {name: first.get(name) for name in ("url", "caption", "credit", "alt")}


def corrections_beside(article: Mapping[str, Any]) -> list[str]:
    r"""The corrections and notes that do not stand in the body.

    >>> corrections_beside({"body": "One.\n\nCorrection: It was two.", "corrections": ["Correction: It was two."]})
    []
    """
    body = _letters(article.get("body") or "")
    return [text for text in article.get("corrections") or () if _letters(text) not in body]


def _letters(text: str) -> str:
    """A text without white space: where that stands may differ."""
    return "".join(text.split())
