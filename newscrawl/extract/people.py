"""The people that texts on one line name: those of metadata, and those that a page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from newscrawl.bounded import Remembered
from newscrawl.extract import byline_words as words
from newscrawl.extract.byline_labels import end_of_helper_label, is_credit, unlabelled, without_helpers, without_label
from newscrawl.extract.names_of_people import (
    EDGES,
    FEWEST_NAME_WORDS,
    Kind,
    bare,
    is_agency,
    is_degree,
    is_name,
    is_name_word,
    is_nobody,
    is_office,
    kind_of,
    may_follow_name,
    name_at_start,
)
from newscrawl.text.scripts import UNSPACED_LETTER
from newscrawl.text.spaces import clean
from newscrawl.text.words import each_once, key_of

LONGEST_READ = 600  # characters of a text in which names are looked for
SHORTEST_WORD = 2  # letters of a name of one word
LONGEST_INITIALS = 4  # letters of a word in capitals that may be an agency's name and is no last name
MOST_FIRST_NAMES = 2  # behind a last name and a comma
MOST_DASHES = 4  # that part a text
PAIR = 2  # parts of "Last, First", and of "Quay & Sons"

#: A part of a text, with the sign before it: a comma, a dash, or "&" for all else that joins two people.
Part = tuple[str, str]

# All these are for text on one line, in which spaces are single.
_CONTACT = re.compile(r"\(?(?:https?://\S+|www\.\S+|(?<![^\s()|,;])[^\s()|,;@]+@[^\s()|,;]+|(?<!\S)@ ?[^\s()|,;]+)\)?")
_BETWEEN = re.compile(
    r" ?[,;] ?(?:and|&|und|et|y|e|og|och|en|ve|και|и) | ?[,;|•⋅、，；｜] ?| ?(?:&| / |／) ?| · "
    r"|(?<=[가-힣])[·/](?=[가-힣])|(?<=[一-鿿]{3}) (?=[一-鿿]{3})| (?:and|AND|with) "
)
_SPACED_ANDS = "|".join(word for word in words.ANDS if not UNSPACED_LETTER.search(word))
_AND = re.compile(rf" (?:{_SPACED_ANDS}) | ?(?:和|及|与|與|และ) ?")
_DASH = re.compile(r" [-–—] ")
_GENERATION = re.compile(r",? (?=(?:Jr|Sr)\.?(?:$|[,;])|I{2,3}$|IV$)")
_IN_BRACKETS = re.compile(r" ?[(（][^()（）]*[)）]")
_BEHIND = re.compile(rf" ?(?:{'|'.join(words.BEHIND_NAMES)})$")
_JOINED = re.compile(r"(?:[,;&]|\b(?:and|und|et|y|e|och|og|en|i)) ?$")


class Line(NamedTuple):
    """What a text on one line says of who wrote the story."""

    #: The people at its beginning.
    people: tuple[str, ...] = ()
    #: What stands in their place where there are none: the text up to the first sign.
    other: str = ""
    #: Whether it begins with a label ("By"), and whether that is one of somebody who helped ("Edited by").
    labelled: bool = False
    helper: bool = False
    #: Whether only what may follow names stands behind them: a date, a role, a place, a paper.
    explained: bool = False
    #: Whether it ends with "and" or a comma.
    joined: bool = False


def people(texts: Iterable[str]) -> list[str]:
    """The names in some texts that tell nothing else, each once, without what stands around them."""
    return each_once(name for text in texts for name in _named[clean(text)[:LONGEST_READ]])


def read_line(text: str) -> Line:
    """What a shown text says of who wrote the story."""
    return _lines[text]


def _names(text: str) -> tuple[str, ...]:
    """The names in metadata: all that a text has, except labels, roles, degrees, addresses and placeholders."""
    parts = list(_parts(without_label(text)))
    names: list[str] = []
    office = False  # what follows a role is its place
    for number, (sign, part) in enumerate(parts):
        ahead = parts[number + 1][1] if number + 1 < len(parts) else ""
        if names and is_office(part):
            office = office or not is_degree(part)
        elif not names or sign != "," or _is_another(part, ahead, names[-1], office=office):
            names += [name] if (name := _told(part)) else []
            office = is_office(part)
    return tuple(names)


def _is_another(part: str, ahead: str, last: str, *, office: bool) -> bool:
    """Whether what stands behind a name and a comma is another one: not the place of a role, nor of the person."""
    if office:
        return is_name(part) and is_office(ahead)
    return " " in part or is_agency(part) or not is_name(last) or is_name(part)


def _parts(text: str) -> Iterator[Part]:
    """The parts of a text without its label; "Last, First" is one part, turned round."""
    parts = _split(_GENERATION.sub(" ", without_helpers(_CONTACT.sub("|", text))))
    start = 0
    for end in range(1, len(parts) + 1):
        if end == len(parts) or parts[end][0] != ",":
            group = parts[start:end]
            turned = _turned(group)
            yield from [(group[0][0], turned)] if turned else group
            start = end


def _split(text: str) -> list[Part]:
    found: list[Part] = []
    at, sign = 0, "&"
    for match in _BETWEEN.finditer(text):
        found += _parted(sign, text[at : match.start()])
        sign = "," if match[0].strip() in (",", "，") else "&"
        at = match.end()
    found += _parted(sign, text[at:])
    told = [(sign, part) for sign, raw in found if (part := without_label(raw).strip(EDGES))]
    singles = [part for _, part in told if " " not in part]
    is_firm = "&" in text and len(told) == PAIR and singles  # "Quay & Sons"
    if is_firm or any(len(key_of(part)) < SHORTEST_WORD for part in singles):
        return [("&", text.strip(EDGES))]
    return told


def _parted(sign: str, text: str) -> list[Part]:
    """A part, or several where each of them is a whole name; a dash behind a whole name is as good as a comma."""
    pieces = _DASH.split(text, maxsplit=MOST_DASHES)
    if len(pieces) > 1 and is_name(bare(pieces[0])):
        return [(sign, pieces[0]), *(("-", piece) for piece in pieces[1:] if kind_of(bare(piece)) == Kind.PERSON)]
    pieces = _AND.split(text)
    if len(pieces) > 1 and all(is_name(bare(piece)) for piece in pieces):
        return [(sign, pieces[0]), *(("&", piece) for piece in pieces[1:])]
    return [(sign, text)]


def _turned(group: Sequence[Part]) -> str:
    """The name that is told last name first: "Halder, Ines"; else ``""``."""
    if len(group) != PAIR:
        return ""
    last, first = (part for _, part in group)
    turned = f"{first} {last}"
    if not (_is_last_name(last) and _is_first_name(first) and all(map(is_name_word, turned.split()))):
        return ""
    no_person = is_office(last) or is_office(first) or kind_of(last) == Kind.ORGANISATION
    return "" if no_person or turned.lower() == turned.upper() else turned


def _is_last_name(text: str) -> bool:
    *particles, last = text.split()
    in_capitals = last.isupper() and len(last) <= LONGEST_INITIALS
    return last[0].isupper() and not in_capitals and all(word.casefold() in words.PARTICLES for word in particles)


def _is_first_name(text: str) -> bool:
    told = text.split()
    abbreviated = text.endswith(".") and len(told[-1]) > FEWEST_NAME_WORDS  # of a place: "AUBURN, Wash."
    return len(told) <= MOST_FIRST_NAMES and not abbreviated


def _told(part: str) -> str:
    """A part of a metadata text as a name; ``""`` for none."""
    text = bare(_IN_BRACKETS.sub("", part)) or bare(part)
    text = _BEHIND.sub("", text) or text
    name, rest = name_at_start(text)
    if not is_name(name) or not (may_follow_name(rest) or is_office(rest)):
        name = text
    return "" if is_nobody(name) else name


def _read(text: str) -> Line:
    if is_credit(text):
        return Line()
    helper = end_of_helper_label(text)
    rest, labelled, short = unlabelled(text[helper:])
    found: list[str] = []
    explained, other, office = True, "", False
    for number, (sign, part) in enumerate(_parts(rest)):
        name, behind = _shown_name(part)
        if name and (number == 0 or (found and not (office and sign == ","))):
            found.append(name)
            explained = explained and may_follow_name(behind)
        elif number == 0:
            other = bare(part)
        office = office or (number > 0 and is_office(part) and not is_degree(part))
    behind_name = bool(found) and _BEHIND.search(bare(rest)) is not None
    return Line(
        people=tuple(found),
        other=other,
        labelled=labelled or behind_name or helper > 0,
        helper=helper > 0 and not labelled,
        explained=explained and not (short and not found),
        joined=_JOINED.search(rest) is not None,
    )


def _shown_name(part: str) -> tuple[str, str]:
    """The person at the beginning of a part of a shown text, and the rest."""
    text = bare(_IN_BRACKETS.sub("", part))
    text = _BEHIND.sub("", text) or text
    name, rest = name_at_start(text)
    return (name, rest) if is_name(name) and kind_of(name) == Kind.PERSON else ("", text)


_lines = Remembered(_read)
_named = Remembered(_names)
