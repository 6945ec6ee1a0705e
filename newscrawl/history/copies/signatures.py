"""Short signatures of texts, by which like texts are found and compared."""

from __future__ import annotations

import unicodedata
from array import array

from rensa import RMinHash

from newscrawl.text.scripts import UNSPACED_LETTER, has_unspaced
from newscrawl.text.words import words_in

_SHORTEST = 50  # words; two shorter texts may be alike by chance
_SLOTS = 128  # the estimate is within 0.07 nineteen times in twenty
_HIGH = int.from_bytes(b"\x00\x80" * _SLOTS, "little")
_LOW = int.from_bytes(b"\xff\x7f" * _SLOTS, "little")
_SEED = 1  # with it and the version of the algorithm, signatures of different runs can be compared
_BANDS = 8  # of two slots: texts that are just alike share one 9 times in 10, those at 0.7 199 times in 200
SIGNATURE_BYTES = 2 * _SLOTS


def signature_of(text: str) -> bytes | None:
    """A MinHash signature of a text's word sequences, the same on every machine; ``None`` for a short one.

    Case, punctuation and the form of characters do not count. In scripts without spaces a word is a character, and
    a sequence is of five.
    """
    text, length = text.casefold(), 3
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if has_unspaced(text):
            text, length = UNSPACED_LETTER.sub(r" \g<0> ", text), 5
    words = words_in(text)
    if len(words) < _SHORTEST:
        return None
    hashed = RMinHash(_SLOTS, _SEED)
    hashed.update(list(map(" ".join, zip(*(words[start:] for start in range(length)), strict=False))))
    # Half of a minimum's bits tell two apart as well as all of them (Li and König, "b-bit minwise hashing", 2010).
    return array("H", [value & 0xFFFF for value in hashed.digest()]).tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """The estimated Jaccard similarity of the texts with these signatures, 0 to 1."""
    unlike = int.from_bytes(one, "little") ^ int.from_bytes(other, "little")
    # The highest bit of each slot that is not 0, all slots at once: dozens are compared for each article.
    return 1 - (((unlike & _LOW) + _LOW | unlike) & _HIGH).bit_count() / _SLOTS


def bands_of(signature: bytes) -> list[int]:
    """The parts of a signature by which like texts are found, each with its place: eight numbers of 35 bits."""
    return [place << 32 | slots for place, slots in enumerate(memoryview(signature).cast("I")[:_BANDS])]
