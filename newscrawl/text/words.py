"""Words, and texts reduced to what must be the same of two that are worded alike."""

from __future__ import annotations

import re

#: Punctuation and signs, as the inside of a character class.
PUNCTUATION = r"!-/:-@\[-`{-¿\u2000-\u206f\u3000-\u3004\u3008-\u303f،؛؟۔։।॥။។።"
#: What stands between spaces and punctuation. Python's ``\\w`` would part a word at the vowel signs of Indian scripts.
WORD = re.compile(rf"[^\s{PUNCTUATION}]+")
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")
#: The same of ASCII, and what makes its letters small: bytes are gone through in a twentieth of a pattern's time.
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_SMALL = bytes(range(256)).lower()


def key_of(text: str) -> str:
    """Letters and digits of a text, for comparing.

    >>> key_of("The Maro Ledger – News")
    'themaroledgernews'
    """
    if text.isascii():
        return text.encode("ascii").translate(_SMALL, _SIGNS).decode("ascii")
    text = text.encode("utf-8", "surrogatepass").translate(None, _SIGNS).decode("utf-8", "surrogatepass")
    return _NEITHER_LETTER_NOR_DIGIT.sub("", text).casefold()
