"""What a check asks for next: the section's page, a few feeds and sitemaps beside it, three articles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple, TypeVar

from newscrawl.checking.facts import Facts
from newscrawl.describe.saved import Role
from newscrawl.spiders.completion import news_first, rank, sources_named

#: Articles that are read, and pages that are asked for to find them: some turn out to be videos.
ARTICLES, MOST_PAGES = 3, 6
#: Feeds and sitemaps that are asked for, with those that an index names.
MOST_SOURCES = 3
_ROBOTS = "/robots.txt"
T = TypeVar("T")


class Wanted(NamedTuple):
    """An address to ask for, and what as."""

    role: Role
    url: str


def next_wanted(facts: Facts) -> Wanted | None:
    """What to ask for next; ``None`` where all is known that a check wants to know, or nothing may be asked."""
    if facts.unreachable:
        return None
    asked = {one.asked for one in facts.case.exchanges}
    stages = (_start(facts), _sources(facts), _articles(facts))
    return next((wanted for wanted in chain(*stages) if wanted.url not in asked), None)


def _start(facts: Facts) -> Iterator[Wanted]:
    is_article = facts.walk.site.begins_at_article(facts.case.start)
    yield Wanted(Role.ARTICLE if is_article else Role.LISTING, facts.case.start)


def _sources(facts: Facts) -> Iterator[Wanted]:
    """The feeds that the page names and the sitemaps that robots.txt names; the usual ones where it gives nothing.

    As a crawl, a check asks for no further one once one names all that the page shows, or stands in for it.
    """
    shown, walk = facts.shown, facts.walk
    if shown is None or shown.is_article or (shown.instead and shown.links):
        return
    if any(one.covers(shown) for one in facts.beside):
        return
    children = chain(shown.children, *(one.children for one in facts.beside))
    urls = sorted(filter(None, map(walk.site.url, children)), key=lambda url: rank(url, walk.section))
    if shown.links or not any(one.stories for one in facts.beside):
        urls += sources_named(walk, news_first(walk, chain(*(one.sitemaps for one in facts.robots))))
        urls += [] if shown.links else chain(*walk.site.alternatives(walk.section))
    asked = {one.exchange.asked for one in facts.beside}
    new = [url for url in dict.fromkeys(urls) if url not in asked and not url.endswith(_ROBOTS)]
    yield from (Wanted(Role.SOURCE, url) for url in new[: max(0, MOST_SOURCES - len(asked))])


def _articles(facts: Facts) -> Iterator[Wanted]:
    """Some of the articles that are listed, from the newest to the oldest, until so many were read."""
    if len(facts.articles) >= ARTICLES or len(facts.read) >= MOST_PAGES or (facts.shown and facts.shown.is_article):
        return
    if facts.walk.site.begins_at_article(facts.case.start):
        return
    listed = facts.shown.links if facts.shown else ()
    links = listed or next((one.stories for one in facts.beside if one.stories), ())
    yield from (Wanted(Role.ARTICLE, link.url) for link in spread(list(links)))


def spread(found: list[T]) -> list[T]:
    """The first, the one in the middle, the last; then the others in their order.

    >>> spread([1, 2, 3, 4, 5])
    [1, 3, 5, 2, 4]
    """
    first = dict.fromkeys((0, len(found) // 2, len(found) - 1)) if found else {}
    return [found[n] for n in first] + [one for n, one in enumerate(found) if n not in first]
