"""Articles as Apache Parquet, by pyarrow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import IO, Any

from newscrawl.feeds import needs
from newscrawl.feeds.article import ArticleExporter
from newscrawl.schema import article_schema, instants, kinds

_MINUTE = timedelta(minutes=1)


class ParquetExporter(ArticleExporter):
    """Columns with types: instants, lists, numbers, a map of strings; compressed by zstd.

    An instant is in UTC. Beside a date of the publisher's clock stands ``NAME_offset``, that clock's minutes
    from UTC, so that both the moment and what the page showed can be had. A row group is written as soon as it
    has ``rows`` articles or ``characters`` of body: only that much is in memory.
    """

    def __init__(
        self,
        file: IO[bytes],
        *,
        rows: int = 10_000,
        characters: int = 8_000_000,
        compression: str = "zstd",
        **kwargs: Any,
    ):
        super().__init__(file, **kwargs)
        with needs("pyarrow", "parquet"):
            import pyarrow
            import pyarrow.parquet
        if rows < 1 or characters < 1:
            raise ValueError("rows and characters of a row group: expected 1 or more")
        self._arrow = pyarrow
        self.rows, self.characters, self.compression = rows, characters, compression
        self._schema = self._columns_typed()
        self._clear()

    def check_zipped(self) -> None:
        raise ValueError("a Parquet file is compressed within, and no reader opens it in another file; leave .gz out")

    def begin(self) -> None:
        self._writer = self._arrow.parquet.ParquetWriter(self.file, self._schema, compression=self.compression)

    def write(self, article: dict[str, Any]) -> None:
        for name, field in self.columns.items():
            value = article.get(field)
            if field in instants():
                value, minutes = _instant(value)
                if f"{name}_offset" in self._group:
                    self._group[f"{name}_offset"].append(minutes)
            self._group[name].append(list(value.items()) if isinstance(value, dict) else value)
        self._held += 1
        self._size += len(article.get("body") or "")
        if self._held >= self.rows or self._size >= self.characters:
            self._flush()

    def end(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._held:
            self._writer.write_table(self._arrow.table(self._group, schema=self._schema), row_group_size=self._held)
            self._clear()

    def _clear(self) -> None:
        self._group: dict[str, list[Any]] = {name: [] for name in self._schema.names}
        self._held = self._size = 0

    def _columns_typed(self) -> Any:
        pa = self._arrow
        types = {
            str: pa.string(),
            int: pa.int64(),
            bool: pa.bool_(),
            list: pa.list_(pa.field("element", pa.string(), nullable=False)),
            dict: pa.map_(pa.string(), pa.string()),
        }
        utc = {name for name, keywords in article_schema()["properties"].items() if keywords.get("pattern") == "Z$"}
        columns = []
        for name, field in self.columns.items():
            kind, optional = kinds()[field]
            is_date = field in instants()
            columns.append(pa.field(name, pa.timestamp("us", tz="UTC") if is_date else types[kind], optional))
            if is_date and field not in utc:
                columns.append(pa.field(f"{name}_offset", pa.int16(), optional))
        return pa.schema(columns, metadata={"newscrawl.schema": article_schema()["$id"]})


def _instant(text: str | None) -> tuple[datetime | None, int | None]:
    """A date's instant in UTC, and the offset of its clock in minutes. Raises ``ValueError`` without an offset."""
    if text is None:
        return None, None
    moment = datetime.fromisoformat(text)
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(f"{text} has no offset from UTC")
    return moment.astimezone(UTC), offset // _MINUTE
