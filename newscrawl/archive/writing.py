"""Writes exchanges as WARC/1.1 (ISO 28500:2017), compressed by record, into files that are complete or absent."""

from __future__ import annotations

import hashlib
import io
import os
import re
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit
from uuid import uuid4

from newscrawl.archive import UNFINISHED
from newscrawl.archive.scanning import last_end
from newscrawl.archive.stored import Stored
from newscrawl.feeds import needs
from newscrawl.feeds.file import fsync_folder, unheld

with needs("FastWARC", "warc"):
    from fastwarc.stream_io import GzipWriter
    from fastwarc.warc import WarcRecord, WarcRecordType

_PART = ".warc.gz.part"
_LEVEL = 4  # of gzip: 6 takes a third more time for 2 % less
_FIELDS = "application/warc-fields"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
#: Headers of an answer that hold for what went over the wire, and not for the body as it is kept.
_OF_THE_WIRE = {"transfer-encoding", "content-length"}
#: Headers of a request that are nobody else's business, however long the archive is kept.
_SECRET = {"authorization", "proxy-authorization", "cookie"}

Headers = Iterable[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. ``body`` is still in its content coding; ``date`` is when it was there, aware.

    ``truncated`` is a reason of WARC-Truncated. ``fields`` go into a metadata record. An answer "not modified" that
    ``refers`` to a stored page is written as a revisit record (WARC/1.1, 6.7.3).
    """

    method: str
    url: str
    request_headers: Headers
    request_body: bytes
    status: int
    headers: Headers
    body: bytes
    date: datetime
    ip_address: str | None = None
    truncated: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    refers: Stored | None = None


class ArchiveWriter:
    """Writes ``NAME.part`` into a folder and gives it its name once it is whole and on the disk.

    The name is newscrawl-SPIDER-TIMESTAMP-SERIAL.warc.gz. A file that has ``largest`` bytes takes no further exchange.
    ``info`` are the fields of each file's warcinfo record.
    What is written survives the end of the process at once, that of the machine when the file has its name. Raises
    ``OSError``, after which no file is given its name: :func:`recover` does what can be done.
    """

    def __init__(self, folder: Path, spider: str, info: Mapping[str, str], largest: int):
        self._folder, self._spider, self._info, self._largest = folder, spider, info, largest
        self._file: BinaryIO | None = None
        self._path = folder
        self._serial = 0
        self._size = 0
        self._info_id = ""
        #: Exchanges and bytes written.
        self.exchanges = self.bytes = 0

    def write(self, exchange: Exchange) -> None:
        """Request, metadata and response: a response that is there has its metadata, wherever a file was cut."""
        if self._file is not None and self._size >= self._largest:
            self.close()
        if self._file is None:
            self._open()
        response, request = _urn(), _urn()
        date = _timestamp(exchange.date)
        headers = {"WARC-Date": date, "WARC-Target-URI": exchange.url}
        records = [
            self._record(
                WarcRecordType.request,
                request,
                headers | {"WARC-Concurrent-To": response},
                "application/http; msgtype=request",
                _request(exchange),
                exchange.request_body,
            )
        ]
        if exchange.fields:
            concurrent = headers | {"WARC-Concurrent-To": response}
            records.append(
                self._record(WarcRecordType.metadata, _urn(), concurrent, _FIELDS, _warc_fields(exchange.fields))
            )
        if exchange.ip_address:
            headers["WARC-IP-Address"] = exchange.ip_address
        if exchange.truncated:
            headers["WARC-Truncated"] = exchange.truncated
        kind, media_type = WarcRecordType.response, "application/http; msgtype=response"
        block = [_response(exchange), exchange.body]
        if exchange.refers:
            kind, block = WarcRecordType.revisit, block[:1]
            headers |= _refers(exchange.refers)
        records.append(self._record(kind, response, headers, media_type, *block))
        self._append(b"".join(records))
        self.exchanges += 1

    def sync(self) -> None:
        """Bring what is written to the disk."""
        if self._file is not None:
            os.fsync(self._file.fileno())
            fsync_folder(str(self._path))

    def close(self) -> None:
        """Bring the file to the disk and give it its name."""
        if self._file is None:
            return
        file, self._file = self._file, None
        with file:
            os.fsync(file.fileno())
            self._path.rename(self._path.with_name(self._path.name.removesuffix(".part")))
            fsync_folder(str(self._path))

    def _open(self) -> None:
        while self._file is None:
            stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")[:17]
            self._path = self._folder / f"newscrawl-{self._spider}-{stamp}-{self._serial:05d}{_PART}"
            if not self._path.with_name(self._path.name.removesuffix(".part")).exists():
                with suppress(FileExistsError):
                    self._file = unheld(self._path, os.O_CREAT | os.O_EXCL)
            self._serial += 1
        self._size, self._info_id = 0, _urn()
        name = self._path.name.removesuffix(".part")
        headers = {"WARC-Date": _timestamp(datetime.now(UTC)), "WARC-Filename": name}
        block = _warc_fields(self._info)
        self._append(self._record(WarcRecordType.warcinfo, self._info_id, headers, _FIELDS, block))

    def _append(self, data: bytes) -> None:
        assert self._file is not None
        try:
            while data:  # unbuffered: a write may take a part only
                taken = self._file.write(data)
                self._size += taken
                self.bytes += taken
                data = data[taken:]
        except OSError:
            self._file.close()
            self._file = None
            raise

    def _record(
        self,
        kind: WarcRecordType,
        urn: str,
        headers: Mapping[str, str],
        media_type: str,
        *block: bytes,
    ) -> bytes:
        record = WarcRecord()
        record.init_headers(kind, urn.removeprefix("<urn:").removesuffix(">").encode())
        for name, value in headers.items():
            record.headers.set(name, value)
        if kind != WarcRecordType.warcinfo:
            record.headers.set("WARC-Warcinfo-ID", self._info_id)
        record.headers.set("Content-Type", media_type)
        record.set_bytes_content(b"".join(block))
        digest = hashlib.sha1(block[1], usedforsecurity=False).digest() if len(block) > 1 else None
        member = io.BytesIO()
        writer = GzipWriter(member, _LEVEL)
        record.write(writer, checksum_data=True, payload_digest=digest)
        writer.finish()
        return member.getvalue()


def recover(folder: Path) -> list[str]:
    """Cut what dead runs left behind its last whole record and give it its name; says what was done, a line for each.

    What is damaged before that record stays, for the reader to set aside; files that are not ours are left alone.
    """
    said = []
    for part in sorted(path for path in folder.glob(f"*{_PART}") if UNFINISHED.fullmatch(path.name)):
        try:
            file = unheld(part)
        except (BlockingIOError, FileNotFoundError):  # its run lives, or has just ended
            continue
        with file:
            if not _is_ours(file, part.name.removesuffix(".part")):
                continue
            size, end = part.stat().st_size, last_end(file)
            if not end:
                part.unlink()
                said.append(f"The run before was cut off; {part} had no whole record ({size} bytes) and is removed")
                continue
            file.truncate(end)
            os.fsync(file.fileno())
            path = part.with_name(part.name.removesuffix(".part"))
            part.rename(path)
            fsync_folder(str(path))
            torn = f", without its last {size - end} bytes, a record that was cut off" if size > end else ""
            said.append(f"The run before was cut off; its archive is saved: {path}{torn}")
    return said


def _is_ours(file: BinaryIO, name: str) -> bool:
    """Whether a file begins with the warcinfo that we gave it; one that is cut off or damaged there may have."""
    file.seek(0)
    data = file.read(4096)
    member = zlib.decompressobj(31)
    try:
        text = member.decompress(data)
    except zlib.error:
        return data.startswith(b"\x1f\x8b") or not data.strip(b"\0")
    return not member.eof or f"WARC-Filename: {name}\r\n".encode() in text


def _request(exchange: Exchange) -> bytes:
    parts = urlsplit(exchange.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kept = [(name, value) for name, value in exchange.request_headers if name.decode("latin-1").lower() not in _SECRET]
    if not any(name.lower() == b"host" for name, _ in kept):
        kept.insert(0, (b"Host", parts.netloc.rpartition("@")[2].encode()))
    return _head(f"{exchange.method} {path} HTTP/1.1", kept)


def _response(exchange: Exchange) -> bytes:
    """Status line and headers. Those that hold no more are renamed, as in archives that browsers write."""
    try:
        phrase = HTTPStatus(exchange.status).phrase
    except ValueError:
        phrase = ""
    headers, length = [], str(len(exchange.body)).encode()
    for name, value in exchange.headers:
        if name.decode("latin-1").lower() in _OF_THE_WIRE and value.strip() != length:
            name = b"X-Archive-Orig-" + name
        elif name.lower() == b"content-length":
            continue
        headers.append((name, value))
    return _head(f"HTTP/1.1 {exchange.status} {phrase}", [*headers, (b"Content-Length", length)])


def _refers(stored: Stored) -> dict[str, str]:
    """The headers of a revisit record for a page that is as it was stored."""
    headers = {
        "WARC-Profile": _NOT_MODIFIED,
        "WARC-Refers-To": stored.id,
        "WARC-Refers-To-Target-URI": stored.url,
        "WARC-Refers-To-Date": _timestamp(stored.date),
    }
    return headers | ({"WARC-Payload-Digest": stored.digest} if stored.digest else {})


def _head(first: str, headers: Headers) -> bytes:
    lines = [first.encode("latin-1", "replace"), *(b"%s: %s" % (name, _line(value)) for name, value in headers)]
    return b"\r\n".join([*lines, b"", b""])


def _line(value: bytes) -> bytes:
    return re.sub(rb"[\r\n\0]+", b" ", value)


def _warc_fields(fields: Mapping[str, str]) -> bytes:
    return b"".join(b"%s: %s\r\n" % (name.encode(), _line(str(value).encode())) for name, value in fields.items())


def _timestamp(date: datetime) -> str:
    return date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _urn() -> str:
    return f"<urn:uuid:{uuid4()}>"
