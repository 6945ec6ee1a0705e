"""WARC files (ISO 28500, versions 1.0 and 1.1) as records, whoever wrote them; nothing here knows of a crawl.

- :func:`files` gives the WARC files that a text names: a file, a folder of them, a glob, or several by comma.
- :func:`read` gives a file's records in their order, each a :class:`Record` with ``url``, ``date``, ``status``,
  ``headers`` and ``body``, and in the place of what cannot be read a :class:`Damage`. A file may be compressed by
  record, in one stream (gzip, zstd, lz4) or not at all.
- :meth:`Record.payload` is the page itself, as a browser would have it: neither chunked nor compressed.

One record at a time is held in memory.

    for path in files("archive/"):
        for record in read(path):
            if isinstance(record, Record) and record.is_page:
                article = extract_article(record.payload(), record.url, record.content_headers, fetched_at=record.date)
"""

from __future__ import annotations

import base64
import glob
import hashlib
import io
import re
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import IO, Any

from newscrawl.archive import SUFFIXES, UNFINISHED
from newscrawl.crawl.ending import left_out
from newscrawl.feeds import needs

with needs("FastWARC", "warc"):
    from fastwarc import stream_io
    from fastwarc.warc import ArchiveIterator, WarcRecord

#: Bytes of a record, and of a page that is compressed in it, that are read at most.
LARGEST = 64 * 1024 * 1024
_HEADERS = 1024 * 1024  # bytes of one record's, or one answer's
_STEP = 1024 * 1024
#: What a record begins with, compressed or not.
_BEGIN = re.compile(rb"\x1f\x8b\x08|WARC/\d")
_END = re.compile(rb"\r?\n\r?\n|\A\r?\n")
_CHUNK = re.compile(rb"(?:\r?\n)?[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_CODINGS: dict[str, Any] = {
    "gzip": stream_io.GzipReader,
    "x-gzip": stream_io.GzipReader,
    "deflate": lambda raw: stream_io.GzipReader(raw, zlib=True),
    "br": stream_io.BrotliReader,
    "zstd": stream_io.ZstdReader,
}
_PAGES = ("response", "resource", "revisit")


@dataclass(frozen=True, slots=True)
class Record:
    """One record. Names of ``warc`` headers and of ``headers``, those of an HTTP message, are as they are written.

    ``type`` is WARC-Type. ``date`` is aware; ``None`` where it is missing or none. ``status`` is that of an HTTP
    answer, 200 of a ``resource``, else 0. ``body`` is what follows the headers, as it was archived. ``offset`` is where
    in the file the record begins.
    """

    type: str
    url: str
    date: datetime | None
    id: str
    offset: int
    warc: dict[str, str]
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether it holds an answer of success with a body (RFC 9110, 15.3)."""
        return self.type in ("response", "resource") and 200 <= self.status < 300 and self.status not in (204, 205)

    def header(self, name: str) -> str:
        """The first header of the HTTP message with that name, in any case; ``""`` without one."""
        name = name.lower()
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def content_headers(self) -> dict[str, str]:
        """What ``extract_article`` takes as a page's headers."""
        return {"Content-Type": self.header("Content-Type")}

    def payload(self, largest: int = LARGEST) -> bytes:
        """The body without transfer and content codings (RFC 9112, 7 and RFC 9110, 8.4), ``largest`` bytes at most.

        A coding that a header claims and the body does not have, as in many archives, is passed over.
        """
        body = self.body
        if "chunked" in self.header("Transfer-Encoding").lower():
            body = _unchunked(body)
        for coding in reversed(self.header("Content-Encoding").lower().split(",")):
            coding = coding.strip()
            if coding in _CODINGS:
                body = _decoded(body, coding, largest)
        return body[:largest]

    def fields(self) -> dict[str, str]:
        """The fields of a ``metadata`` or ``warcinfo`` record (application/warc-fields)."""
        lines = (line.partition(":") for line in self.body.decode("utf-8", "replace").splitlines())
        return {name.strip(): value.strip() for name, colon, value in lines if colon}


@dataclass(frozen=True, slots=True)
class Damage:
    """Something in a file that is no record, or part of one, at byte ``offset`` or behind; ``reason`` in short."""

    offset: int
    reason: str


def files(names: str) -> Iterator[Path]:
    """The WARC files that a text names, several by comma; of a folder or a glob by the times in their names.

    Raises ``FileNotFoundError`` where there is none.
    """
    for name, path in _named(names):
        found = _files_at(path)
        if not found and (parts := unfinished(name)):
            raise FileNotFoundError(f"{name}: {left_out(len(parts))}")
        if not found:
            expected = f"a WARC file, a folder with some ({', '.join(SUFFIXES)}) or a glob"
            raise FileNotFoundError(f"{name}: no archive was found; expected {expected}")
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


def read(source: str | PathLike[str] | IO[bytes], types: Collection[str] = _PAGES) -> Iterator[Record | Damage]:
    """The records of these ``types`` in a file (its path, or the file opened in binary), in its order.

    What is damaged is told in its place, once, and reading goes on with the next record that can be found: of a file
    that is compressed in one stream, or cannot be sought in, there is none. Raises ``OSError`` where the file cannot
    be opened.
    """
    if isinstance(source, str | PathLike):
        with Path(source).open("rb") as opened:
            yield from read(opened, types)
        return
    seekable = source.seekable()
    file: Any = source if seekable else _Counted(source)
    begin: int | None = file.tell()
    told = False
    while begin is not None:
        reader = _Reader(file, begin)
        for found in reader.records(frozenset(types)):
            if isinstance(found, Record) or not told:
                yield found
            told = isinstance(found, Damage)
        begin = _next_begin(source, reader.last + 1) if seekable and reader.broken else None


def _named(names: str) -> Iterator[tuple[str, Path]]:
    for name in filter(None, map(str.strip, names.split(","))):
        yield name, Path(name).expanduser()


def _by_time(path: Path) -> tuple[str, str]:
    """The moment in a file's name, as is usual, so that runs come in their order; then the name."""
    moment = re.search(r"(?<!\d)(?:19|20)\d{12,15}(?!\d)", path.name)
    return (moment[0] if moment else "", str(path))


class _Reader:
    """Reads from a record's beginning to the end or to what is no record."""

    def __init__(self, file: Any, begin: int):
        self._file = file
        self.begin = begin
        #: Where the last record began that was begun to read; and whether reading had to stop.
        self.last = begin
        self.broken = False

    def records(self, types: frozenset[str]) -> Iterator[Record | Damage]:
        self._file.seek(self.last)
        try:
            for raw in ArchiveIterator(self._file, parse_http=False, max_header_len=_HEADERS, strict_mode=False):
                self.last = raw.stream_pos
                if found := self._record(raw, types):
                    yield found
            if self._file.seekable() and not _is_whole(self._file, self.begin, self.last):
                yield Damage(self.last, "the file is cut off")
        except GeneratorExit:
            raise
        except BaseException as error:  # FastWARC's panics are no Exception
            if type(error).__name__ != "PanicException" and not isinstance(error, OSError | ValueError | EOFError):
                raise
            self.broken = True
            yield Damage(self.last, f"no record: {' '.join(str(error).split())[:100]}")

    def _record(self, raw: WarcRecord, types: frozenset[str]) -> Record | Damage | None:
        headers = dict(raw.headers.items())
        named = {name.lower(): value for name, value in headers.items()}
        kind, length = named.get("warc-type", "").lower(), raw.content_length
        if not kind or not named.get("content-length", "").strip().isdigit():
            return Damage(self.last, "a record without its type or length")
        if kind not in types:
            return None
        if length > LARGEST:
            return Damage(self.last, f"a record of {length} bytes, larger than {LARGEST}")
        block = _block(raw, length)
        if len(block) < length:
            return Damage(self.last, "a record that is cut off")
        if not _holds(block, named.get("warc-block-digest", "")):
            return Damage(self.last, "a record whose digest is another")
        status, http, body = _content(kind, named.get("content-type", ""), block)
        return Record(
            type=kind,
            url=named.get("warc-target-uri", "").strip("<> "),
            date=_date(named.get("warc-date", "")),
            id=named.get("warc-record-id", ""),
            offset=self.last,
            warc=headers,
            status=status,
            headers=http,
            body=body,
        )


def _content(kind: str, content_type: str, block: bytes) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    """HTTP status, header fields and body of a record's block; 0 for the status of what is no answer."""
    if content_type.replace(" ", "").startswith("application/http"):
        return _message(block)
    return (200, (("Content-Type", content_type),), block) if kind == "resource" else (0, (), block)


def _block(raw: WarcRecord, length: int) -> bytes:
    """A record's bytes, fewer than ``length`` where it is cut off."""
    block = raw.reader.read(length) if length else b""
    while 0 < len(block) < length and (more := raw.reader.read(length - len(block))):
        block += more
    return bytes(block)


class _Counted:
    """A stream that cannot be sought in, with its place."""

    def __init__(self, stream: IO[bytes]):
        self._stream = stream
        self._place = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._place += len(data)
        return data

    def tell(self) -> int:
        return self._place

    def seekable(self) -> bool:
        return False

    def seek(self, place: int, whence: int = 0) -> int:
        if whence or place != self._place:
            raise io.UnsupportedOperation("seek")
        return place


def _next_begin(file: IO[bytes], place: int) -> int | None:
    """Where, from a place on, the next record seems to begin."""
    file.seek(place)
    before = b""
    while data := file.read(_STEP):
        window = before + data
        for match in _BEGIN.finditer(window):
            begin = place - len(before) + match.start()
            if _begins(file, begin):
                return begin
        place += len(data)
        file.seek(place)
        before = window[-8:]
    return None


def last_end(file: IO[bytes]) -> int:
    """Where the last whole member of a file that is compressed by record ends, whatever is damaged before it."""
    end = 0
    begin: int | None = 0
    while begin is not None:
        place = gzip_end(file, begin)
        if place > begin:
            end = place
        begin = _next_begin(file, place + 1)
    return end


def _begins(file: IO[bytes], place: int) -> bool:
    file.seek(place)
    data = file.read(512)
    if data.startswith(b"\x1f\x8b"):
        try:
            data = zlib.decompressobj(31).decompress(data, 512)
        except zlib.error:
            return False
    return re.match(rb"WARC/\d\.\d\r?\n", data) is not None


def _is_whole(file: IO[bytes], begin: int, last: int) -> bool:
    """Whether what is compressed by gzip ends as it should, from the last record on; of one stream, from its begin."""
    for place in (last, begin):
        file.seek(place)
        if file.read(2) == b"\x1f\x8b":
            end = gzip_end(file, place)
            file.seek(end)
            return not file.read(_STEP).strip(b"\0")
    return True


def gzip_end(file: IO[bytes], begin: int) -> int:
    """Where, from ``begin`` on, the last whole member of a gzip file ends."""
    file.seek(begin)
    end = place = begin
    member, data = zlib.decompressobj(31), b""
    while data := data or file.read(_STEP):
        try:
            member.decompress(data, _STEP)
        except zlib.error:
            break
        rest = member.unconsumed_tail or member.unused_data
        place += len(data) - len(rest)
        data = rest
        if member.eof:
            end, member = place, zlib.decompressobj(31)
    return end


def _message(block: bytes) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    """Status, headers and body of an HTTP answer or request; lines that are no headers, as some are, are left out."""
    end = _END.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    first, *lines = re.sub(rb"\r?\n[ \t]+", b" ", head).decode("latin-1").splitlines() or [""]
    status = re.match(r"\S+\s+(\d{3})\b", first)
    if ":" in first and not status:
        lines.insert(0, first)
    pairs = (line.partition(":") for line in lines)
    named = tuple((name.strip(), value.strip()) for name, colon, value in pairs if colon and name.strip())
    return int(status[1]) if status else 0, named, body


def _holds(block: bytes, digest: str) -> bool:
    """Whether a block has the digest that its record tells; one in an unknown format counts as held."""
    name, _, told = digest.strip().partition(":")
    try:
        made = hashlib.new(name.lower().replace("-", ""), block, usedforsecurity=False).digest()
    except (ValueError, TypeError):
        return True
    return (
        told.lower() in (made.hex(), base64.b32encode(made).decode().rstrip("=").lower())
        or len(told) < 2 * len(made) - 8
    )


def _date(text: str) -> datetime | None:
    try:
        date = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text.strip()))
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _unchunked(body: bytes) -> bytes:
    """A chunked body's data, as far as it goes; a body that is not chunked as it is."""
    parts: list[bytes] = []
    place = 0
    while size := _CHUNK.match(body, place):
        length = int(size[1], 16)
        if not length:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        place = size.end() + length
    return b"".join(parts) if parts else body


def _decoded(body: bytes, coding: str, largest: int) -> bytes:
    """A body without a coding, as far as it goes; one that does not have it as it is."""
    parts: list[bytes] = []
    size = 0
    try:
        reader = _CODINGS[coding](io.BytesIO(body))
        while size < largest and (part := reader.read(min(_STEP, largest - size))):
            parts.append(part)
            size += len(part)
    except BaseException as error:  # as above
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        if coding == "deflate" and not parts:
            try:
                return zlib.decompressobj(-15).decompress(body, largest)  # as some servers send it
            except zlib.error:
                pass
    return b"".join(parts) if parts else body
