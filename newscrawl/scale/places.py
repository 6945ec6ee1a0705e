"""Where archives and results are: paths of this machine, or addresses of an object store (``s3://``, ``gs://``, ``hdfs://``).

pyarrow's file systems read and write them; ``http(s)://`` is read by fsspec.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.parse import urljoin
from uuid import uuid4

from newscrawl.archive import SUFFIXES
from newscrawl.archive.reading import files
from newscrawl.feeds import needs

with needs("pyarrow", "scale"):
    from pyarrow import fs

_REMOTE = re.compile(r"(?!file:)[a-z][a-z0-9+]+://", re.IGNORECASE)
_BUFFER = 8 * 1024 * 1024  # bytes of an object store's file that one request brings
PART = ".part"  # what a file's name ends with while it is written


def is_remote(place: str) -> bool:
    """Whether a place is not of this machine."""
    return _REMOTE.match(place) is not None


def archives(names: Iterable[str]) -> Iterator[str]:
    """The WARC files that names give: files, folders and globs here, files and folders (``…/``) of an object store.

    Raises ``FileNotFoundError`` where there is none.
    """
    for name in names:
        if not is_remote(name):
            yield from (str(path.resolve()) for path in files(name.removeprefix("file://")))
        elif name.endswith("/") and not name.startswith("http"):
            system, path = fs.FileSystem.from_uri(name)
            infos = system.get_file_info(fs.FileSelector(path.rstrip("/"), recursive=True))
            found = sorted(info.path for info in infos if info.path.endswith(SUFFIXES))
            if not found:
                raise FileNotFoundError(f"{name}: no WARC file is in it ({', '.join(SUFFIXES)})")
            scheme = name.partition("://")[0]
            yield from (f"{scheme}://{path.lstrip('/')}" for path in found)
        else:
            yield name


def listed(name: str, base: str = "") -> Iterator[str]:
    """The lines of a list of archives, such as Common Crawl's ``warc.paths.gz``, each behind ``base``."""
    data = Path(name).read_bytes()
    text = (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode()
    for line in filter(None, map(str.strip, text.splitlines())):
        yield urljoin(base, line) if base.startswith("http") else f"{base}{line}"


@contextmanager
def opened(place: str) -> Iterator[IO[bytes]]:
    """An archive to read. An ``OSError`` in reading is raised at the end, too, if the reader took it for damage."""
    if place.startswith(("http://", "https://")):
        with needs("fsspec", "scale"):
            import fsspec
        file = fsspec.open(place, "rb", block_size=_BUFFER).open()
    elif is_remote(place):
        system, path = fs.FileSystem.from_uri(place)
        file = io.BufferedReader(system.open_input_file(path), _BUFFER)
    else:
        file = open(place, "rb")  # noqa: SIM115 - closed below
    watched = _Watched(file)
    try:
        yield watched  # type: ignore[misc]
        if watched.error:
            raise watched.error
    finally:
        file.close()


class _Watched:
    """A file that remembers that it could not be read."""

    def __init__(self, file: Any):
        self._file = file
        self.error: OSError | None = None
        self.tell, self.seekable = file.tell, file.seekable

    def read(self, size: int = -1) -> Any:
        return self._watch(self._file.read, size)

    def seek(self, place: int, whence: int = 0) -> Any:
        return self._watch(self._file.seek, place, whence)

    def _watch(self, call: Callable[..., Any], *args: int) -> Any:
        try:
            return call(*args)
        except Exception as error:  # each library has its own
            self.error = error if isinstance(error, OSError) else OSError(str(error) or "an unforeseen error")
            raise self.error from error


class Folder:
    """A folder of results, here or in an object store."""

    def __init__(self, place: str):
        """``place`` is absolute: processes of other machines and working directories use it, too."""
        self.place = place
        self._system, self._path = fs.FileSystem.from_uri(place if is_remote(place) else Path(place).as_uri())
        self._path = self._path.rstrip("/")

    def make(self) -> None:
        """Make it, if it is not there."""
        self._system.create_dir(self._path, recursive=True)

    def names(self) -> list[str]:
        """The files in it, sorted."""
        found = self._system.get_file_info(fs.FileSelector(self._path, allow_not_found=True))
        return sorted(info.base_name for info in found if info.type == fs.FileType.File)

    def entries(self) -> list[str]:
        """The files and folders in it, sorted. Raises ``NotADirectoryError`` where it is a file."""
        if self._system.get_file_info(self._path).type == fs.FileType.File:
            raise NotADirectoryError(f"{self.place} is a file, expected a folder")
        found = self._system.get_file_info(fs.FileSelector(self._path, allow_not_found=True))
        return sorted(info.base_name for info in found)

    def sizes(self, *names: str) -> list[int | None]:
        """Bytes of files in it; ``None`` of one that is not there."""
        infos = self._system.get_file_info([f"{self._path}/{name}" for name in names])
        return [info.size if info.type == fs.FileType.File else None for info in infos]

    def stamps(self, *names: str) -> list[tuple[int | None, int | None]]:
        """Bytes of files in it, and the times of their last changes, in nanoseconds, where the store tells it."""
        infos = self._system.get_file_info([f"{self._path}/{name}" for name in names])
        return [(info.size, info.mtime_ns) for info in infos]

    def read(self, name: str) -> bytes:
        """A small file. Raises ``OSError``."""
        with self._system.open_input_stream(f"{self._path}/{name}") as file:
            return bytes(file.read())

    @contextmanager
    def writing(self, name: str) -> Iterator[Any]:
        """A file to write, which has its name when it is whole; until then, and after an error, it is none."""
        part = f"{self._path}/{name}-{uuid4().hex[:8]}{PART}"
        try:
            with self._system.open_output_stream(part) as file:
                yield file
            self._system.move(part, f"{self._path}/{name}")
        except BaseException:
            self.remove(part.rpartition("/")[2])
            raise

    def remove(self, *names: str) -> None:
        """Remove files, if they are there."""
        for name in names:
            if self.sizes(name) != [None]:
                self._system.delete_file(f"{self._path}/{name}")
