"""Sitemaps of plain text: an address on each line (https://www.sitemaps.org/protocol.html#otherformats)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.addresses.site import LONGEST_ADDRESS
from newscrawl.listings.decoding import Decoder
from newscrawl.listings.listing import Answer, Entry, Head, Holds, Listing, ListingSite, site_links
from newscrawl.listings.stream import MOST_BYTES, MOST_ENTRIES, unzipped

#: The first line; pages and feeds begin with a tag, other texts with words.
_BEGINS = re.compile(rb"\s*https?://[^\s<>\"']+[ \t]*(?:[\r\n]|$)", re.IGNORECASE)


def is_mine(head: Head) -> bool:
    """Whether an answer begins with a line that is an address."""
    return _BEGINS.match(head.start) is not None


def read(answer: Answer, site: ListingSite) -> Listing:
    """The pages, in their order."""
    found: list[Entry] = []
    cut = ""
    try:
        for line in _lines(answer.body):
            if len(found) == MOST_ENTRIES:
                cut = f"more than {MOST_ENTRIES} entries"
                break
            found.append(Entry(line if len(line) <= LONGEST_ADDRESS else ""))
    except ValueError as error:
        cut = str(error)
    links, passed = site_links(found, site)
    return Listing(links, cut=cut, passed=passed, holds=Holds.PAGES)


def _lines(body: bytes) -> Iterator[str]:
    """The lines that are not empty. Raises ``ValueError`` where they are too many, or damaged."""
    decoder, rest, read = Decoder("utf-8"), "", 0
    for piece in unzipped(body):
        *lines, rest = re.split(r"[\r\n]+", rest[: 2 * LONGEST_ADDRESS] + decoder.decode(piece))
        yield from filter(None, map(_stripped, lines))
        read += len(piece)
        if read > MOST_BYTES:
            raise ValueError(f"more than {MOST_BYTES >> 20} MB decompressed")
    yield from filter(None, [_stripped(rest)])


def _stripped(line: str) -> str:
    return line.strip("\ufeff \t\0")
