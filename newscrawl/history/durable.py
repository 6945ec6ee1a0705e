"""The order of writes that loses and repeats nothing; docs/explanation/durability.md has the proof.

1. :func:`begin` enters the run, :func:`opening` each file before it is created as ``NAME.part``.
2. Lines go into ``NAME.part``; the feed brings the whole file and its name to the disk (fsync).
3. :func:`prepare` commits the versions that the files hold, and the run's state ``prepared``.
4. :func:`publish` gives each file its name, brings the names to the disk, and commits the versions
   as their articles' and the state ``published``.

:func:`recover` finishes what a dead run began, from whichever step it reached. Every step may be
done again. All but reading happens under the lock of the run.
"""

from __future__ import annotations

import gzip
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

from newscrawl.article.lines import TornError, lines_in
from newscrawl.article.parsing import identified, identified_in
from newscrawl.feeds.file import fsync_folder
from newscrawl.history import deliveries
from newscrawl.history.database import WORKS, History, insert_version, now
from newscrawl.plural import counted

_LONG_PARAGRAPH = 80  # characters
_BLOCK = 1024 * 1024  # bytes


def begin(history: History, section: str, feeds: int) -> int:
    """Enter a run over ``section`` that writes ``feeds`` local feeds; gives its number."""
    with history.durable() as db:
        cursor = db.execute("insert into runs(started, section, feeds) values (?, ?, ?)", (now(), section, feeds))
    return cast("int", cursor.lastrowid)


def opening(
    history: History, run: int, path: str, lines: bool, append: bool, *, targets: Iterable[tuple[str, str]] = ()
) -> None:
    """Enter a file that the run is about to create as ``PATH.part``; ``lines``: of whole articles as JSON Lines.

    ``targets`` are the places that it is to be delivered to, each with its name there.
    """
    with history.durable() as db:
        db.execute(
            "insert or replace into files values (?, ?, ?, ?, ?, ?, ?, 0)", (run, path, lines, append, *_identity(path))
        )
        deliveries.enter(db, run, path, targets)


def note_file(db: sqlite3.Connection, run: int, path: str) -> None:
    """Enter a finished file whose lines ``run`` has read."""
    identity = _identity(path)
    values = (run, path, True, True, *identity, identity[1])
    db.execute("insert or replace into files values (?, ?, ?, ?, ?, ?, ?, ?)", values)


def _identity(path: str) -> tuple[int | None, int, int | None]:
    try:
        status = Path(path).stat()
    except OSError:
        return None, 0, None
    return status.st_ino, status.st_size, status.st_mtime_ns


def leave(history: History, run: int, path: str) -> None:
    """Let an older file be as it is: what the run has written for it is removed."""
    Path(f"{path}.part").unlink(missing_ok=True)
    with history.durable() as db:
        db.execute("delete from files where run = ? and path = ?", (run, path))
        deliveries.leave(db, run, path)


def deliver_nothing(history: History, run: int, paths: Iterable[str]) -> None:
    """Let what is where these files of the run are delivered be as it is."""
    with history.durable() as db:
        for path in paths:
            deliveries.leave(db, run, path)


def prepare(history: History, run: int, files: Iterable[tuple[str, int, bool]]) -> int:
    """Commit which versions the run's whole files hold, before any file has its name.

    Of each file its path, where in it the run's part begins, in bytes, and whether it is JSON Lines of whole
    articles: those are read back, any other counts as holding what the run wrote. Gives the number of versions.
    """
    with history.durable() as db:
        for path, offset, lines in files:
            size = Path(f"{path}.part").stat().st_size
            db.execute("update files set whole = ? where run = ? and path = ?", (size, run, path))
            if not lines:
                if history.lost is not None:
                    raise history.lost
                db.execute("update versions set file = ? where run = ? and file is null", (path, run))
                continue
            for article in identified_in(Path(f"{path}.part"), offset):
                version = version_of(article, run, path)
                noted = db.execute(
                    "update versions set file = :file where run = :run and key = :key and content_hash = :content_hash",
                    version,
                )
                if not noted.rowcount:  # the note of it was lost
                    db.execute(insert_version(version), version)
        db.execute("delete from versions where run = ? and file is null", (run,))
        db.execute("update runs set state = 'prepared' where id = ?", (run,))
    return cast("int", history.db.execute("select count(*) from versions where run = ?", (run,)).fetchone()[0])


def publish(history: History, run: int) -> None:
    """Give the run's files their names, then count its versions as emitted."""
    paths = [row["path"] for row in history.db.execute("select path from files where run = ?", (run,))]
    for path in paths:
        with suppress(FileNotFoundError):  # it has its name already
            Path(f"{path}.part").replace(path)
    for path in paths:
        with suppress(FileNotFoundError):  # somebody took the folder away
            fsync_folder(path)
    with history.durable() as db:
        # What stood only in a file that this run has replaced is not emitted any more; of what stands in another file
        # too, that version counts.
        replaced = db.execute("select path from files where run = ? and not append and inode is not null", (run,))
        for row in replaced.fetchall():
            db.execute(
                "update articles set version = (select max(v.id) from versions v where v.key = articles.key"
                " and v.run <> :run and v.file <> :path and not exists (select 1 from files f where f.path = v.file"
                " and f.run > v.run and not f.append and f.inode is not null))"
                " where version in (select id from versions where run <> :run and file = :path)",
                {"run": run, "path": row["path"]},
            )
        db.execute(
            "insert into articles(key, url, section, listed, first_seen, last_seen, version)"  # noqa: S608
            " select key, url, (select section from runs where id = run), 0, crawled_at,"
            " crawled_at, id from versions where run = ? order by id"
            f" on conflict (key) do update set version = excluded.version, last_seen = excluded.last_seen, {WORKS}",
            (run,),
        )
        deliveries.become_due(db, run)
        db.execute("update runs set state = 'published' where id = ?", (run,))


def recover(history: History) -> list[str]:
    """Finish what dead runs began; says what was done, a line for each."""
    said = []
    dead = history.db.execute("select id, state, feeds from runs where state != 'published' order by id").fetchall()
    for run, state, feeds in dead:
        files = history.db.execute("select * from files where run = ?", (run,)).fetchall()
        if state == "writing":
            _salvage(history, run, files, feeds == 1)
        publish(history, run)
        count = history.db.execute("select count(*) from versions where run = ?", (run,)).fetchone()[0]
        with history.durable() as db:
            db.execute(
                "update runs set status = 2, sentence = ? where id = ? and status is null",
                (f"it was cut off; saved: {counted(count, 'article')}", run),
            )
        names = ", ".join(row["path"] for row in files if count) or "no file"
        said.append(f"The run before was cut off; recovered: {counted(count, 'article')} ({names})")
    return said


def _salvage(history: History, run: int, files: list[Any], one_feed: bool) -> None:
    """Cut a dead run's unfinished files to their whole lines and prepare them; remove what cannot be saved."""
    saved = []
    for row in files:
        path, part, kept = row["path"], Path(f"{row['path']}.part"), row["size"] if row["append"] else 0
        as_before = _identity(path) == (row["inode"], row["size"], row["changed"])
        # An older file may be here, or where it is delivered.
        replaces = not row["append"] and (Path(path).exists() or deliveries.has(history, path))
        fit = one_feed and row["lines"] and part.exists() and as_before and not replaces
        if fit and _cut_to_whole_lines(part, kept):
            saved.append((path, kept, True))
        else:
            part.unlink(missing_ok=True)
            _whole_of(part).unlink(missing_ok=True)  # of a recovery that was killed, too
            with history.durable() as db:
                deliveries.leave(db, run, path)
    prepare(history, run, saved)


def _whole_of(part: Path) -> Path:
    """Where the whole lines of a compressed file are gathered, until that takes its place."""
    return part.with_name(f"{part.name}.whole")


def _cut_to_whole_lines(part: Path, kept: int) -> bool:
    """Leave the whole lines after byte ``kept``, on the disk; whether there are any."""
    if part.stat().st_size < kept:  # the run was killed while it copied what the file held before
        return False
    length = 0
    if part.name.endswith(".gz.part"):
        whole = _whole_of(part)
        with whole.open("wb") as raw:
            with part.open("rb") as before:
                for start in range(0, kept, _BLOCK):
                    raw.write(before.read(min(_BLOCK, kept - start)))
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as file:
                for line in _lines_of_articles(part, kept):
                    length += file.write(line)
            raw.flush()
            os.fsync(raw.fileno())
        whole.replace(part)
    else:
        length = sum(map(len, _lines_of_articles(part, kept)))
        with part.open("r+b") as raw:
            raw.truncate(kept + length)
            os.fsync(raw.fileno())
    fsync_folder(str(part))
    return length > 0


def _lines_of_articles(part: Path, offset: int) -> Iterator[bytes]:
    """The whole lines after byte ``offset``, up to the first that is no article: a power failure may leave anything."""
    with suppress(TornError, ValueError):
        for line in lines_in(part, offset):
            if not line.endswith(b"\n"):
                return
            if line.strip():
                identified(line)
            yield line


def version_of(article: dict[str, Any], run: int, file: str | None = None) -> dict[str, Any]:
    """An emitted article as the database keeps its version."""
    return {
        "key": f"{article['publisher']}/{article['id']}",
        "run": run,
        "file": file,
        "content_hash": article["content_hash"],
        "headline": article["headline"],
        "url": path_of(article["url"]),
        "date_published": article.get("date_published"),
        "date_modified": article.get("date_modified"),
        "crawled_at": article["crawled_at"],
        "next_url": next_path(article["url"], article.get("next_url")),
        "paragraph_hash": paragraph_hash(article.get("body") or ""),
    }


def paragraph_hash(body: str) -> str | None:
    """What stands for a body's longest paragraph, which a small change leaves as it is; ``None`` for a short one."""
    longest = max(body.split("\n\n"), key=len)
    return (
        sha256(longest.encode("utf-8", "surrogatepass")).hexdigest()[:16] if len(longest) >= _LONG_PARAGRAPH else None
    )


def path_of(url: str) -> str:
    """An address without its origin, so that it holds for a copy of the site too."""
    parts = urlsplit(url)
    return urlunsplit(("", "", parts.path, parts.query, ""))


def next_path(url: str, next_url: str | None) -> str | None:
    """The path of an article's Next Story, if that is on the article's own host."""
    return path_of(next_url) if next_url and urlsplit(next_url).netloc == urlsplit(url).netloc else None


def import_file(history: History, path: str, leaves_out: Callable[[str], bool] = lambda url: False) -> int:
    """Count the articles in a finished file of JSON Lines as emitted, all or none; gives how many were.

    ``leaves_out`` tells the addresses of articles that do not count. A known article counts again only with other
    content and a later ``crawled_at``, so that a second import changes nothing. Raises ``ValueError`` for a file that
    holds something else.
    """
    file = str(Path(path).absolute())
    read = count = 0
    with history.durable() as db:
        run = finished_run(db)
        for article in identified_in(Path(file)):
            read += 1
            if leaves_out(str(article.get("url"))):
                continue
            with suppress(ValueError, TypeError, AttributeError):  # one of its addresses is none
                count += count_as_emitted(db, article, run, file)
        empty = 20 if file.endswith(".gz") else 0  # bytes
        if not read and Path(file).stat().st_size > empty:
            raise ValueError(f"{file} holds no article as the crawl writes them: one in a line, as JSON")
        note_file(db, run, file)
        db.execute(
            "update runs set sentence = ? where id = ?", (f"imported {counted(count, 'article')} from {file}", run)
        )
        if not count:
            db.rollback()
    return count


def finished_run(db: sqlite3.Connection) -> int:
    """Enter a run that only reads what others wrote, as one that has ended: there is nothing of it to recover.

    It, its versions and its articles belong into one transaction. It has no section: no run is measured by it.
    """
    moment = now()
    cursor = db.execute(
        "insert into runs(started, section, feeds, state, finished, status) values (?, '', 0, 'published', ?, 0)",
        (moment, moment),
    )
    return cast("int", cursor.lastrowid)


def count_as_emitted(
    db: sqlite3.Connection, article: dict[str, Any], run: int, file: str, *, again: bool = False
) -> bool:
    """Count an article of a finished ``file`` as emitted, unless the history knows it as late or later; whether it did.

    With other content than it knows; or also with the same, ``again``. Raises ``ValueError`` where one of the article's
    addresses is none.
    """
    from newscrawl.addresses.site import Site
    from newscrawl.publishers import by_name

    version = version_of(article, run, file)
    known = db.execute(
        "select content_hash, crawled_at from versions where id = (select version from articles where key = ?)",
        (version["key"],),
    ).fetchone()
    if known and (known[1] >= version["crawled_at"] or (known[0] == version["content_hash"] and not again)):
        return False
    section = Site(by_name(article["publisher"]), article["url"]).section(article["url"]) or ""
    made = db.execute(insert_version(version), version)
    db.execute(
        "insert into articles(key, url, section, listed, first_seen, last_seen, version)"
        " values (:key, :url, :section, 0, :crawled_at, :crawled_at, :id)"
        " on conflict (key) do update set version = excluded.version,"
        " first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)",
        version | {"section": section, "id": made.lastrowid},
    )
    return True
