"""Scripts that write no spaces between words."""

from __future__ import annotations

import re

#: Their letters, vowel signs and digits, without punctuation and what is no script's (Yijing's hexagrams, the baht),
#: as the inside of a character class, which regular expressions and SQLite's GLOB write alike.
UNSPACED_ALPHABETS = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59"  # Thai
    "\u0e81-\u0edf"  # Lao
    "\u1000-\u1049\u1050-\u109f"  # Burmese
    "\u1780-\u17d3\u17d7\u17dc-\u17e9"  # Khmer
)
HAN_AND_KANA = (
    "\u3041-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # Han: 々, 〆 and 〇 are letters of it
)
UNSPACED = UNSPACED_ALPHABETS + HAN_AND_KANA
#: One character of them.
UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")
#: One that may be: two ranges are told in half the time of all, and few texts have any.
_MAY_BE_UNSPACED = re.compile("[^\0-\u0e00\u2000-\u2fff]")
_ASCII = bytes(range(128))  # what most of a text is: taking it out takes a third of the time of a pattern


def beyond_ascii(text: str) -> str:
    """The characters of a text that are not ASCII.

    >>> beyond_ascii("Saint-Étienne – “2025”")
    'É–“”'
    """
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


def has_unspaced(text: str) -> bool:
    """Whether a text has a character of such scripts.

    >>> has_unspaced("Saint-Étienne – “2025”"), has_unspaced("東京")
    (False, True)
    """
    others = beyond_ascii(text)
    return _MAY_BE_UNSPACED.search(others) is not None and UNSPACED_LETTER.search(others) is not None


def unspaced(text: str) -> int:
    """How many characters of a text belong to such scripts.

    >>> unspaced("東京 2025")
    2
    """
    return len(UNSPACED_LETTER.findall(text))
