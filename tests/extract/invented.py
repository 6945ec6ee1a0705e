"""Small invented pages, and who may publish them."""

from __future__ import annotations

import json
from typing import Any

from newscrawl.extract.css import Element
from newscrawl.extract.page import Page
from newscrawl.publishers import GENERIC, Publisher

HOME = "https://www.maroledger.example"
URL = f"{HOME}/world/harbour-reopens-1234567"
SENTENCE = "The harbour of Maro reopened on Wednesday after two weeks in which no ship had left it."


def page(body: str = "", head: str = "", url: str = URL, lang: str = "en") -> Page:
    return Page(f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>', url)


def element(markup: str, css: str = "body > *") -> Element:
    """The first element of some markup, or the first that a selector finds in it."""
    return page(markup).tree.select(css)[0]


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def json_ld(**values: Any) -> str:
    """A script with an article's JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


def publisher(**rules: tuple[str, ...]) -> Publisher:
    """A publisher with rules of its own."""
    return Publisher(name="maroledger.example", hosts=("www.maroledger.example",), home=HOME, rules=rules)


__all__ = ["GENERIC", "HOME", "SENTENCE", "URL", "element", "json_ld", "meta", "page", "publisher"]
