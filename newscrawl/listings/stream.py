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
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from newscrawl.addresses.site import LONGEST_ADDRESS, host_of
from newscrawl.listings.decoding import Decoder, encoding_of
from newscrawl.listings.listing import Answer, Entry, Head
from newscrawl.listings.markup import Scanner, attributes_of, decoded, entities_of

#: Bytes, when unzipped, and entries that one sitemap may have (https://www.sitemaps.org/protocol.html#index). Feeds are
#: far smaller.
MOST_BYTES = 50 * 1024 * 1024
MOST_ENTRIES = 50_000
#: Elements of one document: twenty for each entry; most entries have two to six.
MOST_ELEMENTS = 20 * MOST_ENTRIES
#: Different names of elements; a feed has some dozens. Each is kept while the document is read.
MOST_NAMES = 10_000
#: Characters of all addresses together: two hundred for each entry.
MOST_CHARACTERS = 200 * MOST_ENTRIES
#: Characters of one tag or declaration.
MOST_UNREAD = 1024 * 1024
#: Elements around one another. And those of one entry that tell of it.
MOST_DEPTH = 250
_MOST_NOTES = 100
LONGEST_DATE = 100  # characters
_LONGEST_BASE = 2000  # characters of an xml:base with those around it
_CHUNK = 64 * 1024  # bytes
_HEAD_BYTES = 5000  # in which a document's character set shows, and its kind where it is no XML
_PROLOGUE_BYTES = 256 * 1024  # of comments, declared entities and a server's notices before an XML document's root

_PROLOGUE = re.compile(
    r"[\s\x00\ufeff]+|<\?[^>]*>|<!--.*?-->|<!DOCTYPE\b[^\[>]*\[.*?\]\s{0,1000}>|<!DOCTYPE\b[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
#: Elements of what a program's warning looks like, before the document that it was to make.
_NOTICE = frozenset("b br p div font table pre strong i span".split())
#: A document behind such a warning, or that it is a page.
_LATER = re.compile(r"<\?xml\s|<(?:[\w.-]+:)?(html|head|body|rss|feed|RDF|urlset|sitemapindex)(?=[\s>])", re.IGNORECASE)
_PAGE = frozenset(("html", "head", "body"))
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ufeff]+")


class Entries(NamedTuple):
    """What a document lists; why it was not read to its end, if it was not; and where the next document is."""

    found: list[Entry]
    cut: str = ""
    next: str = ""


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


def root_of(start: str) -> str:
    """The name of an XML document's root element, without its namespace; ``""`` where none begins.

    >>> root_of("<br /><b>Notice</b>: in line 3<br /> <?xml version='1.0'?><rss>")
    'rss'
    """
    root, position = _first_element(start, 0)
    if root and root.lower() not in _NOTICE:
        return root
    later = _LATER.search(start, position)
    if later is None or (later[1] or "").lower() in _PAGE:
        return root
    return later[1] or _first_element(start, later.start())[0]


def _first_element(start: str, position: int) -> tuple[str, int]:
    """The name of the element that begins next, with nothing but a prologue before it; and where that ends."""
    while prologue := _PROLOGUE.match(start, position):
        position = prologue.end()
    match = _ROOT.match(start, position)
    return match[1] if match else "", position


def head_of(answer: Answer) -> Head:
    """What tells an answer's kind. Raises ``ValueError`` where it cannot be unzipped."""
    start = unzip(answer.body, _PROLOGUE_BYTES)
    content_type = (answer.headers or {}).get("Content-Type", "")
    text = Decoder(encoding_of(start[:_HEAD_BYTES], content_type)).decode(start)
    return Head(
        urlsplit(answer.url).path,
        start[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf"),
        root_of(text),
        content_type.partition(";")[0].strip().lower(),
    )


class Note(NamedTuple):
    """What an element says: its text, its attributes as written, and what its addresses are relative to."""

    name: str
    text: str
    written: str
    base: str
    entities: dict[str, str]

    @property
    def attributes(self) -> dict[str, str]:
        """Its attributes by their names in small letters; none longer than an address."""
        found = attributes_of(self.written)
        return {name: decoded(value, self.entities) for name, value in found.items() if len(value) <= LONGEST_ADDRESS}

    def address(self, written: str) -> str:
        """An address in it, whole; as written where it cannot be read."""
        return joined(self.base, written)


def joined(base: str, written: str) -> str:
    """An address as a document has it, whole; as written where it cannot be read, ``""`` where it is none.

    >>> joined("https://news.example/blog/feed", " post.html?a=1&amp;amp;b=2")
    'https://news.example/blog/post.html?a=1&b=2'
    """
    address = _CONTROLS.sub("", written).strip().replace("&amp;", "&").replace("&amp;", "&")
    if not address or address.startswith("#"):
        return ""
    if address.startswith(("http://", "https://")):
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address


class Form(NamedTuple):
    """Which elements of a document are entries, which in them tell of one, and what these mean together.

    ``groups`` are elements of an entry that have some of those in them; ``wholes`` are around all entries, and
    ``following`` says where what they tell leads on.
    """

    entries: frozenset[str]
    telling: frozenset[str]
    meaning: Callable[[Note, list[Note]], Entry]
    wholes: frozenset[str]
    groups: frozenset[str] = frozenset()
    following: Callable[[list[Note]], str] = lambda _: ""


def read_entries(answer: Answer, form: Form) -> Entries:
    """The entries of a document, in their order. Raises ``ValueError`` for one that cannot be read."""
    document = _Document(form, answer.url)
    cut = _scan(answer, document)
    if not document.elements:
        raise ValueError("not readable as XML")
    cut = cut or document.bound() or ("it ends in the middle" if document.is_open() else "")
    document.finish()
    return Entries(document.entries[:MOST_ENTRIES], cut, document.next)


def _scan(answer: Answer, document: _Document) -> str:
    """Read a document as far as a bound; why no further, if one was reached."""
    content_type = (answer.headers or {}).get("Content-Type", "")
    decoder = Decoder(encoding_of(unzip(answer.body, _HEAD_BYTES), content_type))
    scanner = Scanner(document)
    left, pieces = MOST_BYTES, unzipped(answer.body)
    while True:
        try:
            piece = next(pieces, b"")
        except ValueError as error:
            return str(error)
        scanner.feed(decoder.decode(piece[:left], is_last=not piece), is_last=not piece)
        left -= len(piece)
        if not piece:
            return ""
        if left < 0:
            return f"more than {MOST_BYTES >> 20} MB decompressed"
        if scanner.unread > MOST_UNREAD:
            return f"more than {MOST_UNREAD >> 20} MB without an element"
        if cut := document.bound():
            return cut


class _Kind:
    """Elements of one name, and what they are to a document's entries."""

    __slots__ = ("has_base", "is_entry", "is_telling", "is_whole", "local", "open")

    def __init__(self, name: str, form: Form):
        self.local = name.rpartition(":")[2].lower()
        self.is_entry = self.local in form.entries
        self.is_telling = self.local in form.telling
        self.is_whole = self.local in form.wholes or self.local == "channel"
        #: Whether what its xml:base says may count for an address.
        self.has_base = self.is_entry or self.is_telling or self.is_whole
        #: How many have begun and not ended.
        self.open = 0


class _Open:
    """An element that was begun: its text as far as the first element in it, and what those in it say."""

    __slots__ = ("base", "is_text", "kind", "length", "notes", "place", "text", "written")

    def __init__(self, kind: _Kind, written: str, base: str):
        self.kind, self.written, self.base = kind, written, base
        self.is_text = kind.is_telling
        self.text: list[str] = []
        self.length = 0
        self.notes: list[Note] = []
        self.place = -1  # of an entry, among all


class _Document:
    """Takes a document's parts as they are met, and keeps what its entries say.

    Names are compared without their namespaces and in small letters.
    """

    def __init__(self, form: Form, base: str):
        #: In the order of their beginning.
        self.entries: list[Entry] = []
        self.elements = self._deepest = 0
        self.next = ""
        self._form, self._base = form, base
        self._characters = 0
        self._open: list[_Open] = []
        self._kinds: dict[str, _Kind] = {}
        self._entities: dict[str, str] = {}

    def bound(self) -> str:
        """Why to read no further, or nothing."""
        for is_reached, what in (
            (len(self.entries) > MOST_ENTRIES, f"{MOST_ENTRIES} entries"),
            (self.elements > MOST_ELEMENTS, f"{MOST_ELEMENTS} elements"),
            (self._deepest > MOST_DEPTH, f"{MOST_DEPTH} elements around one another"),
            (len(self._kinds) > MOST_NAMES, f"{MOST_NAMES} names of elements"),
            (self._characters > MOST_CHARACTERS, f"{MOST_CHARACTERS} characters of addresses"),
        ):
            if is_reached:
                return f"more than {what}"
        return ""

    def is_open(self) -> bool:
        """Whether the end of the whole is still to come."""
        return any(kind.is_whole and kind.open for kind in self._kinds.values())

    def start(self, name: str, attributes: str) -> None:
        self.elements += 1
        kind = self._kinds.get(name)
        if kind is None:
            kind = self._kinds[name] = _Kind(name, self._form)
        if kind.is_entry:
            while kind.open:  # it has lost its end: none stands in another
                self._leave(is_whole=False)
        base = self._base
        if self._open:
            around = self._open[-1]
            around.is_text, base = False, around.base
        if kind.has_base and "xml:base" in attributes:
            base = self._rebased(base, attributes)
        element = _Open(kind, attributes, base)
        if kind.is_entry:
            element.place = len(self.entries)
            self.entries.append(Entry(""))
        self._open.append(element)
        self._deepest = max(self._deepest, len(self._open))
        kind.open += 1
        if attributes.endswith("/"):
            self._leave(is_whole=True)

    def _rebased(self, base: str, attributes: str) -> str:
        written = Note("", "", attributes, base, self._entities).attributes.get("xml:base", "")
        found = joined(base, written)
        return found if written and len(found) <= _LONGEST_BASE and host_of(found) else base

    def data(self, text: str, *, is_plain: bool) -> None:
        if self._open and (element := self._open[-1]).is_text and element.length <= LONGEST_ADDRESS:
            element.text.append(text if is_plain else decoded(text[: 2 * LONGEST_ADDRESS], self._entities))
            element.length += len(element.text[-1])

    def end(self, name: str) -> None:
        kind = self._kinds.get(name)
        if kind is None or not kind.open:
            self.elements += 1
            return  # of none that was begun
        # Those that were begun in it and have no end are broken tags: what follows one does not stand in it.
        while self._open[-1].kind is not kind:
            self._leave(is_whole=False)
        self._leave(is_whole=True)

    def comment(self) -> None:
        self.elements += 1

    def declare(self, subset: str) -> None:
        self.elements += 1
        self._entities |= entities_of(subset)

    def finish(self) -> None:
        """The document has ended, maybe before its elements did."""
        while self._open:
            self._leave(is_whole=False)

    def _leave(self, *, is_whole: bool) -> None:
        element = self._open.pop()
        kind = element.kind
        kind.open -= 1
        if kind.is_entry:
            entry = self._form.meaning(self._note(element), element.notes)
            self._characters += len(entry.address)
            self.entries[element.place] = entry._replace(date=" ".join(entry.date.split())[:LONGEST_DATE])
        elif kind.is_whole:
            self.next = self.next or self._form.following(element.notes)
        if not self._open:
            return
        notes = self._open[-1].notes
        if kind.is_telling and len(notes) < _MOST_NOTES and (is_whole or element.text):
            notes.append(self._note(element))
        if element.notes and (not is_whole or kind.local in self._form.groups):
            _add_notes(notes, element.notes)

    def _note(self, element: _Open) -> Note:
        text = "".join(element.text).strip() if element.length <= LONGEST_ADDRESS else ""
        return Note(element.kind.local, text, element.written, element.base, self._entities)


def _add_notes(notes: list[Note], further: list[Note]) -> None:
    """Take what the elements in one say, where nothing else says it."""
    said = {(note.name, note.written) for note in notes}
    notes += [note for note in further if (note.name, note.written) not in said]
    del notes[_MOST_NOTES:]
