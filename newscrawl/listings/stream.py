"""The entries of XML documents, read as a stream: memory and time are bounded whatever a server sends.

Nothing is kept of a document but its entries' addresses and dates. What reaches a bound is read that far, and the
reader is told why.
"""

from __future__ import annotations

import gzip
import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import IO, Any, NamedTuple, cast
from urllib.parse import urlsplit

from lxml import etree

from newscrawl.addresses.site import LONGEST_ADDRESS
from newscrawl.listings.listing import Answer, Entry, Head
from newscrawl.parser_thread import in_parser_thread

#: Bytes, when unzipped, and entries that one sitemap may have (https://www.sitemaps.org/protocol.html#index). Feeds are
#: far smaller.
MOST_BYTES = 50 * 1024 * 1024
MOST_ENTRIES = 50_000
#: Elements of one document: twenty for each entry; most entries have two to six.
MOST_ELEMENTS = 20 * MOST_ENTRIES
#: Different names of elements, attributes and entities; a feed has some dozens. libxml2 keeps each of them.
MOST_NAMES = 10_000
#: Characters of all addresses together: two hundred for each entry.
MOST_CHARACTERS = 200 * MOST_ENTRIES
#: Bytes without a whole element, comment or text: one tag with very many attributes, or a comment without end.
MOST_UNREAD = 1024 * 1024
#: Elements around one another: libxml2 gives up at 256. And those of one entry that tell of it.
MOST_DEPTH = 250
_MOST_NOTES = 100
LONGEST_DATE = 100  # characters
_CHUNK = 64 * 1024  # bytes
_HEAD_BYTES = 5000  # in which a document's kind shows

_PROLOGUE = re.compile(rb"\s+|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>", re.DOTALL)
_ROOT = re.compile(rb"<(?:\w+:)?(\w+)\b")
_REFERENCE = re.compile(rb"&([\w.:\x80-\xff-]{1,100});")


class Entries(NamedTuple):
    """The addresses and dates that a document lists, as written; and why it was not read to its end, if it was not."""

    found: list[Entry]
    cut: str = ""


def unzipped(body: bytes) -> Iterator[bytes]:
    """What a feed or sitemap holds, in pieces, unzipped if need be.

    Raises ``ValueError`` where a file is damaged or cut off. What follows a whole one, and is no gzip, does not count.
    """
    if body[:2] != b"\x1f\x8b":
        yield from (body[start : start + _CHUNK] for start in range(0, len(body), _CHUNK))
        return
    file, read = gzip.GzipFile(fileobj=io.BytesIO(body)), 0
    while True:
        try:
            piece = file.read1(_CHUNK)
        except (OSError, EOFError, struct.error, zlib.error) as error:
            if read and isinstance(error, gzip.BadGzipFile):
                return
            raise ValueError("damaged: it cannot be decompressed") from error
        if not piece:
            return
        read += len(piece)
        yield piece


def unzip(body: bytes, limit: int) -> bytes:
    """The first bytes of what a file holds, unzipped if need be; of a damaged one what comes before the damage.

    Raises ``ValueError`` for one that is damaged from the start.
    """
    found = io.BytesIO()
    try:
        for piece in unzipped(body):
            if found.write(piece) and found.tell() >= limit:
                break
    except ValueError:
        if not found.tell():
            raise
    return found.getvalue()[:limit]


def root_of(start: bytes) -> str:
    """The name of an XML document's root element, without its namespace; ``""`` where none begins."""
    position = 0
    while prologue := _PROLOGUE.match(start, position):
        position = prologue.end()
    match = _ROOT.match(start, position)
    return match[1].decode() if match else ""


def head_of(answer: Answer) -> Head:
    """What tells an answer's kind. Raises ``ValueError`` where it cannot be unzipped."""
    start = unzip(answer.body, _HEAD_BYTES).removeprefix(b"\xef\xbb\xbf")
    return Head(urlsplit(answer.url).path, start, root_of(start))


class Form(NamedTuple):
    """Which elements of a document are entries, which in them tell of one, and what these mean together."""

    entries: frozenset[str]
    telling: frozenset[str]
    meaning: Callable[[list[Note]], Entry]


def read_entries(body: bytes, form: Form) -> Entries:
    """The entries of a document, in their order. Raises ``ValueError`` for one that cannot be read."""
    return in_parser_thread(lambda: _read(body, _Document(form)), MOST_BYTES)


def _read(body: bytes, document: _Document) -> Entries:
    # Not fed piece by piece: then libxml2 gives up at an error that it passes over when it reads itself.
    target = cast("Any", document)
    parser = etree.XMLParser(target=target, recover=True, resolve_entities=False, no_network=True, collect_ids=False)
    file = _File(body, document)
    with suppress(etree.LxmlError):  # no document at all, or none from there on
        etree.parse(cast("IO[bytes]", file), parser)
    if not document.elements:
        raise ValueError("not readable as XML")
    cut = file.cut or document.bound()
    document.finish()
    return Entries(document.entries[:MOST_ENTRIES], cut)


class _File:
    """A document as a file that ends where a bound is reached, or it is damaged; ``cut`` tells which."""

    def __init__(self, body: bytes, document: _Document):
        self.cut = ""
        self._document = document
        self._left = MOST_BYTES
        self._pieces = unzipped(body)
        self._rest = b""

    def read(self, size: int) -> bytes:
        self.cut = self.cut or self._document.bound()
        if self._left <= 0 and not self.cut and self._next():
            self.cut = f"more than {MOST_BYTES >> 20} MB unzipped"
        if self.cut:
            return b""
        rest = self._rest or self._next()
        piece, self._rest = rest[:size], rest[size:]
        self._left -= len(piece)
        self._document.unread += len(piece)
        self._document.names.update(_REFERENCE.findall(piece))
        return piece

    def _next(self) -> bytes:
        try:
            return next(self._pieces, b"")
        except ValueError as error:
            self.cut = str(error)
            return b""


class Note(NamedTuple):
    """What an element says that stands in an entry."""

    name: str
    text: str
    rel: str
    href: str


class _Open:
    """An element that was begun: its text as far as the first element in it, and what those in it say."""

    __slots__ = ("attributes", "is_text", "length", "notes", "place", "tag", "text")

    def __init__(self, tag: str, attributes: Mapping[str, str]):
        self.tag = tag
        self.attributes = attributes
        self.text: list[str] = []
        self.length = 0
        self.is_text = True
        self.notes: list[Note] = []
        self.place = -1  # of an entry, among all

    def note(self, name: str) -> Note:
        text = "".join(self.text).strip() if self.length <= LONGEST_ADDRESS else ""
        href = self.attributes.get("href", "")
        return Note(name, text, self.attributes.get("rel", "alternate"), href if len(href) <= LONGEST_ADDRESS else "")


class _Document:
    """Takes a document's elements as the parser meets them, and keeps what its entries say."""

    def __init__(self, form: Form):
        #: In the order of their beginning.
        self.entries: list[Entry] = []
        #: Bytes that were given to the parser since anything came back; and all names that it met.
        self.unread = 0
        self.names: set[str | bytes] = set()
        self._form = form
        self.elements = self._characters = 0
        self._open: list[_Open] = []

    def bound(self) -> str:
        """Why to read no further, or nothing."""
        for is_reached, what in (
            (len(self.entries) > MOST_ENTRIES, f"{MOST_ENTRIES} entries"),
            (self.elements > MOST_ELEMENTS, f"{MOST_ELEMENTS} elements"),
            (len(self._open) > MOST_DEPTH, f"{MOST_DEPTH} elements around one another"),
            (len(self.names) > MOST_NAMES, f"{MOST_NAMES} names of elements"),
            (self._characters > MOST_CHARACTERS, f"{MOST_CHARACTERS} characters of addresses"),
            (self.unread > MOST_UNREAD, f"{MOST_UNREAD >> 20} MB without an element"),
        ):
            if is_reached:
                return f"more than {what}"
        return ""

    def start(self, tag: str, attributes: Mapping[str, str], prefixes: Mapping[str | None, str]) -> None:
        self.unread = 0
        self.elements += 1
        self.names.add(tag)
        if attributes or prefixes:
            self.names.update(attributes, (prefix or "" for prefix in prefixes))
        if self._open:
            self._open[-1].is_text = False
        element = _Open(tag, attributes)
        if _local(tag) in self._form.entries:
            element.place = len(self.entries)
            self.entries.append(("", ""))
        self._open.append(element)

    def data(self, text: str) -> None:
        self.unread = 0
        if self._open and (element := self._open[-1]).is_text and element.length <= LONGEST_ADDRESS:
            element.text.append(text)
            element.length += len(text)

    def end(self, tag: str) -> None:
        # Those that were begun in it and have no end are broken tags: what follows one does not stand in it.
        while self._open and self._open[-1].tag != tag:
            self._leave(is_whole=False)
        if self._open:
            self._leave(is_whole=True)

    def comment(self, text: str) -> None:
        self.unread = 0
        self.elements += 1

    def pi(self, target: str, text: str | None = None) -> None:
        self.unread = 0
        self.elements += 1
        self.names.add(target)

    def close(self) -> None:
        """The parser needs this; it has nothing to give."""

    def finish(self) -> None:
        """The document has ended, maybe before its elements did."""
        while self._open:
            self._leave(is_whole=False)

    def _leave(self, *, is_whole: bool) -> None:
        element = self._open.pop()
        if element.place >= 0:
            address, date = self._form.meaning(element.notes)
            self._characters += len(address)
            self.entries[element.place] = address, date[:LONGEST_DATE]
        if not self._open:
            return
        notes = self._open[-1].notes
        name = _local(element.tag)
        if name in self._form.telling and len(notes) < _MOST_NOTES and (is_whole or element.text):
            notes.append(element.note(name))
        if not is_whole:
            _add_notes(notes, element.notes)


def _add_notes(notes: list[Note], further: list[Note]) -> None:
    """Take what a broken element's inner ones say, where nothing else says it."""
    said = {(note.name, note.rel) for note in notes}
    notes += [note for note in further if (note.name, note.rel) not in said]
    del notes[_MOST_NOTES:]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
