"""One saved page: decoded and parsed once, with its metadata."""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import charset_normalizer
from lxml import etree
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

from newscrawl.addresses.outgoing import escaped, is_plain
from newscrawl.addresses.site import LONGEST_ADDRESS
from newscrawl.extract import microdata
from newscrawl.extract.css import Element, Tree
from newscrawl.extract.elements import text_of
from newscrawl.extract.json_ld import article, of_page
from newscrawl.extract.markup import root_of
from newscrawl.extract.unread import show_story
from newscrawl.text.spaces import clean, clean_markup

logger = logging.getLogger(__name__)
T = TypeVar("T")
#: Tags and values of attributes of a page that are read: each takes some 250 bytes. Large pages have 20,000.
MOST_MARKS = 200_000
TAG_OR_VALUE = re.compile(b"[<=]")
#: Characters of a title in which a headline is looked for; a page may have thousands of headlines to look for.
LONGEST_TITLE = 2000
#: Characters of a base for relative addresses; each of them is made with it. Servers refuse longer addresses.
LONGEST_BASE = 8000
#: Names written out, as in ``http://ogp.me/ns/article#tag``.
VOCABULARY_PREFIX = re.compile(r"https?://ogp\.me/ns(?:/(\w+))?#")
MOST_REFERENCE_KEYS = 2  # of a JSON-LD object that stands for another: @id and @type
#: What stands in an address that is none yet: a template's gap, or JSON.
_TEMPLATE = re.compile(r"\A\s*\{|\$\{|\{\{|\{[\"']|\{[A-Za-z_]+\}")
#: ``&`` that was escaped twice.
_AMPERSAND = re.compile(r"&(?:amp|#0{0,4}38|#x26);", re.IGNORECASE)
#: The beginning of an address that is relative to nothing.
WHOLE_ADDRESS = re.compile(r"https?://[^/?#\\\s]", re.IGNORECASE)
#: Those of UTF-32, too: they begin so, or with NULs.
BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Bytes that UTF-8 has as characters of one byte, or not at all where one begins: those are no part of a character.
STRAY_BYTES = re.compile(rb"(?:[\x00-\xc1\xf5-\xff]++|[\xc2-\xf4](?![\x80-\xbf]))*+")
#: Codecs that Python has and no page: the time of the first grows with the square of the text.
PYTHONS_OWN_CODECS = {"punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape"}
#: What UTF-8 becomes where it was taken for Windows-1252 and written as UTF-8 again, byte by byte: "â€™" for "’".
TWICE_ENCODED = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf"
    + "".join(char for byte in range(0x80, 0xA0) if (char := bytes((byte,)).decode("cp1252", "ignore")))
    + "]{1,3}"
)
LAST_LATIN = 0xFF  # the last character that Latin-1 has
#: How quotation marks and dashes begin then; no text has that by chance. So many make a page one that is encoded twice.
TWICE_ENCODED_SIGNS, FEW_SIGNS = (b"\xc3\xa2\xe2\x82\xac", b"\xc3\xa2\xc2\x80"), 3
FIRST_OF_SIGNS = "\u00e2"  # one character is found in a text thirty times as fast as several bytes
LATIN_CODECS = {"cp1252", "latin-1", "iso8859-1", "ascii"}
#: Bytes of a page without a character set, and not in UTF-8, by which the set is guessed: that takes up to a second.
DETECTION_BYTES = 100_000
GOOD_FOR_EACH_STRAY = 20  # characters of several bytes that a page in UTF-8 has for each byte that is not
DECLARATION_BYTES = 4096  # in which a page names its character set (HTML says 1024), where it can be read as UTF-8, too


def read(body: bytes, content_type: str = "") -> tuple[str, bytes | None]:
    """A page's text, and the body if that is the same in UTF-8."""
    text, utf8 = _decoded(body, content_type)
    if FIRST_OF_SIGNS in text and sum(map(body.count, TWICE_ENCODED_SIGNS)) >= FEW_SIGNS:
        return TWICE_ENCODED.sub(_encoded_once, text), None
    return text, utf8


def _decoded(body: bytes, content_type: str) -> tuple[str, bytes | None]:
    if not body.startswith(BYTE_ORDER_MARKS):
        with suppress(UnicodeDecodeError):
            if "2022" not in content_type and b"iso-2022" not in body[:DECLARATION_BYTES].lower():
                return body.decode(), body
    return decode(body, content_type), None


def _encoded_once(match: re.Match[str]) -> str:
    """Characters that were encoded twice, as they were."""
    try:
        return b"".join(_byte_of(char) for char in match[0]).decode()
    except UnicodeError:
        return match[0]


def _byte_of(char: str) -> bytes:
    return char.encode("latin-1") if ord(char) <= LAST_LATIN else char.encode("cp1252")


def decode(body: bytes, content_type: str = "") -> str:
    """A page's text, whatever it says of its character set.

    Bytes that are valid UTF-8 are UTF-8 whatever header and meta say: other sets' texts practically
    never are. Else the declared set counts (meta before a header that names Latin-1, which
    servers add by themselves), then detection; stray bytes are read as Windows-1252.
    """
    bom, mark = read_bom(body)
    if bom and mark:
        return body[len(mark) :].decode(bom, "replace")
    header = http_content_type_encoding(content_type) if content_type else None
    meta = html_body_declared_encoding(body)
    if "iso2022_jp" in (header, meta):
        return body.decode("iso2022_jp", "replace")
    for name in ("utf-8", *_declared(header, meta)):
        with suppress(UnicodeError, LookupError):
            return body.decode(name)
    if not (header or meta or _mostly_utf8(body)) and (detected := _detected(body)):
        return body.decode(detected, "replace")
    return body.decode("utf-8", "newscrawl.cp1252")


def _declared(header: str | None, meta: str | None) -> list[str]:
    """The declared sets, the likelier first: servers add a header that names Latin-1 by themselves."""
    names = (meta, header) if meta and header in LATIN_CODECS else (header, meta)
    return [name for name in names if name and name != "utf-8" and name not in PYTHONS_OWN_CODECS]


def _detected(body: bytes) -> str | None:
    best = charset_normalizer.from_bytes(body[:DETECTION_BYTES]).best()
    return (resolve_encoding(best.encoding) or "cp1252") if best else None


def _mostly_utf8(body: bytes) -> bool:
    """Whether stray bytes are few beside the characters that UTF-8 has as several."""
    text = body.decode("utf-8", "replace")
    return text.count("\ufffd") * GOOD_FOR_EACH_STRAY < len(text) - len(text.encode("ascii", "ignore"))


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Stray bytes in UTF-8 as Windows-1252, and what follows at once, since each call takes a microsecond."""
    assert isinstance(error, UnicodeDecodeError)
    alone = STRAY_BYTES.match(error.object, error.end)
    end = alone.end() if alone else error.end
    return error.object[error.start : end].decode("cp1252", "replace"), end


codecs.register_error("newscrawl.cp1252", _as_windows)


class Page:
    """A page at an address. Parsing never raises: what cannot be parsed is an empty page."""

    def __init__(self, body: bytes | str, url: str, headers: Mapping[str, str] | None = None):
        self.url = url
        by_name = {name.lower(): value for name, value in (headers or {}).items()}
        content_type = by_name.get("content-type", "")
        self.content_language = by_name.get("content-language", "")
        self._utf8: bytes | None = None
        self._once: dict[Callable[[Page], Any], Any] = {}
        if isinstance(body, str):
            self.text = body
        else:
            self.text, self._utf8 = read(body, content_type)

    @cached_property
    def is_cut(self) -> bool:
        """Whether the page has more markup than is read."""
        # A shorter page cannot have so many: most pages are not looked through.
        return len(self.text) > MOST_MARKS and self.text.count("<") + self.text.count("=") > MOST_MARKS

    @cached_property
    def root(self) -> Element:
        return self._put_together[0]

    @property
    def unread(self) -> str:
        """Where the story was that the page does not show, as ``in noscript``; ``""`` on most pages."""
        return self._put_together[1]

    @cached_property
    def _put_together(self) -> tuple[Element, str]:
        utf8 = self.text.encode("utf-8", "ignore") if self._utf8 is None else self._utf8  # less lone surrogates
        if self.is_cut:
            logger.warning("%s is read as far as its first %d tags and attributes", self.url, MOST_MARKS)
            utf8 = utf8[: next((mark.start() for mark in islice(TAG_OR_VALUE.finditer(utf8), MOST_MARKS, None)), None)]
        root = root_of(utf8, self.url)
        if root is None:
            return etree.Element("html"), ""
        return root, show_story(root, lambda text: root_of(text.encode("utf-8", "ignore"), self.url))

    @cached_property
    def tree(self) -> Tree:
        """The page for CSS selectors."""
        return Tree(self.root)

    def once(self, ask: Callable[[Page], T]) -> T:
        """What a function finds on the page, which is called once, however many fields need it."""
        if ask not in self._once:
            self._once[ask] = ask(self)
        found: T = self._once[ask]
        return found

    @cached_property
    def base(self) -> str:
        """What the page's relative addresses are relative to."""
        href = next((href for e in self.tree.tagged("base") if (href := e.get("href"))), "")
        if len(href) > LONGEST_BASE:
            return self.url
        try:
            return urljoin(self.url, str(href).strip())
        except ValueError:
            return self.url

    def absolute(self, link: str) -> str | None:
        """The address that a link of the page leads to; ``None`` for what is none of http or https."""
        if is_plain(link):
            return link
        if not link.strip() or len(link) > LONGEST_ADDRESS:
            return None
        try:
            url = clean(link)
            if not WHOLE_ADDRESS.match(url):
                url = urljoin(self.base, url)
            if is_plain(url):
                return url
            return url if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname else None
        except ValueError:
            return None

    def picture(self, link: str) -> str | None:
        """The address of a picture, as it is requested; ``None`` for what a script has yet to make one of."""
        if "{" in link and _TEMPLATE.search(link):
            return None
        if "&" in link:
            link = _AMPERSAND.sub("&", link)
        url = self.absolute(link)
        return url and escaped(url)

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Contents of the ``meta`` elements by lower-case name; vocabularies by their usual prefix."""
        found: dict[str, list[str]] = {}
        for element in self.tree.tagged("meta"):
            content = clean_markup(element.get("content") or "")
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                name = element.get(attribute)
                if name and content:
                    name = name.strip().lower()
                    if name.startswith("http"):
                        name = VOCABULARY_PREFIX.sub(lambda match: f"{match[1] or 'og'}:", name)
                    found.setdefault(name, []).append(content)
        return found

    @cached_property
    def meta(self) -> dict[str, str]:
        """The first content of each name in ``metas``."""
        return {name: contents[0] for name, contents in self.metas.items()}

    @cached_property
    def title(self) -> str:
        """Text of the ``title`` element (an image in SVG may have one too; the first is the page's)."""
        return next((text for element in self.tree.tagged("title") if (text := text_of(element))), "")

    @cached_property
    def canonical(self) -> list[str]:
        """Addresses, as written, that the page calls its own: ``link rel=canonical``, then ``og:url``."""
        links = self.tree.tagged("link")
        found = [e.get("href") or "" for e in links if "canonical" in (e.get("rel") or "").lower().split()]
        return [*found, *self.metas.get("og:url", ())]

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """All JSON-LD objects of the page, whether alone, in lists, or under ``@graph``."""
        scripts = (e for e in self.tree.tagged("script") if "ld+json" in (e.get("type") or "").lower())
        return of_page(("".join(script.itertext()) for script in scripts), self.url)

    @cached_property
    def article_node(self) -> dict[str, Any]:
        """The JSON-LD object that describes the page's article, else an empty one."""

        titles = (self.meta.get("og:title", ""), self.title)
        said = " ".join(title[:LONGEST_TITLE] for title in titles).casefold()

        def says(headline: str) -> bool:
            return clean_markup(headline).casefold() in said

        return article(self.json_ld, lambda: (self.url, *self.canonical), says)

    @cached_property
    def microdata(self) -> dict[str, Any]:
        """The properties of the page's article that its markup names, each with a list of values."""
        return microdata.article(self.tree)

    def resolve(self, node: Any) -> Any:
        """A JSON-LD value; for a mere reference (``@id``) the object that the page has under it."""
        if isinstance(node, dict) and _is_reference(node) and "name" not in node:
            return self._json_ld_by_id.get(node["@id"], node)
        return node

    @cached_property
    def _json_ld_by_id(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for node in self.json_ld:
            if isinstance(node.get("@id"), str) and not _is_reference(node):
                found.setdefault(node["@id"], node)
        return found


def _is_reference(node: dict[str, Any]) -> bool:
    """Whether an object has no more than its ``@id``, and maybe its ``@type``."""
    return len(node) <= MOST_REFERENCE_KEYS and isinstance(node.get("@id"), str)
