"""Brings output files into the database: each once, whole or not at all, in any order."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from newscrawl.article.lines import TornError, check_format, lines_in, plain
from newscrawl.article.parsing import article_of
from newscrawl.demo.place import is_history_of_sample, is_sample
from newscrawl.history.database import Reader
from newscrawl.history.runs import emitted_last, overview
from newscrawl.load.database import Tables

_HISTORY = ".history.sqlite"
_TOLD = 20  # lines left out, of one file
_OF_SAMPLE = "of the sample edition"
#: The columns of a file, and what they hold before it is read.
_FILE = ("file", "began", "ended", "new", "changed", "lines", "sha256", "size", "modified", "inode", "copy_of")
_NOTE_FILE = (
    f"insert into files({', '.join(_FILE)}) values (:{', :'.join(_FILE)})"
    f" on conflict (file) do update set {', '.join(f'{name} = excluded.{name}' for name in _FILE)}"
)
_UNREAD = ("", "", 0, 0, 0, sha256().hexdigest(), -1, -1, -1, None)


@dataclass
class Loaded:
    """What one file brought: articles that were new, other versions of known ones, and such as were known already.

    ``left_out`` counts the lines that hold no article; ``reasons`` has the number and the reason of the first of them.
    ``of_sample`` counts the articles of the sample edition that were left out.
    """

    new: int = 0
    changed: int = 0
    known: int = 0
    left_out: int = 0
    of_sample: int = 0
    reasons: list[tuple[int, str]] = field(default_factory=list)

    def __iadd__(self, other: Loaded) -> Self:
        for name in ("new", "changed", "known", "left_out", "of_sample"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self


def load_file(database: Tables, path: Path, *, demo: bool = False) -> Loaded | None:
    """Load what is new in a file, in one transaction; ``None`` for a file that is as it was.

    Articles of the sample edition are left out, unless ``demo``: then they are loaded, from a file that was read
    without them too.

    A file is known by its name, without ``.gz``. If its size, time of change and inode are as they were, it is not
    read; if its lines so far are, by their hash, only those behind them are loaded; else, all. Raises ``OSError``, also
    for a file of another format.
    """
    loaded = Loaded()
    name = _name(database, path)
    stat = path.stat()
    stamp = {"size": stat.st_size, "modified": stat.st_mtime_ns, "inode": stat.st_ino}
    with database.transaction():
        row = database.execute(f"select {', '.join(_FILE)} from files where file = ?", (name,)).fetchone()
        if demo and row and _left_out_sample(database, name):
            row = None
        before = dict(zip(_FILE, row or (name, *_UNREAD), strict=True))
        if before == before | stamp:
            return None
        reading = _Reading(path)
        if not reading.skip(before["lines"], before["sha256"]):
            reading, before = _Reading(path), dict(zip(_FILE, (name, *_UNREAD), strict=True))  # it was written anew
        database.execute("delete from left_out where file = ? and line > ?", (name, reading.count))
        articles = _articles(database, reading, loaded, before, demo=demo)
        loaded.new, loaded.changed, loaded.known = database.enter(articles)
        if reading.torn:
            _leave_out(database, loaded, name, reading.count + 1, f"the compressed file is torn: {reading.torn}")
        after = before | {"lines": reading.count, "sha256": reading.hash.hexdigest()} | stamp
        after["copy_of"] = _original(database, after)
        database.execute(_NOTE_FILE, after)
    return loaded


def _articles(
    database: Tables, reading: _Reading, loaded: Loaded, file: dict[str, Any], *, demo: bool
) -> Iterator[dict[str, Any]]:
    """The articles in a file's lines, counted in its row; other lines are noted in ``left_out``."""
    for line in reading:
        if not line.strip():
            continue
        try:
            article = article_of(line)
        except ValueError as error:
            _leave_out(database, loaded, file["file"], reading.count, str(error))
            continue
        if not demo and is_sample(article["url"]):
            _note_left_out(database, file["file"], reading.count, _OF_SAMPLE)
            loaded.of_sample += 1
            continue
        file["changed" if article["status"] == "changed" else "new"] += 1
        file["began"] = min(file["began"] or article["crawled_at"], article["crawled_at"])
        file["ended"] = max(file["ended"] or "", article["crawled_at"])
        yield article


class _Reading:
    """A file's lines, counted and hashed as they pass, alike for a compressed file and a last line without its end."""

    def __init__(self, path: Path):
        self.count, self.hash = 0, sha256()
        self.torn: TornError | None = None
        self._lines = lines_in(path)

    def __iter__(self) -> Iterator[bytes]:
        try:
            for line in self._lines:
                line = line.rstrip(b"\r\n")
                self.count += 1
                if self.count == 1:
                    check_format(line)
                self.hash.update(line)
                self.hash.update(b"\n")
                yield line
        except TornError as error:
            self.torn = error

    def skip(self, count: int, digest: str) -> bool:
        """Pass over ``count`` lines; whether there are so many, with that hash."""
        while self.count < count and next(iter(self), None) is not None:
            pass
        return self.count == count and self.hash.hexdigest() == digest


def _name(database: Tables, path: Path) -> str:
    """A file's name for the database: from its folder, so that both can be moved together; whole where it has none.

    Bytes that are no UTF-8 are escaped (``\\xff``), and so is the backslash, so that no two names become one.
    """
    whole = plain(path)
    if database.folder is None:
        return _text(Path(os.path.abspath(whole)).as_posix())
    return _text(Path(os.path.relpath(whole, database.folder)).as_posix())


def _text(name: str) -> str:
    return os.fsencode(name.replace("\\", "\\\\")).decode(errors="backslashreplace")


def _original(database: Tables, file: dict[str, Any]) -> str | None:
    """The file with the same lines that was loaded first; files without lines are no copies."""
    row = database.execute(
        "select file from files where sha256 = :sha256 and lines > 0 and file <> :file and copy_of is null", file
    ).fetchone()
    return row and str(row[0])


def _leave_out(database: Tables, loaded: Loaded, name: str, line: int, reason: str) -> None:
    _note_left_out(database, name, line, reason)
    loaded.left_out += 1
    if len(loaded.reasons) < _TOLD:
        loaded.reasons.append((line, reason))


def _note_left_out(database: Tables, name: str, line: int, reason: str) -> None:
    database.execute(
        "insert into left_out values (?, ?, ?) on conflict (file, line) do update set reason = excluded.reason",
        (name, line, reason),
    )


def _left_out_sample(database: Tables, name: str) -> bool:
    """Whether articles of the sample edition were left out of a file."""
    found = database.execute("select 1 from left_out where file = ? and reason = ?", (name, _OF_SAMPLE))
    return found.fetchone() is not None


def load_runs(database: Tables, folder: Path, *, demo: bool = False) -> None:
    """Enter how the runs went that wrote into a folder, as the histories there tell; and which texts they wrote last.

    Of the histories, those of the sample edition count if ``demo``, and the others if not.

    Where there is none, each file that was loaded from there counts as a run, unless it is another one's copy. Raises
    ``OSError`` for a history that cannot be read, the database's own error for that.
    """
    inside = _name(database, folder.resolve())
    histories = [path for path in sorted(folder.glob(f"*{_HISTORY}")) if is_history_of_sample(path) is demo]
    for path in histories:
        source = _text(path.name.removesuffix(_HISTORY))
        try:
            with Reader(path.resolve()) as history:
                rows = overview(history, -1)
                last = emitted_last(history)
                sections = dict(map(tuple, history.db.execute("select id, section from runs")))
        except (sqlite3.Error, OSError) as error:
            raise OSError(
                f"{path} is not a history, or is damaged ({error}); the table runs goes without it"
            ) from error
        with database.transaction():
            for row in rows:
                _enter(database, {"source": source, "folder": inside, "section": sections.get(row["id"], "")} | row)
            for key, crawled_at, content_hash in last:
                database.prefer(key, crawled_at, content_hash)
    if not histories:
        with database.transaction():
            files = database.execute(
                "select file, began, new, changed from files where copy_of is null and (new + changed > 0"
                " or not exists (select 1 from left_out where left_out.file = files.file and reason = ?))",
                (_OF_SAMPLE,),
            ).fetchall()
            for file, began, new, changed in files:
                if (file.rpartition("/")[0] or ".") == inside:
                    run = {"source": file, "folder": inside, "section": "", "id": 0, "started": began}
                    _enter(database, run | {"new": new, "changed": changed, "ending": "ended"})


def _enter(database: Tables, run: dict[str, Any]) -> None:
    """Enter a run, or what has become of it. Its folder may have been moved: a run stays where it was met first."""
    names, values = ", ".join(run), ", ".join(f":{name}" for name in run)
    told = [name for name in run if name != "folder"]
    told_names, told_values = ", ".join(told), ", ".join(f":{name}" for name in told)
    changed = " or ".join(f"runs.{name} {database.differs_from} :{name}" for name in told)
    database.execute(
        f"insert into runs({names}) values ({values}) on conflict (source, id, started, section) do update"
        f" set ({told_names}) = ({told_values})"
        f" where {changed}",  # so that nothing is written for nothing
        run,
    )
