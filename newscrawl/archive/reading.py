"""Archives as records, whoever wrote them: WARC (ISO 28500, versions 1.0 and 1.1), ARC 1.0 and WACZ.

- :func:`files` gives the archives that a text names: a file, a folder of them, a glob, or several by comma.
- :func:`read` gives a file's records in their order, each a :class:`Record` with ``url``, ``date``, ``status``,
  ``headers`` and ``body``, and in the place of what cannot be read a :class:`Damage`. A file may be compressed by
  record, in one stream (gzip, zstd, lz4) or not at all.
- :meth:`Record.payload` is the page itself, as a browser would have it: neither chunked nor compressed.

One record at a time is held in memory. Nothing here knows of a crawl.

    for path in files("archive/"):
        for record in read(path):
            if isinstance(record, Record) and record.is_page:
                article = extract_article(record.payload(), record.url, record.content_headers, fetched_at=record.date)
"""

from __future__ import annotations

import glob
from collections.abc import Collection, Iterator
from os import PathLike
from pathlib import Path
from typing import IO
from zipfile import BadZipFile

from newscrawl.archive import SUFFIXES, UNFINISHED
from newscrawl.archive.arc import read_arc
from newscrawl.archive.kinds import ARC, HEAD, STRANGE, WARC, ZIP, kind_of, kind_of_file
from newscrawl.archive.records import LARGEST, MOMENT, Damage, Record
from newscrawl.archive.scanning import next_begin
from newscrawl.archive.wacz import members_of
from newscrawl.archive.warc import read_warc
from newscrawl.crawl.ending import left_out

__all__ = ["LARGEST", "Damage", "Record", "files", "others", "read", "unfinished"]

_PAGES = ("response", "resource", "revisit")
#: Files of a crawl's own beside its archives.
_OWN = ("index.sqlite", "index.sqlite-journal")


def files(names: str) -> Iterator[Path]:
    """The archives that a text names, several by comma; of a folder or a glob by the times in their names.

    Raises ``FileNotFoundError`` where there is none, ``ValueError`` where a file that is named is no archive.
    """
    for name, path in _named(names):
        found = _files_at(path)
        if not found and (parts := unfinished(name)):
            raise FileNotFoundError(f"{name}: {left_out(len(parts))}")
        if not found:
            expected = f"a WARC file, a folder with some ({', '.join(SUFFIXES)}) or a glob"
            raise FileNotFoundError(f"{name}: no archive was found; expected {expected}")
        if path.is_file() and (kind := kind_of_file(path)) in STRANGE:
            raise ValueError(f"{name} is {kind}, expected an archive ({', '.join(SUFFIXES)})")
        yield from sorted(found, key=_by_time)


def _files_at(path: Path) -> list[Path]:
    if path.is_dir():
        return [child for child in path.rglob("*") if child.name.endswith(SUFFIXES) and child.is_file()]
    if path.is_file():
        return [path]
    return [Path(match) for match in glob.glob(str(path), recursive=True) if Path(match).is_file()]


def unfinished(names: str) -> list[Path]:
    """What :func:`files` leaves out of the folders that a text names: files of a crawl that lives, or was killed."""
    folders = [path for _, path in _named(names) if path.is_dir()]
    return [child for path in folders for child in path.rglob("*.part") if UNFINISHED.fullmatch(child.name)]


def others(names: str) -> list[tuple[Path, str]]:
    """What else is in the folders that a text names, and is not read: each file, and what it is."""
    folders = [path for _, path in _named(names) if path.is_dir()]
    left = [child for path in folders for child in path.rglob("*") if child.is_file() and _is_other(child)]
    return [(child, kind_of_file(child)) for child in sorted(left)]


def _is_other(path: Path) -> bool:
    return not path.name.endswith((*SUFFIXES, ".part", *_OWN)) and not path.name.startswith(".")


def read(
    source: str | PathLike[str] | IO[bytes], types: Collection[str] = _PAGES, name: str = ""
) -> Iterator[Record | Damage]:
    """The records of these ``types`` in a file (its path, or the file opened in binary), in its order.

    ``name`` is that of an opened file: it may tell when the file was made, which counts for records without a date.
    What is damaged is told in its place, once, and reading goes on with the next record that can be found: of a file
    that is compressed in one stream, or cannot be sought in, there is none. A file that is no archive is told as
    damaged, for what it is. Raises ``OSError`` where the file cannot be opened.
    """
    if isinstance(source, str | PathLike):
        with Path(source).open("rb") as opened:
            yield from read(opened, types, Path(source).name)
    elif not source.seekable():
        yield from read_warc(source, types, name)
    else:
        yield from _read(source, types, name)


def _read(source: IO[bytes], types: Collection[str], name: str) -> Iterator[Record | Damage]:
    begin = source.tell()
    kind = kind_of(source.read(HEAD))
    source.seek(begin)
    if kind == ZIP:
        yield from _read_zip(source, types, name)
    elif kind == ARC:
        yield from read_arc(source, types, name)
    elif kind != WARC and next_begin(source, begin + 1) is None:
        yield Damage(begin, f"it is {kind}")
    else:
        source.seek(begin)
        yield from read_warc(source, types, name)


def _read_zip(source: IO[bytes], types: Collection[str], name: str) -> Iterator[Record | Damage]:
    """The records of a WACZ (https://specs.webrecorder.net/wacz/1.1.1/): a ZIP file with WARC files in it."""
    begin = source.tell()
    try:
        members = members_of(source)
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Damage(begin, f"a WACZ or ZIP file that cannot be read ({error})")
        return
    if not members:
        yield Damage(begin, "it is a ZIP file without a WARC file in it")
    for member, opened in members:
        yield from read(opened, types, member if MOMENT.search(member) else name)


def _named(names: str) -> Iterator[tuple[str, Path]]:
    for name in filter(None, map(str.strip, names.split(","))):
        yield name, Path(name).expanduser()


def _by_time(path: Path) -> tuple[str, str]:
    """The moment in a file's name, as is usual, so that runs come in their order; then the name."""
    moment = MOMENT.search(path.name)
    return (moment[0] if moment else "", str(path))
