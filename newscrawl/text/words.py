"""Words, and texts reduced to what must be the same of two that are worded alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newscrawl.text.scripts import HAN_AND_KANA, UNSPACED, UNSPACED_ALPHABETS, beyond_ascii, has_unspaced

#: Punctuation and signs, as the inside of a character class.
PUNCTUATION = r"!-/:-@\[-`{-¿\u2000-\u206f\u3000-\u3004\u3008-\u303f،؛؟۔։।॥။។።"
#: What stands between spaces and punctuation. Python's ``\\w`` would part a word at the vowel signs of Indian scripts.
WORD = re.compile(rf"[^\s{PUNCTUATION}]+")
#: Letters of a word on average, as ICU's dictionaries part real stories and the declaration of human rights; vowel
#: signs are letters (docs/decisions/words.md).
_LETTERS_OF_WORD = ((re.compile(f"[{HAN_AND_KANA}]"), 1.43), (re.compile(f"[{UNSPACED_ALPHABETS}]"), 3.4))
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]+")
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")
#: The same of ASCII, and what makes its letters small: bytes are gone through in a twentieth of a pattern's time.
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_SMALL = bytes(range(256)).lower()
#: What makes punctuation of ASCII spaces, and all other punctuation: no text has many kinds of it.
_SPACED = re.sub(rf"[{PUNCTUATION}]", " ", "".join(map(chr, range(128)))).encode() + bytes(range(128, 256))
_OTHER_PUNCTUATION = frozenset(re.findall(f"[{PUNCTUATION}]", "".join(map(chr, range(128, 0x3040)))))


def words_in(text: str) -> list[str]:
    """All that :data:`WORD` finds in a long text, in half its time.

    >>> words_in("“The lock…”, he said")
    ['The', 'lock', 'he', 'said']
    """
    kinds = _OTHER_PUNCTUATION.intersection(beyond_ascii(text))
    text = text.encode("utf-8", "surrogatepass").translate(_SPACED).decode("utf-8", "surrogatepass")
    for sign in kinds:
        text = text.replace(sign, " ")
    return text.split()


def key_of(text: str) -> str:
    """Letters and digits of a text, for comparing.

    >>> key_of("The Maro Ledger – News")
    'themaroledgernews'
    """
    if text.isascii():
        return text.encode("ascii").translate(_SMALL, _SIGNS).decode("ascii")
    text = text.encode("utf-8", "surrogatepass").translate(None, _SIGNS).decode("utf-8", "surrogatepass")
    return _NEITHER_LETTER_NOR_DIGIT.sub("", text).casefold()


def each_once(texts: Iterable[str]) -> list[str]:
    """Texts in their order, of those that are the same in any case the first.

    >>> each_once(["Harbour", "quay", "harbour"])
    ['Harbour', 'quay']
    """
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(text.casefold(), text)
    return list(found.values())


def in_small_letters(text: str) -> str:
    """A text for patterns in small letters; Turkish's letters without a dot and with one are one, as in any case.

    >>> in_small_letters("İlgili Haberler")
    'ilgili haberler'
    """
    return text.lower() if text.isascii() else text.replace("İ", "i").lower().replace("ı", "i")


def count_words(text: str) -> int:
    """How many words a text has: what white space parts; of scripts that write none, as many as its letters make.

    >>> count_words("The lock is shut."), count_words("水門は閉まった。"), count_words("ปิดประตูน้ำ 2 แห่ง")
    (4, 5, 5)
    """
    if text.isascii() or not has_unspaced(text):
        return len(text.split())
    others = sum(WORD.search(part) is not None for part in _UNSPACED_RUN.sub(" ", text).split())
    letters = ((len(letter.findall(text)), size) for letter, size in _LETTERS_OF_WORD)
    return others + sum(max(round(count / size), 1) for count, size in letters if count)
