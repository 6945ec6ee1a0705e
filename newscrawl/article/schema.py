"""The published JSON Schema of an article, made from :class:`newscrawl.items.Article`.

``article-1.json`` beside this file is that schema as it is shipped; ``python -m newscrawl.article.schema`` writes it
anew after a change of ``Article``. docs/loading.md says how a version may change.
"""

from __future__ import annotations

import json
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from newscrawl.article.item import Article

#: Raised when a field is renamed, removed, or means something else; never for a field that is added.
VERSION = 1
#: The shipped file.
FILE = Path(__file__).with_name(f"article-{VERSION}.json")

_SIMPLE = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}


def article_schema() -> dict[str, Any]:
    """The schema of one line of output, as JSON Schema 2020-12."""
    hints = get_type_hints(Article)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:newscrawl:article:{VERSION}",
        "title": "Article",
        "description": "One news article as newscrawl writes it: a line of JSON Lines. Unknown: null or an empty list.",
        "type": "object",
        "properties": {field.name: _property(hints[field.name], field.metadata) for field in fields(Article)},
        # What was added to a version after its publication is missing in older files, which stay valid.
        "required": [field.name for field in fields(Article) if not field.metadata.get("added")],
    }


def schema_text() -> str:
    """The schema as it stands in the shipped file."""
    return json.dumps(article_schema(), indent=2, ensure_ascii=False) + "\n"


@cache
def kinds() -> dict[str, tuple[type, bool]]:
    """Each field's type, in the order of the output, and whether it may be ``None``: ``list`` is of strings,
    ``dict`` from strings to strings or ``None``."""
    found = {}
    for name, hint in get_type_hints(Article).items():
        if name == "found":  # which is no field
            continue
        inner = [part for part in get_args(hint) if part is not NoneType]
        optional = NoneType in get_args(hint) and get_origin(hint) is not dict
        plain = inner[0] if optional else hint
        found[name] = (get_origin(plain) or plain, optional)
    return found


def instants() -> set[str]:
    """The fields that are dates."""
    return {field.name for field in fields(Article) if field.metadata.get("format") == "date-time"}


def _property(hint: Any, metadata: Any) -> dict[str, Any]:
    keywords = {name: value for name, value in metadata.items() if name not in ("items", "added")}
    typed = _typed(hint)
    if "items" in metadata:
        typed["items"] |= metadata["items"]
    return {"description": keywords.pop("description", ""), **typed, **keywords}


def _typed(hint: Any) -> dict[str, Any]:
    """The keywords that say a type."""
    if hint in _SIMPLE:
        return {"type": _SIMPLE[hint]}
    arguments = get_args(hint)
    if get_origin(hint) is list:
        return {"type": "array", "items": _typed(arguments[0])}
    if get_origin(hint) is dict:
        return {"type": "object", "additionalProperties": _typed(arguments[1])}
    return {"type": [_SIMPLE[part] for part in arguments]}
