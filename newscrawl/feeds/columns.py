"""Articles as Apache Arrow columns with types, gathered until they are a row group of a Parquet file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from newscrawl.article.schema import NAME
from newscrawl.article.types import FIELDS, FieldType
from newscrawl.feeds import needs

_MINUTE = timedelta(minutes=1)


class ArticleColumns:
    """Instants, lists of texts and of structures, numbers, a structure of rules.

    ``columns`` gives output names to an article's fields, in the order of the output. An instant is in UTC. Beside a
    date of the publisher's clock stands ``NAME_offset``, that clock's minutes from UTC, so that both the moment and
    what the page showed can be had; so it is within structures. ``more`` are Arrow fields behind those, of values that
    are no part of an article.
    """

    def __init__(
        self,
        columns: Mapping[str, str],
        more: Sequence[Any] = (),
        *,
        rows: int = 10_000,
        characters: int = 8_000_000,
    ):
        with needs("pyarrow", "parquet"):
            import pyarrow
        if rows < 1 or characters < 1:
            raise ValueError("rows and characters of a row group: expected 1 or more")
        self._arrow = pyarrow
        self.columns, self.rows, self.characters = columns, rows, characters
        self.schema = self._typed(more)
        self._clear()

    def add(self, article: Mapping[str, Any], **more: Any) -> None:
        """Take one article, by the names of its fields. Raises ``ValueError`` for a date without an offset."""
        for name, field in self.columns.items():
            value = article.get(field)
            if FIELDS[field].instant:
                value, minutes = _instant(value)
                if f"{name}_offset" in self._group:
                    self._group[f"{name}_offset"].append(minutes)
            self._group[name].append(_known(field, value))
        for name, value in more.items():
            self._group[name].append(value)
        self.held += 1
        self._size += _characters(article)

    @property
    def is_full(self) -> bool:
        """Whether there are ``rows`` articles or ``characters`` of text: as much as should be in memory."""
        return self.held >= self.rows or self._size >= self.characters

    def take(self) -> Any:
        """What was gathered, as a ``pyarrow.Table``; nothing is left."""
        table = self._arrow.table(self._group, schema=self.schema)
        self._clear()
        return table

    def _clear(self) -> None:
        self._group: dict[str, list[Any]] = {name: [] for name in self.schema.names}
        #: Articles gathered, and characters of their texts.
        self.held = self._size = 0

    def _typed(self, more: Sequence[Any]) -> Any:
        columns = self._fields({name: FIELDS[field] for name, field in self.columns.items()})
        return self._arrow.schema([*columns, *more], metadata={"newscrawl.article.schema": NAME})

    def _fields(self, fields: Mapping[str, FieldType]) -> list[Any]:
        pa, found = self._arrow, []
        for name, field in fields.items():
            found.append(pa.field(name, self._type(field), field.optional))
            if field.instant and not field.utc:
                found.append(pa.field(f"{name}_offset", pa.int16(), field.optional))
        return found

    def _type(self, field: FieldType) -> Any:
        pa = self._arrow
        if field.of:
            return pa.list_(pa.field("element", pa.struct(self._fields(field.of)), nullable=False))
        if field.instant:
            return pa.timestamp("us", tz="UTC")
        return {
            str: pa.string(),
            int: pa.int64(),
            bool: pa.bool_(),
            list: pa.list_(pa.field("element", pa.string(), nullable=False)),
            dict: pa.struct([(key, pa.string()) for key in field.keys]),
        }[field.kind]


def _known(name: str, value: Any) -> Any:
    """A value as Arrow takes it, which would leave out without a word what is no part of an object's structure."""
    field = FIELDS[name]
    if isinstance(value, dict):
        _check_keys(name, value, field.keys)
    elif field.of and value:
        return [_structure(name, one, field.of) for one in value]
    return value


def _structure(name: str, value: dict[str, Any], of: Mapping[str, FieldType]) -> dict[str, Any]:
    _check_keys(name, value, of)
    found = dict(value)
    for part, field in of.items():
        if field.instant:
            found[part], found[f"{part}_offset"] = _instant(value.get(part))
    return found


def _check_keys(name: str, value: dict[str, Any], keys: Iterable[str]) -> None:
    if more := value.keys() - set(keys):
        raise ValueError(f"{name}: expected {', '.join(keys)}, not {', '.join(sorted(map(str, more)))}")


def _characters(article: Mapping[str, Any]) -> int:
    """Characters of an article's long texts."""
    texts = [article.get("body"), article.get("body_markdown")]
    for update in article.get("updates") or ():
        texts += [update["text"], update["markdown"]]
    return sum(len(text) for text in texts if text)


def _instant(text: str | None) -> tuple[datetime | None, int | None]:
    """A date's instant in UTC, and the offset of its clock in minutes. Raises ``ValueError`` without an offset."""
    if text is None:
        return None, None
    moment = datetime.fromisoformat(text)
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(f"{text} has no offset from UTC")
    return moment.astimezone(UTC), offset // _MINUTE
