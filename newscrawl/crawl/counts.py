"""What a crawl counts, and what else its ending is judged by; the one place that knows what the statistics call it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, Protocol, Self, TypeVar, overload

T = TypeVar("T")
_OWN = "newscrawl/"
_FAILURES, _DEAD = f"{_OWN}failed/", f"{_OWN}dead/"  # before the reason
_ANSWERS = "downloader/response_status_count/"  # before the status
_OTHERS = {"response_received_count": "pages", "robotstxt/forbidden": "forbidden"}  # sums under keys of Scrapy's
_OF_FILES = {"written", "changed", "again"}
#: What the reader of listings says of them; the reader that takes its place says all of it again.
_NUMBERS = ("listing_failed", "sitemaps_left_out", "not_read", "sitemaps_not_read")
_OF_LISTINGS = (
    "more",
    "refused",
    "cut",
    "start_refused",
    "scripted",
    "unreachable",
    "robots_unreachable",
    "range_was_read",
)


class Stats(Protocol):
    """The part of Scrapy's statistics that counts are kept in."""

    def get_value(self, key: str, default: Any = None) -> Any: ...
    def set_value(self, key: str, value: Any) -> None: ...
    def get_stats(self) -> dict[str, Any]: ...


class MemoryStats:
    """Statistics of no crawler."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def get_value(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def set_value(self, key: str, value: Any) -> None:
        self._values[key] = value

    def get_stats(self) -> dict[str, Any]:
        return self._values


class LateStats:
    """The statistics of a crawler (anything with ``stats``), which has none yet when its spider is made."""

    def __init__(self, crawler: Any):
        self._crawler = crawler

    def get_value(self, key: str, default: Any = None) -> Any:
        return self._crawler.stats.get_value(key, default)

    def set_value(self, key: str, value: Any) -> None:
        self._crawler.stats.set_value(key, value)

    def get_stats(self) -> dict[str, Any]:
        stats: dict[str, Any] = self._crawler.stats.get_stats()
        return stats


class Kept(Generic[T]):
    """An attribute that is kept in the statistics, as ``newscrawl/`` and its name, or under Scrapy's own key."""

    def __init__(self, default: T, key: str = ""):
        self._default, self._key = default, key

    def __set_name__(self, owner: type[Counts], name: str) -> None:
        self._key = self._key or f"newscrawl/{name}"

    @overload
    def __get__(self, counts: None, owner: type[Counts]) -> Self: ...
    @overload
    def __get__(self, counts: Counts, owner: type[Counts]) -> T: ...
    def __get__(self, counts: Counts | None, owner: type[Counts]) -> T | Self:
        if counts is None:
            return self
        value: T = counts.stats.get_value(self._key, self._default)
        return value

    def __set__(self, counts: Counts, value: T) -> None:
        counts.stats.set_value(self._key, value)


@dataclass
class Counts:
    """A crawl's counts: ``Counts(crawler.stats).found += 1`` is seen by all who read the statistics, at once.

    >>> counts = Counts()
    >>> counts.found += 3
    >>> counts.fail("HTTP 404")
    >>> counts.found, counts.failed, counts.failures
    (3, 1, {'HTTP 404': 1})
    """

    stats: Stats = field(default_factory=MemoryStats)
    #: Whether the next run will know of this one; whether the pages came from an archive.
    has_history: bool = False
    is_replay: bool = False
    #: This worker's number, in a crawl that several share.
    worker: int = 0
    #: The starts that gave no article.
    empty: Sequence[str] = ()
    _told: dict[str, int] = field(default_factory=dict)

    # Links to articles: the listings' own, and all that were met
    shown = Kept(0)
    found = Kept(0)

    # What became of them. Those that are ``settled`` were known and not asked for.
    written = Kept(0, "item_scraped_count")
    changed = Kept(0)
    unchanged = Kept(0)
    not_modified = Kept(0)
    settled = Kept(0)
    #: Known as they are, and written again since an argument says so.
    again = Kept(0)
    older = Kept(0)
    later = Kept(0)
    #: A range that is past, all of whose sources earlier runs have read.
    range_was_read = Kept(False)
    #: Found, and left to the next run, since this one has written as many as it was asked to; and whether listings
    #: were left, too.
    beyond_limit = Kept(0)
    limited = Kept(False)
    gone = Kept(0)
    skipped = Kept(0)
    #: Addresses that answered with a page that is not theirs: the front page, or a wall.
    same_page = Kept(0)
    #: Articles that were met under another address, too; those among them that tell another story are missing.
    duplicates = Kept(0)
    contradicted = Kept(0)
    #: Links that came to nothing, and did before.
    dead = Kept(0)
    failed = Kept(0)

    # A run that only looks: links to articles, each counted once, and how many of them a real run would ask for
    is_dry_run = Kept(False)
    links = Kept(0)
    would_read = Kept(0)

    # What kept stories from being found
    listing_failed = Kept(0)
    sitemaps_left_out = Kept(0)
    #: Links to articles, and to sitemaps, that a source named and nobody read.
    not_read = Kept(0)
    sitemaps_not_read = Kept(0)
    #: Holes between the last complete run and this one, a clause each.
    holes = Kept[Sequence[str]](())
    #: What listings have besides what they gave, a clause each.
    more = Kept[Sequence[str]](())
    #: Why the page at a start could not be read; and why it was not read to its end.
    refused = Kept[str | None](None, "newscrawl/section_refused/reason")
    cut = Kept[str | None](None, "newscrawl/section_cut/reason")
    #: Why one of several starts of a section could not be read.
    start_refused = Kept[str | None](None)
    #: Which page of a listing shows nothing without scripts, and what to do.
    scripted = Kept[str | None](None)
    #: The host of a start that no connection came about with, and what is to be said of it.
    unreachable = Kept[tuple[str, str] | None](None)
    robots_unreachable = Kept[str | None](None, "robotstxt/unreachable/reason")

    # Requests that were not sent
    off_host = Kept(0)
    private_address = Kept(0)
    forbidden = Kept(0, "robotstxt/forbidden")

    # Answers
    pages = Kept(0, "response_received_count")
    archived = Kept(0)
    #: Pages that came without a length and without their end tags, and were read as whole.
    without_end = Kept(0)

    #: Stories that were joined from several pages, and their pages behind the first ones that were read.
    joined = Kept(0)
    story_pages = Kept(0)

    #: Pictures that were downloaded, that the folder had, and that could not be kept.
    pictures = Kept(0)
    pictures_known = Kept(0)
    pictures_failed = Kept(0)

    # An archive that was read in place of the network
    replay_records = Kept(0, "newscrawl/replay/records")
    replay_pages = Kept(0, "newscrawl/replay/pages")
    replay_skipped = Kept(0, "newscrawl/replay/skipped")
    replay_revisits = Kept(0, "newscrawl/replay/revisits")
    #: Articles that are unchanged, and whose page is in no file that was given.
    replay_unresolved = Kept(0, "newscrawl/replay/unresolved")
    #: Stories on several pages of which the files that were given lack a page.
    replay_shortened = Kept(0)
    #: Files that are no archives; HAR files, which have pages, among them.
    replay_others = Kept(0, "newscrawl/replay/others")
    replay_hars = Kept(0, "newscrawl/replay/hars")
    replay_damaged = Kept(0, "newscrawl/replay/damaged")
    replay_unfinished = Kept(0, "newscrawl/replay/unfinished")

    # How it went
    finish_reason = Kept[str | None](None, "finish_reason")
    seconds = Kept[float | None](None, "elapsed_time_seconds")
    output_error = Kept[str | None](None)
    #: Older files that stay as they are, since the run has nothing better.
    left = Kept[Sequence[str]](())
    archive_error = Kept[str | None](None)
    history_rebuilt = Kept[str | None](None)
    status_before = Kept[int | None](None)  # of the section's last run
    #: What was delivered to other places, and what was not, a clause for each place.
    delivered = Kept[Sequence[str]](())
    undelivered = Kept[Sequence[str]](())
    #: What a person should look at, a clause each.
    warnings = Kept[Sequence[str]](())

    # A crawl that workers share: why this one has no part in it any more, and how the whole ended, for who closed it
    shared_ended = Kept[str | None](None)
    crawl = Kept[tuple[int, str] | None](None)

    @classmethod
    def of(cls, values: Mapping[str, int]) -> Self:
        """Counts by the names that :meth:`sums` gives them; other names are passed over."""
        counts = cls()
        for name, value in values.items():
            if name.startswith(("failed/", "dead/")):
                counts.stats.set_value(_OWN + name, value)
            elif name.startswith(_ANSWERS):
                counts.stats.set_value(name, value)
            elif isinstance(getattr(cls, name, None), Kept):
                setattr(counts, name, value)
        return counts

    def sums(self) -> dict[str, int]:
        """What this process counted and others may add to, by name; failures by ``failed/`` and the reason.

        How many articles were written, and as what, is not among it: that counts once their files are whole.

        >>> counts = Counts()
        >>> counts.found, counts.pages = 3, 4
        >>> counts.fail("HTTP 404")
        >>> counts.sums()
        {'found': 3, 'pages': 4, 'failed': 1, 'failed/HTTP 404': 1}
        """
        found = ((_name_of(key), value) for key, value in self.stats.get_stats().items() if type(value) is int)
        return {name: value for name, value in found if name}

    def take_words(self) -> dict[str, Any]:
        """What kept stories from being found, since this was asked for last: what :meth:`hear` adds to other counts."""
        words = {name: value for name in _OF_LISTINGS if (value := getattr(self, name))}
        for name in _NUMBERS:
            words[name], self._told[name] = getattr(self, name) - self._told.get(name, 0), getattr(self, name)
        return words

    def hear(self, words: Mapping[str, Any]) -> None:
        """Add what kept stories from being found in another process."""
        for name, value in words.items():
            before = getattr(self, name)
            setattr(self, name, before + value if name in _NUMBERS else [*before, *value] if name == "more" else value)

    def fail(self, reason: str, by: int = 1) -> None:
        """Count an article that failed, or several."""
        if not by:
            return
        self.failed += by
        key = _FAILURES + reason
        self.stats.set_value(key, self.stats.get_value(key, 0) + by)

    def die(self, reason: str) -> None:
        """Count a link that came to nothing in an earlier run, too."""
        self.dead += 1
        key = _DEAD + reason
        self.stats.set_value(key, self.stats.get_value(key, 0) + 1)

    @property
    def deaths(self) -> dict[str, int]:
        """How many links are dead for each reason."""
        return self._below(_DEAD)

    @property
    def failures(self) -> dict[str, int]:
        """How many articles failed for each reason."""
        return self._below(_FAILURES)

    @property
    def answers(self) -> dict[str, int]:
        """How many answers came with each HTTP status, those to requests that were sent again among them."""
        return self._below(_ANSWERS)

    @property
    def feed_failed(self) -> bool:
        """Whether Scrapy could not store a feed, which is in the log."""
        return bool(self._below("feedexport/failed_count/"))

    @property
    def known(self) -> int:
        """Articles that an earlier run emitted as they are."""
        return self.unchanged + self.not_modified + self.settled

    @property
    def read(self) -> int:
        """Articles that came, new or not."""
        return self.written + self.unchanged + self.not_modified

    @property
    def has_read(self) -> bool:
        """Whether any article came, new or not."""
        return bool(self.read or self.older or self.later)

    def _below(self, prefix: str) -> dict[str, Any]:
        stats = self.stats.get_stats()
        return {key.removeprefix(prefix): value for key, value in stats.items() if key.startswith(prefix)}


@lru_cache(1000)
def _name_of(key: str) -> str | None:
    """What :meth:`Counts.sums` calls a key of the statistics; ``None`` for one that is not among them."""
    if key.startswith(_OWN):
        name = key.removeprefix(_OWN)
        return None if name in _OF_FILES or name in _NUMBERS else name
    return key if key.startswith(_ANSWERS) else _OTHERS.get(key)
