"""What a name is of: a person, an organisation, a login; and where a person's name ends in a text on one line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from itertools import takewhile

from newscrawl.extract import byline_words as words
from newscrawl.text.scripts import UNSPACED_LETTER
from newscrawl.text.words import key_of

FEWEST_NAME_WORDS, MOST_NAME_WORDS = 2, 6  # of a person's name, particles and initials among them
MOST_BARE_WORDS = 4  # of a name that nothing but its place speaks for
SHORTEST_UNSPACED, LONGEST_UNSPACED = 2, 8  # characters of a name in a script without spaces
SHORTEST_WORD = 2  # letters of the last word of a name
SHORTEST_CAPITALS = 3  # letters of a second word in capitals that tells a name written so: "ANN LEE", not "Ann T."
LONGEST_ABBREVIATION = 3  # characters, with its full stop: "Jr."
#: Signs around a name that are no part of it, and those that parts of a list may have around them.
AROUND = ' ,;:|/–—-·•⋅"“”„«»‘*()[]<>'
EDGES = ' ,;:|/–—-·•⋅"“”„«»'

_ROLES, _ORGANISATIONS = frozenset(words.ROLES), frozenset(words.ORGANISATIONS)
_LINKS, _HEADLINES = frozenset(words.LINK_WORDS), frozenset(words.HEADLINE_WORDS)
_TAILS = frozenset(words.TAIL_WORDS)
#: Words that are no part of a name that has two words already; those of organisations make it one of these.
_COMMON = _LINKS | _HEADLINES
_MAY_FOLLOW = _TAILS | _LINKS | _ROLES
_BEHIND_NAMES = (_LINKS | _ROLES) - _ORGANISATIONS | _TAILS - words.PARTICLES
_PLACEHOLDERS = frozenset(key_of(text) for text in words.PLACEHOLDERS)
_TEAMS = frozenset(words.TEAMS)
_AGENCY = re.compile(rf"(?:{words.AGENCY_NAMES})", re.IGNORECASE)
_UNNAMED = re.compile(
    r"(?:our|staff|special)(?: own| staff| special)? (?:correspondent|reporter|writer)s?", re.IGNORECASE
)
#: The end of an organisation's name in a script that writes it without spaces.
_UNSPACED_ORGANISATION = re.compile(
    f"(?:{'|'.join(text for text in words.ORGANISATIONS if UNSPACED_LETTER.search(text) or '가' <= text[0] <= '힣')})$"
)
_LOGIN = re.compile(r"[a-z][\w.-]*|[\w.-]{0,40}[\d_][\w.-]*|[A-Z]?[a-z]+[A-Z]\w*|\w+\.\w[\w.]*")
_HANGUL = re.compile(r"[가-힣]{2,4}")
_SIGNS_IN_WORDS = frozenset(".'’ʼ‘`-‐·‧・")
_SMALL_BEGINNINGS = ("d'", "d’", "l'", "l’", "al", "el")
_NO_FIRST_WORDS = ("the", "our")  # of a person's name: "The Ledger"
_OWNING = ("'s", "’s", "s'", "s’")
_GENERATIONS = ("jr", "sr", "ii", "iii", "iv")
_NO_NAME = re.compile(r"https?:|www\.|\S@\S|^@|^\W*$|^\d+$|\{\{|^%|^\$|[<>]", re.IGNORECASE)


class Kind(IntEnum):
    """What a name is of; a higher one says more of who wrote the story."""

    ORGANISATION = 0  # a publication, a desk, an agency, a company
    LOGIN = 1  # "ihalder"
    SINGLE = 2  # one word: a first name, a pen name
    PERSON = 3


def kind_of(name: str) -> Kind:
    """What a name is of, as far as its words tell.

    >>> [kind_of(name).name for name in ("Ann Lee", "Ann", "alee", "Maro Press Group")]
    ['PERSON', 'SINGLE', 'LOGIN', 'ORGANISATION']
    """
    told = {word.strip(".,").casefold() for word in name.split()}
    if is_agency(name) or not _ORGANISATIONS.isdisjoint(told) or not _ROLES.isdisjoint(told):
        return Kind.ORGANISATION
    if is_name(name):
        return Kind.PERSON
    if len(told) > 1 or _UNSPACED_ORGANISATION.search(name):
        return Kind.ORGANISATION
    return Kind.LOGIN if _LOGIN.fullmatch(name) else Kind.SINGLE


def bare(text: str) -> str:
    """A text without the signs around it; the full stop of an initial or of "Jr." is none of them."""
    text = text.strip(AROUND)
    if text.endswith(".") and len(text.rsplit(" ", 1)[-1]) > LONGEST_ABBREVIATION:
        text = text.rstrip("." + AROUND)
    return text.lstrip("." + AROUND)


def is_name(text: str) -> bool:
    """Whether a text looks like a person's name: two to six words, each with a capital unless a particle.

    In scripts without capitals any words may be one, in those without spaces a few characters.
    """
    told = text.split()
    if len(told) == 1 and _is_unspaced_name(text):
        return True
    if not FEWEST_NAME_WORDS <= len(told) <= MOST_NAME_WORDS or not all(map(is_name_word, told)):
        return False
    last = told[-1]
    if last[0].islower() or (len(last.strip(".")) < SHORTEST_WORD and last.lower() != last.upper()):
        return False
    folded = {word.casefold().strip(".") for word in told}
    return told[0].casefold() not in _NO_FIRST_WORDS and _ROLES.isdisjoint(folded) and _LINKS.isdisjoint(folded)


def is_bare_name(text: str) -> bool:
    """Whether a text looks like a person's name even where nothing but its place speaks for that."""
    told = text.split()
    if len(told) > MOST_BARE_WORDS or UNSPACED_LETTER.search(text) or text.lower() == text.upper():
        return False
    if not is_name(text) or kind_of(text) != Kind.PERSON or told[0].islower():
        return False
    return not any(word.endswith(_OWNING) or word.casefold() in _HEADLINES for word in told)


def is_name_word(word: str) -> bool:
    """Whether a word may be one of a name: letters, the first no small one unless it is a particle."""
    if not _is_of_letters(word):
        return False
    first = next((c for c in word if c.isalpha()), "")
    small = first.islower() and word not in words.PARTICLES and not word.startswith(_SMALL_BEGINNINGS)
    return first != "" and not small


def _is_of_letters(text: str) -> bool:
    """Whether a text has only letters, vowel signs and what joins them."""
    return text.isalpha() or all(
        c.isalpha() or c in _SIGNS_IN_WORDS or unicodedata.category(c).startswith("M") for c in text
    )


def _is_unspaced_name(text: str) -> bool:
    """Whether a text is a name in a script that writes none of its names with spaces, or may do without."""
    if _UNSPACED_ORGANISATION.search(text):
        return False
    if _HANGUL.fullmatch(text):
        return True
    return SHORTEST_UNSPACED <= len(UNSPACED_LETTER.findall(text)) <= LONGEST_UNSPACED and _is_of_letters(text)


def name_at_start(text: str) -> tuple[str, str]:
    """The whole name that a text begins with, and the rest; ``""`` for no name.

    >>> name_at_start("Ann Lee in Maro")
    ('Ann Lee', 'in Maro')
    """
    told = text.split()
    length = sum(1 for _ in takewhile(is_name_word, told[: MOST_NAME_WORDS + 1]))
    if length and _is_unspaced_name(told[0]) and (length == 1 or told[1] in words.UNSPACED_TAILS):
        return told[0], " ".join(told[1:])
    length = _length_of_name(told, length)
    if FEWEST_NAME_WORDS <= length <= MOST_NAME_WORDS:
        return " ".join(told[:length]), " ".join(told[length:])
    return "", text


def _length_of_name(told: Sequence[str], length: int) -> int:
    """How many of some words that may be a name's are one: not a word of the line's, a month, a degree behind it."""
    length = next((n for n in range(FEWEST_NAME_WORDS, length) if _ends_name(told, n)), length)
    if FEWEST_NAME_WORDS < length < len(told) and told[length][0].isdigit():
        length -= 1  # the month before a day
    while length > FEWEST_NAME_WORDS and _is_degree_behind(told[length - 1], told[0]):
        length -= 1
    while length and told[length - 1][0].islower():
        length -= 1
    return length


def _ends_name(told: Sequence[str], number: int) -> bool:
    """Whether a word stands behind the name before it: a role, a link's word, small letters behind capitals."""
    word = told[number].casefold().strip(".")
    if word in _BEHIND_NAMES:
        return True
    in_capitals = told[0].isupper() and told[1].isupper() and len(told[1]) >= SHORTEST_CAPITALS
    return in_capitals and not told[number].isupper()


def _is_degree_behind(word: str, first: str) -> bool:
    """Whether the last word of a name is a degree, written so that it can be told from a name: "PhD", "M.D."."""
    signs = "." in word[:-1] or (word[1:] != word[1:].lower() and not first.isupper())
    return signs and is_degree(word) and word.casefold().strip(".") not in _GENERATIONS


def may_follow_name(rest: str) -> bool:
    """Whether what follows a name in a line may follow one: nothing, a figure, or one of some words."""
    first = rest.split(maxsplit=1)[0] if rest else ""
    return not first or not first[0].isalpha() or first.casefold() in _MAY_FOLLOW


def is_degree(text: str) -> bool:
    """Whether a text is a degree or a membership, as they stand behind names: "PhD", "M.D."."""
    return all(re.sub(r"[\W_]", "", word).casefold() in words.DEGREES for word in text.split() or [""])


def is_office(text: str) -> bool:
    """Whether what follows a name tells what that person is or does."""
    if is_degree(text) or has_role(text):
        return True
    told = text.split()
    return len(told) > 1 and any(word.islower() and word not in words.PARTICLES for word in told)


def has_role(text: str) -> bool:
    """Whether a text tells a role: "Senior Editor"."""
    return any(word.strip(".,") in _ROLES for word in text.casefold().split())


def is_agency(text: str) -> bool:
    """Whether a text is the name of a news agency, or of a correspondent without a name."""
    return bool(_AGENCY.fullmatch(text) or _UNNAMED.fullmatch(text))


def is_team(text: str) -> bool:
    """Whether a text is what people who write together are called: "The Ledger Editors"."""
    told = text.split()
    return told[-1].casefold() in _TEAMS and any(word[0].isupper() for word in told)


def is_common(word: str) -> bool:
    """Whether a word is one of links, counters and labels."""
    return word.strip(AROUND).casefold() in _COMMON or is_nobody(word)


def is_nobody(text: str) -> bool:
    """Whether a text stands where an author is missing, or is an address."""
    return _NO_NAME.search(text) is not None or key_of(text) in _PLACEHOLDERS
