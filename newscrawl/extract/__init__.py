"""HTML in, Article out: a publisher's rules first, then structured data, then generic ones."""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl.addresses.site import Site
from newscrawl.article.item import Article
from newscrawl.extract import byline, fields, headline, neighbours, topics
from newscrawl.extract.body import extract_body
from newscrawl.extract.dates import find_dates
from newscrawl.extract.page import Page

__all__ = ["Page", "extract"]


def extract(page: Page, site: Site, fetched_at: datetime, section: str = "") -> Article:
    """The article on a page, before any pipeline: dates unread, offers still in the body.

    ``section`` is the name to give when the page has no breadcrumb; ``fetched_at`` is aware.
    """
    url = neighbours.canonical_url(page, site)
    title, headline_rule = headline.headline(page, site.publisher)
    live = fields.is_live(page, site.publisher)
    premium = fields.is_premium(page, site.publisher)
    found = find_dates(page, site.publisher, fetched_at)
    authors, place = byline.byline(page, site.publisher)
    dated = bool(found.published or found.modified)
    body, body_rule = extract_body(page, site.publisher, title, authors, premium=premium, live=live, dated=dated)
    return Article(
        url=url,
        id=site.key(url),
        publisher=site.name,
        section=fields.section(page, site.publisher) or section,
        headline=title,
        description=fields.description(page, site.publisher),
        authors=authors,
        place=place,
        body="\n\n".join(body),
        reading_minutes=fields.reading_minutes(page, site.publisher),
        image=fields.image(page, site.publisher),
        image_caption=fields.image_caption(page, site.publisher),
        topics=topics.topics(page, site.publisher, authors),
        premium=premium,
        live=live,
        language=fields.language(page),
        next_url=neighbours.next_url(page, site),
        links=neighbours.more_links(page, site, site.key(url)),
        crawled_at=fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        extraction={"headline": headline_rule, "body": body_rule, "date_published": None},
        found=found,
    )
