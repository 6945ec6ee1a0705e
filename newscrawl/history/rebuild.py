"""What a history lacks and the finished files beside it hold: after it was lost, or an older copy was put back."""

from __future__ import annotations

import os
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from newscrawl.article.lines import TornError, finished, lines_in, plain
from newscrawl.article.parsing import article_of
from newscrawl.history.database import History, Reader, lock_of
from newscrawl.history.durable import count_as_emitted, finished_run, note_file, path_of
from newscrawl.plural import counted

#: The default name of a run's file, of whichever spider: ``worldnews-20250903T141900Z.jsonl``, and a worker's.
_BY_DEFAULT = re.compile(r"(?P<name>.+)-\d{8}T\d{6}Z(?:-\d+-\d+)?\.jsonl(?:\.gz)?")
#: A file of another name is a crawl's if one of its first lines, so many, is an article: any other may be large.
_FIRST_LINES = 20
_TOLD = 3  # names of files, in the line that tells
#: The folder of files that are kept for their deliveries, as :mod:`newscrawl.targets.feeds` calls it.
_DELIVERIES = "deliveries"
_NO_RUN = 0  # has the files that gave nothing, which may be another history's


@dataclass(frozen=True)
class Wanted:
    """Whose articles a history is about.

    ``name`` is how the names of its files begin, ``publishers`` are those that it crawls. ``is_wanted`` tells of an
    address whether it is the publisher's: not of the sample edition, unless the history is.
    """

    name: str
    publishers: frozenset[str]
    is_wanted: Callable[[str], bool]


@dataclass
class Rebuilt:
    """What a history was rebuilt from, and why a file, by name, could not be read."""

    was_empty: bool
    articles: int = 0
    files: list[str] = field(default_factory=list)
    damaged: int = 0
    unread: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.articles or self.damaged or self.unread)

    def __str__(self) -> str:
        why = "was missing or empty" if self.was_empty else "is older than the files beside it"
        told = f"the history {why}; rebuilt: {counted(self.articles, 'article')}"
        if self.files:
            more = ", …" if len(self.files) > _TOLD else ""
            told += f" from {counted(len(self.files), 'file')} ({', '.join(self.files[:_TOLD])}{more})"
        if self.damaged:
            told += f"; {counted(self.damaged, 'damaged line')} skipped"
        if self.unread:
            told += f"; not read: {', '.join(f'{name} ({reason})' for name, reason in self.unread.items())}"
        return told


def rebuild(history: History, folder: Path, wanted: Wanted) -> Rebuilt:
    """Count what a folder's finished files hold and the history does not know as emitted; all of it or nothing.

    A file that the history knows, by its name and size, is not opened. The others are read once, oldest first. What
    runs noted beside their articles is in no file: addresses that failed, aliases, validators. Raises ``OSError``
    where the folder cannot be read, and ``sqlite3.Error``.
    """
    rebuilt = Rebuilt(was_empty=history.db.execute("select 1 from runs").fetchone() is None)
    if unknown := _unknown(history, folder, wanted):
        with history.durable() as db:
            run = finished_run(db)
            for path in _oldest_first(unknown, wanted, rebuilt):
                before, file = rebuilt.articles, str(path.resolve())
                try:
                    for article in _articles(path, wanted, rebuilt):
                        rebuilt.articles += count_as_emitted(db, article, run, file, again=True)
                except OSError as error:
                    rebuilt.unread[path.name] = error.strerror or str(error)
                if rebuilt.articles > before:
                    rebuilt.files.append(path.name)
            for path in unknown:
                if path.name not in rebuilt.unread:
                    note_file(db, run if path.name in rebuilt.files else _NO_RUN, str(path))
            if rebuilt.articles:
                db.execute("update runs set sentence = ? where id = ?", (str(rebuilt), run))
            else:
                db.execute("delete from runs where id = ?", (run,))
    return rebuilt


def pass_over(history: History, folder: Path, wanted: Wanted) -> None:
    """Know a folder's finished files from now on, and nothing of what they hold: a new beginning."""
    if unknown := _unknown(history, folder, wanted):
        with history.durable() as db:
            for path in unknown:
                note_file(db, _NO_RUN, str(path))


# Which files ---------------------------------------------------------------------


def _unknown(history: History, folder: Path, wanted: Wanted) -> list[Path]:
    """The finished files of a folder that the history does not know, nor any other that is in use there."""
    if not folder.is_dir():
        return []
    known = _known(history)
    folders = [folder, *(path for path in (folder / _DELIVERIES).rglob("*") if path.is_dir())]
    paths = [path for one in folders for path in finished(one) if not _is_of_another(path.name, wanted)]
    paths = [path for path in paths if not _is_known(path, known)]
    for other in folder.glob("*.sqlite") if paths else ():
        # Only of one that is in use, which its lock tells: a copy that was moved aside does not take files away.
        if other.resolve() != history.path.resolve() and lock_of(other).exists():
            with suppress(OSError, sqlite3.Error), Reader(other.resolve()) as reader:
                theirs = _known(reader, least=_NO_RUN + 1)
                paths = [path for path in paths if not _is_known(path, theirs)]
    return paths


def _is_of_another(name: str, wanted: Wanted) -> bool:
    """Whether another spider made a file, by its default name."""
    made = _BY_DEFAULT.fullmatch(name)
    return made is not None and not f"{made['name']}-".startswith(f"{wanted.name}-")


def _known(history: History, least: int = _NO_RUN) -> dict[str, set[int | None]]:
    """The sizes of the finished files that a history's runs, from ``least`` on, know by name: a folder may be moved.

    ``None`` is any size: sizes were not kept before version 2.
    """
    known: defaultdict[str, set[int | None]] = defaultdict(set)
    for row in map(dict, history.db.execute("select * from files where run >= ?", (least,))):
        known[os.path.basename(row["path"])].add(row.get("whole"))
    return known


def _is_known(path: Path, known: dict[str, set[int | None]]) -> bool:
    sizes = known.get(path.name)
    if sizes is None:  # one that was compressed since is as it was
        return path != plain(path) and plain(path).name in known
    try:
        return sizes == {None} or path.stat().st_size in sizes
    except FileNotFoundError:  # somebody has just moved or compressed it
        return True


# What they hold ------------------------------------------------------------------


def _oldest_first(paths: list[Path], wanted: Wanted, rebuilt: Rebuilt) -> list[Path]:
    """The files among ``paths`` that are a crawl's, in the order of their first articles."""
    begun: list[tuple[str, Path]] = []
    for path in paths:
        try:
            found = islice(_lines(path), _FIRST_LINES)
            moment = next((one["crawled_at"] for one in found if one and _is_wanted(one, wanted)), "")
        except OSError as error:
            rebuilt.unread[path.name] = error.strerror or str(error)
            continue
        if moment or _BY_DEFAULT.fullmatch(path.name):
            begun.append((moment, path))
    return [path for _, path in sorted(begun)]


def _articles(path: Path, wanted: Wanted, rebuilt: Rebuilt) -> Iterator[dict[str, Any]]:
    """The wanted articles in a file; what is no article is passed over and counted."""
    for article in _lines(path):
        if article is None:
            rebuilt.damaged += 1
        elif article and _is_wanted(article, wanted):
            yield article


def _lines(path: Path) -> Iterator[dict[str, Any] | None]:
    """The article of each line: an empty one of an empty line; ``None`` of a damaged line, and of a torn end."""
    try:
        for line in lines_in(path):
            yield _article(line) if line.strip() else {}
    except TornError:
        yield None


def _article(line: bytes) -> dict[str, Any] | None:
    try:
        article = article_of(line, strict=False)
        path_of(article["url"])
    except ValueError:
        return None
    return article


def _is_wanted(article: dict[str, Any], wanted: Wanted) -> bool:
    return article["publisher"] in wanted.publishers and wanted.is_wanted(article["url"])
