"""The text of XML documents: their character set, and bytes that are none of it."""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import http_content_type_encoding, resolve_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<\?xml\b[^>]{0,200}?encoding\s{0,20}=\s{0,20}[\"']([\w.:-]{1,40})[\"']")
#: Character sets, in Python's names; there are codecs of other kinds, which no document may choose.
_SETS = re.compile(
    r"utf-?8|iso8859-\d+|iso2022_\w+|cp\d+|koi8-\w|gb\w+|big5\w*|euc_\w+|shift_jis\w*|mac-\w+|johab|tis-?620"
)
_AS_UTF8 = re.compile(r"(?:us-?)?ascii|utf[-_]?(?:16|32).*", re.IGNORECASE)
#: Bytes that are no UTF-8, as Windows has them.
_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


def encoding_of(start: bytes, content_type: str = "") -> str:
    """The character set of a document by its first bytes, else by the header; UTF-8 where none says one that is.

    By a byte order mark, by what the document declares, then by the header (https://www.rfc-editor.org/rfc/rfc7303#section-3).

    >>> encoding_of(b"<?xml version='1.0' encoding='latin1'?>")
    'cp1252'
    """
    if marked := _marked(start):
        return marked
    declared = _DECLARED.search(start)
    label = declared[1].decode("ascii", "ignore") if declared else http_content_type_encoding(content_type or None)
    if not label or _AS_UTF8.fullmatch(label):  # what can be read as bytes of ASCII is no UTF-16
        return "utf-8"
    name = resolve_encoding(label) or ""
    return name if _SETS.fullmatch(name) else "utf-8"


def _marked(start: bytes) -> str | None:
    """The character set that a byte order mark tells, or the place of the first zero byte."""
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if b"\0" in start[:2]:
        return "utf-16-be" if start[:1] == b"\0" else "utf-16-le"
    return None


class Decoder:
    """Bytes to text, piece by piece. Among UTF-8, bytes that are none are read as Windows-1252."""

    def __init__(self, encoding: str):
        errors = "surrogateescape" if encoding == "utf-8" else "replace"
        self._decoder = codecs.getincrementaldecoder(encoding)(errors)

    def decode(self, piece: bytes, *, is_last: bool = False) -> str:
        text = self._decoder.decode(piece, is_last)
        try:
            text.encode()
        except UnicodeEncodeError:
            text = text.translate(_WINDOWS)
        return text
