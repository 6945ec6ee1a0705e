"""Where sentences end, in the scripts that newspapers are written in."""

from __future__ import annotations

import re

#: Marks that end a sentence before a space alone: "3.50", "A.I.", "Yahoo!s" end none.
_BEFORE_SPACE = ".!?…"
#: Marks that end one whatever follows: of Chinese and Japanese; Hindi, Arabic, Urdu, Armenian, Burmese, Khmer, Amharic.
_ANYWHERE = "。｡．！？।॥؟۔։။។።"
_ALL = _BEFORE_SPACE + _ANYWHERE
_MARKS = frozenset(_ALL)
#: What may stand behind the mark: quotation marks (a German one closes with “, a Danish one with «), brackets, and
#: the star of a footnote.
_CLOSING = "\"'”’“‘»«›‹)]）］」』》】*"
_FRENCH_CLOSING = " »"
_CLOSINGS = frozenset(_CLOSING)
#: The end of a sentence within a text, with the space behind it.
SENTENCE_BREAK = re.compile(
    rf"[{_ALL}](?<![{_ALL}]{{2}})[{_ALL}]*(?:(?<=[{_ANYWHERE}])|[{re.escape(_CLOSING)}]*(?=\s|$))\s*"
)


def ends_sentence(text: str) -> bool:
    """Whether a text ends where a sentence does.

    >>> ends_sentence("“It is shut.”"), ends_sentence("水門は閉まった。"), ends_sentence("The lock:")
    (True, True, False)
    """
    last = text[-1:]
    if last in _CLOSINGS:
        last = text.removesuffix(_FRENCH_CLOSING).rstrip(_CLOSING)[-1:]
    return last in _MARKS
