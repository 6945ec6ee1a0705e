"""Scripts that write no spaces between words: searched letter by letter.

SQLite's tokenizers take such a run of letters for one word. Its trigram index would find no word of two letters, and
most Chinese words have two. So each letter is a word of its own, and a word is letters next to each other.
"""

from __future__ import annotations

import re

#: Thai, Lao, Burmese, Khmer, Japanese, Chinese and Korean (whose particles stand at the word), as the inside of a
#: character class, which regular expressions and SQLite's GLOB write alike.
UNSPACED = (
    "\u0e01-\u0e5b\u0e81-\u0edf\u1000-\u109f\u1780-\u17f9\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufad9\uff66-\uff9f\U00020000-\U000323af"
)
#: What stands between two letters: nothing that anybody sees.
ZERO_WIDTH_SPACE = "\u200b"

_LETTER = re.compile(f"[{UNSPACED}]")
_BETWEEN = re.compile(rf"(?<=[{UNSPACED}])(?=[{UNSPACED}\w])|(?<=\w)(?=[{UNSPACED}])")


def separated(text: str) -> str:
    """A text with a zero width space on each side of each letter of such a script where another letter is."""
    if text.isascii() or not _LETTER.search(text):
        return text
    return _BETWEEN.sub(ZERO_WIDTH_SPACE, text)
