"""Files of JSON Lines: which there are, and their lines, plain or compressed."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

ENDINGS = (".jsonl", ".jsonlines", ".jl")
#: What a line may have in bytes; a crawl reads no page that could give a tenth of it.
LINE_LIMIT = 64 * 1024 * 1024


#: How files of other formats begin, with or without compression by gzip around them.
_OTHERS = {
    b"PAR1": "a Parquet file",
    b"SQLite format 3\0": "an SQLite database",
    b"PK\x03\x04": "a zip archive, such as an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x28\xb5\x2f\xfd": "compressed by zstd",
    b"BZh": "compressed by bzip2",
    b"\xfd7zXZ": "compressed by xz",
    b"ARROW1": "an Arrow file",
    b"<?xml": "XML",
}


class TornError(Exception):
    """The compressed data are damaged or cut off."""


def plain(path: Path) -> Path:
    """A file's path without the ``.gz`` that a compressed one ends in: both are one file, before and after."""
    return path.with_suffix("") if path.suffix == ".gz" else path


def finished(folder: Path) -> list[Path]:
    """The finished files of JSON Lines in a folder, in the order of their names.

    A ``.part`` belongs to a run that is on or was killed, and is none; nor is ``x.jsonl.gz`` beside ``x.jsonl``, which
    gzip is about to take away.
    """
    found = {path for path in folder.iterdir() if plain(path).suffix in ENDINGS and path.is_file()}
    return sorted(
        path for path in found if not path.name.startswith(".") and (path == plain(path) or plain(path) not in found)
    )


def output_files(paths: Iterable[Path]) -> list[Path]:
    """The finished files of JSON Lines among ``paths`` and in the folders among them.

    Raises ``ValueError`` for a path that is neither a folder nor such a file.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(one.resolve() for one in finished(path)))
        elif path.suffix == ".part":
            continue
        elif not path.is_file():
            raise ValueError(f"there is no file {path}; nothing was loaded")
        elif plain(path).suffix not in ENDINGS:
            raise ValueError(f"{path}: expected JSON Lines, a name in {', '.join(ENDINGS)} or with .gz behind it")
        else:
            found[path.resolve()] = None
    return [path for path in found if path == plain(path) or plain(path) not in found]


def lines_in(path: Path, offset: int = 0) -> Iterator[bytes]:
    """The lines of a file after byte ``offset``, as :func:`lines` gives them."""
    with path.open("rb") as file:
        file.seek(offset)
        yield from lines(file)


def lines(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file of JSON Lines with their ends; of one that :func:`is_too_long`, its beginning.

    Whether the file is compressed by gzip, its first bytes tell, whatever its name is. Raises ``TornError`` where the
    compressed data end too soon or are damaged, after the lines before that; ``OSError`` where it cannot be read.
    """
    reader = file if isinstance(file, io.BufferedReader) else io.BufferedReader(file)  # type: ignore[type-var]
    packed = reader.peek(2)[:2] == b"\x1f\x8b"
    unpacked: IO[bytes] = gzip.GzipFile(fileobj=reader) if packed else reader  # type: ignore[assignment]
    try:
        while line := unpacked.readline(LINE_LIMIT + 1):
            yield line
            while is_too_long(line):  # until its end is passed over
                line = unpacked.readline(LINE_LIMIT + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise TornError(str(error)) from error


def check_format(first: bytes) -> None:
    """Look at a file's first line. Raises ``OSError`` that names another format, where that is one.

    >>> check_format(b"PAR1")
    Traceback (most recent call last):
    OSError: it is a Parquet file, not JSON Lines
    """
    if what := next((what for beginning, what in _OTHERS.items() if first.startswith(beginning)), ""):
        raise OSError(f"it is {what}, not JSON Lines")


def is_too_long(line: bytes) -> bool:
    """Whether of a line only the beginning was read."""
    return len(line) > LINE_LIMIT and not line.endswith(b"\n")
