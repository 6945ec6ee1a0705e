"""What a crawl remembers, wherever that is kept: the one interface between a crawl and its memory."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from newscrawl.history import runs
from newscrawl.history.database import Complete, Failing, History, Known, days_before
from newscrawl.store.met import Met, Text, Visit

T = TypeVar("T")
#: A moment after all: no story is first seen since then.
NEVER = "9999"


class Reader(Enum):
    """Who reads a walk's listings."""

    NOBODY = "nobody yet"
    THIS = "this process"
    ANOTHER = "another worker"
    FINISHED = "nobody any more"


@dataclass(frozen=True)
class State:
    """How far a crawl is.

    ``waiting``: how many visits wait; ``in_hand``: how many this process has taken and not ended, without those that
    are held. ``is_quiet``: nothing waits, nobody has a visit in hand that is not held, and nobody reads a listing; a
    process that is alone asks only once nothing is under way, so that its crawl is always quiet. ``holds``: somebody
    holds a visit (:meth:`Store.hold`). ``is_revisited``: what earlier crawls left was taken up.
    """

    waiting: int = 0
    in_hand: int = 0
    is_quiet: bool = True
    holds: bool = False
    is_revisited: bool = False
    is_closed: bool = False
    readers: Mapping[str, Reader] = field(default_factory=dict)

    @property
    def are_finished(self) -> bool:
        """Whether the listings of all walks have been read."""
        return all(reader is Reader.FINISHED for reader in self.readers.values())


class Claim(NamedTuple):
    """Whether a visit may emit an article; else ``text`` is what the visit gave that has claimed it before."""

    mine: bool
    text: str = ""


class Article(NamedTuple):
    """A version of an article as a history keeps it, whose name is ``publisher/id``; ``path`` is without origin."""

    name: str
    path: str
    content_hash: str
    headline: str
    paragraph_hash: str | None
    next_path: str | None
    etag: str | None
    last_modified: str | None
    date_modified: str | None
    date_published: str | None
    crawled_at: str


class Store(ABC):
    """The memory of one crawl, and of those before it.

    An article of this crawl has a walk's id and a key; one of the history has a name, ``publisher/key``. What is noted
    counts for later crawls, but an article counts as emitted only once the file that holds it is whole and committed.
    Moments are ISO 8601 in UTC, to the second.

    All that is read and written within one :meth:`do` is one change, which nothing comes between. A single verb that
    is called outside of :meth:`do` is a change of its own.
    """

    #: This process's number among the workers of a crawl that several share; 0: it is alone.
    worker: int = 0
    #: The number of this crawl.
    run: int = 0
    #: Whether later crawls will know of this one.
    is_kept: bool = True
    #: Beside this file others are kept that a folder's crawls share; without ``is_kept``, it names none.
    path: Path
    #: Emit every article, known or not; and the files whose content this crawl replaces: a version that stands only
    #: there has to be emitted again.
    again: bool = False
    replaced: set[str]
    #: Articles that are emitted for the sake of these files alone.
    repeated: set[str]
    #: How many listing pages hold nothing but articles that were emitted or are noted as due.
    pages: int = 0
    #: The last complete crawl of the section, if there was one.
    complete: Complete | None = None
    #: Stories first seen before that are not fetched again; and, if they failed, not asked for again.
    recheck_since: str = ""
    due_since: str = ""
    #: Before when something has to have been as it is to be believed.
    believed_before: str = ""

    def know(self, section: str, recheck_days: float, began: str) -> None:
        """Know how earlier crawls over a section went, of a crawl that ``began`` then."""
        recent = self.recent()
        since = self.believed_before = days_before(began, recheck_days)
        self.pages = runs.pages_read(recent, section)
        self.complete = runs.last_complete(recent, section)
        self.due_since = min(since, runs.news_since(recent, section) or since)
        self.recheck_since = self.due_since if recheck_days else NEVER

    # One change ------------------------------------------------------------------

    @abstractmethod
    def do(self, change: Callable[[], T]) -> T:
        """Make a ``change`` as one, and give what it gives. It may be called again: so it changes only this store, and
        the counts and walks that the store was given.
        """

    @abstractmethod
    def expect(self, articles: Iterable[tuple[str, str, str]]) -> None:
        """Walk, key and name of articles that the next change asks about: they may be looked up together."""

    @abstractmethod
    def save_found(self) -> None:
        """Bring what was found so far to where the death of this process does not reach it."""

    # The articles that this crawl has met ------------------------------------------

    @abstractmethod
    def met(self, walk: str, key: str) -> Met | None:
        """What this crawl knows of an article, ``None`` if it was not met."""

    @abstractmethod
    def meet(self, walk: str, key: str, met: Met) -> None:
        """Know that of an article."""

    @abstractmethod
    def wait(self, visit: Visit) -> None:
        """Let an article wait to be asked for, behind all others."""

    @abstractmethod
    def take(self, most: int) -> list[Visit]:
        """The articles that have waited longest, up to so many: this process has them in hand until they end."""

    @abstractmethod
    def end(self, visit: Visit) -> None:
        """A visit came to its end, and emits nothing."""

    @abstractmethod
    def hold(self, visit: Visit, *, is_held: bool) -> None:
        """What a visit's page says waits until nothing else is under way; or does so no longer."""

    @property
    @abstractmethod
    def waiting(self) -> int:
        """How many visits wait, as far as this process knows."""

    @abstractmethod
    def left(self) -> dict[int, int]:
        """How many visits wait at the end, by the numbers of the sources that named them; none if others take them."""

    @abstractmethod
    def claim(self, name: str, text: str) -> Claim:
        """Let a visit emit an article, unless another one of this crawl does; ``text`` stands for what it says."""

    # What pages say of one another --------------------------------------------------

    @abstractmethod
    def tell(self, name: str, text: Text) -> None:
        """Remember the text that an article's address has."""

    @abstractmethod
    def text(self, name: str) -> Text | None:
        """The text that an article's address has, as far as this crawl has read it."""

    @abstractmethod
    def note(self, kind: str, name: str, value: str) -> None:
        """Remember a ``value`` of that kind under a name, for this crawl."""

    @abstractmethod
    def noted(self, kind: str, name: str) -> str | None:
        """What was noted."""

    @abstractmethod
    def add(self, kind: str, name: str, by: int = 1) -> None:
        """Count something of that kind under a name, for this crawl."""

    @abstractmethod
    def added(self, kind: str, name: str) -> int:
        """How often."""

    @abstractmethod
    def keep(self, kind: str, value: Any) -> None:
        """Keep a JSON ``value`` with others of that kind until the crawl ends."""

    @abstractmethod
    def kept(self, kind: str) -> list[Any]:
        """All that was kept of that kind, in its order; afterwards nothing is."""

    # What earlier crawls noted ------------------------------------------------------

    @abstractmethod
    def recall(self, name: str) -> Known | None:
        """The emitted article of that name, else ``None``."""

    @abstractmethod
    def article_of(self, name: str) -> str | None:
        """The name of the article that a name stands for, mostly itself; ``None``: for a page that is no article."""

    @abstractmethod
    def was_known(self, name: str) -> bool:
        """Whether the last complete crawl, or one before it, had met an article."""

    @abstractmethod
    def emits(self, name: str, *, is_changed: bool) -> None:
        """This process emits an article, which an earlier crawl emitted otherwise if it ``is_changed``."""

    @abstractmethod
    def is_news(self, name: str) -> bool:
        """Whether this crawl emits a changed version of a known article."""

    @property
    @abstractmethod
    def has_news(self) -> bool:
        """Whether this crawl emits anything."""

    @abstractmethod
    def changed_on(self, walk: str, page: int) -> bool:
        """Whether another worker has found an article changed that this page of a walk's listing shows."""

    @abstractmethod
    def first_seen(self, name: str) -> str:
        """When a crawl met an article first; "" if none did."""

    @abstractmethod
    def failing(self, name: str) -> Failing | None:
        """Since when an article's address comes to nothing, if it did the last time."""

    @abstractmethod
    def tells(self, name: str, headline: str, paragraph: str | None) -> bool:
        """Whether the last version of an article has that headline, or that longest paragraph (its hash)."""

    @abstractmethod
    def alike(self, publisher: str, headline: str, paragraph: str | None) -> list[tuple[str, str]]:
        """Name and path of a publisher's emitted articles with that headline or longest paragraph: the last twenty."""

    @abstractmethod
    def revisits(self, section: str) -> list[tuple[str, str, bool]]:
        """Name, path, and whether it was emitted, of articles that a crawl's end may ask for.

        Those first seen since ``due_since``, if not emitted, and not put aside; emitted ones since ``recheck_since``.
        Those not emitted first, then the newest: 10,000 at most.
        """

    @abstractmethod
    def finished_sources(self, walk: str, days: str) -> set[str]:
        """The sitemaps and archives that earlier crawls over the same range of days have read whole.

        ``due_since`` goes back to when the first of these began.
        """

    def is_due(self, known: Known) -> bool:
        """Whether this crawl emits a known version, though it is unchanged."""
        return self.again or known.file in self.replaced

    def is_found(self, name: str) -> bool:
        """Whether an article was found, emitted or not."""
        return bool(self.first_seen(name))

    # What this crawl notes for later ones --------------------------------------------

    @abstractmethod
    def found(self, name: str, path: str, section: str, *, listed: bool) -> None:
        """An article was met: on a listing (``listed``), or by a chain."""

    @abstractmethod
    def gone(self, name: str) -> None:
        """An article that was not emitted need not be asked for again."""

    @abstractmethod
    def alias(self, name: str, article: str | None) -> None:
        """A page that was asked for by a name turned out to be another article, or none (``None``)."""

    @abstractmethod
    def unchanged(self, name: str) -> None:
        """The server said that an emitted article is as it was."""

    @abstractmethod
    def reread(self, article: Article) -> None:
        """An emitted article was read and is unchanged; how the server answered now counts for its version."""

    @abstractmethod
    def fail(self, name: str, reason: str) -> None:
        """An article's address came to nothing, for a reason; since when, is kept until it does not."""

    @abstractmethod
    def take_away(self, name: str) -> None:
        """The publisher removed an article; one that was emitted stays, with the time when that was first seen."""

    @abstractmethod
    def put_aside(self, name: str) -> None:
        """An article's address need not be asked for again where no listing shows it."""

    @abstractmethod
    def finish_source(self, walk: str, days: str, url: str) -> None:
        """A sitemap or archive was read whole for a range of days, and its stories are emitted, or noted."""

    # The listings ----------------------------------------------------------------

    @abstractmethod
    def read(self, walk: str, stage: int = 0) -> bool:
        """Let this process read a walk's listings, or read on in them; whether it may.

        ``stage`` is how many stages of other sources it has come to, which the next reader has to come to as well.
        """

    @abstractmethod
    def listed(self, walk: str, facts: Mapping[str, Any] | None = None) -> bool:
        """No listing of a walk is under way; with ``facts`` of how it went, none will be. Whether one was until now."""

    @abstractmethod
    def facts(self) -> dict[str, dict[str, Any]]:
        """What was told of the walks whose listings have been read, by their ids."""

    @abstractmethod
    def recent(self) -> History:
        """How the last crawls went."""

    @abstractmethod
    def stage(self, walk: str) -> int:
        """How many stages of other sources any reader of a walk has come to."""

    @abstractmethod
    def gather(self, walk: str) -> None:
        """Let a walk know what all workers have counted of it."""

    @abstractmethod
    def learn(self, walk: str, learned: str) -> None:
        """Tell the other workers, as JSON, what the listings have taught about a walk's site."""

    @abstractmethod
    def state(self) -> State:
        """How far the crawl is."""

    @abstractmethod
    def revisited(self) -> None:
        """What earlier crawls left was taken up."""
