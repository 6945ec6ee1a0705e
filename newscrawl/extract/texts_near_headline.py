"""The texts near a story's headline, one by one, each with what its markup says of bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from lxml import etree

from newscrawl.bounded import Remembered
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, line_of
from newscrawl.extract.story import is_card
from newscrawl.text.spaces import clean
from newscrawl.text.words import in_small_letters

HEADLINE_TO_BYLINE = 900  # characters in which a byline follows the headline
BYLINE_TO_HEADLINE = 300  # characters in which one may stand before it
MOST_PIECES, MOST_PIECES_BEFORE = 90, 12  # texts behind the headline and before it that are looked at
MOST_ELEMENTS = 3000  # gone through behind the headline
MOST_LEVELS = 6  # elements around the headline in which something may stand before it
LONGEST_BYLINE = 120  # characters of its line; a longer one is about someone, and not a byline
LONGEST_BESIDE = 400  # characters of an aside or a navigation that may hold a byline
MOST_ELEMENTS_BESIDE = 300  # in such a one
LINES_OF_HEAD = 5  # in an article that has nothing but the headline and what stands around it
LINES_BEFORE = 10_000  # by which the numbers of lines before the headline are lower
FEWEST_WORDS_OF_STORY = 4  # of a linked heading from which it is another story's

WHOLE = frozenset("html body main article section".split())
HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_UNSEEN = frozenset(
    "script style template noscript svg form select textarea iframe figure figcaption object video audio".split()
)
_INLINE = frozenset(
    "a abbr b bdi bdo big cite data em font i ins label mark small span strong sub sup time tt u".split()
)
_BESIDE = frozenset(("aside", "nav", "footer", "header"))
#: For small letters. Each alternative begins with one, and what stands before it is looked at last: so they are looked
#: for in a tenth of the time.
_BYLINE_CLASS = re.compile(
    r"by-?_?line|author(?<!unauthor)(?!i[sz]|ity|s?-?list)|autor(?!i[sz])|auteur|autore\b|autrice|writer|written-?by|posted-?by"
    r"|post-?by|contributor|journalist|redakteur|verfasser|skribent|forfatter|kirjoittaja|szerzo|reporter|creator|submitted"
    r"|firma\b|firme\b|yazar|penulis|zuozhe|correspondent|columnist|entry-by|credit-name|by-name(?<!\wby-name)"
)
_NO_BYLINE_CLASS = re.compile(r"comment|avatar|image|img|photo|icon|social|share|hide|related|descr|role|job|position")
#: Folders whose pages are people's, and those that lead to all stories of someone.
PEOPLE_PATH = re.compile(
    r"/(?:authors?|autor(?:es|en|in)?|auteurs?|autore|autori|auteur-e|redakteure?|journalist(?:s|en)?|journalistes?|writers?"
    r"|contributors?|columnists?|reporters?|staff|people|persons?|personen?|profiles?|profil|team|our-team|members?|users?"
    r"|bios?|by|byline|skribent|forfatter|kirjoittaja|szerzo|avtory?|yazar(?:lar)?|penulis|interviewer|reviewer|experts?"
    r"|our_people|blog-authors|about)/[^/?#]+",
    re.IGNORECASE,
)
AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:es|en|in)?|auteurs?|autore|autori|blog-authors)/[^/?#]+/?(?:[?#]|$)", re.IGNORECASE
)
_SOCIAL = re.compile(
    r"//(?:\w+\.)?(?:bsky|linkedin|facebook|twitter|x|instagram|youtube|threads|tiktok|github)\.", re.IGNORECASE
)
_OTHERS_CLASS = re.compile(
    r"(?:^|[\s_-])(?<!has-)(?<!no-)(?<!with-)(?:comments?|commentlist|kommentare?|commentaires?|comentarios?|commenti|disqus"
    r"|reactions?|responses?|replies|discussion|forum|related|recommended|recommendations?|testimonials?"
    r"|(?:more|other|similar|recent|latest|popular|trending)[-_](?:stories|posts|articles|news|reads?))"
    r"(?:$|\s|-list|-area|-section|-item|-body|-posts|-articles|-stories|__)"
)
_OTHERS_TYPE = re.compile(r"schema\.org/(?:Comment|UserComments|Review)\b")
_FIRST_NAME = re.compile(r"first-?_?name|given-?_?name|forename|vorname|pr[eé]nom|fornavn|f[oö]rnamn", re.IGNORECASE)
_LAST_NAME = re.compile(r"last-?_?name|family-?_?name|surname|nachname|etternavn|efternamn", re.IGNORECASE)

#: What the markup says of an element: nothing, that its address leads to a person's page, that its class is a byline's,
#: that it names an author.
NOTHING, PATH, CLASS, AUTHOR = range(4)


class Piece(NamedTuple):
    """A text in the markup, with the element it stands in."""

    text: str
    element: Element
    #: The number of its line, as blocks and breaks part lines; below 0 above the headline.
    line: int
    #: The innermost element around it that says that it is a byline, and how much the most certain of them says so.
    mark: Element | None
    strength: int


def _says_byline(classes: str) -> bool:
    classes = in_small_letters(classes)
    return _BYLINE_CLASS.search(classes) is not None and _NO_BYLINE_CLASS.search(classes) is None


def _says_others(classes: str) -> bool:
    return _OTHERS_CLASS.search(in_small_letters(classes)) is not None or is_card(classes)


_byline_classes = Remembered(_says_byline)
_others_classes = Remembered(_says_others)


def strength(element: Element) -> int:
    """How much an element's own markup says that it is a byline."""
    if not element.keys():  # many have no attribute
        return NOTHING
    if "author" in (element.get("itemprop") or "") or "author" in (element.get("rel") or "").split():
        return AUTHOR
    classes = element.get("class")
    if classes and element.tag not in WHOLE and _byline_classes[classes]:
        return CLASS
    href = element.get("href") if element.tag == "a" else None
    is_path = href is not None and PEOPLE_PATH.search(href) and not _SOCIAL.search(href) and not is_beside(element)
    return PATH if is_path else NOTHING


def is_beside(element: Element) -> bool:
    """Whether an element stands in an aside, a navigation or a footer, where a mere link or name is no byline."""
    return next(element.iterancestors("aside", "nav", "footer"), None) is not None


def is_others(element: Element) -> bool:
    """Whether an element is about other stories or by readers, as its class or type says."""
    if element.tag in WHOLE:
        return False
    for name in ("class", "id"):
        if (value := element.get(name)) and _others_classes[value]:
            return True
    kind = element.get("itemtype")
    return kind is not None and _OTHERS_TYPE.search(kind) is not None


def is_small(element: Element, longest: int) -> bool:
    """Whether an element has few elements, and some text that is not long."""
    many = next(islice(element.iter(), MOST_ELEMENTS_BESIDE, None), None) is not None
    return not many and line_of(element, longest) != ""


def texts_near(top: Element) -> list[Piece]:
    """The texts before and behind the headline in which a byline may stand, less those on lines that are too long."""
    return on_short_lines([*_before(top), *_behind(top)])


def texts_in(element: Element, most: int) -> list[Piece]:
    """The first texts in an element, less those on lines that are too long for a byline."""
    return on_short_lines(islice(Walk(element).within(element), most))


def _behind(top: Element) -> list[Piece]:
    """The texts behind the headline, as far as a byline may follow it."""
    found: list[Piece] = []
    left = HEADLINE_TO_BYLINE
    walk = Walk(top)
    for piece in islice(walk.behind(), MOST_PIECES):
        found.append(piece)
        left -= len(piece.text)
        if left < 0:
            break
    card = None if walk.others_headline is None else walk.others_headline.getparent()
    if card is None or card.tag in WHOLE or card in set(top.iterancestors()):
        return found
    return [piece for piece in found if card not in set(piece.element.iterancestors())]


def _before(top: Element) -> list[Piece]:
    """The texts before the headline, as far as a byline may stand before it."""
    found: list[Piece] = []
    left = BYLINE_TO_HEADLINE
    walk = Walk(top)
    for sibling in _elements_before(top):
        if sibling.tag in ("header", "nav", "article") or is_others(sibling):
            continue
        if not is_small(sibling, left):
            if next(filter(str.strip, sibling.itertext()), ""):
                break
            continue
        pieces = list(walk.within(sibling))
        left -= sum(len(piece.text) for piece in pieces)
        found[:0] = [piece._replace(line=piece.line - LINES_BEFORE) for piece in pieces]
        if left <= 0:
            break
    return found[-MOST_PIECES_BEFORE:]


def _elements_before(top: Element) -> Iterator[Element]:
    """The elements before the headline, and before what it stands in, the nearest first."""
    node = top
    for _ in range(MOST_LEVELS):
        yield from (sibling for sibling in node.itersiblings(preceding=True) if isinstance(sibling.tag, str))
        around = node.getparent()
        if around is None or around.tag in ("body", "main", "article"):
            return
        node = around


class Walk:
    """Goes through the markup near the headline, text by text."""

    def __init__(self, top: Element):
        self._top = top
        around = list(top.iterancestors("article", "main"))
        self._article = next((element for element in around if element.tag == "article"), None)
        self._in_story = bool(around)
        self._line = 0
        self._breaks = True  # before the next text
        self.others_headline: Element | None = None  # at which it ended
        self._ended = False
        self._articles = 0
        self._elements = 0

    def behind(self) -> Iterator[Piece]:
        """The texts behind the headline, to the end of its article or of the page's main part."""
        node: Element | None = self._top
        while node is not None:
            yield from self._piece(node.tail, node.getparent(), ())
            for sibling in node.itersiblings():
                yield from self.within(sibling)
                if self._ended:
                    return
            node = node.getparent()
            self._breaks = True
            if node is not None and (node.tag == "main" or (node is self._article and self._line > LINES_OF_HEAD)):
                return

    def within(self, element: Element) -> Iterator[Piece]:
        """The texts in an element and right behind it."""
        if not isinstance(element.tag, str):
            return
        marks: list[tuple[Element, int]] = []
        walk = etree.iterwalk(element, events=("start", "end"))
        for event, node in walk:
            if event == "end":
                if marks and marks[-1][0] is node:
                    marks.pop()
                self._breaks = self._breaks or node.tag not in _INLINE
                yield from self._piece(node.tail, node.getparent(), marks)
                continue
            if self._is_skipped(node, in_mark=bool(marks)):
                walk.skip_subtree()
                continue
            self._elements += 1
            if _is_others_headline(node):
                self.others_headline = node
            if self._elements > MOST_ELEMENTS or self.others_headline is not None:
                self._ended = True
                return
            if says := strength(node):
                marks.append((node, max(says, marks[-1][1] if marks else NOTHING)))
            self._breaks = self._breaks or node.tag not in _INLINE
            yield from self._piece(node.text, node, marks)

    def _piece(
        self, text: str | None, element: Element | None, marks: Sequence[tuple[Element, int]]
    ) -> tuple[Piece, ...]:
        """A text with the element that it stands in; ``()`` for a blank one."""
        if not text or element is None or not (text := clean(text)):
            return ()
        self._line += self._breaks
        self._breaks = False
        mark, says = marks[-1] if marks else (None, NOTHING)
        return (Piece(text, element, self._line, mark, says),)

    def _is_skipped(self, element: Element, *, in_mark: bool) -> bool:
        """Whether an element is not seen, about others, or beside the story and too long for its byline.

        An ``article`` in what says that it is a byline is about the author.
        """
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN or is_hidden(element) or is_others(element):
            return True
        if tag == "article" and not in_mark:
            self._articles += 1
            return self._article is not None or self._articles > 1
        if tag not in _BESIDE:
            return False
        return (tag != "header" and not self._in_story) or not is_small(element, LONGEST_BESIDE)


def _is_others_headline(element: Element) -> bool:
    """Whether an element is another story's headline: a linked heading, not of a few words."""
    if element.tag not in HEADINGS:
        return False
    link = next(element.iter("a"), None)
    if link is None:
        link = next(element.iterancestors("a"), None)
    if link is None or strength(link):
        return False
    return len("".join(element.itertext()).split()) >= FEWEST_WORDS_OF_STORY


def on_short_lines(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces less those of lines too long for a byline; a first and a last name in elements of their own are one."""
    lines: dict[int, int] = {}
    pieces = _with_whole_names(pieces)
    for piece in pieces:
        lines[piece.line] = lines.get(piece.line, 0) + len(piece.text) + 1
    return [piece for piece in pieces if lines[piece.line] <= LONGEST_BYLINE]


def _with_whole_names(pieces: Iterable[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if found and _says(_LAST_NAME, piece) and _says(_FIRST_NAME, found[-1]):
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {piece.text}")
        else:
            found.append(piece)
    return found


def _says(pattern: re.Pattern[str], piece: Piece) -> bool:
    return pattern.search(piece.element.get("class") or "") is not None
