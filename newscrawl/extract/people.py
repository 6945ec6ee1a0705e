"""Names of people, as texts on one line tell them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import takewhile
from typing import NamedTuple

from newscrawl.bounded import Remembered
from newscrawl.extract import byline_words as words
from newscrawl.text.scripts import UNSPACED, UNSPACED_LETTER
from newscrawl.text.spaces import clean
from newscrawl.text.words import key_of

FEWEST_NAME_WORDS, MOST_NAME_WORDS = 2, 6  # of a person's name, particles and initials among them
SHORTEST_UNSPACED, LONGEST_UNSPACED = 2, 8  # characters of a name in a script without spaces
SHORTEST_WORD = 2  # letters of the shortest name of one word
MOST_LABELS = 3  # in front of one name: "By: Written by"
LONGEST_ABBREVIATION = 3  # characters, with its full stop
MOST_BARE_WORDS = 4  # of a name that nothing but its place speaks for
LONGEST_READ = 600  # characters of a text in which names are looked for


class Kind(IntEnum):
    """What a name is of; a higher one says more of who wrote the story."""

    HOUSE = 0  # a publication, a desk, an agency, a company
    LOGIN = 1  # "ihalder"
    SINGLE = 2  # one word: a first name, a pen name
    PERSON = 3


class Line(NamedTuple):
    """What a text on one line says of who wrote the story."""

    #: Whether it begins with a label ("By"), and whether that is of somebody who helped ("Edited by").
    labelled: bool
    helper: bool
    #: The people at its beginning.
    people: list[str]
    #: What stands in their place where there are none: the text up to the first sign.
    other: str
    #: Whether nothing stands behind the names but what may: a date, a role, a place, a paper.
    explained: bool
    #: Whether the names begin the text that is left without its label, and whether it ends with "and" or a comma.
    joined: bool


def _alternatives(texts: Iterable[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(set(texts), key=len, reverse=True))


def _listed(*tables: dict[str, tuple[str, ...]]) -> list[str]:
    return [text for table in tables for texts in table.values() for text in texts]


# All these are for text on one line, in which spaces are single.
_END = rf"(?![^\W_](?<![{UNSPACED}]))"  # of a word, where the script has any
_COLON = r" ?[:：/／|｜＝=•▪] ?"
_SPACED = [text for text in _listed(words.LABELS) if not UNSPACED_LETTER.search(text)]
_UNSPACED = [text for text in _listed(words.LABELS) if UNSPACED_LETTER.search(text)]
_BEFORE = r"^[\s\W]{0,5}"
_LABEL = re.compile(
    rf"{_BEFORE}(?:(?:{_alternatives(_SPACED)})(?![^\W_])(?:{_COLON}| ?[-–—] | |$)"
    rf"|(?:{_alternatives(_UNSPACED)})(?:{_COLON}| |[・·] ?|$)|โดย ?)",
    re.IGNORECASE,
)
_WRITER = re.compile(
    rf"{_BEFORE}(?:{_alternatives(_listed(words.WRITERS))})(?![^\W_])({_COLON}| ?[-–—] | |$)", re.IGNORECASE
)
_SHORT = re.compile(
    rf"{_BEFORE}(?:{_alternatives(text for word in words.SHORT_LABELS for text in (word, word.title(), word.upper()))}) ?[:：]? (?=\S)"
)
_HELPER = re.compile(
    rf"{_BEFORE}(?:{_alternatives(words.SECOND_LABELS)})(?![^\W_](?<![{UNSPACED}]))(?:{_COLON}| |$)", re.IGNORECASE
)
_HELPER_INSIDE = re.compile(
    rf"[ .,;|•·(](?:{_alternatives(text for text in (*words.SECOND_LABELS, *words.CREDITS) if text.endswith(' by'))}) .*",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    rf"{_BEFORE}(?:{_alternatives(words.CREDITS)})(?![^\W_](?<![{UNSPACED}]))(?:{_COLON}| |$)", re.IGNORECASE
)
#: A text's first word, and which words and characters labels begin with.
_FIRST = re.compile(r"[^\W_]+")
_ALL_LABELS = [*_listed(words.LABELS, words.WRITERS), *words.SECOND_LABELS, *words.CREDITS, *words.SHORT_LABELS]
_FIRST_WORDS = frozenset(match[0].casefold() for text in _ALL_LABELS if (match := _FIRST.search(text)))
_FIRST_CHARACTERS = frozenset(text[0] for text in _ALL_LABELS if UNSPACED_LETTER.match(text))
#: "Posted on 3 September 2025 by": a date in front of a label.
_DATE_BEFORE_LABEL = re.compile(
    r"^[^\d]{0,40}\d[^()]{0,60}?[ \d](?:by|von|par|por|door|av|af|da|di|oleh|przez)[ :]", re.IGNORECASE
)
_CONTACT = re.compile(r"\(?(?:https?://\S+|www\.\S+|(?<![^\s()|,;])[^\s()|,;@]+@[^\s()|,;]+|(?<!\S)@ ?[^\s()|,;]+)\)?")
#: What parts names in one text: always, and where there is a whole name on both sides.
_BETWEEN = re.compile(
    r" ?[,;] ?(?:and|&|und|et|y|e|og|och|en|ve|και|и) | ?[,;|•⋅、，；｜] ?| ?(?:&| / |／) ?| · |(?<=[가-힣])[·/](?=[가-힣])| (?:and|AND|with) "
)
_ANDS = re.compile(
    rf" (?:{_alternatives(word for word in words.ANDS if not UNSPACED_LETTER.search(word))}) | ?(?:和|及|与|與|และ) ?"
)
_DASH = re.compile(r" [-–—] ")
_PERSONAL_TAIL = re.compile(r",? (?=(?:Jr|Sr)\.?(?:$|[,;])|I{2,3}$|IV$)")
_AROUND = ' ,;:|/–—-·•⋅"“”„«»‘*()[]<>'
_EDGES = ' ,;:|/–—-·•⋅"“”„«»'
_IN_BRACKETS = re.compile(r" ?[(（][^()（）]*[)）]")
_BEHIND = re.compile(rf" ?(?:{_alternatives(words.BEHIND_NAMES)})$")
_NO_NAME = re.compile(r"https?:|www\.|\S@\S|^@|^\W*$|^\d+$|\{\{|^%|^\$|[<>]", re.IGNORECASE)
_UNNAMED = re.compile(
    r"(?:our|staff|special)(?: own| staff| special)? (?:correspondent|reporter|writer)s?", re.IGNORECASE
)
AGENCY = re.compile(rf"(?:{words.AGENCY_NAMES})", re.IGNORECASE)
_ROLES, _ORGANISATIONS = frozenset(words.ROLES), frozenset(words.ORGANISATIONS)
_LINKS, _TAILS = frozenset(words.LINK_WORDS), frozenset(words.TAIL_WORDS)
_HEADLINES = frozenset(words.HEADLINE_WORDS)
_PLACEHOLDERS = frozenset(key_of(text) for text in words.PLACEHOLDERS)
_UNSPACED_HOUSE = re.compile(
    _alternatives(t for t in words.ORGANISATIONS if UNSPACED_LETTER.search(t) or "가" <= t[0] <= "힣") + "$"
)
_LOGIN = re.compile(r"[a-z][\w.-]*|[\w.-]{0,40}[\d_][\w.-]*|[A-Z]?[a-z]+[A-Z]\w*|\w+\.\w[\w.]*")
_HANGUL = re.compile(r"[가-힣]{2,4}")
_WORD_SIGNS = set(".'’ʼ‘`-‐·‧・")


def _bare(text: str) -> str:
    """A text without the signs around it; the full stop of an initial or of "Jr." is none of them."""
    text = text.strip(_AROUND)
    if text.endswith(".") and len(text.rsplit(" ", 1)[-1]) > LONGEST_ABBREVIATION:
        text = text.rstrip("." + _AROUND)
    return text.lstrip("." + _AROUND)


def people(texts: Iterable[str]) -> list[str]:
    """The names in some texts that tell nothing else, each once, without what stands around them."""
    found: dict[str, str] = {}
    for text in texts:
        for name in _told_names[clean(text)[:LONGEST_READ]]:
            found.setdefault(name.casefold(), name)
    return list(found.values())


def _names(text: str) -> list[str]:
    """The names in metadata: whatever a text has is one, but for labels, roles, degrees, addresses and placeholders."""
    text = _HELPER_INSIDE.sub("", _CONTACT.sub("|", without_label(text)))
    text = _PERSONAL_TAIL.sub(" ", text)
    parts = [part for group in _groups(text) for part in group]
    names: list[str] = []
    office = False  # what follows a role is its place
    for number, (sign, part) in enumerate(parts):
        if is_office(part):
            office = office or not is_degree(part)
            if names:
                continue
        ahead = parts[number + 1][1] if number + 1 < len(parts) else ""
        if names and sign == "," and not _is_another(part, ahead, names, office=office):
            continue
        if name := _told(part):
            names.append(name)
            office = is_office(part)
    return names


def _is_another(part: str, ahead: str, names: Sequence[str], *, office: bool) -> bool:
    """Whether what stands behind a name and a comma is another one: not the place of a role, nor of the person."""
    if office:
        return is_name(part) and is_office(ahead)
    return " " in part or is_agency(part) or not is_name(names[-1]) or is_name(part)


def _groups(text: str) -> Iterator[list[tuple[str, str]]]:
    """The parts of a text, those that commas join together, each with the sign before it; "Last, First" is one part."""
    parts = _split(text)
    start = 0
    for end in range(1, len(parts) + 1):
        if end == len(parts) or parts[end][0] != ",":
            group = parts[start:end]
            turned = _turned(group)
            yield [(group[0][0], turned)] if turned else group
            start = end


def _split(text: str) -> list[tuple[str, str]]:
    """The parts of a text, each with the sign before it: a comma, or "&" for all that joins two people."""
    found: list[tuple[str, str]] = []
    at, sign = 0, "&"
    for match in _BETWEEN.finditer(text):
        found += _parted(sign, text[at : match.start()])
        sign = "," if match[0].strip() in (",", "，") else "&"
        at = match.end()
    found += _parted(sign, text[at:])
    told = [(sign, bare) for sign, part in found if (bare := without_label(part).strip(_EDGES))]
    singles = [part for _, part in told if " " not in part]
    if any(len(key_of(part)) < SHORTEST_WORD for part in singles) or _is_firm(text, told):
        return [("&", text.strip(_EDGES))]
    return told


def _is_firm(text: str, parts: Sequence[tuple[str, str]]) -> bool:
    """Whether "&" stands between words that are no whole names: "Quay & Sons"."""
    return "&" in text and len(parts) == 2 and any(" " not in part for _, part in parts)  # noqa: PLR2004


def _parted(sign: str, text: str) -> list[tuple[str, str]]:
    """A part, or several where each of them is a whole name; a dash behind a whole name is as good as a comma."""
    pieces = _DASH.split(text, maxsplit=4)
    if len(pieces) > 1 and is_name(_bare(pieces[0])):
        return [(sign, pieces[0]), *(("-", piece) for piece in pieces[1:] if kind_of(_bare(piece)) == Kind.PERSON)]
    pieces = _ANDS.split(text)
    if len(pieces) > 1 and all(is_name(_bare(piece)) for piece in pieces):
        return [(sign, pieces[0]), *(("&", piece) for piece in pieces[1:])]
    return [(sign, text)]


def _turned(group: Sequence[tuple[str, str]]) -> str:
    """The name that is told last name first: "Halder, Ines"; else ``""``."""
    if len(group) != 2:  # noqa: PLR2004
        return ""
    last, first = (part for _, part in group)
    if not _is_last_name(last) or len(first.split()) > 2 or not _is_cased_name(f"{first} {last}"):  # noqa: PLR2004
        return ""
    abbreviated = first.endswith(".") and len(first.split()[-1]) > FEWEST_NAME_WORDS  # "AUBURN, Wash."
    return "" if abbreviated or any(map(is_office, (last, first))) or kind_of(last) == Kind.HOUSE else f"{first} {last}"


def _is_last_name(text: str) -> bool:
    *particles, last = text.split()
    capitals = last.isupper() and len(last) <= 4  # noqa: PLR2004
    return all(word.casefold() in words.PARTICLES for word in particles) and not capitals and last[0].isupper()


def _is_cased_name(text: str) -> bool:
    return all(_is_name_word(word) for word in text.split()) and text.lower() != text.upper()


def _told(part: str) -> str:
    """A part of a metadata text as a name; ``""`` for none."""
    bare = _bare(_IN_BRACKETS.sub("", part)) or _bare(part)
    bare = _BEHIND.sub("", bare) or bare
    name, rest = _name_at_start(bare)
    if name and rest and rest.split()[0].casefold() not in _TAILS and not is_office(rest):
        name = ""
    name = name or bare
    return "" if _NO_NAME.search(name) or key_of(name) in _PLACEHOLDERS else name


def without_label(text: str) -> str:
    """A text without the labels at its beginning."""
    return _label(text)[0]


def _label(text: str) -> tuple[str, bool, bool]:
    """A text without its labels, whether it had one, and whether that was a short one, which may be a word of prose."""
    labelled = short = False
    for _ in range(MOST_LABELS):
        if not _may_begin(text):
            break
        if (match := _LABEL.match(text) or _DATE_BEFORE_LABEL.match(text)) or ((match := _WRITER.match(text)) and (
            match[1].strip() or not text[match.end() :] or _starts_name(text, match)
        )):
            text, labelled = text[match.end() :], True
        elif (match := _SHORT.match(text)) and _is_whole(text[match.end() :]):
            text, labelled, short = text[match.end() :], True, not labelled
        else:
            break
    return text, labelled, short


def _is_whole(text: str) -> bool:
    """Whether a text begins with a whole name, or is an agency's."""
    return (not text[0].islower() and is_name(_name_at_start(text)[0])) or is_agency(text)


def _may_begin(text: str) -> bool:
    """Whether a text may begin with a label, by its first word or character: the patterns of all labels take longer."""
    first = _FIRST.search(text)
    if first is None:
        return False
    return (
        first[0].casefold() in _FIRST_WORDS
        or first[0][0] in _FIRST_CHARACTERS
        or _DATE_BEFORE_LABEL.match(text) is not None
    )


def _starts_name(text: str, label: re.Match[str]) -> bool:
    """Whether behind a noun without a colon a name begins: "Author Ines Halder", not "Author of a book"."""
    rest = text[label.end() :]
    single = label[0].strip().casefold().startswith(("aut", "авт")) and " " not in rest and _is_name_word(rest)
    return bool(_name_at_start(rest)[0]) or (single and rest[0].isupper())


def is_label(text: str) -> bool:
    """Whether a text is a label alone."""
    rest, labelled, _ = _label(text)
    return (labelled and not rest.strip(_AROUND)) or text.strip(_AROUND).casefold() in words.SHORT_LABELS


def is_helper_label(text: str) -> bool:
    """Whether a text ends with a label of somebody who helped: "Reviewed by"."""
    match = _HELPER.match(text) if _may_begin(text) else None
    return match is not None and not text[match.end() :].strip(_AROUND)


def read_line(text: str) -> Line:
    """What a shown text says of who wrote the story."""
    return _lines[text]


def is_credit(text: str) -> bool:
    """Whether a text begins with the label of a picture, a source or a sponsor."""
    return _may_begin(text) and _CREDIT.match(text) is not None


def _read(text: str) -> Line:
    if is_credit(text):
        return Line(labelled=False, helper=False, people=[], other="", explained=False, joined=False)
    helper = _HELPER.match(text) if _may_begin(text) else None
    rest, labelled, short = _label(text[helper.end() :] if helper else text)
    bare = _PERSONAL_TAIL.sub(" ", _HELPER_INSIDE.sub("", _CONTACT.sub("|", rest)))
    found: list[str] = []
    explained, other, office = True, "", False
    for number, (sign, part) in enumerate(part for group in _groups(bare) for part in group):
        name, behind = _shown_name(part)
        if name and (number == 0 or (found and not (office and sign == ","))):
            found.append(name)
            explained = explained and _is_explained(behind)
        elif number == 0:
            other = _bare(part)
        elif is_office(part) and not is_degree(part):
            office = True
    labelled = labelled or (bool(found) and _BEHIND.search(_bare(bare)) is not None)
    joined = re.search(r"(?:[,;&]|\b(?:and|und|et|y|e|och|og|en|i)) ?$", rest) is not None
    return Line(
        labelled or helper is not None,
        helper is not None and not labelled,
        found,
        other,
        explained and not (short and not found),
        joined,
    )


def _shown_name(part: str) -> tuple[str, str]:
    """The person at the beginning of a part of a shown text, and the rest."""
    bare = _bare(_IN_BRACKETS.sub("", part))
    bare = _BEHIND.sub("", bare) or bare
    name, rest = _name_at_start(bare)
    return ("", bare) if not is_name(name) or kind_of(name) != Kind.PERSON else (name, rest)


def _is_explained(rest: str) -> bool:
    """Whether what follows a name in a line may follow one: nothing, a figure, or a word of some."""
    first = rest.split(maxsplit=1)[0] if rest else ""
    return not first or not first[0].isalpha() or first.casefold() in _TAILS | _LINKS | _ROLES


def _name_at_start(text: str) -> tuple[str, str]:
    """The whole name that a text begins with, and the rest; no name is ``""``."""
    told = text.split()
    length = sum(1 for _ in takewhile(_is_name_word, told[: MOST_NAME_WORDS + 1]))
    for number in range(FEWEST_NAME_WORDS, length):
        word = told[number].casefold().strip(".")
        capitals = told[0].isupper() and told[1].isupper() and len(told[1]) > FEWEST_NAME_WORDS
        if (
            word in _LINKS
            or (word in _ROLES and word not in _ORGANISATIONS)
            or (word in _TAILS and word not in words.PARTICLES)
            or (capitals and not told[number].isupper())
        ):
            length = number
            break
    if FEWEST_NAME_WORDS < length < len(told) and told[length][0].isdigit():
        length -= 1  # the month before a day
    while length > FEWEST_NAME_WORDS and _is_degree_behind(told, length):
        length -= 1
    while length and told[length - 1][0].islower():
        length -= 1
    if FEWEST_NAME_WORDS <= length <= MOST_NAME_WORDS:
        return " ".join(told[:length]), " ".join(told[length:])
    if told and _is_unspaced_name(told[0]) and length == 1:
        return told[0], " ".join(told[1:])
    return "", text


def _is_degree_behind(told: Sequence[str], length: int) -> bool:
    """Whether the last word of a name is a degree, written so that it can be told from a name: "PhD", "M.D."."""
    word = told[length - 1]
    signs = "." in word[:-1] or (word[1:] != word[1:].lower() and not told[0].isupper())
    return signs and is_degree(word) and word.casefold().strip(".") not in ("jr", "sr", "ii", "iii", "iv")


def _is_name_word(word: str) -> bool:
    """Whether a word may be one of a name: letters, the first of them no small one unless it is a particle."""
    if not word.isalpha() and not all(
        c.isalpha() or c in _WORD_SIGNS or unicodedata.category(c)[0] == "M" for c in word
    ):
        return False
    first = next((c for c in word if c.isalpha()), "")
    return first != "" and (
        not first.islower() or word in words.PARTICLES or word[:2] in ("d'", "d’", "l'", "l’", "al", "el")
    )


def _is_unspaced_name(text: str) -> bool:
    if _HANGUL.fullmatch(text):
        return _UNSPACED_HOUSE.search(text) is None
    letters = len(UNSPACED_LETTER.findall(text))
    return (
        SHORTEST_UNSPACED <= letters <= LONGEST_UNSPACED
        and all(c.isalpha() or c in _WORD_SIGNS or unicodedata.category(c)[0] == "M" for c in text)
        and _UNSPACED_HOUSE.search(text) is None
    )


def is_degree(text: str) -> bool:
    """Whether a text is a degree or a membership, as they stand behind names."""
    return all(re.sub(r"[\W_]", "", word).casefold() in words.DEGREES for word in text.split() or [""])


def is_office(text: str) -> bool:
    """Whether what follows a name tells what that person is or does."""
    told = text.casefold().split()
    if is_degree(text) or any(word.strip(".,") in _ROLES for word in told):
        return True
    return len(told) > 1 and any(word.islower() and word not in words.PARTICLES for word in text.split())


def is_agency(text: str) -> bool:
    """Whether a text is the name of a news agency, or of a correspondent without a name."""
    return bool(AGENCY.fullmatch(text) or _UNNAMED.fullmatch(text))


def kind_of(name: str) -> Kind:
    """What a name is of, as far as its words tell."""
    told = [word.strip(".,").casefold() for word in name.split()]
    if is_agency(name) or not _ORGANISATIONS.isdisjoint(told) or not _ROLES.isdisjoint(told):
        return Kind.HOUSE
    if is_name(name):
        return Kind.PERSON
    if len(told) > 1:
        return Kind.HOUSE
    if _UNSPACED_HOUSE.search(name):
        return Kind.HOUSE
    return Kind.LOGIN if _LOGIN.fullmatch(name) else Kind.SINGLE


def is_name(text: str) -> bool:
    """Whether a text looks like a person's name: two to six words, each with a capital unless a particle."""
    told = text.split()
    if len(told) == 1 and _is_unspaced_name(text):
        return True
    if not FEWEST_NAME_WORDS <= len(told) <= MOST_NAME_WORDS or not all(map(_is_name_word, told)):
        return False
    folded = {word.casefold().strip(".") for word in told}
    if len(told[-1].strip(".")) < SHORTEST_WORD and told[-1].lower() != told[-1].upper():
        return False
    return told[-1][0] in "'’" or (
        not told[-1][0].islower() and _ROLES.isdisjoint(folded) and _LINKS.isdisjoint(folded)
    )


def is_common(word: str) -> bool:
    """Whether a word is one of links, counters and labels."""
    return word.strip(_AROUND).casefold() in _LINKS | _HEADLINES or key_of(word) in _PLACEHOLDERS


def has_role(text: str) -> bool:
    """Whether a text tells a role: "Senior Editor"."""
    return any(word.strip(".,") in _ROLES for word in text.casefold().split())


def is_bare_name(text: str) -> bool:
    """Whether a text looks like a person's name even where nothing but its place speaks for that."""
    told = text.split()
    if len(told) > MOST_BARE_WORDS or UNSPACED_LETTER.search(text) or text.lower() == text.upper() or not is_name(text):
        return False
    if (
        kind_of(text) != Kind.PERSON
        or told[0].islower()
        or any(word.endswith(("'s", "’s", "s'", "s’")) for word in told)
    ):
        return False
    return _HEADLINES.isdisjoint(word.casefold() for word in told)


_lines = Remembered(_read)
_told_names = Remembered(_names)
