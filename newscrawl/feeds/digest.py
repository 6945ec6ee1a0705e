"""The newest articles as a feed for readers: Atom 1.0 (RFC 4287) and JSON Feed 1.1 (https://jsonfeed.org)."""

from __future__ import annotations

import heapq
import json
import re
from datetime import UTC, datetime
from mimetypes import guess_type
from pathlib import Path
from typing import IO, Any, NamedTuple
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from newscrawl.feeds.article import CANNOT_BE_ADDED_TO, ArticleExporter
from newscrawl.version import __version__

_ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACES: Any = {None: _ATOM}  # lxml-stubs knows no default namespace
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: What an item of a JSON Feed has of newscrawl's own; readers pass over a key that begins like this.
_OWN = "_newscrawl"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entry(NamedTuple):
    """An article in the feed: when it appeared, its permanent name, and what the feed shows of it."""

    moment: datetime
    id: str
    shown: Any


class DigestExporter(ArticleExporter):
    """Keeps the ``newest`` articles (default: the setting ``DIGEST_ARTICLES``), latest first.

    ``-o`` keeps what the file has, as long as it is among the newest, and takes a story's later version for its
    earlier one. A digest is no record: the history does not count an article as emitted that stands in one only.
    """

    def __init__(self, file: IO[bytes], *, newest: int | None = None, **kwargs: Any):
        super().__init__(file, **kwargs)
        settings = self.crawler.settings if self.crawler else None
        #: Where the folder of the file is published, if that is known.
        self._public = str((settings and settings["DIGEST_URL"]) or "")
        if self._public and not _is_web(self._public):
            raise ValueError(f"DIGEST_URL={self._public!r}: expected an address that begins with https:// or http://")
        self.newest = newest if newest is not None else settings.getint("DIGEST_ARTICLES") if settings else 50
        if self.newest < 1:
            raise ValueError("how many of the newest articles: expected 1 or more")
        if self.fields_to_export is not None:
            raise ValueError("a feed of the newest articles has its own fields; leave 'fields' out")
        self._entries: list[tuple[datetime, int, Entry]] = []
        self._names: set[str] = set()
        self._count = 0
        self._title = ""

    def check_zipped(self) -> None:
        raise ValueError("programs that read feeds do not open compressed ones, a web server compresses; leave .gz out")

    def check_adding(self, path: Path, *, plain: bool) -> None:
        if not plain:
            raise ValueError(CANNOT_BE_ADDED_TO)
        self.read(path.read_bytes())

    def begin(self) -> None:
        part = self.part
        if not self.kept or part is None:
            return
        part.flush()
        self._title, entries = self.read(Path(part.path).read_bytes())
        for entry in entries:
            self._take(entry)
        part.seek(0)
        part.truncate()

    def write(self, article: dict[str, Any]) -> None:
        if title := " – ".join(filter(None, (article["publisher"], article["section"]))):
            self._title = title
        moment = datetime.fromisoformat(_not_ahead(article, "date_published", "date_modified"))
        name = _name(f"{article['publisher']}/{article['id']}")
        full = len(self._entries) == self.newest
        if not full or moment >= self._entries[0][0] or name in self._names:
            self._take(Entry(moment, name, self.entry(article)))

    def _take(self, entry: Entry) -> None:
        """Keep an entry for as long as it is among the newest; the later taken of two with one name."""
        if entry.id in self._names:
            self._entries = [held for held in self._entries if held[2].id != entry.id]
            heapq.heapify(self._entries)
        self._names.add(entry.id)
        self._count += 1
        heapq.heappush(self._entries, (entry.moment, self._count, entry))
        if len(self._entries) > self.newest:
            self._names.discard(heapq.heappop(self._entries)[2].id)

    def end(self) -> None:
        entries = [entry for _, _, entry in sorted(self._entries, reverse=True)]
        spider = self.crawler.spider.name if self.crawler and self.crawler.spider else "newscrawl"
        self.file.write(self.document(self._title or spider, _name(f"feed/{spider}"), entries))

    @property
    def home(self) -> str:
        """The page that the feed is of: where the run began, if that is one page of the web; else ``""``."""
        walks = getattr(self.crawler.spider, "walks", None) if self.crawler else None
        starts = [url for _, url in getattr(walks, "starts", ())]
        return starts[0] if len(starts) == 1 and _is_web(starts[0]) else ""

    @property
    def own(self) -> str:
        """The feed's own address, or ``""``."""
        if not self._public or self.part is None:
            return ""
        return f"{self._public.rstrip('/')}/{quote(Path(self.part.path).name.removesuffix('.part'))}"

    def entry(self, article: dict[str, Any]) -> Any:
        """What the feed shows of an article."""
        raise NotImplementedError

    def read(self, data: bytes) -> tuple[str, list[Entry]]:
        """The title and the entries of an earlier file, the oldest first. Raises ``ValueError`` for another one."""
        raise NotImplementedError

    def document(self, title: str, name: str, entries: list[Entry]) -> bytes:
        """The whole file."""
        raise NotImplementedError


class AtomExporter(DigestExporter):
    """Atom 1.0: headline, dek, story as HTML, authors, topics, the image as an enclosure."""

    def entry(self, article: dict[str, Any]) -> etree._Element:
        entry = etree.Element(f"{{{_ATOM}}}entry", nsmap=_NAMESPACES)
        if article["language"]:
            entry.set(_XML_LANG, article["language"])
        _add(entry, "id", _name(f"{article['publisher']}/{article['id']}"))
        _add(entry, "title", article["headline"])
        _add(entry, "link", rel="alternate", href=article["url"])
        if article["date_published"]:
            _add(entry, "published", _rfc3339(article["date_published"]))
        _add(entry, "updated", _rfc3339(_not_ahead(article, "date_modified", "date_published")))
        for author in article["authors"] or [article["publisher"]]:
            _add(_add(entry, "author"), "name", author)
        for topic in article["topics"]:
            _add(entry, "category", term=topic)
        if article["description"]:
            _add(entry, "summary", article["description"])
        if article["image"]:
            kind = guess_type(urlsplit(article["image"]).path)[0] or ""
            of_kind = {"type": kind} if kind.startswith("image/") else {}  # how long it is, nobody asked
            _add(entry, "link", rel="enclosure", href=article["image"], **of_kind)
        _add(entry, "content", _content(article), type="html")
        return entry

    def read(self, data: bytes) -> tuple[str, list[Entry]]:
        try:
            feed = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
            if feed.tag != f"{{{_ATOM}}}feed":
                raise ValueError(f"it begins with {feed.tag}")  # noqa: TRY301
            return _text(feed, "title"), list(map(self._entry, reversed(feed.findall(f"{{{_ATOM}}}entry"))))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise ValueError(
                f"it exists and is not an Atom feed that newscrawl wrote ({error}); -O replaces it"
            ) from None

    @staticmethod
    def _entry(entry: etree._Element) -> Entry:
        updated = datetime.fromisoformat(_text(entry, "updated"))  # never after the story was read
        published = datetime.fromisoformat(_text(entry, "published") or _text(entry, "updated"))
        entry.tail = None
        return Entry(min(published, updated), _text(entry, "id"), entry)

    def document(self, title: str, name: str, entries: list[Entry]) -> bytes:
        feed = etree.Element(f"{{{_ATOM}}}feed", nsmap=_NAMESPACES)
        _add(feed, "id", name)
        _add(feed, "title", title)
        for relation, address in (("self", self.own), ("alternate", self.home)):
            if address:
                _add(feed, "link", rel=relation, href=address)
        updated = [_text(entry.shown, "updated") for entry in entries]
        _add(feed, "updated", max(updated, key=datetime.fromisoformat, default=_rfc3339(_now())))
        _add(feed, "generator", "newscrawl", version=__version__)
        feed.extend([entry.shown for entry in entries])
        etree.indent(feed)
        return etree.tostring(feed, xml_declaration=True, encoding="utf-8") + b"\n"


class JsonFeedExporter(DigestExporter):
    """JSON Feed 1.1: headline, dek, story as HTML, authors, topics, the image."""

    def entry(self, article: dict[str, Any]) -> dict[str, Any]:
        values = {
            "id": _name(f"{article['publisher']}/{article['id']}"),
            "url": article["url"],
            "title": article["headline"],
            "summary": article["description"],
            "content_html": _content(article),
            "image": article["image"],
            "date_published": article["date_published"],
            "date_modified": article["date_modified"],
            _OWN: {"crawled_at": article["crawled_at"]},
            "authors": [{"name": author} for author in article["authors"]],
            "tags": article["topics"],
            "language": article["language"],
        }
        return {name: value for name, value in values.items() if value}

    def read(self, data: bytes) -> tuple[str, list[Entry]]:
        try:
            feed = json.loads(data)
            items = reversed(feed["items"])
            entries = [Entry(_moment(item), item["id"], item) for item in items]
            return str(feed["title"]), entries
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ValueError(
                f"it exists and is not a JSON Feed that newscrawl wrote ({error}); -O replaces it"
            ) from None

    def document(self, title: str, name: str, entries: list[Entry]) -> bytes:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            **{name: url for name, url in (("home_page_url", self.home), ("feed_url", self.own)) if url},
            "items": [entry.shown for entry in entries],
        }
        return json.dumps(feed, ensure_ascii=False, indent=2).encode() + b"\n"


def _not_ahead(article: dict[str, Any], *names: str) -> str:
    """The first of an article's dates that is known; when it was read, where none is or that one is later still."""
    read = str(article["crawled_at"])
    return min(next(filter(None, map(article.get, names)), read), read, key=datetime.fromisoformat)


def _moment(item: dict[str, Any]) -> datetime:
    """When an article of a JSON Feed appeared; an earlier version's item does not tell when it was read."""
    date = item.get("date_published") or item.get("date_modified")
    read = item.get(_OWN, {}).get("crawled_at")
    return min(map(datetime.fromisoformat, filter(None, (date, read))))


def _content(article: dict[str, Any]) -> str:
    from newscrawl.rendering.html import story_html  # loads a parser of Markdown, which few crawls need

    return story_html(article)


def _is_web(address: str) -> bool:
    return address.startswith(("https://", "http://"))


def _name(path: str) -> str:
    """A permanent name, which stays when an address changes (RFC 4287, 4.2.6)."""
    return uuid5(NAMESPACE_URL, f"newscrawl:{path}").urn


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _rfc3339(text: str) -> str:
    return datetime.fromisoformat(text).isoformat()


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{tag}", {k: _NO_XML.sub("", v) for k, v in attributes.items()})
    element.text = None if text is None else _NO_XML.sub("", text)
    return element


def _text(element: etree._Element, tag: str) -> str:
    return element.findtext(f"{{{_ATOM}}}{tag}") or ""
