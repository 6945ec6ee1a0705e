"""WACZ files (https://specs.webrecorder.net/wacz/1.1.1/): WARC files in a ZIP file, which other files tell about."""

from __future__ import annotations

import os
import struct
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from newscrawl.archive import SUFFIXES

_HEADER = 30  # bytes of a member's own header, before its name (APPNOTE.TXT, 4.3.7)
_LENGTHS = 26  # where in it the lengths of the name and of the extra field are


def members_of(file: IO[bytes]) -> list[tuple[str, Any]]:
    """The archives in a ZIP file: names, and files to read.

    Places in a member that is stored as it is, as WACZ wants it, are those in the whole file. Raises ``BadZipFile``.
    """
    packed = ZipFile(file)
    infos = sorted((info for info in packed.infolist() if info.filename.endswith(SUFFIXES)), key=lambda i: i.filename)
    return [(os.path.basename(info.filename), _opened(file, packed, info)) for info in infos]


def _opened(file: IO[bytes], packed: ZipFile, info: ZipInfo) -> Any:
    if info.compress_type != ZIP_STORED:
        return packed.open(info)
    file.seek(info.header_offset + _LENGTHS)
    begin = info.header_offset + _HEADER + sum(struct.unpack("<HH", file.read(4)))
    return _Member(file, begin, begin + info.file_size)


class _Member:
    """A part of a file, with the places of the whole."""

    def __init__(self, file: IO[bytes], begin: int, end: int):
        self._file, self._place, self._end = file, begin, end

    def read(self, size: int = -1) -> bytes:
        left = max(self._end - self._place, 0)
        self._file.seek(self._place)
        data = self._file.read(left if size < 0 else min(size, left))
        self._place += len(data)
        return data

    def tell(self) -> int:
        return self._place

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        self._place = place + {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._end}[whence]
        return self._place
