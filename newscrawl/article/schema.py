"""The published JSON Schema of an article.

``article-1.json`` beside this file is that schema as it is shipped; ``python -m newscrawl.article`` writes it
anew after a change of ``Article``. docs/reference/fields.md says how a version may change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newscrawl.article.types import FIELDS, FieldType

#: Raised when a field is renamed, removed, or means something else; never for a field that is added.
VERSION = 1
#: The name of the version.
NAME = f"urn:newscrawl:article:{VERSION}"
#: The shipped file.
FILE = Path(__file__).with_name(f"article-{VERSION}.json")

_SIMPLE = {str: "string", int: "integer", bool: "boolean"}


def article_schema(fields: Mapping[str, FieldType] = FIELDS) -> dict[str, Any]:
    """The schema of one line of output, as JSON Schema 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": NAME,
        "title": "Article",
        "description": "One news article as newscrawl writes it: a line of JSON Lines. Unknown: null or an empty list.",
    } | _object(fields)


def schema_text() -> str:
    """The schema as it stands in the shipped file."""
    return json.dumps(article_schema(), indent=2, ensure_ascii=False) + "\n"


def _object(fields: Mapping[str, FieldType]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _property(field) for name, field in fields.items()},
        # What was added to a version after its publication is missing in older files, which stay valid.
        "required": [name for name, field in fields.items() if not field.added],
    }


def _property(field: FieldType) -> dict[str, Any]:
    keywords = dict(field.keywords)
    described = {"description": keywords.pop("description", "")}
    if field.of:
        return described | {"type": "array", "items": _object(field.of)} | keywords
    if field.kind is list:
        return described | {"type": "array", "items": {"type": "string"} | keywords.pop("items", {})} | keywords
    if field.kind is dict:
        return described | {"type": "object", "additionalProperties": {"type": ["string", "null"]}} | keywords
    simple = _SIMPLE[field.kind]
    return described | {"type": [simple, "null"] if field.optional else simple} | keywords
