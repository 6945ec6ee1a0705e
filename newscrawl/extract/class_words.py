"""The words that a class or an id is made of, as all that reads them takes them."""

from __future__ import annotations

import re

from newscrawl.extract import boilerplate

#: One of a pattern's alternatives, with groups in groups in it.
_ALTERNATIVE = re.compile(r"(?:[^|()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ABOUT_ANOTHER = re.compile(rf"(?:(?<!\S)(?:{boilerplate.ABOUT_ANOTHER})|[-_]with(?:out)?[-_])\S*")
_NOT_ITSELF = re.compile(f"{_ABOUT_ANOTHER.pattern}|{boilerplate.ABOUT_A_PART}")
#: What such words have in them: these take a fraction of the time, and mostly say no.
_MAY_BE_ABOUT_ANOTHER = re.compile(boilerplate.ABOUT_ANOTHER)
_MAY_BE_ABOUT_A_PART = re.compile(boilerplate.MAY_BE_ABOUT_A_PART)


def words_of(names: str) -> str:
    """A class or an id in lower case, its words apart.

    >>> words_of("articleBody Box")
    'article-body box'
    """
    lower = names.lower()
    return lower if lower == names else _CAMEL.sub("-", names).lower()


def words_about_itself(names: str) -> str:
    """The same less what it says of other elements, or of a part of its own.

    >>> words_about_itself("has-sidebar articleBody")
    ' article-body'
    """
    if _MAY_BE_ABOUT_A_PART.search(names):
        names = _NOT_ITSELF.sub("", names)
    elif _MAY_BE_ABOUT_ANOTHER.search(names):
        names = _ABOUT_ANOTHER.sub("", names)
    return words_of(names)


def naming(words: str) -> re.Pattern[str]:
    """Finds words in what the functions above give; ``words`` is a regular expression.

    Digits may end a word, but what has them inside is a hash:

    >>> bool(naming("ads?").search("ad2")), bool(naming("ads?").search("element-58ad1d2"))
    (True, False)
    """
    return re.compile(rf"(?<![a-z\d])(?:{_by_first_letter(words)})(?![a-z]|\d{{1,4}}[a-z])")


def _by_first_letter(words: str) -> str:
    """The same alternatives, those of one first letter together: all others are then passed over at once.

    >>> _by_first_letter("ads?|banner|also|(?:self-?)?promo")
    'a(?:ds?|lso)|b(?:anner)|(?:self-?)?promo'
    """
    found = _ALTERNATIVE.findall(words)
    others = [word for word in found if not word[0].isalpha()]
    letters = dict.fromkeys(word[0] for word in found if word[0].isalpha())
    rests = {letter: "|".join(word[1:] for word in found if word[0] == letter) for letter in letters}
    return "|".join([*(f"{letter}(?:{rest})" for letter, rest in rests.items()), *others])
