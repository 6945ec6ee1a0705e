"""Who a byline names, read text by text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import unquote

from newscrawl.extract.byline_labels import is_credit, is_helper_label, is_label
from newscrawl.extract.css import Element
from newscrawl.extract.names_of_people import (
    FEWEST_NAME_WORDS,
    Kind,
    has_role,
    is_agency,
    is_bare_name,
    is_common,
    is_name,
    is_office,
    is_team,
    kind_of,
)
from newscrawl.extract.people import Line, read_line
from newscrawl.extract.texts_near_headline import (
    AUTHOR,
    AUTHOR_PATH,
    CLASS,
    FEWEST_WORDS_OF_STORY,
    HEADINGS,
    NOTHING,
    PATH,
    PEOPLE_PATH,
    Piece,
    is_beside,
)
from newscrawl.text.words import key_of

MOST_PIECES_READ = 16  # texts of one byline
LINES_TO_NEXT = 2  # from a label to a name, and from one name to the next
LINES_TO_DATE = 1  # from a name to the date beside it
LEVELS_TO_LINK = 3  # from a text to the link around it
LONGEST_TAIL = 4  # characters behind a name that nothing but its place speaks for, such as " in"
MOST_TEAM_WORDS = 5  # of what people who write together are called

_CONNECTED = re.compile(
    r"[\s,;&]{0,3}(?:and|und|et|y|e|og|och|en|i|oraz|ve|és|și|ja|и|та|και|و|with|和|&|,|;|/)?[\s,;&]{0,3}",
    re.IGNORECASE,
)
#: "And Bo Berg", "& Bo Berg": what joins a text to the one before.
_ALSO = re.compile(r"(?:(?:and|und|et|y|e|og|och|en|i|ve|και|и|та|with)\b|[,;&]) ?(?=\w)", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]*")
_DATE = re.compile(
    r"\d{1,2}[^\d]{1,15}(?:19|20)\d\d|(?:19|20)\d\d[^\d]{1,3}\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d\d|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b|\b(?:ago|min read|yesterday)\b",
    re.IGNORECASE,
)
#: Folders whose pages are of topics, sections and places, some of which are called like people.
_TOPIC_PATH = re.compile(
    r"/(?:tags?|topics?|thema|themen|themes?|tema|temas|sujets?|etiquetas?|keywords?|categor[\w-]{1,6}|kategorien?|kategori"
    r"|rubri[\w-]{1,6}|sections?|sezion[ei]|schlagwort|schlagworte|search|news|blog|places?|locations?|companies|company"
    r"|products?|world|local|series|collections?|subjects?|archives?|dossiers?|channel|hub|guides?|wiki)/",
    re.IGNORECASE,
)
_PARTS = re.compile(r" ?[|•·⋅,] | [/–—-] ")


class Found(NamedTuple):
    """The names of a byline, what the best of them is of, and the rule that found it."""

    names: tuple[str, ...] = ()
    kind: Kind = Kind.ORGANISATION
    rule: str = ""
    #: Whether they only helped: "Edited by".
    helper: bool = False
    #: Whether a label or the markup says that it is a byline, and it stands near the headline.
    sure: bool = False


NOBODY = Found()


def told_bylines(pieces: Sequence[Piece], own: set[str]) -> Iterator[Found]:
    """The bylines that a label, their markup or their address tells, in their order.

    ``own`` are the keys of the site's names, which are no person's.
    """
    seen: set[Element] = set()
    for number, piece in enumerate(pieces):
        begins_mark = piece.mark is not None and piece.mark not in seen
        if piece.mark is not None:
            seen.add(piece.mark)
        labelled = is_label(piece.text) or read_line(piece.text).labelled
        before = _text_before(pieces, number)
        if not (begins_mark or labelled) or is_credit(before) or _follows_title(pieces, number):
            continue
        found = gathered(pieces[number : number + MOST_PIECES_READ], own, labelled=labelled, before=before)
        is_link = found.names != () and _is_persons_link(piece, found.names[0])
        if found.names and (labelled or piece.strength > PATH or is_link):
            yield found._replace(sure=found.sure or is_link)


def _follows_title(pieces: Sequence[Piece], number: int) -> bool:
    """Whether a linked title stands before a text on its line: another story's."""
    before = takewhile(lambda piece: piece.line == pieces[number].line, reversed(pieces[:number]))
    links = (piece for piece in before if piece.element.tag == "a" and piece.strength == NOTHING)
    return any(len(link.text.split()) >= FEWEST_WORDS_OF_STORY for link in links)


def _text_before(pieces: Sequence[Piece], number: int) -> str:
    """The text before one, on the same line or closely above."""
    near = number > 0 and pieces[number].line - pieces[number - 1].line <= LINES_TO_NEXT
    return pieces[number - 1].text if near else ""


def _is_persons_link(piece: Piece, name: str) -> bool:
    """Whether a link's address leads to the page of the person whom it names."""
    href = unquote(piece.mark.get("href") or "") if piece.mark is not None else ""
    return AUTHOR_PATH.search(href) is not None or (is_bare_name(name) and PEOPLE_PATH.search(href) is not None)


def gathered(pieces: Sequence[Piece], own: set[str], *, labelled: bool, before: str = "") -> Found:
    """Who a byline that begins with the first of some texts names; ``before`` is what stands before that."""
    if not pieces:
        return NOBODY
    first = pieces[0]
    gathering = _Gathering(own, helper=_is_helper(before, first.text))
    for piece in pieces:
        is_far = piece.line - first.line > LINES_TO_NEXT or not (labelled or _is_within(piece, first.mark))
        if (is_far and not gathering.names) or not gathering.take(piece):
            break
        if labelled and gathering.other and not gathering.names:
            break
    found = Found(tuple(gathering.names), Kind.PERSON, _rule(first, labelled=labelled), gathering.helper)
    if found.names:
        return found._replace(sure=labelled or first.strength >= CLASS)
    if people := tuple(name for name in read_line(_single_words(pieces)).people if key_of(name) not in own):
        return found._replace(names=people, sure=labelled)
    other = gathering.other
    if not other or not _may_write(other, first, own):
        return NOBODY
    kind = Kind.ORGANISATION if key_of(other) in own else kind_of(other)
    return found._replace(names=(other,), kind=kind, sure=labelled or first.strength == AUTHOR)


class _Gathering:
    """Names read text by text."""

    def __init__(self, own: set[str], *, helper: bool):
        self.names: list[str] = []
        self.other = ""  # what stands in a name's place
        self.helper = helper
        self._own = own
        self._last: Piece | None = None  # that named somebody
        self._connected = False  # by "and" or a comma to what comes
        self._gap = False  # whether something stands behind the last name that is none

    def take(self, piece: Piece) -> bool:
        """Read one more text; whether there may be more."""
        if self._last is not None and piece.line - self._last.line > LINES_TO_NEXT:
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
        return _SIGNS.fullmatch(piece.text) is not None or self._read(piece, read_line(piece.text))

    def _read(self, piece: Piece, line: Line) -> bool:
        if self.names and line.labelled:
            return False
        self.helper = self.helper or line.helper
        people = [_without_site(name, self._own) for name in line.people if key_of(name) not in self._own]
        if people and (self._last is None or self._connected or _is_like(piece, self._last)):
            self.names += [name for name in people if name not in self.names]
            self._last, self._connected, self._gap = piece, line.joined, False
            return True
        if not self.names and not self.other:
            self.other = line.people[0] if line.people else line.other
        self._gap = self._gap or not is_office(piece.text)
        self._connected = line.joined and bool(self.names) and not self._gap
        return not (line.labelled and line.other)


def _without_site(name: str, own: set[str]) -> str:
    """A name without the site's behind it: "Ann Lee Maro Ledger"."""
    told = name.split()
    for number in range(FEWEST_NAME_WORDS, len(told)):
        if key_of("".join(told[number:])) in own:
            return " ".join(told[:number])
    return name


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
        if _are_of_authors(last.mark, piece.mark):
            return True
        if "/" in one and "/" in other:
            return one.rsplit("/", 1)[0] == other.rsplit("/", 1)[0] != ""
    return _are_alike(last.element, piece.element)


def _are_marks_alike(first: Element | None, second: Element | None) -> bool:
    """Whether two elements, each of which says that it is a byline, do so in the same way."""
    if first is None or second is None or first is second:
        return False
    return first.tag == second.tag != "a" and all(
        first.get(name) == second.get(name) for name in ("itemprop", "rel", "class")
    )


def _are_of_authors(first: Element | None, second: Element | None) -> bool:
    """Whether two links both say that they lead to an author."""
    return all(mark is not None and mark.tag == "a" and mark.get("rel") == "author" for mark in (first, second))


def _are_alike(first: Element, second: Element) -> bool:
    """Whether two elements are of one tag and class, or of one list."""
    if first is second or first.tag != second.tag:
        return False
    in_list = first.tag == "li" and first.getparent() is second.getparent()
    return in_list or first.get("class") == second.get("class") is not None


def _link(piece: Piece) -> Element | None:
    """The link that a text stands in, or that stands in its element."""
    element: Element | None = piece.element
    for _ in range(LEVELS_TO_LINK):
        if element is None or element.tag == "a":
            return element
        element = element.getparent()
    return next(iter(piece.element.iterchildren("a")), None)


def _is_within(piece: Piece, mark: Element | None) -> bool:
    return mark is None or mark in (piece.mark, piece.element) or mark in set(piece.element.iterancestors())


def _single_words(pieces: Sequence[Piece]) -> str:
    """The single words that stand next to each other on the first line behind its label: "Ann", "Lee"."""
    told = [piece.text for piece in pieces if piece.line == pieces[0].line and not is_label(piece.text)]
    return " ".join(takewhile(lambda text: " " not in text and not is_common(text), told))


def _is_helper(before: str, text: str) -> bool:
    """Whether what stands before a text, maybe with the text itself, is a label of somebody who helped."""
    return is_helper_label(before) or (is_label(text) and is_helper_label(f"{before} {text}"))


def _may_write(text: str, first: Piece, own: set[str]) -> bool:
    """Whether a text in a name's place that is no person's may be who wrote the story: one word, a desk, the site."""
    told = text.split()
    if key_of(text) in own or is_agency(text):
        return True
    if _DATE.search(text) or not key_of(text) or len(told) > MOST_TEAM_WORDS:
        return False
    if len(told) > 1:
        return kind_of(text) == Kind.ORGANISATION and is_team(text)
    is_word = len(text) > 1 and not text.isdigit() and not is_common(text)
    return is_word and (first.strength >= CLASS or text[0].isupper())


def _rule(first: Piece, *, labelled: bool) -> str:
    if first.strength == AUTHOR:
        itemprop = first.mark is not None and first.mark.get("itemprop") is not None
        return "[itemprop=author]" if itemprop else "[rel~=author]"
    if first.strength == CLASS:
        return "byline's class"
    return "byline's label" if labelled else "author's address"


def bare_bylines(pieces: Sequence[Piece], told: set[str]) -> Iterator[Found]:
    """People's names that stand beside the date near the headline, in front of a role, or first below the headline.

    ``told`` are keys of texts whose words are no names: of the site, the address, the title.
    """
    dated = {piece.line for piece in pieces if _DATE.search(piece.text)}
    roles = {piece.line for piece in pieces if has_role(piece.text) and not is_name(piece.text)}
    first = next((piece for piece in pieces if piece.line > 0), None)
    for number, piece in enumerate(pieces):
        around = LINES_TO_DATE if piece.line > 0 else 0
        is_dated = not dated.isdisjoint(range(piece.line - around, piece.line + around + 1))
        in_place = is_dated or piece.line + 1 in roles or piece is first or _leads_to_name(piece)
        if in_place and (names := _bare_names(piece, told)):
            several = gathered(pieces[number : number + MOST_PIECES_READ], told, labelled=True).names
            names = several if several[: len(names)] == names and all(map(is_bare_name, several)) else names
            yield Found(names, Kind.PERSON, "name beside the date" if is_dated else "name below the headline")


def _leads_to_name(piece: Piece) -> bool:
    """Whether a text is a link whose address ends with it."""
    slug = key_of(_without_accents(_path(piece).rpartition("/")[2]))
    return slug != "" and key_of(_without_accents(piece.text)) in slug


def _path(piece: Piece) -> str:
    """The address that a text leads to; ``""`` for none."""
    link = _link(piece)
    return "" if link is None else unquote(link.get("href") or "").rstrip("/")


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _bare_names(piece: Piece, told: set[str]) -> tuple[str, ...]:
    """The names of a text that nothing but its place speaks for."""
    if piece.element.tag in HEADINGS or is_beside(piece.element) or _TOPIC_PATH.search(_path(piece)):
        return ()
    if _DATE.search(piece.text):
        names = [part for part in _PARTS.split(piece.text) if is_bare_name(part)][:1]
    else:
        line = read_line(piece.text)
        behind = len(piece.text) - len(", ".join(line.people))
        if line.joined or not line.explained or (behind > LONGEST_TAIL and not has_role(piece.text)):
            return ()
        names = list(line.people) if all(map(is_bare_name, line.people)) else []
    return tuple(name for name in names if not any(key_of(name) in text for text in told))
