"""The Parquet files of one partition: about 128 MB each, all with the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from newscrawl.article.types import FIELDS
from newscrawl.feeds import needs
from newscrawl.feeds.columns import ArticleColumns

#: Bytes after which a file is full: engines read files of that size well, one for each core.
PART_BYTES = 128 * 1024 * 1024


def columns(without: Iterable[str]) -> ArticleColumns:
    """All columns of an article, except those that are in the names of the folders."""
    return ArticleColumns({name: name for name in FIELDS if name not in set(without)})


def write(folder: Path, name: str, articles: Iterable[dict[str, Any]], rows: ArticleColumns, full: int) -> None:
    """Write a partition's articles as ``part-00000-NAME.parquet``, ``part-00001-…``, each of ``full`` bytes or so."""
    with needs("pyarrow", "parquet"):
        from pyarrow.parquet import ParquetWriter
    folder.mkdir(parents=True, exist_ok=True)
    groups = _groups(articles, rows)
    for number, first in enumerate(groups):
        path = folder / f"part-{number:05}-{name}.parquet"
        with path.open("wb") as file, ParquetWriter(file, rows.schema, compression="zstd") as writer:
            group = first
            while group is not None:
                writer.write_table(group, row_group_size=group.num_rows)
                group = next(groups, None) if file.tell() < full else None


def _groups(articles: Iterable[dict[str, Any]], rows: ArticleColumns) -> Iterator[Any]:
    """The articles as tables, each a row group."""
    for article in articles:
        rows.add(article)
        if rows.is_full:
            yield rows.take()
    if rows.held:
        yield rows.take()
