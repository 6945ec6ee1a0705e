"""The one table of an article's fields and their types, made from :class:`newscrawl.article.item.Article`.

The schema, the check of lines, the columns of every output format and of the database, and what is watched for drift
follow from it: a field that ``Article`` gains is in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import MISSING, Field, dataclass, fields
from datetime import datetime
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from newscrawl.article.item import Article

#: What is larger than 64 bits has no place in a column.
_LARGEST = 2**63 - 1
#: What types are called in JSON, in a sentence.
_CALLED = {
    str: "text", int: "a whole number of 64 bits", bool: "true or false", list: "a list of text",
    dict: "an object of text or null",
}  # fmt: skip
_UNPUBLISHED = ("added", "keys", "watched")


@dataclass(frozen=True, slots=True)
class FieldType:
    """What one field holds.

    ``kind`` is ``str``, ``int``, ``bool``, ``list`` (of ``str``) or ``dict`` (of ``str`` or ``None``); ``optional``:
    it may be ``None``, too. ``keywords`` are JSON Schema's beside the type.
    """

    name: str
    kind: type
    optional: bool
    default: Any
    keywords: Mapping[str, Any]
    #: Came after the first version of the schema: older files lack it.
    added: bool
    #: The keys of a ``dict``.
    keys: tuple[str, ...]
    #: Whether a fall in how many articles have it is told.
    watched: bool

    @property
    def instant(self) -> bool:
        """Whether it is a moment on earth."""
        return self.keywords.get("format") == "date-time"

    @property
    def utc(self) -> bool:
        """Whether it is a moment that is always written in UTC."""
        return self.instant and self.keywords.get("pattern") == "Z$"

    @property
    def json(self) -> bool:
        """Whether it is JSON where a value is one text or number."""
        return self.kind in (list, dict)

    @property
    def expected(self) -> str:
        """Its type in the words of JSON."""
        return f"{_CALLED[self.kind]} or null" if self.optional else _CALLED[self.kind]

    def missing(self) -> Any:
        """What it holds where nothing is said of it."""
        return copy(self.default)

    def fits(self, value: Any) -> bool:
        """Whether a value is of the type."""
        if value is None:
            return self.optional
        if self.kind is int:
            return type(value) is int and abs(value) <= _LARGEST
        if isinstance(value, list):
            return self.kind is list and all(isinstance(one, str) for one in value)
        if isinstance(value, dict):
            return self.kind is dict and all(isinstance(one, str | None) for one in value.values())
        return isinstance(value, self.kind)


def fields_of(kind: type[Article]) -> dict[str, FieldType]:
    """The fields of a class of articles, by name, in the order of the output."""
    hints = get_type_hints(kind)
    return {field.name: _type(field, hints[field.name]) for field in fields(kind)}


def _type(field: Field[Any], hint: Any) -> FieldType:
    optional = NoneType in get_args(hint) and get_origin(hint) is not dict
    plain = next(part for part in get_args(hint) if part is not NoneType) if optional else hint
    kind = get_origin(plain) or plain
    default = field.default if field.default_factory is MISSING else field.default_factory()
    keywords = {name: value for name, value in field.metadata.items() if name not in _UNPUBLISHED}
    watched = field.metadata.get("watched", optional or kind is list)
    return FieldType(
        field.name, kind, optional, default, keywords, bool(field.metadata.get("added")),
        field.metadata.get("keys", ()), watched,
    )  # fmt: skip


#: The fields of an article, by name, in the order of the output.
FIELDS = fields_of(Article)
#: The columns of a database, and SQLite's types; lists and objects are JSON.
COLUMNS = {name: "integer" if field.kind in (int, bool) else "text" for name, field in FIELDS.items()}

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def is_instant(text: str) -> bool:
    """Whether a text is one moment on earth, as RFC 3339 writes it: a day of the calendar, a time, and an offset."""
    try:
        return _INSTANT.fullmatch(text) is not None and bool(datetime.fromisoformat(text))
    except ValueError:
        return False
