"""What the answers of a check say, read as a crawl reads them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from protego import Protego
from scrapy.robotstxt import decode_robotstxt

from newscrawl import listings
from newscrawl.article.item import Article
from newscrawl.bounded import ROBOTS_BYTES
from newscrawl.browser.scripted import article_needs_scripts, scripted
from newscrawl.checking.facts import Beside, Facts, Read, Robots, Shown
from newscrawl.crawl.completion import is_of_section, wanted_since
from newscrawl.crawl.ending import SCRIPTED_ARTICLE
from newscrawl.crawl.sources import Kind, fate_of, kind_of
from newscrawl.crawl.walk import Walk
from newscrawl.describe.saved import Case, Exchange, Role
from newscrawl.describe.unmatched import unmatched
from newscrawl.extract.page import Page
from newscrawl.library import cleaned
from newscrawl.listings import paging
from newscrawl.listings.index import children_of, most_wanted
from newscrawl.listings.listing import Answer, Holds, Link, Listing, Passed
from newscrawl.sites.base import Asked
from newscrawl.sites.verdict import Failed
from newscrawl.spiders.arguments import read_arguments
from newscrawl.spiders.completion import is_feed_of_section, is_story, is_within_section
from newscrawl.spiders.requests import date_of, last_moment_of
from newscrawl.timelimit import PAGE_TIME_LIMIT, TookTooLong, page_time_limit

_HTTP_ERROR, _SERVER_ERROR, _TOO_MANY = 300, 500, 429
#: The logger of the room that reads dates.
_DATES = "newscrawl.dates"


def walk_of(case: Case) -> Walk:
    """The walk that a case's address begins. Raises ``ValueError`` for what is no address."""
    walks = read_arguments({"start": case.start}, case.publisher, case.section).walks
    return walks.starts[0][0]


def facts_of(case: Case) -> Facts:
    """What the answers of a case say, so far."""
    walk = walk_of(case)
    robots = tuple(_robots(one, case) for one in case.of(Role.ROBOTS))
    shown = next((_shown(one, walk) for one in case.of(Role.LISTING)), None)
    beside = tuple(_beside(one, walk, shown) for one in case.of(Role.SOURCE))
    read = tuple(_read(one, walk, case) for one in _of_articles(case, shown))
    return Facts(case, walk.site.publisher, walk, robots, shown, beside, read)


def _of_articles(case: Case, shown: Shown | None) -> list[Exchange]:
    """The answers to read as articles: also the first one, where the check began at an article."""
    at_start = [shown.exchange] if shown and shown.is_article else []
    return [*at_start, *case.of(Role.ARTICLE)]


# robots.txt -----------------------------------------------------------------------


def _robots(exchange: Exchange, case: Case) -> Robots:
    """As RFC 9309 has it: all is forbidden while it cannot be reached, nothing where there is none."""
    if not exchange.status or exchange.status >= _SERVER_ERROR or exchange.status == _TOO_MANY:
        return Robots(exchange, allowed=False, is_missing=True)
    if exchange.status >= _HTTP_ERROR:
        return Robots(exchange)
    try:
        with page_time_limit(PAGE_TIME_LIMIT):
            rules = Protego.parse(decode_robotstxt(exchange.body[:ROBOTS_BYTES], None))
            allowed, delay = rules.can_fetch(case.start, case.agent), rules.crawl_delay(case.agent)
            return Robots(exchange, allowed=allowed, delay=delay, sitemaps=tuple(rules.sitemaps))
    except TookTooLong:
        return Robots(exchange, allowed=False)


# The section's page ---------------------------------------------------------------


def _answer(exchange: Exchange, walk: Walk) -> Answer:
    return Answer(exchange.body, exchange.url, exchange.headers, walk.section, 1, walk.asked)


def _shown(exchange: Exchange, walk: Walk) -> Shown:
    walk.asked.add(exchange.asked)
    if not exchange.is_read:
        return Shown(exchange, fault=exchange.failed)
    if walk.site.leads_astray(exchange.asked, exchange.url):
        return Shown(exchange, fault="redirected to the front page")
    try:
        with page_time_limit(PAGE_TIME_LIMIT):
            return _read_listing(exchange, walk)
    except (TookTooLong, ValueError) as error:
        return Shown(exchange, fault=str(error))


def _read_listing(exchange: Exchange, walk: Walk) -> Shown:
    listing = listings.read(_answer(exchange, walk), walk.site)
    walk.asked.add(walk.site.url(exchange.url) or exchange.url)
    if listing.holds is not Holds.CARDS:
        walk.whole = True
        links = [] if _holds_sitemaps(listing) else walk.site.of_section(listing, walk.section, whole=True)
        shown = _with_passed(Shown(exchange, tuple(links), instead=kind_of(listing.holds)), listing, walk)
        return replace(shown, children=_children(listing, walk) if _holds_sitemaps(listing) else ())
    page = listing.page
    if page is not None and walk.site.is_article_itself(page, len(listing.links)):
        walk.asked.clear()
        return Shown(exchange, is_article=True)
    for link in listing.links:
        walk.reach.shows(link)
    walk.feeds = paging.feeds(page, walk.site, walk.section) if page is not None else []
    cards = walk.site.publisher.rules.get("card", ())
    shown = Shown(
        exchange,
        tuple(listing.links),
        next=listing.next,
        more=listing.more,
        cut=listing.cut,
        scripted=scripted(page) if page is not None and not listing.links else "",
        cards=any(True for _ in page.tree.select_all(cards)) if cards and page is not None else None,
    )
    return _with_passed(shown, listing, walk)


def _holds_sitemaps(listing: Listing) -> bool:
    return listing.holds in (Holds.SITEMAPS, Holds.INDEX)


def _with_passed(shown: Shown, listing: Listing, walk: Walk) -> Shown:
    """With what else the listing names."""
    taken = {link.url for link in shown.links}
    passed: list[Passed] = list(listing.passed)
    if listing.holds in (Holds.ARTICLES, Holds.PAGES):
        others = (link.url for link in listing.links if link.url not in taken)
        passed += [walk.site.why_passed(url, walk.section) for url in others]
    return replace(
        shown,
        passed=Counter(fate_of(one.why) for one in passed),
        rules=Counter(f"{fate_of(one.why).value}: {one.rule}" for one in passed if one.rule),
    )


# Feeds and sitemaps ---------------------------------------------------------------


def _beside(exchange: Exchange, walk: Walk, shown: Shown | None) -> Beside:
    kind = Kind.FEED if exchange.asked in walk.feeds else Kind.SITEMAP
    if not exchange.is_read:
        return Beside(exchange, kind, fault=exchange.failed)
    try:
        with page_time_limit(PAGE_TIME_LIMIT):
            listing = listings.read(_answer(exchange, walk), walk.site)
            if listing.holds is Holds.CARDS:
                return Beside(exchange, kind, fault="neither a feed nor a sitemap")
            return _compared(exchange, listing, walk, shown.links if shown else ())
    except (TookTooLong, ValueError) as error:
        return Beside(exchange, kind, fault=str(error))


def _compared(exchange: Exchange, listing: Listing, walk: Walk, shown: Sequence[Link]) -> Beside:
    kind, named = kind_of(listing.holds), len(listing.links) + len(listing.passed)
    if _holds_sitemaps(listing):
        return Beside(exchange, kind, named, children=_children(listing, walk))
    keys = {walk.site.key(link.url) for link in shown}
    stories = _stories(exchange, listing, walk, keys)
    lacking = [link for link in stories if walk.site.key(link.url) not in keys]
    on_page = [date for link in (*shown, *stories) if link not in lacking and (date := last_moment_of(link, walk))]
    since = wanted_since(on_page, [], None, None)
    dates = (date_of(link, walk) for link in lacking)
    newer = sum(date is not None and since is not None and date >= since for date in dates)
    return Beside(exchange, kind, named, tuple(stories), tuple(lacking), newer, listing.cut)


def _children(listing: Listing, walk: Walk) -> tuple[str, ...]:
    """The sitemaps that an index names, the newest first."""
    children = children_of(listing.links, lambda link: last_moment_of(link, walk))
    return tuple(child.link.url for child in most_wanted(children))


def _stories(exchange: Exchange, listing: Listing, walk: Walk, keys: set[str]) -> list[Link]:
    """The section's stories that a source names, the newest first."""
    never = datetime.min.replace(tzinfo=UTC)
    named = [link for link in listing.links if walk.site.key(link.url) in keys or is_story(link, listing, walk)]
    named.sort(key=lambda link: last_moment_of(link, walk) or never, reverse=True)
    is_own = is_feed_of_section(exchange.asked, walk) or is_of_section(
        [walk.site.key(one.url) in keys for one in named]
    )
    if is_own or (not keys and exchange.asked in walk.feeds):
        return named
    return [link for link in named if walk.site.key(link.url) in keys or is_within_section(link.url, walk)]


# Articles -------------------------------------------------------------------------


def _read(exchange: Exchange, walk: Walk, case: Case) -> Read:
    if not exchange.is_read:
        return Read(exchange, Failed(exchange.failed))
    try:
        with page_time_limit(PAGE_TIME_LIMIT):
            return _read_article(exchange, walk, datetime.fromisoformat(exchange.at or case.at))
    except TookTooLong as error:
        return Read(exchange, Failed(str(error)))


def _read_article(exchange: Exchange, walk: Walk, at: datetime) -> Read:
    asked = Asked(exchange.asked, walk.section, walk.title, walk.listing_addresses)
    found = walk.site.read(exchange.body, exchange.url, exchange.headers, asked, at)
    if not (isinstance(found, Article) and found.body) and _needs_scripts(exchange):
        return Read(exchange, Failed(SCRIPTED_ARTICLE))
    page = Page(exchange.body, exchange.url, exchange.headers)
    said: list[str] = []
    if isinstance(found, Article):
        with _warnings_into(said):
            cleaned(found, walk.site.publisher)
    told = page.article_node.get("articleBody")
    return Read(
        exchange,
        found,
        page,
        unmatched(page, walk.site.publisher) if walk.site.publisher.hosts else {},
        told if isinstance(told, str) else "",
        tuple(said),
    )


def _needs_scripts(exchange: Exchange) -> bool:
    return article_needs_scripts(exchange.status, exchange.flags, exchange.body, exchange.url, exchange.headers)


@contextmanager
def _warnings_into(said: list[str]) -> Iterator[None]:
    """Add what is logged of dates that are in doubt, without the article's address."""

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            text = record.getMessage()
            said.append(text.partition(": ")[2] if "://" in text.partition(": ")[0] else text)

    listener = Listener(logging.WARNING)
    logger = logging.getLogger(_DATES)
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagates
