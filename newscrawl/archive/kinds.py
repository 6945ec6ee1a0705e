"""What a file is, by its first bytes."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

from newscrawl.archive import scanning

HEAD = 16 * 1024  # bytes that tell
#: Archives; a ZIP file may be a WACZ.
WARC, ARC, ZIP = "a WARC file", "an ARC file", "a ZIP file"
HAR = "a HAR file"
_CDX = "a CDX index"
_NO_ARCHIVE = "gzip, but no WARC"
_DAMAGED = "no archive that can be read"
_GZIP = b"\x1f\x8b"
#: Files that begin like that, in this order.
_BEGINS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("an empty file", re.compile(rb"\Z")),
    (WARC, re.compile(rb"[\r\n]*WARC/\d")),
    # zstd and lz4, which FastWARC unpacks
    (WARC, re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18|\x04\x22\x4d\x18")),
    (ARC, scanning.ARC.head),
    (ZIP, re.compile(rb"PK\x03\x04|PK\x05\x06")),
    (HAR, re.compile(rb"\xef?\xbb?\xbf?\s*\{\s*\"log\"\s*:\s*\{")),
    (_CDX, re.compile(rb"\s?CDX [A-Za-z ]|[\w.,:-]+\)\S* \d{14} ")),
    ("an HTML page", re.compile(rb"\s*<(?:!doctype html|html)", re.IGNORECASE)),
    ("an XML file", re.compile(rb"\s*<\?xml")),
    ("a JSON file", re.compile(rb"\s*[\[{]\s*[\"{\[\]}]")),
    ("a Parquet file", re.compile(rb"PAR1")),
    ("an SQLite database", re.compile(rb"SQLite format 3\0")),
    ("a PDF file", re.compile(rb"%PDF-")),
)
#: Kinds that hold no record, whatever stands further on in the file.
STRANGE = {name for name, _ in _BEGINS} - {WARC, ARC, ZIP}


def kind_of(head: bytes) -> str:
    """What a file is that begins so.

    >>> kind_of(b"WARC/1.1\\r\\n"), kind_of(b""), kind_of(b'{"log": {"version": "1.2"')
    ('a WARC file', 'an empty file', 'a HAR file')
    """
    if head.startswith(_GZIP):
        kind = _kind_of(_unpacked(head))
        return kind if kind in (WARC, ARC, _CDX, HAR) else _NO_ARCHIVE
    return _kind_of(head)


def kind_of_file(path: Path) -> str:
    """What a file is."""
    try:
        with path.open("rb") as file:
            return kind_of(file.read(HEAD))
    except OSError as error:
        return f"a file that cannot be read ({error.strerror})"


def _kind_of(head: bytes) -> str:
    found = next((name for name, begin in _BEGINS if begin.match(head)), "")
    return found or ("a text" if _is_text(head) else _DAMAGED)


def _is_text(head: bytes) -> bool:
    return not re.search(rb"[\x00-\x08\x0e-\x1f]", head)


def _unpacked(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(head, HEAD)
    except zlib.error:
        return b"\0"
