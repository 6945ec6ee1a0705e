"""Markup nested as browsers nest it, for libxml2, which leaves elements open that browsers close.

libxml2 ignores an end tag where a ``div`` stands open in its element: of ``<nav><div></nav>`` it takes the rest of the
page into the ``nav``. Browsers close the ``div``. Here each such element is given the end tags that it lacks, by those
rules of https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody that decide what stands in what. Those
for fonts and for text between the rows of a table are left out: they change no text's place in the story.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict

from newscrawl.extract.tags import ANY_ATTRIBUTE, HTML_COMMENT, RAW_TEXT_ENDS

#: An end tag, a start tag (with the rest of its element, where that is text alone), or a comment.
MARKUP = re.compile(
    rb"<(?:/([A-Za-z][^\s/>]*+)(?:%b)*+[\s/]*+>?"
    rb"|([A-Za-z][^\s/>]*+)(?:%b)*+([\s/]*+)(?:(?<!/)>([^<]*+</\2>)|>?)"
    rb"|%b)" % (ANY_ATTRIBUTE, ANY_ATTRIBUTE, HTML_COMMENT.pattern.removeprefix(b"<")),
    re.DOTALL,
)


def _names(names: str) -> frozenset[bytes]:
    return frozenset(names.encode().split())


#: Elements without an end tag, and those of the page itself, whose tags libxml2 is left to read.
VOID = _names("area base br col embed frame hr image img input keygen link meta param source track wbr")
WHOLE_PAGE = _names("html head body")
#: Elements of the head; before any other one, the body begins.
HEAD = _names("base basefont bgsound link meta noframes noscript script style template title")
#: Elements that their end tag closes with all that stands open in them.
CLOSED_AS_A_WHOLE = _names(
    "address article aside blockquote button center details dialog dir div dl fieldset figcaption figure footer header"
    " hgroup listing main menu nav ol pre search section select summary ul dd dt"
)
#: Before these a paragraph ends.
ENDS_PARAGRAPH = CLOSED_AS_A_WHOLE - _names("button select") | _names(
    "form h1 h2 h3 h4 h5 h6 hr li p plaintext table xmp"
)
HEADINGS = _names("h1 h2 h3 h4 h5 h6")
TABLE_PARTS = _names("caption colgroup table tbody td tfoot th thead tr")
#: Elements that end with what is around them.
IMPLIED = _names("dd dt li optgroup option p rb rp rt rtc")
#: Elements that no end tag of an element around them closes, whether of a link or of a box.
SCOPE = _names("applet caption marquee object table td template th foreignobject desc")
PARAGRAPH_SCOPE = SCOPE | {b"button"}
ITEM_SCOPE = SCOPE | _names("ol ul")
TABLE_SCOPE = _names("table template")
LINK_SCOPE = SCOPE - {b"table"}
ENDED_FORM = b"/form"  # the name of a form that has ended before what stands in it
#: Elements that are no parts of a line: the end tag of a part of a line closes none of them.
SPECIAL = CLOSED_AS_A_WHOLE | HEADINGS | TABLE_PARTS | SCOPE | _names("form iframe li noscript p") | {ENDED_FORM}
#: Of these, the ones through which a new item of a list closes the one before it.
WITHIN_ITEM = _names("address div p")
#: Items of a list, and which a new one closes; and elements that one of the same kind right around them ends.
ITEMS = {b"li": _names("li"), b"dd": _names("dd dt"), b"dt": _names("dd dt")}
ENDS_ALIKE = dict.fromkeys(HEADINGS, HEADINGS) | dict.fromkeys((b"option", b"optgroup"), _names("option"))
#: Elements at whose beginning others may end, outside of drawings.
MAKES_ROOM = TABLE_PARTS | _names("a button select") | ITEMS.keys() | ENDS_ALIKE.keys()
#: What a new part of a table closes.
ROWS, CELLS, GROUPS = _names("tr"), _names("td th"), _names("tbody thead tfoot")
#: Drawings, and what ends one that was left open.
DRAWINGS = _names("svg math")
HTML_IN_DRAWING = _names("foreignobject desc")
ENDS_DRAWING = HEADINGS | _names(
    "b big blockquote center code dd div dl dt em embed hr i img li listing menu meta nobr ol p pre ruby s small span"
    " strong strike sub sup table tt u ul var"
)


def well_nested(markup: bytes) -> bytes:
    """HTML with an end tag for each element that browsers close, and none that they ignore.

    >>> well_nested(b"<body><nav><div>Menu</nav><p>Story")
    b'<body><nav><div>Menu</div></nav><p>Story'
    """
    nesting = _Nesting()
    at = 0
    while found := MARKUP.search(markup, at):
        tag, ended, begun, before_end, text = found.group(0, 1, 2, 3, 4)
        if (begin := found.start()) > at:
            nesting.pieces.append(markup[at:begin])
        at = found.end()
        if ended:
            nesting.end(ended.lower(), tag)
        elif not begun:
            nesting.pieces.append(tag)
        elif text and begun.lower() != b"form":  # begun and ended at once
            nesting.start(begun.lower(), tag, is_closed=True)
        else:
            at = found.start(4) if text else at
            nesting.start(name := begun.lower(), markup[begin:at], is_closed=before_end.endswith(b"/"))
            if name in RAW_TEXT_ENDS:
                end = RAW_TEXT_ENDS[name].search(markup, at)
                stop = end.start() if end else len(markup)
                nesting.pieces.append(markup[at:stop])
                at = stop
    nesting.pieces.append(markup[at:])
    return b"".join(nesting.pieces)


class _Nesting:
    """The elements that stand open, and the markup with their end tags."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self._in_head = True
        self._open: list[bytes] = []  # names; b"" of a link that has ended before what stands in it
        self._tags: list[int] = []  # where among the pieces the start tag of each stands
        self._places: dict[bytes, list[int]] = defaultdict(list)  # of each name, among those open
        self._special: list[int] = []
        self._open_drawings = 0
        self._stops: list[int] = []  # of the special ones, those through which no item of a list is closed

    def start(self, name: bytes, tag: bytes, *, is_closed: bool) -> None:
        """A start tag, after the end tags of what it closes."""
        if name == b"form" and self._last(name) >= 0:
            return  # there is no form within a form
        if self._in_head and name not in (b"html", b"head") and not self._is_in_head(name):
            self._in_head = False
            if name != b"body":
                self.pieces.append(b"</head><body>")
        ends_paragraph = name in ENDS_PARAGRAPH and self._places[b"p"]
        if name in MAKES_ROOM or ends_paragraph or (self._open_drawings and name in ENDS_DRAWING):
            self._make_room(name)
        self.pieces.append(tag)
        if not is_closed and name not in WHOLE_PAGE and (name not in VOID or self.in_drawing()):
            self._push(name)

    def end(self, name: bytes, tag: bytes) -> None:
        """An end tag, after those of what it closes; nothing where it closes nothing."""
        if self._open and name == self._open[-1]:
            self._close(len(self._open) - 1)
        elif name in WHOLE_PAGE or (name in VOID and self._last(name) < 0):
            self.pieces.append(tag)
        elif name in HEADINGS:
            self._close(max(self._in_scope(heading, SCOPE) for heading in HEADINGS))
        elif name == b"p":
            self._close(self._in_scope(name, PARAGRAPH_SCOPE))
        elif name == b"li":
            self._close(self._in_scope(name, ITEM_SCOPE))
        elif name in CLOSED_AS_A_WHOLE:
            self._close(self._in_scope(name, SCOPE - {name}))
        elif name in TABLE_PARTS:
            self._close(self._in_scope(name, TABLE_SCOPE - {name}))
        elif name in SCOPE:
            self._close(self._last(name))
        elif name == b"form":
            self._end_form()
        else:
            self._end_part_of_line(name)

    def _is_in_head(self, name: bytes) -> bool:
        return name in HEAD or self._last(b"noscript") >= 0 or self._last(b"template") >= 0

    def in_drawing(self) -> bool:
        """Whether what follows is part of a drawing, and no HTML."""
        if not self._open_drawings:
            return False
        drawing = max(map(self._last, DRAWINGS))
        return drawing >= 0 and drawing > max(map(self._last, HTML_IN_DRAWING))

    def _make_room(self, name: bytes) -> None:
        """Close what ends where an element begins."""
        if self._open_drawings and self.in_drawing():
            if name not in ENDS_DRAWING:
                return
            while self.in_drawing():
                self._close(max(map(self._last, DRAWINGS)))
        if name in ENDS_PARAGRAPH and self._places[b"p"]:
            self._close(self._in_scope(b"p", PARAGRAPH_SCOPE))
        if name in TABLE_PARTS:
            self._make_room_in_table(name)
        elif name in ITEMS:
            self._close_item(ITEMS[name])
        elif name in (b"button", b"select"):
            self._close(self._in_scope(name, SCOPE))
        elif name == b"a":
            self._end_link()
        elif self._top() in ENDS_ALIKE.get(name, ()):
            self._close(len(self._open) - 1)

    def _make_room_in_table(self, name: bytes) -> None:
        closed = GROUPS if name in GROUPS else ROWS if name in ROWS else CELLS if name in CELLS else ()
        self._close(max((self._in_scope(part, TABLE_SCOPE) for part in closed), default=-1))
        if name in CELLS and self._top() in GROUPS | {b"table"}:
            self.start(b"tr", b"<tr>", is_closed=False)

    def _close_item(self, items: frozenset[bytes]) -> None:
        if self._stops and self._open[self._stops[-1]] in items:
            self._close(self._stops[-1])

    def _end_part_of_line(self, name: bytes) -> None:
        place = self._last(name)
        if place >= 0 and (not self._special or self._special[-1] <= place):
            self._close(place)
        elif name == b"a":
            self._end_link()

    def _end_form(self) -> None:
        """End the form, or, where other elements stand open in it, say that it ends with the first of these."""
        while self._top() in IMPLIED and self._last(b"form") >= 0:
            self._close(len(self._open) - 1)
        if (place := self._last(b"form")) == len(self._open) - 1:
            self._close(place)
        elif place >= 0:
            self._open[place] = ENDED_FORM
            self._places[b"form"].pop()

    def _end_link(self) -> None:
        """End the last link: before the first box that stands open in it; in the last of these it begins again."""
        place = self._in_scope(b"a", LINK_SCOPE)
        if place < 0:
            return
        within = bisect_right(self._special, place)
        if within == len(self._special):
            self._close(place)
            return
        link = self.pieces[self._tags[place]]
        first, last = self._special[within], self._special[-1]
        self.pieces[self._tags[first]] = b"</a>" + self.pieces[self._tags[first]]
        self._open[place] = b""
        self._places[b"a"].pop()
        self._close(last + 1)
        if self._open[last] not in TABLE_PARTS:
            self.pieces[self._tags[last]] += link
            self.pieces.append(b"</a>")

    def _push(self, name: bytes) -> None:
        place = len(self._open)
        self._open.append(name)
        self._tags.append(len(self.pieces) - 1)
        self._places[name].append(place)
        if name in DRAWINGS:
            self._open_drawings += 1
        if name in SPECIAL:
            self._special.append(place)
            if name not in WITHIN_ITEM:
                self._stops.append(place)

    def _close(self, place: int) -> None:
        """Close the element at a place among those open, and all in it; none at a place below 0."""
        if place < 0:
            return
        still_open = self._open
        while len(still_open) > place or (still_open and still_open[-1] == ENDED_FORM):
            name = still_open.pop()
            self._tags.pop()
            if name in SPECIAL:
                self._special.pop()
                if name not in WITHIN_ITEM:
                    self._stops.pop()
            if name == ENDED_FORM:
                self.pieces.append(b"</form>")
            elif name:
                self._places[name].pop()
                if name in DRAWINGS:
                    self._open_drawings -= 1
                self.pieces.append(b"</%b>" % name)

    def _top(self) -> bytes:
        return self._open[-1] if self._open else b""

    def _last(self, name: bytes) -> int:
        """The place of the innermost open element of a name; -1 without one."""
        places = self._places.get(name)
        return places[-1] if places else -1

    def _in_scope(self, name: bytes, scope: frozenset[bytes]) -> int:
        """The same where no element of a scope stands open in it; else -1."""
        place = self._last(name)
        return place if place >= 0 and all(self._last(other) < place for other in scope) else -1
