"""Where the sample edition is: its address, and the names of what runs over it write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from newscrawl.plural import counted

#: No host has such a name (RFC 2606): it is never a publisher's, and leads nowhere but to the edition.
HOST = "sample.example"
#: The address of its section.
SECTION = f"http://{HOST}/world-news"
#: The folder of its runs' files, in the one that real runs write to.
FOLDER = "demo"
_HISTORY = "-demo.history.sqlite"
#: The end of a sentence about what is missing, where the sample edition's is there.
ADD_DEMO = "; there is one of the sample edition: add --demo"


def is_sample(url: str) -> bool:
    """Whether an address is of the sample edition.

    >>> is_sample("http://sample.example/world-news"), is_sample("https://news.example/world-news"), is_sample("[")
    (True, False, False)
    """
    try:
        return urlsplit(url).hostname == HOST
    except ValueError:
        return False


def answered(settings: BaseSettings, day: int = 1) -> dict[str, Any]:
    """The settings with which a crawl's requests for the sample edition are answered, as it is on a day: 1, 2 or 3."""
    handlers = settings.getdict("DOWNLOAD_HANDLERS") | {"http": "newscrawl.demo.handler.SampleDownloadHandler"}
    return {"DOWNLOAD_HANDLERS": handlers, "DEMO_DAY": day}


def feeds_of(settings: BaseSettings, *, demo: bool) -> dict[Any, dict[str, Any]]:
    """Where runs with these settings write; ``demo``: those over the sample edition."""
    if demo:
        return feeds_of_sample(settings.getdict("DEFAULT_FEEDS"))
    return settings.getdict("FEEDS") or settings.getdict("DEFAULT_FEEDS")


def of_sample_left_out(count: int, does: str) -> str:
    """What is said of articles that a command leaves out, and would take with ``--demo``.

    >>> of_sample_left_out(1, "loads")
    '1 article of the sample edition was left out (--demo loads it)'
    """
    were, them = ("was", "it") if count == 1 else ("were", "them")
    return f"{counted(count, 'article')} of the sample edition {were} left out (--demo {does} {them})"


def feeds_of_sample(feeds: Mapping[Any, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Feeds of real runs as runs over the sample edition have them: in a folder of its own.

    >>> feeds_of_sample({"output/%(output_name)s.jsonl": {"format": "jsonlines"}})
    {'output/demo/%(output_name)s.jsonl': {'format': 'jsonlines'}}
    """
    return {_in_folder(str(uri)): options for uri, options in feeds.items()}


def _in_folder(uri: str) -> str:
    folder, slash, name = uri.rpartition("/")
    return f"{folder}{slash}{FOLDER}/{name}"


def is_history_of_sample(path: Path) -> bool:
    """Whether a history, by its default name, is of runs over the sample edition.

    >>> [is_history_of_sample(Path(f"{name}.history.sqlite")) for name in ("worldnews-demo", "worldnews")]
    [True, False]
    """
    return path.name.endswith(_HISTORY)
