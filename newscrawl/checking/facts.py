"""What the answers of a check say: data, as the checks and the report read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from newscrawl.article.item import Article
from newscrawl.crawl.sources import Fate, Kind
from newscrawl.crawl.walk import Walk
from newscrawl.describe.saved import Case, Exchange, Role
from newscrawl.extract.page import Page
from newscrawl.listings.listing import Link
from newscrawl.publishers import Publisher
from newscrawl.sites.verdict import Skipped, Verdict


@dataclass(frozen=True)
class Robots:
    """What robots.txt says to this crawler: whether the section is ``allowed``, seconds between requests, sitemaps.

    ``is_missing``: it did not come, so that nothing may be asked.
    """

    exchange: Exchange
    allowed: bool = True
    delay: float | None = None
    sitemaps: tuple[str, ...] = ()
    is_missing: bool = False


@dataclass(frozen=True)
class Shown:
    """What the section's page shows.

    ``passed`` are the links that are none of the section's articles, by what becomes of them, ``rules`` by which rule.
    ``next`` is the address of the next page, ``more`` a clause on what there is besides. ``fault`` says why it was not
    read, ``cut`` why not to its end. ``scripted`` says what it needs to show anything. ``instead``: what it is, where
    that is a feed or sitemap, with ``children`` if these are sitemaps. ``cards``: whether the description's rules for
    cards match anything on it, ``None`` where there are none. ``is_article``: it is an article, and no listing.
    """

    exchange: Exchange
    links: tuple[Link, ...] = ()
    passed: Mapping[Fate, int] = field(default_factory=Counter)
    rules: Mapping[str, int] = field(default_factory=Counter)
    next: str | None = None
    more: str = ""
    fault: str = ""
    cut: str = ""
    scripted: str = ""
    instead: Kind | None = None
    cards: bool | None = None
    children: tuple[str, ...] = ()
    is_article: bool = False


@dataclass(frozen=True)
class Beside:
    """A feed or sitemap beside the listing: how many links it names, which of them are the section's stories.

    ``lacking`` are those of them that the listing's page does not show, ``newer`` those of these that a crawl would
    read on its first run, since they are no older than what the page shows.
    """

    exchange: Exchange
    kind: Kind
    named: int = 0
    stories: tuple[Link, ...] = ()
    lacking: tuple[Link, ...] = ()
    newer: int = 0
    fault: str = ""
    children: tuple[str, ...] = ()

    def covers(self, shown: Shown | None) -> bool:
        """Whether it names all that the section's page shows."""
        listed = len(shown.links) if shown else 0
        return 0 < listed <= len(self.stories) - len(self.lacking)


@dataclass(frozen=True)
class Read:
    """A page that was asked for as an article, and what it turned out to be.

    ``unmatched`` are the description's rules that match nothing on it, ``told`` is JSON-LD's ``articleBody``.
    ``warnings`` are what the reading of its dates had to say.
    """

    exchange: Exchange
    verdict: Verdict
    page: Page | None = None
    unmatched: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    told: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def article(self) -> Article | None:
        """The article, where it is one that a crawl would write."""
        found = self.verdict
        return found if isinstance(found, Article) and found.headline and found.body else None

    @property
    def instead(self) -> str:
        """What it is instead of an article that a crawl would write, in a few words; ``""`` where it is one."""
        found = self.verdict
        if isinstance(found, Article):
            missing = [name for name in ("headline", "body") if not getattr(found, name)]
            return f"no {' and no '.join(missing)}" if missing else ""
        return found.detail or found.reason

    @property
    def is_other(self) -> bool:
        """Whether it is no article, and none is missing for that, as a video."""
        return isinstance(self.verdict, Skipped)

    @property
    def is_failed(self) -> bool:
        """Whether an article is missing."""
        return self.article is None and not self.is_other


@dataclass(frozen=True)
class Facts:
    """All that a check knows."""

    case: Case
    publisher: Publisher
    walk: Walk
    robots: tuple[Robots, ...] = ()
    shown: Shown | None = None
    beside: tuple[Beside, ...] = ()
    read: tuple[Read, ...] = ()

    @property
    def articles(self) -> list[tuple[Read, Article]]:
        """The pages that are articles."""
        return [(one, one.article) for one in self.read if one.article]

    @property
    def unreachable(self) -> Robots | None:
        """The robots.txt that did not come, where nothing was read for that."""
        is_read = any(one.is_read for one in self.case.exchanges if one.role is not Role.ROBOTS)
        return None if is_read else next((one for one in self.robots if one.is_missing), None)

    @property
    def listed(self) -> int:
        """How many articles the section's page lists, or a feed or sitemap in its place."""
        of_page = len(self.shown.links) if self.shown else 0
        return of_page or max((len(one.stories) for one in self.beside), default=0)

    @property
    def now(self) -> datetime:
        """When the check was made."""
        return datetime.fromisoformat(self.case.at)
