"""Files of JSON Lines, and the article that a line holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from newscrawl.article.check import is_instant, unpacked
from newscrawl.article.item import Article
from newscrawl.article.schema import instants

ENDINGS = (".jsonl", ".jsonlines", ".jl")
#: What a line may have in bytes; a crawl reads no page that could give a tenth of it.
LONGEST = 64 * 1024 * 1024
_NEEDED = ("url", "id", "publisher", "headline", "content_hash", "crawled_at")
_INSTANTS = sorted(instants())
#: What a field's type is called in JSON. What is larger than 64 bits has no place in a column.
_CALLED = {
    str: "text", int: "a whole number of 64 bits", bool: "true or false", NoneType: "null",
    list: "a list of", dict: "an object of",
}  # fmt: skip


def nightly(paths: Iterable[Path]) -> list[Path]:
    """The finished files of JSON Lines among ``paths`` and in the folders among them, in the order of their names.

    A ``.part`` belongs to a run that is on or was killed, and is passed over; so is ``x.jsonl.gz`` beside ``x.jsonl``,
    which gzip is about to take away. Raises ``ValueError`` for a path that is neither a folder nor such a file.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.is_file() and plain(one).suffix in ENDINGS)
            found.update(dict.fromkeys(one.resolve() for one in inside if not one.name.startswith(".")))
        elif path.suffix == ".part":
            continue
        elif not path.is_file():
            raise ValueError(f"there is no file {path}; nothing was loaded")
        elif plain(path).suffix not in ENDINGS:
            raise ValueError(f"{path}: expected JSON Lines, a name in {', '.join(ENDINGS)} or with .gz behind it")
        else:
            found[path.resolve()] = None
    return [path for path in found if path == plain(path) or plain(path) not in found]


def plain(path: Path) -> Path:
    """A file's path without the ``.gz`` that a compressed one ends in: both are one file, before and after."""
    return path.with_suffix("") if path.suffix == ".gz" else path


def lines(path: Path) -> Iterator[bytes]:
    """A file's lines without their ends; of a line longer than ``LONGEST``, its beginning.

    Raises ``EOFError``, ``zlib.error`` or ``gzip.BadGzipFile`` where a compressed file is torn.
    """
    with path.open("rb") as packed:
        file = unpacked(packed)
        while line := file.readline(LONGEST):
            yield line.rstrip(b"\r\n")
            while not line.endswith(b"\n") and line:
                line = file.readline(LONGEST)


def article_of(line: bytes) -> dict[str, Any]:
    """The article in a line: every field of ``Article``; one that the line does not have yet, at its default.

    Raises ``ValueError`` that says what is wrong.
    """
    try:
        found = json.loads(line.decode("utf-8-sig"))  # of bytes, Python would guess the encoding
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON, or torn: {error}") from None
    if not isinstance(found, dict):
        raise ValueError("expected an object")  # noqa: TRY004 - of the file, not of the program
    article: dict[str, Any] = {}
    for field, hint, fits in _FIELDS:
        value = found.get(field.name, field.default)
        if value is MISSING and callable(field.default_factory):
            value = field.default_factory()
        if value is MISSING or (field.name in _NEEDED and not value):
            raise ValueError(f"no {field.name}")
        if not fits(value):
            raise ValueError(f"{field.name}: expected {_called(hint)}, not {_shown(value)}")
        article[field.name] = value
    for name in _INSTANTS:
        if (value := article[name]) is not None and not is_instant(value):
            raise ValueError(f"{name}: expected an ISO 8601 date and time with an offset, not {_shown(value)}")
    if not article["crawled_at"].endswith("Z"):
        raise ValueError(f"crawled_at: expected a time in UTC, with a Z, not {_shown(article['crawled_at'])}")
    if b"\\ud" in line or b"\\uD" in line:
        _without_surrogates(article)
    return article


def _fit(hint: Any) -> Callable[[Any], bool]:
    """What tells whether a value is of a type."""
    if hint is int:
        return lambda value: type(value) is int and abs(value) < 2**63
    inner = [_fit(one) for one in get_args(hint)]
    match get_origin(hint):
        case None:
            return lambda value: isinstance(value, hint)
        case kind if kind is list:
            return lambda value: isinstance(value, list) and all(map(inner[0], value))
        case kind if kind is dict:
            return lambda value: isinstance(value, dict) and all(map(inner[1], value.values()))
    return lambda value: any(fits(value) for fits in inner)  # of a union


def _called(hint: Any) -> str:
    """A type in the words of JSON."""
    if (kind := get_origin(hint)) in (list, dict):
        return f"{_CALLED[kind]} {_called(get_args(hint)[-1])}"
    return _CALLED.get(hint) or " or ".join(map(_called, get_args(hint)))


def _shown(value: Any) -> str:
    try:
        text = json.dumps(value)
    except RecursionError:
        return "something nested too deep"
    return text if len(text) <= 40 else f"{text[:40]}…"


def _without_surrogates(article: dict[str, Any]) -> None:
    """Half a character has no place in UTF-8."""
    try:
        json.dumps(article, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("half a character (a lone surrogate)") from None


_HINTS = get_type_hints(Article)
_FIELDS = [(field, _HINTS[field.name], _fit(_HINTS[field.name])) for field in fields(Article)]
