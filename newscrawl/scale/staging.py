"""One archive, one task: its articles as a Parquet file, what was set aside as another, and what was counted.

A file of counts is written last. Where there is one, of an archive of the same size, the archive is not read again.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from newscrawl.article.types import FIELDS, plain
from newscrawl.feeds.columns import ArticleColumns
from newscrawl.scale.articles import Outcome, articles
from newscrawl.scale.places import Folder, is_remote, opened
from newscrawl.timelimit import PAGE_TIME_LIMIT
from newscrawl.version import __version__

#: What :func:`name_of` gives, as a regular expression.
NAME = r"[\w.-]*-[0-9a-f]{12}"
_TRIES = 3  # of an archive that another machine keeps
_KINDS = 100  # reasons that are told apart in one archive's counts
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Counts:
    """What was read.

    ``seconds`` are of a clock, ``cpu`` of one core; ``megabytes`` (10^6) the most that the process held. ``skipped``
    and ``set_aside`` are records by kind; ``unread`` tells why an archive could not be read, ``known`` whether an
    earlier run did.
    """

    archive: str = ""
    size: int = 0
    records: int = 0
    articles: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    cpu: float = 0.0
    megabytes: float = 0.0
    unread: str = ""
    known: bool = False
    version: str = __version__

    @classmethod
    def read(cls, data: bytes) -> Counts:
        """From its file. Raises ``ValueError`` or ``TypeError`` for what is none."""
        made = cls(**json.loads(data))
        made.skipped, made.set_aside = Counter(made.skipped), Counter(made.set_aside)
        return made


@dataclass
class Totals:
    """What many archives' :class:`Counts` add up to: those read before, and now, which had ``fresh`` records."""

    archives: int = 0
    known: int = 0
    fresh: int = 0
    records: int = 0
    articles: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    cpu: float = 0.0
    megabytes: float = 0.0
    unread: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, one: Counts) -> Totals:
        """Of one archive."""
        return cls(
            1, int(one.known), 0 if one.known else one.records, one.records, one.articles, one.skipped, one.set_aside,
            one.cpu, one.megabytes, {one.archive: one.unread} if one.unread else {},
        )  # fmt: skip

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.archives + other.archives, self.known + other.known, self.fresh + other.fresh,
            self.records + other.records, self.articles + other.articles,
            self.skipped + other.skipped, self.set_aside + other.set_aside,
            self.cpu + other.cpu, max(self.megabytes, other.megabytes), self.unread | other.unread,
        )  # fmt: skip


def name_of(archive: str) -> str:
    """What an archive's results are called: its own name, and what tells it from others of that name elsewhere."""
    base = archive.rstrip("/").rpartition("/")[2].partition(".warc")[0]
    safe = "".join(char if char.isascii() and (char.isalnum() or char in "-_.") else "-" for char in base)[:100]
    return f"{safe.lstrip('.')}-{sha256(archive.encode()).hexdigest()[:12]}"


def extract_archive(archive: str, into: str, time_limit: float = PAGE_TIME_LIMIT) -> Counts:
    """Read an archive into the folder ``into``, unless that was done before.

    There are then ``NAME.parquet`` (articles, with ``archive`` and ``offset`` of their record),
    ``NAME.set-aside.parquet`` (where there is any; archive, offset, url, reason) and ``NAME.json`` (:class:`Counts`).
    Nothing is written, and ``unread`` says why, where the archive cannot be read: one far away is tried three times.
    """
    folder, tries = Folder(into), _TRIES if is_remote(archive) else 1
    for number in range(tries):
        try:
            return _known(archive, folder) or _extract(archive, folder, time_limit)
        except OSError as error:
            reason = str(error) or "an unforeseen error"
            if number + 1 < tries:
                time.sleep(2**number)
    return Counts(archive, unread=reason)


def _known(archive: str, folder: Folder) -> Counts | None:
    name = name_of(archive)
    if folder.sizes(f"{name}.json") == [None]:
        return None
    try:
        counts = Counts.read(folder.read(f"{name}.json"))
    except (ValueError, TypeError):
        return None
    if counts.size != _size(archive) or bool(counts.articles) != (folder.sizes(f"{name}.parquet") != [None]):
        return None
    counts.known = True
    return counts


def _size(archive: str) -> int:
    """Bytes of an archive here. What is elsewhere, as in Common Crawl, does not change under its name: 0."""
    return 0 if is_remote(archive) else os.stat(archive).st_size


def _extract(archive: str, folder: Folder, time_limit: float) -> Counts:
    name, began, cpu = name_of(archive), time.monotonic(), time.process_time()
    counts = Counts(archive, _size(archive))
    folder.remove(f"{name}.json", f"{name}.parquet", f"{name}.set-aside.parquet")
    with (
        _Table(folder, f"{name}.parquet", _articles()) as good,
        _Table(folder, f"{name}.set-aside.parquet", _set_aside()) as bad,
        opened(archive) as file,
    ):
        here = None if is_remote(archive) else Path(archive)
        for outcome in articles(file, time_limit, os.path.basename(archive), here):
            counts.records += 1
            if outcome.article:
                counts.articles += 1
                good.add(plain(outcome.article), archive=archive, offset=outcome.offset)
            elif outcome.failed:
                _count(counts.set_aside, outcome)
                row = {"archive": archive, "offset": outcome.offset, "url": outcome.url, "reason": outcome.reason}
                bad.add({}, **row)
            else:
                _count(counts.skipped, outcome)
            if counts.records % 1000 == 0:
                counts.megabytes = max(counts.megabytes, _resident())
    counts.megabytes = max(counts.megabytes, _resident())
    counts.seconds, counts.cpu = round(time.monotonic() - began, 3), round(time.process_time() - cpu, 3)
    with folder.writing(f"{name}.json") as written:
        written.write(json.dumps(vars(counts), indent=1, ensure_ascii=False).encode())
    return counts


def _count(into: Counter[str], outcome: Outcome) -> None:
    kind = outcome.kind if outcome.kind != "says that it is none" else f"says that it is none: {outcome.reason}"
    into[kind if kind in into or len(into) < _KINDS else "other"] += 1


def _resident() -> float:
    """Memory of this process in MB."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * _PAGE / 1e6
    except OSError:  # not Linux
        return 0.0


def _articles() -> ArticleColumns:
    import pyarrow as pa

    more = [pa.field("archive", pa.string(), False), pa.field("offset", pa.int64(), False)]
    return ArticleColumns(dict(zip(FIELDS, FIELDS, strict=True)), more)


def _set_aside() -> ArticleColumns:
    import pyarrow as pa

    names = {"archive": pa.string(), "offset": pa.int64(), "url": pa.string(), "reason": pa.string()}
    return ArticleColumns({}, [pa.field(name, kind, False) for name, kind in names.items()])


class _Table:
    """A Parquet file that is there when it is whole, and has a row. A full row group is written at once."""

    def __init__(self, folder: Folder, name: str, rows: ArticleColumns):
        self._folder, self._name, self._rows = folder, name, rows
        self._file: Any = None

    def __enter__(self) -> _Table:
        return self

    def add(self, article: dict[str, Any], **more: Any) -> None:
        self._rows.add(article, **more)
        if self._rows.is_full:
            self._flush()

    def __exit__(self, *error: Any) -> None:
        if error[0] is None:
            self._flush()
        if self._file is not None:
            self._file.__exit__(*error)

    def _flush(self) -> None:
        if not (held := self._rows.held):
            return
        if self._file is None:
            self._file = _parquet(self._folder, self._name, self._rows.schema)
            self._writer = self._file.__enter__()
        self._writer.write_table(self._rows.take(), row_group_size=held)


@contextmanager
def _parquet(folder: Folder, name: str, schema: Any) -> Iterator[Any]:
    from pyarrow.parquet import ParquetWriter

    with folder.writing(name) as file, ParquetWriter(file, schema, compression="zstd") as writer:
        yield writer
