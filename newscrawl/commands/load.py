"""``scrapy load``: all runs' articles in one database."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from scrapy.settings import Settings

from newscrawl.article.lines import output_files
from newscrawl.command import ProjectCommand, tell_ending
from newscrawl.crawl.ending import Ending, failed, incomplete, ok
from newscrawl.database.address import Address, place_of
from newscrawl.database.opening import explain
from newscrawl.dataset.partitions import DEFAULT, HELP, PARTITIONS
from newscrawl.demo.place import ADD_DEMO, feeds_of, of_sample_left_out
from newscrawl.extensions.history import history_path, local_feeds
from newscrawl.load import datasette
from newscrawl.load.database import Database, Tables
from newscrawl.load.files import Loaded, load_file, load_runs
from newscrawl.load.parquet import DataSet, Written
from newscrawl.plural import counted
from newscrawl.program import program
from newscrawl.streams import printable


def database_path(settings: Settings, named: str | None, *, demo: bool = False) -> Path:
    """The database that an option names, else ``articles.sqlite`` where a crawl with these settings writes.

    ``demo``: where one over the sample edition does.
    """
    if named:
        place = place_of(named)
        if isinstance(place, Address):
            raise ValueError(f"{place} is not a file: this command reads an SQLite database")
        return place
    feeds = local_feeds(feeds_of(settings, demo=demo))
    if not feeds:
        raise ValueError("the output is not a local file; name the files, and the database with --database")
    return history_path(feeds[0], "articles.sqlite")


def existing_database(settings: Settings, named: str | None, *, demo: bool = False) -> Path:
    """The same, where it is there. Raises ``ValueError`` where it is not, with what to do."""
    path = database_path(settings, named, demo=demo)
    if path.exists():
        return path
    load = f"load --database {named}" if named else "load --demo" if demo else "load"
    has_sample = not named and not demo and database_path(settings, None, demo=True).exists()
    hint = ADD_DEMO if has_sample else ""
    raise ValueError(f"there is no database {path} yet; '{program()} {load}' makes it{hint}")


def named_database(settings: Settings, named: str | None, *, demo: bool = False) -> Path | Address:
    """The same as :func:`database_path`, where it may be in PostgreSQL."""
    place = place_of(named) if named else None
    return place if isinstance(place, Address) else database_path(settings, named, demo=demo)


class Command(ProjectCommand):
    """Loads new output files into one database: SQLite, or PostgreSQL."""

    requires_crawler_process = False
    statuses = ("everything was loaded, or nothing was new", "it failed", "some lines or files were left out")
    examples = (
        "load",
        "load output/worldnews-20250903T141900Z.jsonl",
        "load archive/ --database archive.sqlite",
        "load --database postgresql://news@db.example/news",
        "load --parquet corpus",
    )
    completes = "files"

    def syntax(self) -> str:
        return "[options] [FILE or FOLDER ...]"

    def long_desc(self) -> str:
        return (
            "Loads the articles in JSON Lines files (.jsonl, .jsonl.gz) or in all such files of a FOLDER (default: the"
            " output folder). It loads only what is new, and leaves .part files alone. --parquet also writes all"
            " articles of the database as a data set for DuckDB, polars, pandas, Spark and others. The last line on"
            " standard error says how it ended."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--database",
            metavar="PLACE",
            help="the database to load into: a file (default: articles.sqlite in the output folder), or"
            " postgresql://USER@HOST/DATABASE",
        )
        parser.add_argument(
            "--parquet",
            metavar="FOLDER",
            type=local_folder,
            help="also bring FOLDER/articles, a data set of Parquet files, to what the database has",
        )
        parser.add_argument("--partition", choices=PARTITIONS, default=DEFAULT, metavar="BY", help=HELP)
        parser.add_argument(
            "--demo", action="store_true", help="load the sample edition instead, into its own database"
        )

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        into = named_database(self.settings, opts.database, demo=opts.demo)
        sources = [Path(name) for name in words] or [database_path(self.settings, None, demo=opts.demo).parent]
        paths = output_files(path for path in sources if path.exists() or words)
        if not paths and not (isinstance(into, Path) and into.exists()):
            hint = self._hint(words, demo=opts.demo)
            raise ValueError(f"no finished files in {', '.join(map(str, sources))}; a crawl writes them{hint}")
        if opts.partition != DEFAULT and not opts.parquet:
            raise ValueError("--partition divides the data set of --parquet: name its folder with that")
        if opts.parquet and isinstance(into, Address):
            raise ValueError("--parquet needs an SQLite database: leave --database out, or name a file")
        try:
            with ExitStack() as stack:
                data_set = stack.enter_context(DataSet(opts.parquet, opts.partition)) if opts.parquet else None
                ended = _load(into, paths, data_set, demo=opts.demo)
        except KeyboardInterrupt:
            raise ValueError("it was interrupted; the next run goes on with the file it was at") from None
        self.exitcode = ended.status
        tell_ending(ended)

    def _hint(self, words: list[str], *, demo: bool) -> str:
        """What to add where there is nothing but the sample edition."""
        assert self.settings is not None
        folder = database_path(self.settings, None, demo=True).parent
        is_there = not words and not demo and folder.is_dir() and output_files([folder])
        return "; there are some of the sample edition: add --demo" if is_there else ""

    def fail(self, message: str) -> NoReturn:
        """In the words of the last line of a crawl, for the same log."""
        ended = failed(message)
        tell_ending(ended)
        sys.exit(ended.status)


def local_folder(name: str) -> Path:
    """A folder of this machine. Raises ``argparse.ArgumentTypeError`` for an address."""
    if "://" in name:
        raise argparse.ArgumentTypeError(
            "expected a folder on this machine, not an address: make it here, and copy it there"
        )
    return Path(name)


@dataclass
class _Loading:
    """What was loaded, and how many files were read and not read, and folders whose runs are not known."""

    into: Path | Address
    demo: bool
    total: Loaded = field(default_factory=Loaded)
    read: int = 0
    unread: int = 0
    unknown: int = 0
    data_set: str = ""

    def load_all(self, database: Tables, paths: list[Path]) -> None:
        for path in paths:
            self.load(database, path)
        for folder in dict.fromkeys(path.parent for path in paths):
            self.load_runs(database, folder)

    def load(self, database: Tables, path: Path) -> None:
        """A file, unless that was loaded before."""
        try:
            loaded = load_file(database, path, demo=self.demo)
        except OSError as error:
            print(printable(f"file      {path}: left out: {error}"), file=sys.stderr)
            self.unread += 1
            return
        if loaded is not None:
            _tell(path, loaded)
            self.total += loaded
            self.read += 1

    def load_runs(self, database: Tables, folder: Path) -> None:
        try:
            load_runs(database, folder, demo=self.demo)
        except OSError as error:
            print(printable(f"runs      {error}"), file=sys.stderr)
            self.unknown += 1

    def judge(self) -> Ending:
        total, sentence = self.total, f"nothing new for {self.into}"
        if self.read or self.unread:
            brought = f"{counted(total.new, 'new article')}, {counted(total.changed, 'other version')}"
            sentence = f"{brought}, from {counted(self.read, 'file')}, in {self.into}"
        sentence += self.data_set
        if total.of_sample:
            sentence += f"; {of_sample_left_out(total.of_sample, 'loads')}"
        if self.unread or total.left_out:
            return incomplete(
                f"{sentence}; left out: {counted(total.left_out, 'line')}, {counted(self.unread, 'file')}"
            )
        if self.unknown:
            return incomplete(f"{sentence}; the runs of {counted(self.unknown, 'folder')} are not known")
        return ok(sentence)


def _load(into: Path | Address, paths: list[Path], data_set: DataSet | None, *, demo: bool) -> Ending:
    loading = _Loading(into, demo)
    if isinstance(into, Address):
        _load_into_postgresql(loading, into, paths)
    else:
        try:
            with Database(into) as database:
                loading.load_all(database, paths)
                if data_set:
                    loading.data_set = _told(data_set.place, data_set.write(database.db))
        except sqlite3.Error as error:
            raise OSError(explain(into, error)) from error
        datasette.describe(into)
    if loading.unread and loading.unread == len(paths):
        raise OSError("no file could be read")
    return loading.judge()


def _load_into_postgresql(loading: _Loading, address: Address, paths: list[Path]) -> None:
    import psycopg

    from newscrawl.load import postgresql

    try:
        with postgresql.PostgresDatabase(address) as database:
            loading.load_all(database, paths)
    except psycopg.Error as error:
        raise OSError(postgresql.explain(address, error)) from None


def _told(place: Path, written: Written) -> str:
    """What became of a data set, to be put behind a sentence."""
    if not written.articles:
        return f"; no data set in {place}: there is no article"
    brought = f"{counted(written.changed, 'partition')} written"
    if written.removed:
        brought += f", {written.removed} removed"
    if not (written.changed or written.removed):
        brought = "as it was"
    return f"; {counted(written.articles, 'article')} in {counted(written.files, 'file')} in {place}, {brought}"


def _tell(path: Path, loaded: Loaded) -> None:
    counts = f"{loaded.new} new, {loaded.changed} changed, {loaded.known} known"
    if loaded.of_sample:
        counts += f", {loaded.of_sample} of the sample edition left out"
    print(printable(f"file      {path}: {counts}"), file=sys.stderr)
    for line, reason in loaded.reasons:
        print(printable(f"left out  {path}, line {line}: {reason}"), file=sys.stderr)
    if more := loaded.left_out - len(loaded.reasons):
        print(printable(f"left out  {path}: {more} more, see the table left_out"), file=sys.stderr)
