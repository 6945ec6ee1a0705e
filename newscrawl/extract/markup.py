"""HTML to elements, made harmless before libxml2 sees it: C code that is at work cannot be interrupted."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from lxml import etree

from newscrawl.extract.css import Element
from newscrawl.extract.nesting import CLOSED_AS_A_WHOLE, HEAD, TABLE_PARTS, well_nested
from newscrawl.extract.streamed import has_streamed_parts, put_in_place
from newscrawl.extract.tags import ANY_ATTRIBUTE, ATTRIBUTE_VALUE, HTML_COMMENT, RAW_TEXT_ENDS, RAW_TEXT_TAGS, WHOLE_TAG
from newscrawl.parser_thread import in_parser_thread

logger = logging.getLogger(__name__)


def _texts(names: Iterable[bytes]) -> list[str]:
    return sorted(name.decode() for name in names)


#: What XML, and so lxml's tree, cannot hold: U+FFFE and U+FFFF, in UTF-8.
NOT_IN_XML = re.compile(b"\xef\xbf[\xbe\xbf]")

#: Attributes of one element that are read: the parser's time grows with the square of their number (20,000 of them take
#: a second, 150,000 a minute). The most that any of 1,037 news pages, of some 300 publishers, has is 73.
MOST_ATTRIBUTES = 256
HAS_MANY_ATTRIBUTES = etree.XPath(f"boolean(//@*[{MOST_ATTRIBUTES}])")
LONGEST_TAG_NAME = 2000  # bytes without a space or ``>`` behind a ``<``: no name is as long
MOST_OPEN_TAGS = (
    32  # tags that begin before one ends; of a large page, for each of them the same text is looked at once
)
LARGE_PAGE = 1_000_000  # bytes

#: What may be a start tag with more attributes, be it within a comment, a script, or another one's attribute.
MANY_ATTRIBUTES = re.compile(
    rb"<[A-Za-z](?:[^\s>]{%d}|[^\s/>]*+(?!>)(?:%b){%d}+)" % (LONGEST_TAG_NAME, ANY_ATTRIBUTE, MOST_ATTRIBUTES + 1)
)
#: Bytes between the places at which a tag is looked for that is at least twice as long; and how many attributes behind
#: such a place, within how many bytes, are worth a closer look. Shorter tags, and those with fewer attributes in these
#: many bytes, take the parser some seconds where they fill 5 MB.
LONG_TAG_STEP, CROWD_OF_ATTRIBUTES, CROWD_SPAN = 4096, 256, 32 * 1024
TAG_BEGINS = re.compile(rb"<[A-Za-z]")
#: What may stand before the next attribute in a tag that began before: nothing, or the rest of a value.
REST_OF_VALUE = rb"(?:|[^\"]{0,%d}+\"|[^']{0,%d}+'|[\s=]*+(?:\"[^\"]{0,%d}+\"|'[^']{0,%d}+'))" % ((LONG_TAG_STEP,) * 4)
BETWEEN_ATTRIBUTES = b" \t\n\r\v\f/="
CROWDED_TAG = re.compile(REST_OF_VALUE + rb"(?:%b){%d}+" % (ANY_ATTRIBUTE, CROWD_OF_ATTRIBUTES))
MANY_OPEN_TAGS = re.compile(rb"<(?:[A-Za-z][^<>]*+<){%d}+[A-Za-z]" % (MOST_OPEN_TAGS - 1))
SCRIPT_OR_STYLE = re.compile(rb"(<(?:script|style)\b[^<>]*+>)((?:[^<]++|<(?!/s(?:cript|tyle)))*+)", re.IGNORECASE)
TAG_IN_SCRIPT = re.compile(rb"<(?=[A-Za-z])")
SPACE_BEFORE_VALUE = 100  # bytes of white space that may stand between an attribute's = and its value
ONE_ATTRIBUTE = re.compile(rb"[\s/]*+([^\s/>][^\s/>=]*+)(?:%b)?+" % ATTRIBUTE_VALUE)
PLAIN_BOXES = frozenset({b"div", b"ul", b"section", b"footer"})  # one end tag too many of these moves no text
#: What libxml2 says of an end tag that it ignored since it takes something within for more important, or that it does
#: not expect any more since it closed the element with one around it; and the number of errors that lxml keeps.
IGNORED_END = re.compile(
    rf"Opening and ending tag mismatch: (?:{'|'.join(_texts(CLOSED_AS_A_WHOLE | TABLE_PARTS | {b'li'}))}) "
    rf"|Unexpected end tag : (?:{'|'.join(_texts(CLOSED_AS_A_WHOLE - PLAIN_BOXES))})$"
)
MOST_ERRORS = 100
HEAD_TAGS = frozenset(_texts(HEAD))
HAS_NESTED_LINK = etree.XPath("boolean(descendant::a[descendant::a])")
OTHER_MARKUP = re.compile(rb"<[!?/][^>]*>?")


def root_of(markup: bytes, url: str) -> Element | None:
    """The root element of HTML in UTF-8, of the page at ``url``; ``None`` where there is nothing in it."""
    markup = markup.replace(b"\0", b"")
    if b"\xef" in markup:  # one byte is looked for thirty times as fast as two
        markup = NOT_IN_XML.sub(b"", markup)
    if not markup or markup.isspace():
        return None
    bounded = bounded_html(markup)
    root, ill_nested = in_parser_thread(lambda: _parse(bounded), len(bounded))
    streamed = root is not None and has_streamed_parts(root)
    if ill_nested or streamed:
        nested = well_nested(bounded) if ill_nested else bounded
        root, _ = in_parser_thread(lambda: _parse(nested, comments=streamed), len(nested))
    if streamed and root is not None:
        put_in_place(root)
    if bounded is not markup and root is not None and HAS_MANY_ATTRIBUTES(root):
        logger.warning("%s is read as far as the first %d attributes of each element", url, MOST_ATTRIBUTES)
    return root


def _parse(markup: bytes, *, comments: bool = False) -> tuple[Element | None, bool]:
    """The root element, and whether browsers would nest its elements otherwise."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=not comments, remove_pis=True, no_network=True, collect_ids=False
    )
    try:
        root = etree.fromstring(markup, parser)
    except etree.LxmlError:
        return None, False
    return root, root is not None and _is_ill_nested(root, parser.error_log)


def _is_ill_nested(root: Element, errors: Collection[Any]) -> bool:
    """Whether an end tag closed nothing, or an element stands in one that its start tag closes."""
    if len(errors) >= MOST_ERRORS or any(IGNORED_END.match(error.message) for error in errors):
        return True
    head = next(root.iterchildren("head"), ())
    return (
        any(element.tag not in HEAD_TAGS for element in head)
        or any(next(islice(button.iter("button"), 1, None), None) is not None for button in root.iter("button"))
        or bool(HAS_NESTED_LINK(root))
    )


def bounded_html(markup: bytes) -> bytes:
    """A page for libxml2: the same, but for attributes of an element beyond ``MOST_ATTRIBUTES``.

    Whatever may be such an element is looked for, however a parser takes the comments, scripts and quotation marks
    around it. Where there may be any outside of scripts, the page is written anew, with no ``<`` but those of its tags.
    """
    if not _is_suspicious(markup):
        return markup
    markup = SCRIPT_OR_STYLE.sub(lambda script: script[1] + TAG_IN_SCRIPT.sub(rb"\\u003c", script[2]), markup)
    return b"".join(_rewritten(markup)) if _is_suspicious(markup) else markup


def _is_suspicious(markup: bytes) -> bool:
    if not _has_long_tag(markup):
        return False
    if len(markup) > LARGE_PAGE and MANY_OPEN_TAGS.search(markup):
        return True
    return MANY_ATTRIBUTES.search(markup) is not None


def _has_long_tag(markup: bytes) -> bool:
    """Whether any tag may be longer than twice ``LONG_TAG_STEP``, however a parser takes what is around it.

    Such a tag holds one of these places and as many bytes behind it, where any ``>`` stands in a quoted value.
    """
    ends, tag_ends = _Ends(markup), _Ends(markup)
    before, begun, searched = -1, False, 0  # the last > before a place, and whether a tag begins behind it
    for at in range(0, len(markup), LONG_TAG_STEP):
        end = markup.find(b">", at, at + LONG_TAG_STEP)
        if end >= 0 and not ends.may_be_quoted(end):
            continue
        if (last := markup.rfind(b">", searched, at)) >= 0:
            before, begun = last, tag_ends.may_be_quoted(last)
        begun = begun or TAG_BEGINS.search(markup, max(before, searched), at + 1) is not None
        if begun and _is_crowded(markup, at):
            return True
        searched = at
    return False


def _is_crowded(markup: bytes, at: int) -> bool:
    """Whether many attributes stand behind a place; in a long text without what parts them, none are looked for."""
    behind = markup[at : at + CROWD_SPAN]
    parted = len(behind) - len(behind.translate(None, BETWEEN_ATTRIBUTES))
    return parted >= CROWD_OF_ATTRIBUTES - 1 and CROWDED_TAG.match(behind) is not None


class _Ends:
    """Tells of each ``>`` of a page, in their order, whether it may stand in the quoted value of an attribute."""

    def __init__(self, markup: bytes):
        self._markup = markup
        self._looked = 0
        self._double = self._single = False  # whether the last such mark begins a value

    def may_be_quoted(self, end: int) -> bool:
        """The last quotation mark before it then begins the value: it stands behind a ``=``."""
        if (at := self._markup.rfind(b'"', self._looked, end)) >= 0:
            self._double = self._begins_value(at)
        if (at := self._markup.rfind(b"'", self._looked, end)) >= 0:
            self._single = self._begins_value(at)
        self._looked = end
        return self._double or self._single

    def _begins_value(self, at: int) -> bool:
        before = self._markup[at - 1 : at]
        if before.isspace():
            before = self._markup[max(0, at - SPACE_BEFORE_VALUE) : at].rstrip()
        return not before or before.endswith(b"=")


def _rewritten(markup: bytes) -> Iterator[bytes]:
    at = 0
    while (begin := markup.find(b"<", at)) >= 0:
        yield markup[at:begin]
        if comment := HTML_COMMENT.match(markup, begin):
            at = comment.end()
        elif tag := WHOLE_TAG.match(markup, begin):
            at = tag.end()
            if not tag[5]:  # the page ends within it
                return
            yield _tag(tag)
            name = tag[2].lower()
            if not tag[1] and name in RAW_TEXT_TAGS:
                end = RAW_TEXT_ENDS[name].search(markup, at)
                stop = end.start() if end else len(markup)
                yield markup[at:stop].replace(b"<", RAW_TEXT_TAGS[name])
                at = stop
        elif other := OTHER_MARKUP.match(
            markup, begin
        ):  # a doctype, a processing instruction, what HTML takes for a comment
            at = other.end()
        else:
            yield b"&lt;"
            at = begin + 1
    yield markup[at:]


def _tag(tag: re.Match[bytes]) -> bytes:
    if tag[1]:
        return b"</%b>" % _without_markup(tag[2])
    kept = islice(ONE_ATTRIBUTE.finditer(tag[3]), MOST_ATTRIBUTES)
    closed = b"/" if b"/" in tag[4] else b""
    return b"<%b%b%b>" % (_without_markup(tag[2]), b"".join(map(_attribute, kept)), closed)


def _attribute(attribute: re.Match[bytes]) -> bytes:
    name, *values = attribute.groups()
    value = next((value for value in values if value is not None), None)
    if value is None:
        return b" " + _without_markup(name)
    escaped = value.replace(b"<", b"&lt;").replace(b">", b"&gt;").replace(b'"', b"&quot;")
    return b' %b="%b"' % (_without_markup(name), escaped)


def _without_markup(name: bytes) -> bytes:
    return name.replace(b"<", b"")
