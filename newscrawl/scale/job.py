"""The job: a task for each archive, then one partitioned data set of all articles.

``scrapy extract`` runs it on this machine's cores; :func:`main` is for ``spark-submit`` (deploy/extract_archives.py).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any, NoReturn

from newscrawl.archive.reading import others
from newscrawl.crawl.ending import ExitStatus, failed
from newscrawl.dataset.folder import fresh, put, recover
from newscrawl.scale import engine
from newscrawl.scale.ending import Result, judge
from newscrawl.scale.options import Wanted, add_options, wanted_of
from newscrawl.scale.places import PART, Folder, archives, is_remote, listed
from newscrawl.scale.results import forget, known, made_of, note, staged, taken
from newscrawl.scale.staging import Totals

_REASONS = 20  # kinds of records, and archives, that are told of


def run(names: Sequence[str], opts: argparse.Namespace, cores: int | None, tell: Callable[[str], None]) -> ExitStatus:
    """Read the archives that ``names`` and ``opts`` give into ``opts.into``, and ``tell`` lines; the exit status.

    ``cores`` of this machine, or ``None`` where ``spark-submit`` has said where to run. Raises ``ValueError`` and
    ``OSError``.
    """
    if not opts.into:
        raise ValueError("--into is missing: name the folder for results")
    wanted = wanted_of(opts)
    paths = _archives(names, opts, tell)
    into = opts.into if is_remote(opts.into) else str(Path(opts.into).resolve())
    try:
        with taken(into) as staging, engine.session(cores) as session:
            staging.remove(*(name for name in staging.names() if name.endswith(PART)))
            totals = engine.totals(session)
            with _progress(lambda: totals.value, len(paths), tell):
                engine.extract(session, paths, staging.place, totals, opts.page_time_limit)
            _tell(totals.value, tell)
            kept = _bring(session, staging, into, wanted)
    except engine.ERRORS as error:
        raise OSError(
            f"Spark could not do it: {(str(error).strip() or 'it does not say why').splitlines()[0][:300]}"
        ) from error
    ended = judge(Result(totals.value, kept, into, opts.versions))
    tell(str(ended))
    return ended.status


def _bring(session: Any, staging: Folder, into: str, wanted: Wanted) -> int:
    """Bring the data set to what is wanted of all that was staged; how many articles it has.

    Nothing is written where it was made of just that, nor where there is nothing. On this machine the new one takes the
    place of the old one in one step; in an object store Spark removes that first.
    """
    files, results = staged(staging), Folder(into)
    of = made_of(staging, files, wanted)
    if (kept := known(results, of)) is not None:
        return kept
    if is_remote(into):
        forget(results)
        kept = engine.partition(session, staging, files, f"{into}/articles", wanted)
    else:
        place = Path(into) / "articles"
        new = fresh(place)
        try:
            kept = engine.partition(session, staging, files, str(new), wanted)
            if kept:
                forget(results)
                put(_tidied(new), place)
        finally:
            recover(place)
    if kept:
        note(results, of, kept)
    return kept


def _tidied(folder: Path) -> Path:
    """The folder without what Spark writes beside the files, which other readers take for data: checksums, marks."""
    for path in list(folder.rglob("*")):
        if path.is_file() and path.suffix != ".parquet":
            path.unlink()
    return folder


def _archives(names: Sequence[str], opts: argparse.Namespace, tell: Callable[[str], None]) -> list[str]:
    """The archives that are named, each once; what else is in folders here is told."""
    for name in names:
        for path, kind in [] if is_remote(name) else others(name.removeprefix("file://")):
            tell(f"not read  {path}: {kind}")
    paths = [*archives(names), *(path for file in opts.list or () for path in listed(file, opts.base))]
    if not paths:
        raise ValueError("no archive is named: give WARC files, folders of them, or --list")
    return list(dict.fromkeys(paths))


@contextmanager
def _progress(totals: Callable[[], Totals], archives: int, tell: Callable[[str], None]) -> Iterator[None]:
    """A line on a terminal, or one a minute in a log."""
    ended, began, terminal = Event(), time.monotonic(), sys.stderr.isatty()

    def show() -> None:
        while not ended.wait(1 if terminal else 60):
            line = progress_line(totals(), archives, time.monotonic() - began)
            if terminal:
                print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
            else:
                tell(line)

    thread = Thread(target=show, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        if terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def progress_line(totals: Totals, archives: int, seconds: float) -> str:
    """How far it is: ``progress  12/840 archives, 310 records/s, 3:05:10 left``."""
    done, fresh = totals.archives, totals.archives - totals.known
    left = (archives - done) * seconds / fresh if fresh else 0
    minutes, rest = divmod(round(left), 60)
    eta = f"{minutes // 60}:{minutes % 60:02}:{rest:02} left" if fresh else "none ended yet"
    return f"progress  {done}/{archives} archives, {totals.fresh / max(seconds, 0.001):.0f} records/s, {eta}"


def _tell(totals: Totals, tell: Callable[[str], None]) -> None:
    read = totals.archives - totals.known - len(totals.unread)
    tell(f"archives  {read} read, {totals.known} read before, {len(totals.unread)} not to be read")
    none, bad = totals.skipped.total(), totals.set_aside.total()
    tell(f"records   {totals.records}: {totals.articles} articles, {none} no articles, {bad} set aside")
    for name, counts in (("none", totals.skipped), ("set aside", totals.set_aside)):
        for kind, number in counts.most_common(_REASONS):
            tell(f"{name:<9} {number} {kind}")
    for archive, reason in list(totals.unread.items())[:_REASONS]:
        tell(f"unread    {archive}: {reason}")


def main() -> NoReturn:
    """The job where ``spark-submit`` lets it run."""
    parser = argparse.ArgumentParser(description="Extract the articles of WARC files; see docs/how-to/at-scale.md")
    parser.add_argument("archive", nargs="*", help="a WARC file or a folder of them, that all machines see")
    add_options(parser)
    opts = parser.parse_args()

    def tell(line: str) -> None:
        print(line.encode("ascii", "backslashreplace").decode(), file=sys.stderr, flush=True)

    try:
        status = run(opts.archive, opts, None, tell)
    except (ValueError, OSError) as error:
        ended = failed(str(error))
        tell(str(ended))
        status = ended.status
    sys.exit(status)
