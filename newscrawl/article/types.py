"""The one table of an article's fields and their types, made from :class:`newscrawl.article.item.Article`.

The schema, the check of lines, the columns of every output format and of the database, and what is watched for drift
follow from it: a field that ``Article`` gains is in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
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

    ``kind`` is ``str``, ``int``, ``bool``, ``list`` (of ``str``, or of objects) or ``dict`` (of ``str`` or ``None``);
    ``optional``: it may be ``None``, too. ``keywords`` are JSON Schema's beside the type.
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
    #: The fields of each object in a list, by name; of a list of texts and of what is no list, none.
    of: Mapping[str, FieldType]

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
        called = f"a list of objects with {', '.join(self.of)}" if self.of else _CALLED[self.kind]
        return f"{called} or null" if self.optional else called

    def missing(self) -> Any:
        """What it holds where nothing is said of it."""
        return copy(self.default)

    def lacks(self, value: Any) -> str:
        """What the schema's keywords expect of a value that is of the type, and it is not; ``""`` where all is well."""
        if value is None or self.of:  # its objects' fields have keywords of their own
            return ""
        keywords = self.keywords | self.keywords.get("items", {})
        values = value if isinstance(value, list) else [value]
        faults = (expected for name, (is_so, expected) in _KEYWORDS.items() if name in keywords
                  and not all(is_so(one, keywords[name]) for one in values))  # fmt: skip
        return next((expected.format(_listed(keywords)) for expected in faults), "")

    def fits(self, value: Any) -> bool:
        """Whether a value is of the type. An object in a list may lack what is optional, and have more."""
        if value is None:
            return self.optional
        if self.kind is int:
            return type(value) is int and abs(value) <= _LARGEST
        if isinstance(value, list):
            return self.kind is list and all(map(self._fits_in, value))
        if isinstance(value, dict):
            return self.kind is dict and all(isinstance(one, str | None) for one in value.values())
        return isinstance(value, self.kind)

    def _fits_in(self, one: Any) -> bool:
        if self.of:
            return isinstance(one, dict) and all(field.fits(one.get(name)) for name, field in self.of.items())
        return isinstance(one, str)

    def parts(self, value: Any) -> Iterator[tuple[str, FieldType, Any]]:
        """What the objects of a list hold, if it is one that fits: where, of which type, and the value.

        >>> [where for where, _, _ in FIELDS["links_in_text"].parts([{"url": "https://x.example/", "text": "x"}])]
        ['links_in_text[0].url', 'links_in_text[0].text']
        """
        for number, one in enumerate(value if self.of else ()):
            for name, field in self.of.items():
                if name in one:
                    yield f"{self.name}[{number}].{name}", field, one[name]


def fields_of(kind: type[Any]) -> dict[str, FieldType]:
    """The fields of a class of articles, or of objects in one, by name, in the order of the output."""
    hints = get_type_hints(kind)
    return {field.name: _type(field, hints[field.name]) for field in fields(kind)}


def _type(field: Field[Any], hint: Any) -> FieldType:
    optional = NoneType in get_args(hint) and get_origin(hint) is not dict
    plain = next(part for part in get_args(hint) if part is not NoneType) if optional else hint
    kind = get_origin(plain) or plain
    default = field.default if field.default_factory is MISSING else field.default_factory()
    keywords = {name: value for name, value in field.metadata.items() if name not in _UNPUBLISHED}
    watched = field.metadata.get("watched", optional or kind is list)
    held = get_args(plain)[0] if kind is list else str
    return FieldType(
        field.name, kind, optional, default, keywords, bool(field.metadata.get("added")),
        field.metadata.get("keys", ()), watched, fields_of(held) if held is not str else {},
    )  # fmt: skip


#: The fields of an article, by name, in the order of the output.
FIELDS = fields_of(Article)
_OBJECTS = [name for name, field in FIELDS.items() if field.of]
#: The columns of a database, and SQLite's types; lists and objects are JSON.
COLUMNS = {name: "integer" if field.kind in (int, bool) else "text" for name, field in FIELDS.items()}


def plain(article: Article) -> dict[str, Any]:
    """An article's values by name, objects in lists as dictionaries; to be read only, as little is copied."""
    values = vars(article)
    return values | {name: plain_list(values[name]) for name in _OBJECTS if values[name]}


def plain_list(value: Any) -> Any:
    """A list's objects as dictionaries; any other value as it is.

    >>> from newscrawl.article.item import TextLink
    >>> plain_list([TextLink("https://x.example/", "x")])
    [{'url': 'https://x.example/', 'text': 'x', 'internal': False}]
    """
    if not isinstance(value, list) or not value or not is_dataclass(value[0]):
        return value
    return [{name: getattr(one, name) for name in one.__slots__} for one in value]


#: What an address has nowhere unescaped, and characters of it (RFC 3987).
_NO_ADDRESS = r"""\x00-\x20\x7f-\xa0<>"{}|\\^`%\[\]\ufdd0-\ufdef\ufff0-\uffff"""
_SIGNS = rf"(?:[^{_NO_ADDRESS}#?\ue000-\uf8ff]|%[0-9a-f]{{2}})*"
_HOST = rf"(?:[^{_NO_ADDRESS}/?#@]*@)?(?:\[[0-9a-f]*:[0-9a-f:.]*\]|(?:[^{_NO_ADDRESS}/?#@:]|%[0-9a-f]{{2}})*)(?::\d*)?"
_QUERY = rf"(?:[^{_NO_ADDRESS}#]|%[0-9a-f]{{2}})*"
_IRI = re.compile(
    rf"[a-z][a-z0-9+.-]*:(?://{_HOST}(?=[/?#]|\Z)|(?!//)){_SIGNS}(?:\?{_QUERY})?(?:\#{_QUERY})?", re.IGNORECASE
)
#: Keywords of the schema that are no type: when a value is as one says, and what is expected then.
_KEYWORDS: Mapping[str, tuple[Callable[[Any, Any], bool], str]] = {
    "minLength": (lambda value, least: len(value) >= least, "text that is not empty"),
    "minimum": (lambda value, least: value >= least, "a number from 0 on"),
    "enum": (lambda value, words: value in words, "{}"),
    "format": (lambda value, form: form != "iri" or _IRI.fullmatch(value) is not None, "an address"),
    "pattern": (lambda value, pattern: re.search(pattern.replace("$", r"\Z"), value) is not None, "text like {}"),
}

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def _listed(keywords: Mapping[str, Any]) -> str:
    """What words there may be, or which pattern."""
    return " or ".join(keywords["enum"]) if "enum" in keywords else str(keywords.get("pattern", ""))


def is_instant(text: str) -> bool:
    """Whether a text is one moment on earth, as RFC 3339 writes it: a day of the calendar, a time, and an offset."""
    try:
        return _INSTANT.fullmatch(text) is not None and bool(datetime.fromisoformat(text))
    except ValueError:
        return False
