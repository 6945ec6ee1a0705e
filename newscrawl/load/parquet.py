"""The articles of a database as a partitioned data set of Parquet files. Only partitions that changed are written."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from filelock import FileLock, Timeout

from newscrawl.article.types import COLUMNS, FIELDS, FieldType
from newscrawl.dataset.folder import fresh, put, recover
from newscrawl.dataset.partitions import PARTITIONS, UNKNOWN, folder_of
from newscrawl.dataset.parts import PART_BYTES, columns, write

_PART = re.compile(r"part-\d{5}-([0-9a-f]{16})\.parquet")
_ORDERED = f"""
    select article, publisher, id, crawled_at, content_hash,
        coalesce(strftime('%Y-%m', date_published), '{UNKNOWN}')
    from articles order by publisher, datetime(date_published), id
"""
_ARTICLE = f"select {', '.join(COLUMNS)} from articles where article = ?"


@dataclass
class _Partition:
    """The articles of a folder in their order, by number, and a hash of their versions."""

    articles: array[int] = field(default_factory=lambda: array("q"))
    hash: Any = field(default_factory=sha256)

    @property
    def name(self) -> str:
        """What its files are called, which changes with what is in them."""
        return str(self.hash.hexdigest()[:16])


@dataclass(frozen=True)
class Written:
    """How many ``articles`` and files a data set has, and how many partitions were written anew, and removed."""

    articles: int
    files: int
    changed: int
    removed: int = 0


class DataSet:
    """The data set in ``folder/articles``, while nobody else writes there.

    Raises ``ValueError`` where something is in it that no earlier load wrote, ``BlockingIOError`` while another load
    writes there, ``OSError`` where the folder cannot be used.
    """

    def __init__(self, folder: Path, partition: str, full: int = PART_BYTES):
        """``full``: bytes after which a file of it is full."""
        self._by, self._full = PARTITIONS[partition], full
        self._columns = columns(self._by)
        self.place = folder.resolve() / "articles"
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / ".articles.parquet.lock", blocking=False)  # a database there has another

    def __enter__(self) -> Self:
        try:
            self._lock.acquire()
        except Timeout:
            raise BlockingIOError(f"another load is writing to {self.place}; wait until it has ended") from None
        try:
            recover(self.place)
            self._there()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def write(self, db: sqlite3.Connection) -> Written:
        """Bring it up to date with the database. If nothing has changed, or there is no article, nothing is written.

        Raises ``OSError`` where it cannot be written; then it is as it was.
        """
        wanted, there = self._wanted(db), self._there()
        same = [name for name, partition in wanted.items() if there.get(name, ("",))[0] == partition.name]
        changed, removed = len(wanted) - len(same), len(there.keys() - wanted.keys())
        if wanted and (changed or removed):
            new = fresh(self.place)
            for name, partition in wanted.items():
                if name in same:
                    self._keep(new, name, there[name][1])
                else:
                    articles = (_article(db, number) for number in partition.articles)
                    write(new / name, partition.name, articles, self._columns, self._full)
            put(new, self.place)
        files = sum(len(paths) for _, paths in self._there().values())
        number = sum(len(one.articles) for one in wanted.values())
        return Written(number, files, changed, removed if wanted else 0)

    def _wanted(self, db: sqlite3.Connection) -> dict[str, _Partition]:
        """The partitions of all articles in the database, by folder."""
        found: dict[str, _Partition] = {}
        for number, publisher, *version, month in db.execute(_ORDERED):
            values = {"publisher": publisher, "month": month}
            name = folder_of({column: values[column] for column in self._by})
            if name not in found:
                found[name] = _Partition()
                found[name].hash.update(str(self._columns.schema).encode())
            found[name].articles.append(number)
            found[name].hash.update("\0".join((publisher, *version, "\n")).encode())
        return found

    def _there(self) -> dict[str, tuple[str, list[Path]]]:
        """The partitions that are there: what their files are called, and the files."""
        found: dict[str, tuple[str, list[Path]]] = {}
        for path in sorted(self._files()):
            told = _PART.fullmatch(path.name)
            if not told:
                raise ValueError(f"{path} does not belong to a data set that was loaded earlier: name another folder")
            name = path.parent.relative_to(self.place).as_posix().removeprefix(".")
            found.setdefault(name, (told[1], []))[1].append(path)
        return found

    def _files(self) -> Iterator[Path]:
        if self.place.exists() and not self.place.is_dir():
            raise ValueError(f"{self.place} is a file, expected a folder: name another one")
        for folder, folders, names in os.walk(self.place):
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (Path(folder, name) for name in names if not name.startswith("."))  # .DS_Store

    def _keep(self, new: Path, name: str, files: list[Path]) -> None:
        (new / name).mkdir(parents=True, exist_ok=True)
        for path in files:
            try:
                os.link(path, new / name / path.name)
            except OSError:  # a file system without hard links
                shutil.copy2(path, new / name / path.name)


def _article(db: sqlite3.Connection, number: int) -> dict[str, Any]:
    values = db.execute(_ARTICLE, (number,)).fetchone()
    return {name: _value(FIELDS[name], value) for name, value in zip(COLUMNS, values, strict=True)}


def _value(field: FieldType, value: Any) -> Any:
    """A field's value from that of its column. Keys of an object that are no part of its type are left out."""
    if value is None:
        return None if field.optional else field.missing()
    if field.kind is dict:
        return {key: text for key, text in json.loads(value).items() if key in field.keys}
    if field.json:
        return json.loads(value)
    return bool(value) if field.kind is bool else value
