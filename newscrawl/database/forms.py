"""The forms in which words are searched: stemmed by the language of the article, and with letters folded.

SQLite's tokenizer stems English and folds accents. What it cannot do is put beside the texts in a column of its own:
the stems of other languages (Snowball, https://snowballstem.org), letters that are no accented ones (ß, đ, ı, ё), and
traditional Chinese in simplified characters, where OpenCC is installed (the extra ``search``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from newscrawl.database.letters import separated
from newscrawl.text.words import WORD

#: Snowball's stemmers by the language's code (ISO 639). English is stemmed by SQLite.
STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "eo": "esperanto",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
#: Letters that readers write without the sign that they have, but that are no letter with an accent to Unicode.
FOLDED = {
    "ß": "ss", "đ": "d", "ð": "d", "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ё": "е",
}  # fmt: skip
_FOLDED = str.maketrans(FOLDED)
_HAS_FOLDED = frozenset(FOLDED)
#: Turkish has two letters i.
_TURKISH_SMALL = str.maketrans({"I": "ı", "İ": "i"})
_CHINESE = ("zh", "yue")
_ACCENT = re.compile("[\u0300-\u036f]")


def fold(text: str) -> str:
    """A text in small letters, each of :data:`FOLDED` as it is written without its sign.

    >>> fold("Straße in Đà Nẵng")
    'strasse in dà nẵng'
    """
    return unicodedata.normalize("NFC", text.replace("İ", "i").lower()).translate(_FOLDED)


def without_accents(text: str) -> str:
    """A folded text without accents of Latin, Greek and Cyrillic letters.

    >>> without_accents("nẵng")
    'nang'
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", text)))


def language_of(tag: str | None) -> str:
    """The language of a BCP 47 tag, ``""`` where there is none.

    >>> language_of("pt-BR")
    'pt'
    """
    return (tag or "").replace("_", "-").partition("-")[0].lower()


def forms_of(texts: Iterable[str | None], tag: str | None) -> str | None:
    """What is searched besides some texts of an article in a language (BCP 47); ``None`` where that is nothing.

    >>> forms_of(["Die Häuser"], "de")
    'die0de haus0de'
    """
    text = "\n".join(filter(None, texts))
    language = language_of(tag)
    found = []
    if language in STEMMERS:
        found.append(" ".join(stemmed(word, language) for word in WORD.findall(text)))
    if language in _CHINESE and (simplified := in_simplified(text)) != text:
        found.append(separated(simplified))
    if not text.isascii() and not _HAS_FOLDED.isdisjoint(small := text.lower()):
        found.append(" ".join(fold(word) for word in WORD.findall(small) if not _HAS_FOLDED.isdisjoint(word)))
    return "\n".join(found) or None


@lru_cache(maxsize=100_000)
def stemmed(word: str, language: str) -> str:
    """A word's stem, with a mark behind it: another language's words are other words, and SQLite stems it no further.

    >>> stemmed("Häuser", "de")
    'haus0de'
    """
    small = (word.translate(_TURKISH_SMALL) if language == "tr" else word).lower()
    return f"{fold(_stemmer(STEMMERS[language]).stemWord(small.replace('ё', 'е')))}0{language}"


def stems(word: str) -> list[str]:
    """What a word may be in :func:`forms_of`, whichever the language is."""
    return [stemmed(word, language) for language in STEMMERS]


@cache
def _stemmer(name: str) -> Any:
    import snowballstemmer  # 3 MB, which a crawl does not need

    return snowballstemmer.stemmer(name)


def in_simplified(text: str) -> str:
    """A Chinese text in simplified characters; as it is where OpenCC is not installed."""
    converter = _converter()
    return text if converter is None or text.isascii() else str(converter.convert(text))


@cache
def _converter() -> Any:
    try:
        from opencc import OpenCC
    except ImportError:
        return None
    return OpenCC("t2s")
