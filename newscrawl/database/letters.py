"""Scripts that write no spaces between words: searched letter by letter.

SQLite's tokenizers take such a run of letters for one word. Its trigram index would find no word of two letters, and
most Chinese words have two. So each letter is a word of its own, and a word is letters next to each other.
"""

from __future__ import annotations

import re

from newscrawl.text.scripts import UNSPACED

#: And Korean: it writes spaces, but its particles stand at the word.
SEARCHED_BY_LETTER = UNSPACED + "\uac00-\ud7a3"
#: What stands between two letters: nothing that anybody sees.
ZERO_WIDTH_SPACE = "\u200b"

_LETTER = re.compile(f"[{SEARCHED_BY_LETTER}]")
_BETWEEN = re.compile(rf"(?<=[{SEARCHED_BY_LETTER}])(?=[{SEARCHED_BY_LETTER}\w])|(?<=\w)(?=[{SEARCHED_BY_LETTER}])")


def separated(text: str) -> str:
    """A text with a zero width space on each side of each letter of such a script where another letter is."""
    if text.isascii() or not _LETTER.search(text):
        return text
    return _BETWEEN.sub(ZERO_WIDTH_SPACE, text)


def is_searched_by_letter(text: str) -> bool:
    """Whether a text has a letter of such a script."""
    return _LETTER.search(text) is not None
