"""Python's search for garbage, in processes that read many pages: a page leaves none, so a look is rarely needed."""

from __future__ import annotations

import gc

#: New objects that may gather before Python searches for cycles among them. By its own number, 700 up to Python 3.12,
#: it searches many times a page, through the page's own objects, which takes a tenth of the time of reading it.
MOST_GATHERED = 10_000


def search_seldom() -> None:
    """From now on: what is loaded by now stays, and is not searched again. A second call does nothing."""
    if gc.get_threshold()[0] == MOST_GATHERED:
        return
    gc.collect()
    gc.freeze()
    gc.set_threshold(MOST_GATHERED, *gc.get_threshold()[1:])
