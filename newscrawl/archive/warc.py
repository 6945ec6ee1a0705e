"""WARC files (ISO 28500, versions 1.0 and 1.1): FastWARC's records, and what it stops at."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Collection, Iterator
from typing import IO, Any

from newscrawl.archive.records import LARGEST, Damage, Record, captured, message
from newscrawl.archive.scanning import is_whole, next_begin
from newscrawl.feeds import needs

with needs("FastWARC", "warc"):
    from fastwarc.warc import ArchiveIterator, WarcRecord

_HEADERS = 1024 * 1024  # bytes of one record's, or one answer's


def read_warc(source: IO[bytes], types: Collection[str], name: str) -> Iterator[Record | Damage]:
    """The records of these ``types`` in a file called ``name``, from where it stands."""
    seekable = source.seekable()
    file: Any = source if seekable else _Counted(source)
    begin: int | None = file.tell()
    told = False
    while begin is not None:
        reader = _Reader(file, begin, name)
        for found in reader.records(frozenset(types)):
            if isinstance(found, Record) or not told:
                yield found
            told = isinstance(found, Damage)
        begin = next_begin(source, reader.last + 1) if seekable and reader.broken else None


class _Reader:
    """Reads from a record's beginning to the end or to what is no record."""

    def __init__(self, file: Any, begin: int, name: str):
        self._file, self._name = file, name
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
            if self._file.seekable() and not is_whole(self._file, self.begin, self.last):
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
            date=captured(named.get("warc-date", ""), http, self._name),
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
        return message(block)
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
