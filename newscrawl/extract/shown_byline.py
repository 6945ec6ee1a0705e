"""Bylines that a page shows, wherever its markup has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from newscrawl.bounded import Remembered
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, line_of
from newscrawl.extract.headline import heading
from newscrawl.extract.page import Page
from newscrawl.extract.people import (
    Kind,
    Line,
    has_role,
    is_agency,
    is_bare_name,
    is_common,
    is_credit,
    is_helper_label,
    is_label,
    is_name,
    is_office,
    kind_of,
    read_line,
)
from newscrawl.extract.story import CARD_CLASS
from newscrawl.extract.value import Value
from newscrawl.text.spaces import clean
from newscrawl.text.words import key_of

HEADLINE_TO_BYLINE = 900  # characters in which a byline follows the headline
BYLINE_TO_HEADLINE = 300  # characters in which one may stand before it
MOST_PIECES_BEFORE = 12  # texts before the headline that are looked at
MOST_PIECES = 90  # texts behind the headline that are looked at
MOST_PIECES_READ = 16  # texts of one byline
MOST_LEVELS = 6  # elements around the headline in which something may stand before it
MOST_BYLINES = 30  # elements looked at for each rule; a list of authors is no byline
LONGEST_BYLINE = 120  # characters; longer text is about someone, and not a byline
LONGEST_BESIDE = 400  # characters of an aside or a navigation that may hold a byline
LINES_OF_HEAD = 5  # in an article that has nothing but the headline and what stands around it
LINES_BEFORE = 10_000  # by which the numbers of lines before the headline are lower
LINES_TO_NEXT = 2  # from a label to a name, and from one name to the next
LONGEST_TAIL = 4  # characters behind a name that nothing but its place speaks for, such as " in"
LINES_TO_DATE = 1  # from a name to the date beside it
MOST_BOXES = 3  # around a byline that may be those of another story's card
LONGEST_CARD = 600  # characters of such a card
FEWEST_WORDS_OF_STORY = 4  # of a linked heading from which it is another story's

#: Where pages show a byline outside the headline's neighbourhood, best first.
BYLINE_RULES = (
    "[itemprop=author]",
    "[rel~=author]",
    "[class*=byline]",
    "[class*=Byline]",
    "[class*=author]",
    "[class*=Author]",
)
_BYLINE_CLASS = re.compile(
    r"by-?_?line|(?<!un)author(?!i[sz]|ity|s?-?list)|autor(?!i[sz])|auteur|autore\b|autrice|writer|written-?by|posted-?by|post-?by|"
    r"contributor|journalist|redakteur|verfasser|skribent|forfatter|kirjoittaja|szerzo|reporter|creator|submitted|firma\b|firme\b|"
    r"yazar|penulis|zuozhe|correspondent|columnist|entry-by|credit-name|\bby-name",
    re.IGNORECASE,
)
_NO_BYLINE_CLASS = re.compile(
    r"comment|avatar|image|img|photo|icon|social|share|hide|related|descr|role|job|position", re.IGNORECASE
)
#: Folders whose pages are people's.
_PEOPLE_PATH = re.compile(
    r"/(?:authors?|autor(?:es|en|in)?|auteurs?|autore|autori|auteur-e|redakteure?|journalists?|journalistes?|journalisten|writers?|"
    r"contributors?|columnists?|reporters?|staff|people|persons?|personen?|profiles?|profil|team|our-team|members?|users?|bio|bios|by|byline|"
    r"skribent|forfatter|kirjoittaja|szerzo|avtor|avtory|yazar|yazarlar|penulis|interviewer|reviewer|experts?|our_people|blog-authors)"
    r"/[^/?#]+",
    re.IGNORECASE,
)
_SOCIAL = re.compile(
    r"//(?:\w+\.)?(?:bsky|linkedin|facebook|twitter|x|instagram|youtube|threads|tiktok|github)\.", re.IGNORECASE
)
#: The path of an address that leads to all stories of someone.
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:es|en|in)?|auteurs?|autore|autori|blog-authors)/[^/?#]+/?(?:[?#]|$)", re.IGNORECASE
)
_OTHERS_CLASS = re.compile(
    r"(?:^|[\s_-])(?<!has-)(?<!no-)(?<!with-)(?:comments?|commentlist|kommentare?|commentaires?|comentarios?|commenti|disqus|reactions?|"
    r"responses?|replies|discussion|forum|related|recommended|recommendations?|testimonials?|"
    r"(?:more|other|similar|recent|latest|popular|trending)[-_](?:stories|posts|articles|news|reads?))"
    r"(?:$|\s|-list|-area|-section|-item|-body|-posts|-articles|-stories|__)",
    re.IGNORECASE,
)
_OTHERS_TYPE = re.compile(r"schema\.org/(?:Comment|UserComments|Review)\b")
_UNSEEN = {
    "script",
    "style",
    "template",
    "noscript",
    "svg",
    "form",
    "select",
    "textarea",
    "iframe",
    "figure",
    "figcaption",
    "object",
    "video",
    "audio",
}
_INLINE = frozenset(
    "a abbr b bdi bdo big cite data em font i ins label mark small span strong sub sup time tt u".split()
)
_WHOLE = frozenset("html body main article section".split())
_CONNECTED = re.compile(
    r"[\s,;&]{0,3}(?:and|und|et|y|e|och|og|en|i|oraz|ve|és|și|ja|и|та|и|و|with|和|&|,|;)?[\s,;&]{0,3}", re.IGNORECASE
)
#: "And Bo Berg", "& Bo Berg": what joins a text to the one before.
_ALSO = re.compile(r"(?:(?:and|und|et|y|e|og|och|en|i|ve|και|и|та|with)\b|[,;&]) ?(?=\w)", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]*")
_DATE = re.compile(
    r"\d{1,2}[^\d]{1,15}(?:19|20)\d\d|(?:19|20)\d\d[^\d]{1,3}\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d\d|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b|\b(?:ago|min read|yesterday)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r" ?[|•·⋅,] | [/–—-] ")
_FIRST_NAME = re.compile(r"first-?_?name|given-?_?name|forename|vorname|pr[eé]nom|fornavn|f[oö]rnamn", re.IGNORECASE)
_LAST_NAME = re.compile(r"last-?_?name|family-?_?name|surname|nachname|etternavn|efternamn", re.IGNORECASE)


class Piece(NamedTuple):
    """A text in the markup, with the element it stands in."""

    text: str
    element: Element
    line: int
    #: How much its element, or one around it, says that it is a byline, and the innermost one that says so.
    strength: int
    mark: Element | None


#: What the markup says of an element: nothing, that its address leads to a person's page, that its class is a byline's,
#: that it names an author.
_NONE, _PATH, _CLASS, _AUTHOR = range(4)


class Found(NamedTuple):
    """The names of a byline, what the best of them is of, and whether it is the story's for certain."""

    names: list[str]
    kind: Kind
    rule: str
    helper: bool = False
    sure: bool = False


_END_OF_TOP = Found([], Kind.HOUSE, "", sure=True)
_NOBODY = Found([], Kind.HOUSE, "")


def _says_byline(classes: str) -> bool:
    return _BYLINE_CLASS.search(classes) is not None and _NO_BYLINE_CLASS.search(classes) is None


_says_byline_class = Remembered(_says_byline)
_says_others_class: Remembered[str, bool] = Remembered(lambda classes: _OTHERS_CLASS.search(classes) is not None)


def shown_authors(page: Page, own: set[str]) -> Value[list[str]]:
    """The people named by the first byline that the page shows.

    ``own`` are the keys of the site's names, which count where nobody else is told.
    """
    found = shown_byline(page, own)
    return Value(found.names, found.rule if found.names else None)


def shown_byline(page: Page, own: set[str]) -> Found:
    """The best of the bylines that a page shows: of people before others, of the headline's neighbourhood before others."""
    best = _NOBODY
    for found in _bylines(page, own):
        if found is _END_OF_TOP:
            if best.names and best.sure and not best.helper:
                return best
            continue
        if found.kind == Kind.PERSON and not found.helper:
            return found
        if not best.names or (not found.helper, found.kind) > (not best.helper, best.kind):
            best = found
    return best


def _bylines(page: Page, own: set[str]) -> Iterator[Found]:
    """Bylines that a page shows, the most certain kinds first."""
    top = heading(page)
    pieces: list[Piece] = []
    if top is not None:
        pieces = _short_lines([*_before(top, page), *islice(_behind(top, page), MOST_PIECES)])
        yield from _told(pieces, own)
        yield _END_OF_TOP
        yield from _bare(pieces, page, top, own)
    ours = _ours(page, top)
    yield from _marked(page, own, ours)
    yield from _labelled(page, own, ours)


# Texts near the headline.


def _behind(top: Element, page: Page) -> Iterator[Piece]:
    """The texts behind the headline, as far as a byline may follow it."""
    length = 0
    walk = _Walk(page, top)
    for piece in walk.behind():
        yield piece
        length += len(piece.text)
        if length > HEADLINE_TO_BYLINE:
            return


def _before(top: Element, page: Page) -> list[Piece]:
    """The texts before the headline, as far as a byline may stand before it."""
    found: list[Piece] = []
    node, left = top, BYLINE_TO_HEADLINE
    walk = _Walk(page, top)
    for _ in range(MOST_LEVELS):
        for sibling in node.itersiblings(preceding=True):
            if (
                not isinstance(sibling.tag, str)
                or sibling.tag in ("header", "nav", "article")
                or walk.is_others(sibling)
            ):
                continue
            line = line_of(sibling, left)
            if not line and next(filter(str.strip, sibling.itertext()), ""):
                return found[-MOST_PIECES_BEFORE:]
            if line:
                left -= len(line)
                found[:0] = [piece._replace(line=piece.line - LINES_BEFORE) for piece in walk.within(sibling)]
        parent = node.getparent()
        if parent is None or parent.tag in ("body", "main", "article"):
            break
        node = parent
    return found[-MOST_PIECES_BEFORE:]


class _Walk:
    """Goes through the markup near the headline, text by text."""

    def __init__(self, page: Page, top: Element):
        self._page = page
        self._around = set(top.iterancestors())
        self._article = next(top.iterancestors("article"), None)
        self._line = 0
        self._breaks = True
        self._top = top
        self._ended = False
        self._articles = 0

    def behind(self) -> Iterator[Piece]:
        node: Element | None = self._top
        while node is not None and not self._ended:
            yield from self._piece(node.tail, node.getparent(), ())
            for sibling in node.itersiblings():
                yield from self.within(sibling)
                if self._ended:
                    return
            node = node.getparent()
            if node is not None and (node.tag == "main" or (node is self._article and self._line > LINES_OF_HEAD)):
                return
            self._breaks = True

    def within(self, element: Element) -> Iterator[Piece]:
        """The texts in an element and right behind it."""
        if not isinstance(element.tag, str):
            return
        marks: list[tuple[Element, int]] = []
        walk = etree.iterwalk(element, events=("start", "end"))
        for event, node in walk:
            if event == "start":
                if self._is_skipped(node):
                    walk.skip_subtree()
                    continue
                if self._ends(node):
                    self._ended = True
                    return
                if strength := _strength(node):
                    marks.append((node, max(strength, marks[-1][1] if marks else _NONE)))
                self._breaks = self._breaks or node.tag not in _INLINE
                yield from self._piece(node.text, node, marks)
                continue
            if marks and marks[-1][0] is node:
                marks.pop()
            self._breaks = self._breaks or node.tag not in _INLINE
            yield from self._piece(node.tail, node.getparent(), marks)

    def _piece(
        self, text: str | None, element: Element | None, marks: Sequence[tuple[Element, int]]
    ) -> Iterator[Piece]:
        if text and element is not None and (text := clean(text)):
            mark, strength = marks[-1] if marks else (None, _NONE)
            self._line += self._breaks
            self._breaks = False
            yield Piece(text, element, self._line, strength, mark)

    def is_others(self, element: Element) -> bool:
        """Whether an element is about other stories or of readers."""
        return element not in self._around and _is_others(element)

    def _is_skipped(self, element: Element) -> bool:
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN or is_hidden(element) or _is_others(element):
            return True
        if tag == "article":
            self._articles += 1
            return self._article is not None or self._articles > 1
        if tag in ("aside", "nav", "footer", "header"):
            return not line_of(element, LONGEST_BESIDE) or (tag in ("nav", "footer") and self._article is None)
        return False

    def _ends(self, element: Element) -> bool:
        """Whether the headline's neighbourhood ends: with another story's headline."""
        if element.tag not in ("h1", "h2", "h3", "h4"):
            return False
        link = next(element.iter("a"), None)
        if link is None:
            link = next(element.iterancestors("a"), None)
        if link is None or _strength(link):
            return False
        return len("".join(element.itertext()).split()) >= FEWEST_WORDS_OF_STORY


def _strength(element: Element) -> int:
    """How much an element's own markup says that it is a byline."""
    if "author" in (element.get("itemprop") or "") or "author" in (element.get("rel") or "").split():
        return _AUTHOR
    classes = element.get("class")
    if classes and element.tag not in _WHOLE and _says_byline_class[classes]:
        return _CLASS
    if element.tag == "a" and (href := element.get("href")) and _PEOPLE_PATH.search(href) and not _SOCIAL.search(href):
        return _PATH
    return _NONE


def _is_others(element: Element) -> bool:
    """Whether an element is about other stories or of readers, as its class or type says."""
    if element.tag in _WHOLE:
        return False
    classes = f"{element.get('class') or ''} {element.get('id') or ''}"
    if classes != " " and (_says_others_class[classes] or CARD_CLASS.search(classes)):
        return True
    return _OTHERS_TYPE.search(element.get("itemtype") or "") is not None


def _short_lines(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces less those of lines too long for a byline; a first and a last name in elements of their own are one."""
    lines: dict[int, int] = {}
    pieces = _whole_names(pieces)
    for piece in pieces:
        lines[piece.line] = lines.get(piece.line, 0) + len(piece.text) + 1
    return [piece for piece in pieces if lines[piece.line] <= LONGEST_BYLINE]


def _whole_names(pieces: Iterable[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if (
            found
            and _LAST_NAME.search(piece.element.get("class") or "")
            and _FIRST_NAME.search(found[-1].element.get("class") or "")
        ):
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {piece.text}")
        else:
            found.append(piece)
    return found


# Names in texts.


def _told(pieces: Sequence[Piece], own: set[str]) -> Iterator[Found]:
    """The bylines that a label, their markup or their address tells, in their order."""
    seen: set[Element] = set()
    for number, piece in enumerate(pieces):
        begins_mark = piece.mark is not None and piece.mark not in seen
        if piece.mark is not None:
            seen.add(piece.mark)
        labelled = is_label(piece.text) or read_line(piece.text).labelled
        if (begins_mark or labelled) and not is_credit(_before_on_line(pieces, number)):
            found = _gathered(
                pieces[number : number + MOST_PIECES_READ],
                own,
                labelled=labelled,
                before=_before_on_line(pieces, number),
            )
            is_link = bool(found.names) and _is_persons_link(piece, found.names)
            if found.names and (labelled or piece.strength > _PATH or is_link):
                yield found._replace(sure=found.sure or is_link)


def _before_on_line(pieces: Sequence[Piece], number: int) -> str:
    """The text before one, on the same line or closely above."""
    return pieces[number - 1].text if number and pieces[number].line - pieces[number - 1].line <= LINES_TO_NEXT else ""


def _is_persons_link(piece: Piece, names: Sequence[str]) -> bool:
    """Whether a link's address leads to the page of whom it names."""
    link = piece.mark
    href = unquote(link.get("href") or "") if link is not None else ""
    if _AUTHOR_PATH.search(href):
        return True
    return is_bare_name(names[0]) and _PEOPLE_PATH.search(href) is not None


class _Gathering:
    """Names read piece by piece."""

    def __init__(self, own: set[str], *, helper: bool):
        self.names: list[str] = []
        self.other = ""
        self.helper = helper
        self._own = own
        self._connected = False
        self._gap = False
        self._last: Piece | None = None
        self._links: set[str] = set()

    def take(self, piece: Piece) -> bool:
        """Read one more text; whether there may be more."""
        last = self._last
        if last is not None and piece.line - last.line > LINES_TO_NEXT:
            return False
        if is_helper_label(piece.text):
            self.helper = not self.names
            return not self.names
        if is_label(piece.text):
            return not self.names
        if self.names and not self._gap and (also := _ALSO.match(piece.text)):
            self._connected, piece = True, piece._replace(text=piece.text[also.end() :])
        if _CONNECTED.fullmatch(piece.text):
            self._connected = bool(self.names) and not self._gap
            return True
        if _SIGNS.fullmatch(piece.text):
            return True
        return self._read(piece, read_line(piece.text))

    def _read(self, piece: Piece, line: Line) -> bool:
        if self.names and line.labelled:
            return False
        self.helper = self.helper or line.helper
        people = [name for name in line.people if key_of(name) not in self._own]
        if people and (self._last is None or self._connected or self._is_like(piece, self._last)):
            self.names += [name for name in people if name not in self.names]
            self._last = piece
            self._connected, self._gap = line.joined, False
            return True
        if line.labelled and line.other:
            self.other = self.other or line.other
            return False
        self._gap = self._gap or not is_office(piece.text)
        if not self.names and not self.other:
            self.other = line.people[0] if line.people else line.other
        self._connected = False
        return True

    @staticmethod
    def _is_like(piece: Piece, last: Piece) -> bool:
        """Whether a name that no sign joins to the last one stands in the same kind of element."""
        if _are_marks_alike(last.mark, piece.mark):
            return True
        links = [link for one in (last, piece) if (link := _link(one)) is not None]
        if len(links) == 1:
            return False
        if links:
            one, other = (str(link.get("href") or "").rstrip("/") for link in links)
            if one == other != "":
                return False
            if "/" in one and "/" in other:
                return one.rsplit("/", 1)[0] == other.rsplit("/", 1)[0] != ""
        return _are_alike(last.element, piece.element)


def _are_marks_alike(first: Element | None, second: Element | None) -> bool:
    """Whether two elements, each of which says that it is a byline, do so in the same way."""
    if first is None or second is None or first is second:
        return False
    names = ("itemprop", "rel", "class")
    return first.tag == second.tag != "a" and all(first.get(name) == second.get(name) for name in names)


def _are_alike(first: Element, second: Element) -> bool:
    """Whether two elements are of one tag and class, or of one list."""
    if first is second or first.tag != second.tag:
        return False
    in_list = first.tag == "li" and first.getparent() is second.getparent()
    return in_list or first.get("class") == second.get("class") is not None


def _link(piece: Piece) -> Element | None:
    element = piece.element
    for _ in range(3):
        if element.tag == "a":
            return element
        above = element.getparent()
        if above is None:
            break
        element = above
    return next(iter(piece.element.iterchildren("a")), None) if piece.element.tag != "a" else piece.element


def _gathered(pieces: Sequence[Piece], own: set[str], *, labelled: bool, before: str = "") -> Found:
    """Who a byline that begins with the first of some texts names."""
    first = pieces[0]
    gathering = _Gathering(own, helper=_is_helper(before, first.text))
    for piece in pieces:
        if not gathering.names and (
            piece.line - first.line > LINES_TO_NEXT or not (labelled or _is_within(piece, first.mark))
        ):
            break
        if not gathering.take(piece):
            break
        if labelled and gathering.other and not gathering.names:
            break
    rule = _rule(first, labelled=labelled)
    if gathering.names:
        return Found(gathering.names, Kind.PERSON, rule, gathering.helper, sure=labelled or first.strength >= _CLASS)
    if people := [name for name in read_line(_words_of(pieces)).people if key_of(name) not in own]:
        return Found(people, Kind.PERSON, rule, gathering.helper, sure=labelled)
    other = gathering.other
    if other and _may_be_other(other, first, own):
        kind = Kind.HOUSE if key_of(other) in own else kind_of(other)
        return Found([other], kind, rule, gathering.helper, sure=labelled or first.strength == _AUTHOR)
    return _NOBODY


def _is_within(piece: Piece, mark: Element | None) -> bool:
    return mark is None or piece.mark is mark or piece.element is mark or mark in set(piece.element.iterancestors())


def _words_of(pieces: Sequence[Piece]) -> str:
    """The single words that stand next to each other on the first line behind its label: "Ann", "Lee"."""
    told = [piece.text for piece in pieces if piece.line == pieces[0].line and not is_label(piece.text)]
    return " ".join(takewhile(lambda text: " " not in text and not is_common(text), told))


def _is_helper(before: str, text: str) -> bool:
    """Whether what stands before a text, maybe with the text itself, is a label of somebody who helped."""
    return is_helper_label(before) or (is_label(text) and is_helper_label(f"{before} {text}"))


def _may_be_other(text: str, first: Piece, own: set[str]) -> bool:
    """Whether a text in a name's place that is no person's may be who wrote the story: one word, a desk, the site."""
    told = text.split()
    if key_of(text) in own or is_agency(text):
        return True
    if _DATE.search(text) or not key_of(text) or len(told) > 5:  # noqa: PLR2004
        return False
    if len(told) == 1:
        return (
            not is_common(text)
            and len(text) > 1
            and (first.strength >= _CLASS or text[0].isupper())
            and not text.isdigit()
        )
    return (
        kind_of(text) == Kind.HOUSE
        and read_line(f"By {text}").explained
        and any(w[0].isupper() for w in told)
        and _is_team(told)
    )


def _is_team(told: Sequence[str]) -> bool:
    return told[-1].casefold() in {
        "team",
        "editors",
        "staff",
        "desk",
        "newsroom",
        "newsdesk",
        "bureau",
        "redaktion",
        "editor",
        "writers",
        "contributor",
        "editorial",
        "reporters",
        "correspondent",
        "reporter",
        "ekibi",
        "agencies",
    }


def _rule(first: Piece, *, labelled: bool) -> str:
    if first.strength == _AUTHOR:
        return "[itemprop=author]" if _has_itemprop(first.mark) else "[rel~=author]"
    if first.strength == _CLASS:
        return "byline"
    return "label" if labelled else "author's address"


def _has_itemprop(element: Element | None) -> bool:
    return element is not None and element.get("itemprop") is not None


def _bare(pieces: Sequence[Piece], page: Page, top: Element, own: set[str]) -> Iterator[Found]:
    """A person's name that stands beside the date near the headline, in front of a role, or alone below the headline."""
    told = own | {key_of(text) for text in (page.url, page.title, line_of(top, LONGEST_BESIDE))}
    dated = {piece.line for piece in pieces if _DATE.search(piece.text)}
    roles = {piece.line for piece in pieces if has_role(piece.text) and not is_name(piece.text)}
    first = next((piece for piece in pieces if piece.line > 0), None)
    for piece in pieces:
        above = piece.line < 0
        near = (
            range(piece.line, piece.line + 1)
            if above
            else range(piece.line - LINES_TO_DATE, piece.line + LINES_TO_DATE + 1)
        )
        beside = not dated.isdisjoint(near) or piece.line + 1 in roles or piece is first
        if beside and (names := _bare_names(piece, told)):
            yield Found(names, Kind.PERSON, "beside date")


def _bare_names(piece: Piece, told: set[str]) -> list[str]:
    """The names of a text that nothing but its place speaks for; ``told`` are keys of texts that say no name."""
    if piece.element.tag in ("h1", "h2", "h3", "h4"):
        return []
    if _DATE.search(piece.text):
        parts = [part for part in _PARTS.split(piece.text) if is_bare_name(part)]
        return [name for name in parts[:1] if not any(key_of(name) in text for text in told)]
    line = read_line(piece.text)
    behind = len(piece.text) - len(", ".join(line.people))
    if line.joined or not line.explained or (behind > LONGEST_TAIL and not has_role(piece.text)):
        return []
    if not all(map(is_bare_name, line.people)):
        return []
    return [name for name in line.people if not any(key_of(name) in text for text in told)]


# The rest of the page.


def _ours(page: Page, top: Element | None) -> Callable[[Element], bool]:
    """Tells of an element far from the headline whether it is the story's."""
    around = set(top.iterancestors()) if top is not None else set()
    article = next((e for e in around if e.tag == "article"), None)
    if article is None and top is not None:
        articles = page.tree.tagged("article")
        behind = page.tree.behind(top, articles) if articles else 0
        article = articles[behind] if behind < len(articles) else None
    main = next((e for e in around if e.tag == "main"), None)

    def is_elsewhere(element: Element) -> bool:
        if element in around:
            return False
        if element.tag == "article":
            return element is not article
        if element.tag in ("nav", "aside", "li", "figure", "form"):
            return True
        if element.tag in ("footer", "header"):
            return (
                next(element.iterancestors("article"), None) is not article if article is not None else top is not None
            )
        return is_hidden(element) or _is_others(element)

    def is_main(element: Element) -> bool:
        return element is main

    def is_ours(element: Element) -> bool:
        if page.tree.within(element, is_elsewhere) or _is_in_card(element, around):
            return False
        return main is None or page.tree.within(element, is_main)

    return is_ours


def _is_in_card(element: Element, around: set[Element]) -> bool:
    """Whether a linked title stands before an element in a box around it: another story's."""
    box = element.getparent()
    for _ in range(MOST_BOXES):
        if box is None or box in around or box.tag in _WHOLE or not line_of(box, LONGEST_CARD):
            return False
        for link in box.iter("a"):
            if link is element or element in set(link.iterancestors()):
                break
            if len("".join(link.itertext()).split()) >= FEWEST_WORDS_OF_STORY and not _strength(link):
                return True
        box = box.getparent()
    return False


def _marked(page: Page, own: set[str], ours: Callable[[Element], bool]) -> Iterator[Found]:
    """The bylines that the markup tells, wherever they stand."""
    for rule in BYLINE_RULES:
        for element in page.tree.select(rule)[:MOST_BYLINES]:
            if element.tag not in _WHOLE and _strength(element) >= _CLASS and ours(element):
                found = _gathered_in(element, page, own)
                if found.names:
                    yield found._replace(rule=rule, sure=found.sure and _strength(element) == _AUTHOR)


def _gathered_in(element: Element, page: Page, own: set[str]) -> Found:
    walk = _Walk(page, element)
    pieces = _short_lines(islice(walk.within(element), MOST_PIECES_READ))
    pieces = [piece for piece in pieces if piece.mark is not None]
    return _gathered(pieces, own, labelled=False) if pieces else _NOBODY


#: What begins a line that tells who wrote the story, where the line stands far from the headline.
_FAR_LABELS = (
    "written by", "posted by", "article by", "by:", "by ", "author:", "published by", "verfasst von", "geschrieben von", "autor:", "écrit par",
    "rédigé par", "publié par", "escrito por", "publicado por", "scritto da", "a cura di", "автор", "作者", "geschreven door",
)  # fmt: skip


def _labelled(page: Page, own: set[str], ours: Callable[[Element], bool]) -> Iterator[Found]:
    """The bylines that a label tells, wherever they stand."""

    def begins(text: str) -> bool:
        return len(text) <= LONGEST_BYLINE and clean(text).casefold().startswith(
            tuple(label.strip() for label in _FAR_LABELS)
        )

    for element in page.tree.saying(_FAR_LABELS, begins)[:MOST_BYLINES]:
        if ours(element) and (line_of(element, LONGEST_BYLINE)):
            walk = _Walk(page, element)
            pieces = _short_lines(islice(walk.within(element), MOST_PIECES_READ))
            if pieces:
                found = _gathered(pieces, own, labelled=True)
                if found.kind == Kind.PERSON:
                    yield found._replace(rule="label", sure=False)
