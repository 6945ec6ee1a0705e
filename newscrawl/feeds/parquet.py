"""Articles as Apache Parquet, by pyarrow."""

from __future__ import annotations

from typing import IO, Any

from newscrawl.feeds import needs
from newscrawl.feeds.article import ArticleExporter
from newscrawl.feeds.columns import ArticleColumns


class ParquetExporter(ArticleExporter):
    """The columns of :class:`ArticleColumns`, compressed by zstd.

    A row group is written as soon as it has ``rows`` articles or ``characters`` of text: only that much is in memory.
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
            from pyarrow.parquet import ParquetWriter
        self._new_writer = ParquetWriter
        self.group = ArticleColumns(self.columns, rows=rows, characters=characters)
        self.compression = compression

    def check_zipped(self) -> None:
        raise ValueError("a Parquet file is compressed within, and no reader opens it in another file; leave .gz out")

    def begin(self) -> None:
        self._writer = self._new_writer(self.file, self.group.schema, compression=self.compression)

    def write(self, article: dict[str, Any]) -> None:
        self.group.add(article)
        if self.group.is_full:
            self._flush()

    def end(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if held := self.group.held:
            self._writer.write_table(self.group.take(), row_group_size=held)
