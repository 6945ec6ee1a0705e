"""Python's search for garbage, in processes that read many pages: a page leaves none, so a look is rarely needed."""

from __future__ import annotations

import gc

#: New objects that may gather before Python searches for cycles among them. By its own number, 700 up to Python 3.12,
#: it searches many times a page, through the page's own objects, which takes a tenth of the time of reading it.
MOST_GATHERED = 10_000
#: While modules are loaded: nearly all that is new stays, and a search takes longer the more there is.
MOST_WHILE_LOADING = 100_000


def loading() -> None:
    """From now on, until ``loaded`` is called, search hardly ever."""
    gc.set_threshold(MOST_WHILE_LOADING, *gc.get_threshold()[1:])


def loaded() -> None:
    """What is loaded by now stays, and is not searched again. A second call does nothing."""
    if gc.get_threshold()[0] == MOST_GATHERED:
        return
    gc.collect()
    gc.freeze()
    gc.set_threshold(MOST_GATHERED, *gc.get_threshold()[1:])
