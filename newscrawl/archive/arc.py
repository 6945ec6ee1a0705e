"""ARC files, what archives were before WARC: a line (address, IP, date, type, length) and an answer, again and again.

https://archive.org/web/researcher/ArcFileFormat.php; version 2, whose lines tell more, is read, too.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator
from typing import IO

from newscrawl.archive import scanning
from newscrawl.archive.records import LARGEST, Damage, Record, captured, message

_LINE = 64 * 1024  # bytes of a record's line
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_DATE = re.compile(r"\d{12}(?:\d\d)?")  # to the minute, or the second


def read_arc(file: IO[bytes], types: Collection[str], name: str) -> Iterator[Record | Damage]:
    """The records of these ``types``, WARC's, in a file called ``name``, from where it stands."""
    begin: int | None = file.tell()
    told = False
    while begin is not None:
        file.seek(begin)
        reader = _Reader(_Unpacked(file), name)
        for found in reader.records():
            if isinstance(found, Record):
                told = False
                if found.type in types:
                    yield found
            elif not told:
                told = True
                yield found
        begin = scanning.next_begin(file, max(reader.last, begin) + 1, scanning.ARC) if reader.broken else None


class _Reader:
    def __init__(self, source: _Unpacked, name: str):
        self._source, self._name = source, name
        self.last = source.place
        self.broken = False

    def records(self) -> Iterator[Record | Damage]:
        try:
            while self._source.skip_blank():
                self.last = self._source.place
                found = self._record()
                yield found
                if self.broken:
                    return
            if self._source.is_cut:
                yield Damage(self.last, "the file is cut off")
        except zlib.error as error:
            self.broken = True
            yield Damage(self.last, f"no record: {error}")

    def _record(self) -> Record | Damage:
        line = self._source.line().decode("latin-1")
        fields = line.split(" ")
        at = next((n for n, field in enumerate(fields) if n > 1 and _DATE.fullmatch(field)), 0)
        if not _SCHEME.match(line) or not at or at + 1 >= len(fields) or not fields[-1].isdigit():
            self.broken = True
            return Damage(self.last, f"no record: {line[:40]!r} is no line of an ARC file")
        length = int(fields[-1])
        if length > LARGEST:
            self._source.skip(length)
            return Damage(self.last, f"a record of {length} bytes, larger than {LARGEST}")
        block = self._source.take(length)
        if len(block) < length:
            return Damage(self.last, "a record that is cut off")
        return self._made(" ".join(fields[: at - 1]), fields[at], fields[at + 1], block)

    def _made(self, url: str, date: str, media_type: str, block: bytes) -> Record:
        kind, status, headers, body = "resource", 200, (("Content-Type", media_type),), block
        if url.startswith("filedesc:"):
            kind = "warcinfo"
        elif url.startswith("http") and block.startswith(b"HTTP/"):
            kind, (status, headers, body) = "response", message(block)  # type: ignore[assignment]
        return Record(
            type=kind,
            url=url,
            date=captured(_iso(date), headers, self._name),
            id="",
            offset=self.last,
            warc={},
            status=status,
            headers=headers,
            body=body,
        )


def _iso(digits: str) -> str:
    """An ARC date in the form of WARC's.

    >>> _iso("20250903141930")
    '2025-09-03T14:19:30Z'
    """
    year, *rest = digits[:4], *(digits[n : n + 2] for n in range(4, 14, 2))
    month, day, hour, minute, second = (part or "00" for part in rest)
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}Z"


class _Unpacked:
    """A file's bytes, unpacked where it is compressed; ``place`` is where in the file the next record begins."""

    def __init__(self, file: IO[bytes]):
        self._file = file
        self.place = self._at = file.tell()
        self._is_packed = file.read(2) == b"\x1f\x8b"
        file.seek(self._at)
        self._raw = b""
        self._data = bytearray()
        self._member: zlib._Decompress | None = None
        self._begin = self._at
        self.is_cut = False

    def skip_blank(self) -> bool:
        """Go to what is next, over line ends; whether there is anything."""
        while True:
            blank = len(self._data) - len(self._data.lstrip(b"\r\n"))
            self._drop(blank)
            if self._data:
                self.place = self._begin if self._is_packed else self._at - len(self._data)
                return True
            if not self._fill():
                return False

    def line(self) -> bytes:
        while b"\n" not in self._data and len(self._data) < _LINE and self._fill():
            pass
        end = self._data.find(b"\n") + 1 or len(self._data)
        return self.take(end).rstrip(b"\r\n")

    def take(self, size: int) -> bytes:
        """The next bytes; fewer where the file ends."""
        while len(self._data) < size and self._fill():
            pass
        taken = bytes(self._data[:size])
        self._drop(size)
        return taken

    def skip(self, size: int) -> None:
        while size > 0 and (taken := len(self.take(min(size, scanning.STEP)))):
            size -= taken

    def _drop(self, size: int) -> None:
        del self._data[:size]

    def _fill(self) -> bool:
        """Read more, of one member of a compressed file at most."""
        if not self._raw:
            self._raw = self._file.read(scanning.STEP)
        if not self._raw:
            self.is_cut = self._member is not None
            return False
        rest = b""
        if not self._is_packed:
            self._data += self._raw
        else:
            if self._member is None:
                self._member, self._begin = zlib.decompressobj(31), self._at
            self._data += self._member.decompress(self._raw, scanning.STEP)
            rest = self._member.unconsumed_tail or self._member.unused_data
            if self._member.eof:
                self._member = None
        self._at += len(self._raw) - len(rest)
        self._raw = rest
        return True
