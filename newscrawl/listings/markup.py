"""The tags and texts of XML documents that need not be well-formed, piece by piece.

A parser of XML has to give up at the first error; libxml2, which goes on, drops every ``&amp;`` behind it. Feeds and
sitemaps are made by templates, and many have one. Here nothing is an error: what begins no tag is text.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Protocol

from newscrawl.addresses.site import LONGEST_ADDRESS

#: A tag's beginning, or that of a comment, CDATA section, instruction or declaration; else a "<" is text.
_MARKUP = re.compile(r"<(?:(/?)([^\W\d][\w:.-]*)|[!?])")
#: The rest of a tag. No value has a "<" (https://www.w3.org/TR/xml/#NT-AttValue): one that has lacks a quotation mark.
_TAG_END = re.compile(r"""([^<>"']*(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*)*)>""")
_ATTRIBUTE = re.compile(r"""(?<![\w:.-])([\w:.-]+)\s{0,100}=\s{0,100}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_SUBSET = re.compile(r"<!DOCTYPE\b[^\[>]*\[", re.IGNORECASE)
_SUBSET_END = re.compile(r"\]\s{0,1000}>")
_ENTITY = re.compile(r"""<!ENTITY\s{1,100}([\w.-]{1,100})\s{1,100}(?:"([^"&%<]{0,200})"|'([^'&%<]{0,200})')""")
_MOST_ENTITIES = 300  # XHTML has 253
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][\w.-]{0,100});")
_SECTIONS = (("<!--", "-->"), ("<![CDATA[", "]]>"))


class Handler(Protocol):
    """What takes a document's parts as they are met."""

    def start(self, name: str, attributes: str) -> None:
        """An element begins; its attributes are as written."""

    def end(self, name: str) -> None:
        """An end tag."""

    def data(self, text: str, *, is_plain: bool) -> None:
        """A text, or as much of a long one as was read; references in it count, unless it ``is_plain``."""

    def comment(self) -> None:
        """A comment, an instruction or a declaration."""

    def declare(self, subset: str) -> None:
        """What a document type declares."""


class Scanner:
    """Gives a handler the parts of a document, which may come in pieces."""

    def __init__(self, handler: Handler):
        self._handler = handler
        self._rest = ""
        self._closing = ""

    @property
    def unread(self) -> int:
        """Characters of a tag, or a declaration, that has not ended yet."""
        return len(self._rest)

    def feed(self, piece: str, *, is_last: bool = False) -> None:
        """Read on as far as a piece goes."""
        text, position = self._rest + piece, 0
        while (end := self._step(text, position, is_last=is_last)) > position:
            position = end
        self._rest = text[position:]

    def _step(self, text: str, position: int, *, is_last: bool) -> int:
        """Read one part, and the text before it; where it ends, or where more has to be known."""
        if self._closing:
            return self._section(text, position, is_last=is_last)
        match = _MARKUP.search(text, position)
        begin = match.start() if match else _text_end(text, position, is_last=is_last)
        if begin > position:
            self._handler.data(text[position:begin], is_plain=False)
        if match is None:
            return begin
        if match[2] is None:
            return self._declaration(text, begin, is_last=is_last)
        return self._tag(text, match, is_last=is_last)

    def _tag(self, text: str, match: re.Match[str], *, is_last: bool) -> int:
        inner = _TAG_END.match(text, match.end())
        if inner:
            attributes, end = inner[1], inner.end()
        else:
            following = text.find("<", match.end())
            if following < 0 and not is_last:
                return match.start()
            stop = following if following >= 0 else len(text)
            closing = text.find(">", match.end(), stop)
            end = stop if closing < 0 else closing + 1
            attributes = text[match.end() : stop if closing < 0 else closing]
        if match[1]:
            self._handler.end(match[2])
        else:
            self._handler.start(match[2], attributes)
        return end

    def _section(self, text: str, position: int, *, is_last: bool) -> int:
        """A comment or a CDATA section, as far as it was read."""
        closing = self._closing
        end = text.find(closing, position)
        stop = end if end >= 0 else len(text) if is_last else max(position, len(text) - len(closing) + 1)
        if closing == "]]>" and stop > position:
            self._handler.data(text[position:stop], is_plain=True)
        if end < 0:
            return stop
        self._closing = ""
        if closing == "-->":
            self._handler.comment()
        return end + len(closing)

    def _declaration(self, text: str, begin: int, *, is_last: bool) -> int:
        """What begins with ``<!`` or ``<?``."""
        for opening, closing in _SECTIONS:
            if text.startswith(opening, begin):
                self._closing = closing
                return begin + len(opening)
        subset = _SUBSET.match(text, begin)
        if subset and (end := _SUBSET_END.search(text, subset.end())):
            self._handler.declare(text[subset.end() : end.start()])
            return end.end()
        closing_at = text.find(">", begin)
        if not is_last and (subset or closing_at < 0):
            return begin
        self._handler.comment()
        return closing_at + 1 if closing_at >= 0 else len(text)


def _text_end(text: str, position: int, *, is_last: bool) -> int:
    """How far a text without markup can be taken: a short one is kept together until its end is known."""
    if is_last:
        return len(text)
    if len(text) - position <= LONGEST_ADDRESS:
        return position
    return text.rindex("<") if text.endswith(("<", "</")) else len(text)


def attributes_of(text: str) -> dict[str, str]:
    """Attributes by their names, in small letters, as written in a tag; of a name that comes twice the first.

    >>> attributes_of('isPermaLink="false" xml:base=\\'/a\\'')
    {'ispermalink': 'false', 'xml:base': '/a'}
    """
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        found.setdefault(match[1].lower(), match[2] or match[3] or match[4] or "")
    return found


def entities_of(subset: str) -> dict[str, str]:
    """The short entities that a document type declares, by their names; none that other files have.

    >>> entities_of('<!ENTITY site "https://news.example"> <!ENTITY more SYSTEM "more.ent">')
    {'site': 'https://news.example'}
    """
    found: dict[str, str] = {}
    for match in _ENTITY.finditer(subset):
        if len(found) < _MOST_ENTITIES:
            found.setdefault(match[1], match[2] or match[3] or "")
    return found


def decoded(text: str, entities: dict[str, str]) -> str:
    """A text with its references replaced, those of HTML too; what is no whole reference stays as it is.

    >>> decoded("/a?id=1&amp;copy=2&copy=3&site;", {"site": "!"})
    '/a?id=1&copy=2&copy=3!'
    """
    if "&" not in text:
        return text
    return _REFERENCE.sub(lambda match: entities.get(match[0][1:-1]) or unescape(match[0]), text)
