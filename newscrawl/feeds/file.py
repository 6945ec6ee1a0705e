"""Files that are complete under their name, or absent."""

from __future__ import annotations

import codecs
import fcntl
import gzip
import io
import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Protocol, Self, cast

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FileFeedStorage
from twisted.python.failure import Failure

from newscrawl.signals import file_failed, file_opening, file_replacing, file_whole

_JSON_LINES = ("jsonlines", "jsonl", "jl")
#: Formats that show the newest articles only: no place where an article stands for good.
DIGESTS = ("atom", "jsonfeed")


class AtomicFileFeedStorage(FileFeedStorage):
    """Writes ``NAME.part`` and gives it the name ``NAME`` once it is whole and on the disk.

    A name that ends in ``.gz`` is written compressed. With ``overwrite`` false, what the file held
    before comes first, as Scrapy's users expect of ``-o``.
    """

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None, crawler: Crawler | None = None):
        super().__init__(uri, feed_options=feed_options)
        self._named = Path(self.path)
        self.path = str(self._named.resolve())
        self.part = f"{self.path}.part"
        self.append = self.write_mode == "ab"
        options = feed_options or {}
        #: Whether each line will be a whole article in JSON.
        self.lines = _is_whole(options) and options.get("format") in _JSON_LINES
        self.digest = options.get("format") in DIGESTS
        #: The address of the place that the file is delivered to, with its secrets; "" for none.
        self.target = str(options.get("target", ""))
        self.error: OSError | None = None
        #: Bytes that the file held before, and are not this run's.
        self.kept = 0
        #: Whether the older file stays as it is, since the run has nothing better.
        self.left = False
        self._part: PartFile | None = None
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any] | None = None) -> Self:
        return cls(uri, feed_options=feed_options, crawler=crawler)

    def check(self) -> None:
        """Raises ``ValueError`` where the file cannot be written. Changes nothing."""
        if self._named.is_dir():
            raise ValueError("it is a folder; expected the name of a file")
        if self._named.exists() and not self._named.is_file():
            raise ValueError("it is not a regular file, so it cannot be replaced; -O -:jsonl writes to standard output")
        path = Path(self.path)
        _check_folder(next(parent for parent in path.parents if parent.exists()))
        if self.append and path.exists() and not os.access(path, os.R_OK):
            raise ValueError("it exists and cannot be read; change its permissions, or name another file")

    def open(self, spider: Spider) -> IO[bytes]:
        try:
            make_folder(Path(self.path).parent)
            if Path(self.path).is_dir():
                raise IsADirectoryError(f"{self.path} is a directory; expected the name of a file")
            self._send(file_opening)
            part = self._part = PartFile(_locked(self.part), self)
            if Path(self.path).exists():
                os.fchmod(part.fileno(), Path(self.path).stat().st_mode & 0o777)
            if self.append and Path(self.path).exists():
                self._keep(part)
        except OSError as error:
            self.fail(error)
            return io.BytesIO()  # nothing more is written; the run ends
        if self.path.endswith(".gz"):
            return cast("IO[bytes]", gzip.GzipFile(filename="", mode="wb", fileobj=part, mtime=0))
        return cast("IO[bytes]", part)

    def _keep(self, part: PartFile) -> None:
        """Copy what the file holds, and end its last line."""
        with Path(self.path).open("rb") as before:
            shutil.copyfileobj(before, part)
            self.kept = part.tell()
            if self.kept and self.lines and not self.path.endswith(".gz"):
                before.seek(-1, os.SEEK_END)
                part.write(b"" if before.read(1) == b"\n" else b"\n")

    def store(self, file: IO[bytes]) -> None:
        part = self._part
        if part is not None and self.error is None:
            try:
                if file is not part:
                    file.close()  # writes the gzip trailer, and leaves the file below open
                part.flush()
                os.fsync(part.fileno())
                fsync_folder(self.path)
            except OSError as error:
                self.fail(error)
        if self.error is None:
            try:
                taken = any(answer is True for _, answer in self._send(file_whole))
            except OSError as error:
                self.fail(error)
                raise
            if not taken and not self.leave():
                self.publish()
                fsync_folder(self.path)

    def publish(self) -> None:
        """Give the whole file its name."""
        Path(self.part).replace(self.path)
        if self._part is not None:
            self._part.close()

    @property
    def is_worse(self) -> bool:
        """Whether the run, as far as it has come, must not change an older file, wherever there is one."""
        return any(answer is True for _, answer in self._send(file_replacing))

    @property
    def stays(self) -> bool:
        """Whether there is an older file here, not an empty one, that the run must not change."""
        path = Path(self.path)
        return path.exists() and path.stat().st_size > 0 and self.is_worse

    def leave(self) -> bool:
        """Remove what the run has written, if the older file stays; whether it does."""
        self.left = self.stays
        if self.left:
            Path(self.part).unlink(missing_ok=True)
            if self._part is not None:
                self._part.close()
        return self.left

    def fail(self, error: OSError) -> None:
        """Note that the file cannot be written; what it has so far stays as ``NAME.part``."""
        if self.error is None:
            self.error = error
            self._send(file_failed, error=error)

    def _send(self, signal: object, **values: Any) -> list[tuple[Any, Any]]:
        if self._crawler is None:
            return []
        answers = self._crawler.signals.send_catch_log(signal, storage=self, dont_log=OSError, **values)
        for _, answer in answers:
            if isinstance(answer, Failure) and isinstance(answer.value, OSError):
                raise answer.value
            if isinstance(answer, Failure) and signal is not file_failed:  # whoever was to note the file has not
                raise OSError(str(answer.value) or "an unforeseen error") from answer.value
        return answers


class Failable(Protocol):
    """A storage that is told why it cannot be written."""

    error: OSError | None

    def fail(self, error: OSError) -> None: ...


class ReportingFile(io.BufferedWriter):
    """A file that reports, once, when it can no longer be written, and then takes no more."""

    def __init__(self, raw: io.FileIO, storage: Failable):
        super().__init__(raw)
        self._report_to = storage

    def write(self, data: Any) -> int:
        if self._report_to.error is None:
            try:
                return super().write(data)
            except OSError as error:
                self._report_to.fail(error)
        return len(data)

    def flush(self) -> None:
        if self._report_to.error is None:
            try:
                super().flush()
            except OSError as error:
                self._report_to.fail(error)


class PartFile(ReportingFile):
    """A file that has not its name yet."""

    def __init__(self, raw: io.FileIO, storage: AtomicFileFeedStorage):
        super().__init__(raw, storage)
        self._storage = storage

    @property
    def path(self) -> str:
        """Where it is."""
        return self._storage.part

    @property
    def kept(self) -> int:
        """Bytes at its beginning that are not this run's."""
        return self._storage.kept

    @property
    def stays(self) -> bool:
        """Whether an older file of this name stays as it is."""
        return self._storage.stays

    def fail(self, error: OSError) -> None:
        """Report that the file cannot be written."""
        self._storage.fail(error)


def _locked(path: str) -> io.FileIO:
    """The file, empty and ours alone; a lock that a dead process held is free."""
    try:
        file = unheld(Path(path), os.O_CREAT)
    except BlockingIOError:
        raise BlockingIOError(f"another run is writing {path.removesuffix('.part')}; wait until it has ended") from None
    file.truncate(0)
    return file


def unheld(path: Path, flags: int = 0) -> io.FileIO:
    """A file that no other living process writes, locked until it is closed; ``flags`` are more of ``os.open``'s.

    Raises ``BlockingIOError`` where another process has it, or gave it its name this moment; ``OSError`` where it
    cannot be opened.
    """
    file = io.FileIO(os.open(path, os.O_RDWR | flags, 0o666), "r+b")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
            return file
    except OSError:
        file.close()
        raise
    file.close()
    raise BlockingIOError(f"{path} is another run's")


def make_folder(folder: Path) -> None:
    """Make a folder with those that it is in, where they are missing, and bring their names to the disk."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in missing:
        with suppress(PermissionError):  # one may write into a folder and not read it
            fsync_folder(str(one))


def fsync_folder(path: str) -> None:
    """Bring the names in a file's folder to the disk."""
    descriptor = os.open(Path(path).parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_whole(options: dict[str, Any]) -> bool:
    """Whether a feed writes whole articles that can be read back."""
    plain = codecs.lookup(str(options.get("encoding") or "utf-8")).name == "utf-8"
    return plain and not options.get("fields") and not options.get("postprocessing")


def uri_params(params: dict[str, Any], spider: Spider) -> dict[str, Any]:
    """Adds ``%(started)s``, the run's start in UTC such as ``20250903T141900Z``, to a feed's name."""
    return {**params, "started": datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")}


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ValueError(f"the folder {folder} is not writable; change its permissions, or name another")
