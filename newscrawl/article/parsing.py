"""The article that a line of JSON Lines holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from newscrawl.article.lines import TornError, lines_in
from newscrawl.article.types import FIELDS, FieldType, is_instant

#: What tells which version of which article a line holds.
_NEEDED = ("url", "id", "publisher", "headline", "content_hash", "crawled_at")
_LONGEST_VALUE = 40  # characters of a value in a message


def identified(line: bytes) -> dict[str, Any]:
    """The object in a line that tells which version of which article it is; its other fields may be anything.

    Raises ``ValueError`` that says what is wrong.
    """
    return _identified(line, json.loads)


def _identified(line: bytes, decode: Callable[[str], Any]) -> dict[str, Any]:
    try:
        found = decode(line.decode("utf-8-sig"))  # of bytes, Python would guess the encoding
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON, or torn: {error}") from None
    if not isinstance(found, dict):
        raise ValueError("expected an object")  # noqa: TRY004 - of the file, not of the program
    for name in _NEEDED:
        value = found.get(name)
        if not value:
            raise ValueError(f"no {name}")
        if not FIELDS[name].fits(value):
            raise ValueError(_wrong(name, FIELDS[name].expected, value))
    return found


def identified_in(path: Path, offset: int = 0) -> Iterator[dict[str, Any]]:
    """The objects in a file's whole lines from byte ``offset`` on that are :func:`identified`; others are passed over.

    The last line, without an end, and what comes after damage may be torn, and are no whole lines.
    """
    with suppress(TornError):
        for line in lines_in(path, offset):
            if line.endswith(b"\n"):
                with suppress(ValueError):
                    yield identified(line)


def article_of(line: bytes, *, strict: bool = True) -> dict[str, Any]:
    """The article in a line: every field of ``Article``; one that the line does not have yet, at its default.

    What :class:`newscrawl.article.check.Checker` refuses of an article is refused here, too; not what is a matter of
    the file alone: a byte order mark, line ends, fields that are missing. Without ``strict``, neither is the form of a
    text, such as an address: whoever only has to know the article need not refuse it.

    Raises ``ValueError`` that says what is wrong.
    """
    found = _identified(line, strict_json)
    article: dict[str, Any] = {}
    for name, field in FIELDS.items():
        value = article[name] = found[name] if name in found else field.missing()
        if not field.fits(value):
            raise ValueError(_wrong(name, field.expected, value))
        if name in found:
            _check(name, field, value, strict)
            for where, part, one in field.parts(value):
                _check(where, part, one, strict)
    if b"\\ud" in line or b"\\uD" in line:
        _check_surrogates(found)
    return article


def strict_json(text: str) -> Any:
    """The value of a JSON text. Raises ``ValueError`` also for what Python's reader allows: keys twice, and ``NaN``."""
    return _DECODER.decode(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("duplicate key in an object")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"not JSON: {constant}")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse)


def _check(name: str, field: FieldType, value: Any, strict: bool) -> None:
    """Raise ``ValueError`` where a value that is of the type is not as the schema's keywords say."""
    if field.instant and value is not None:
        _check_instant(name, field, value)
    elif strict and (expected := field.lacks(value)):
        raise ValueError(_wrong(name, expected, value))


def _check_instant(name: str, field: FieldType, value: str) -> None:
    if not is_instant(value):
        raise ValueError(_wrong(name, "an ISO 8601 date and time with an offset", value))
    if field.utc and not value.endswith("Z"):
        raise ValueError(_wrong(name, "a time in UTC, with a Z", value))


def _wrong(name: str, expected: str, value: Any) -> str:
    try:
        text = json.dumps(value)
    except RecursionError:
        text = "something nested too deep"
    return f"{name}: expected {expected}, not {text if len(text) <= _LONGEST_VALUE else f'{text[:_LONGEST_VALUE]}…'}"


def _check_surrogates(article: dict[str, Any]) -> None:
    """Half a character has no place in UTF-8."""
    try:
        json.dumps(article, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("half a character (a lone surrogate)") from None
