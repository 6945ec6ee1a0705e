"""Where records begin and end in a file, damaged or not."""

from __future__ import annotations

import re
import zlib
from typing import IO, NamedTuple

STEP = 1024 * 1024  # bytes that are read at once


class Begin(NamedTuple):
    """How a kind of record begins: ``anywhere`` to look for, compressed or not, and ``head``, unpacked, to be sure."""

    anywhere: re.Pattern[bytes]
    head: re.Pattern[bytes]


WARC = Begin(re.compile(rb"\x1f\x8b\x08|WARC/\d"), re.compile(rb"WARC/\d\.\d\r?\n"))
#: A line of address, IP, date, type and length (https://archive.org/web/researcher/ArcFileFormat.php).
ARC = Begin(
    re.compile(rb"\x1f\x8b\x08|(?<=\n)[a-z][a-z0-9+.-]{2,9}:"),
    re.compile(rb"[a-z][a-z0-9+.-]{2,9}:[^ \r\n]{1,2000} [^ \r\n]{1,45} \d{12,14}(?: [^ \r\n]{1,500}){1,8}\r?\n"),
)


def next_begin(file: IO[bytes], place: int, kind: Begin = WARC) -> int | None:
    """Where, from a place on, the next record seems to begin."""
    file.seek(place)
    before = b""
    while data := file.read(STEP):
        window = before + data
        for match in kind.anywhere.finditer(window):
            begin = place - len(before) + match.start()
            if _begins(file, begin, kind.head):
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
        begin = next_begin(file, place + 1)
    return end


def _begins(file: IO[bytes], place: int, head: re.Pattern[bytes]) -> bool:
    file.seek(place)
    data = file.read(512)
    if data.startswith(b"\x1f\x8b"):
        try:
            data = zlib.decompressobj(31).decompress(data, 512)
        except zlib.error:
            return False
    return head.match(data) is not None


def is_whole(file: IO[bytes], begin: int, last: int) -> bool:
    """Whether what is compressed by gzip ends as it should, from the last record on; of one stream, from its begin."""
    for place in (last, begin):
        file.seek(place)
        if file.read(2) == b"\x1f\x8b":
            end = gzip_end(file, place)
            file.seek(end)
            return not file.read(STEP).strip(b"\0")
    return True


def gzip_end(file: IO[bytes], begin: int) -> int:
    """Where, from ``begin`` on, the last whole member of a gzip file ends."""
    file.seek(begin)
    end = place = begin
    member, data = zlib.decompressobj(31), b""
    while data := data or file.read(STEP):
        try:
            member.decompress(data, STEP)
        except zlib.error:
            break
        rest = member.unconsumed_tail or member.unused_data
        place += len(data) - len(rest)
        data = rest
        if member.eof:
            end, member = place, zlib.decompressobj(31)
    return end
