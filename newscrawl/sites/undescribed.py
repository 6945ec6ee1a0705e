"""What a site's pages have to tell, where nobody has described its publisher."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from newscrawl.addresses import forms
from newscrawl.addresses.site import Site
from newscrawl.crawl.visits import Walk
from newscrawl.extract import Page, extract
from newscrawl.listings.cards import Link
from newscrawl.sites import kinds

#: Where sitemaps mostly are.
_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml")


def alternatives(site: Site) -> list[list[str]]:
    """Where to look when a listing gives nothing, and the feeds that it names neither, stage by stage."""
    return [[f"{site.origin}/robots.txt"], [f"{site.origin}{path}" for path in _SITEMAPS]]


def of_section(links: list[Link], walk: Walk, *, is_feed: bool) -> list[Link]:
    """The section's articles among the entries of a feed or sitemap.

    Those below the section's path; all of a feed that has none of those, since the section's page names it; and all of
    what the walk began at. A feed has articles only, a sitemap all pages.
    """
    least = forms.NOTHING if is_feed else forms.MUCH
    links = [link for link in links if forms.weigh(link.url, walk.section) >= least]
    within = [link for link in links if forms.is_within(link.url, walk.section)]
    return within if not walk.whole and (within or not is_feed) else links


def is_article(page: Page, walk: Walk, cards: int) -> bool:
    """Whether the page that a walk begins at is an article, not a listing; it shows so many ``cards``."""
    url = walk.site.url(page.url) or page.url
    if not kinds.claims_article(page) or (cards and forms.weigh(url) != forms.MUCH):
        return False
    return kinds.other_than_article(page, extract(page, walk.site, datetime.now(UTC)).body, cards) is None


def is_believable(canonical: str, own: str, walk: Walk) -> bool:
    """Whether an article's canonical address may be its own: one of a listing, or that says less, is on all of them."""
    return not walk.is_listing(canonical) and forms.weigh(canonical) >= forms.weigh(own)


def is_listing(url: str, walk: Walk) -> bool:
    """Whether a page that was asked for as an article led back to a listing, or the front page."""
    return walk.is_listing(url) or is_front(url)


def is_front(url: str) -> bool:
    """Whether an address is that of a site's front page."""
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query
