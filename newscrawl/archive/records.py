"""A record of an archive, whatever wrote it: an HTTP message with its body, and when it came."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from newscrawl.feeds import needs

with needs("FastWARC", "warc"):
    from fastwarc import stream_io

#: Bytes of a record, and of a page that is compressed in it, that are read at most.
LARGEST = 64 * 1024 * 1024
_STEP = 1024 * 1024
_END = re.compile(rb"\r?\n\r?\n|\A\r?\n")
#: A moment in a file's name, as is usual: 20250903141930, with milliseconds or without.
MOMENT = re.compile(r"(?<!\d)(?:19|20)\d{12,15}(?!\d)")
_FIRST = datetime(1990, 1, 1, tzinfo=UTC)  # no page is older than the web
_CHUNK = re.compile(rb"(?:\r?\n)?[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_CODINGS: dict[str, Any] = {
    "gzip": stream_io.GzipReader,
    "x-gzip": stream_io.GzipReader,
    "deflate": lambda raw: stream_io.GzipReader(raw, zlib=True),
    "br": stream_io.BrotliReader,
    "zstd": stream_io.ZstdReader,
}


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

    def warc_header(self, name: str) -> str:
        """The header of the record with that name, in any case; ``""`` without one."""
        name = name.lower()
        return next((value for key, value in self.warc.items() if key.lower() == name), "")

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


def message(block: bytes) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
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


def captured(told: str, headers: Sequence[tuple[str, str]], name: str) -> datetime | None:
    """When an answer came: what its record tells, else its Date header, else the moment in its file's name.

    What cannot be true, before the web or after now, counts only where there is nothing better.
    """
    sent = next((value for key, value in headers if key.lower() == "date"), "")
    found = [date for date in (date_of(told), _sent(sent), _moment_in(name)) if date]
    latest = datetime.now(UTC) + timedelta(days=1)
    return next((date for date in found if _FIRST <= date <= latest), found[0] if found else None)


def _sent(text: str) -> datetime | None:
    """An HTTP date (RFC 9110, 5.6.7)."""
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _moment_in(name: str) -> datetime | None:
    found = MOMENT.search(name)
    try:
        return datetime.strptime(found[0][:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def date_of(text: str) -> datetime | None:
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
