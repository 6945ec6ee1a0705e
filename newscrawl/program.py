"""The program that was called: messages and examples name it as the user did."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

#: How alike two words are, from 0 to 1, of which one may be meant by the other: of seven letters two are wrong.
_ALIKE = 0.7

#: The command whose arguments are in a file.
_FROM_FILE = "crawlall"


def program() -> str:
    """``newscrawl`` or ``scrapy``, also where Python was called with ``-m``."""
    called = Path(sys.argv[0] if sys.argv else "")
    name = called.parent.name if called.name == "__main__.py" else called.stem
    return "scrapy" if name == "scrapy" else "newscrawl"


def argument(name: str, value: object = "") -> str:
    """A spider's argument as the user would give it: ``--pages 5``, or ``-a pages=5`` to ``scrapy``.

    Without a value it is a switch: ``--again``, or ``-a again=1``. A file of sections has ``pages = 5`` or
    ``again = true``.
    """
    if _FROM_FILE in sys.argv:
        return f"{name} = {json.dumps(value or True)}"
    if program() == "scrapy":
        return f"-a {name}={value or 1}"
    return f"--{name} {value}".rstrip()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A clause for the end of a sentence: which known word may be meant, or ``""`` where none is like it.

    >>> did_you_mean("Worldnew", ["section", "worldnews"])
    "; did you mean 'worldnews'?"
    >>> did_you_mean("sport", ["section", "worldnews"])
    ''
    """
    found = nearest(word, known, _ALIKE)
    return f"; did you mean {found!r}?" if found else ""


def nearest(word: str, known: Iterable[str], alike: float) -> str:
    """The known word that is most like a word, in capitals or small letters, if it is at least so much alike.

    >>> nearest("DOWNLOAD_DELY", ["DOWNLOAD_DELAY", "DOWNLOAD_TIMEOUT"], 0.9)
    'DOWNLOAD_DELAY'
    """
    by_case = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), by_case, n=1, cutoff=alike)
    return by_case[found[0]] if found else ""
