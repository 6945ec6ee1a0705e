"""Bounds on what would grow with the pages: others decide how many there are, and how long."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Text = TypeVar("Text")
Result = TypeVar("Result")

#: What is read of a robots.txt: what has to be read at least (RFC 9309, 2.5), and all that search engines read.
ROBOTS_BYTES = 500 * 1024

#: Bytes that the texts of one such store take. The classes of a site's elements take some 100 KB.
_MOST_BYTES = 2_000_000
_PER_RESULT = 100  # bytes beside the text
_LONGEST = 20_000  # bytes of a text that is kept


class Remembered(dict[Text, Result]):
    """What a function gives for each text; forgotten, all at once, when the texts take too much memory.

    >>> lengths = Remembered(len)
    >>> lengths["word"]
    4
    """

    def __init__(self, function: Callable[[Text], Result]):
        super().__init__()
        self._function = function
        self._size = 0

    def __missing__(self, text: Text) -> Result:
        result = self._function(text)
        size = text.__sizeof__() + _PER_RESULT  # what sys.getsizeof asks, in a fifth of its time
        if size <= _LONGEST:
            if self._size + size > _MOST_BYTES:
                self.clear()
            self._size += size
            self[text] = result
        return result

    def clear(self) -> None:
        super().clear()
        self._size = 0
