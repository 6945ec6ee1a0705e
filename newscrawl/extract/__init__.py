"""HTML in, Article out: a publisher's rules first, then structured data, then generic ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from newscrawl.addresses.site import Site
from newscrawl.article.item import Article
from newscrawl.extract import (
    byline,
    contributors,
    corrections,
    description,
    headline,
    image,
    keywords,
    language,
    marks,
    neighbours,
    publisher_name,
    reading_time,
    section,
    text_language,
    topics,
)
from newscrawl.extract.body import extract_body
from newscrawl.extract.dateline import written_dateline
from newscrawl.extract.dates import find_dates
from newscrawl.extract.images import images_of, story_pictures
from newscrawl.extract.markdown import markdown_of, with_pictures
from newscrawl.extract.page import Page
from newscrawl.extract.prose import Told
from newscrawl.extract.updates import updates_on
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher

__all__ = ["FIELDS", "Page", "extract"]

#: Fields that follow from the page and its publisher alone. The others need one another.
FIELDS: Mapping[str, Callable[[Page, Publisher], Value[Any]]] = {
    "section": section.section,
    "headline": headline.headline,
    "description": description.description,
    "reading_minutes": reading_time.reading_minutes,
    "image": image.image,
    "image_caption": image.image_caption,
    "premium": marks.is_premium,
    "live": marks.is_live,
    "language": language.language,
    "publisher_name": publisher_name.publisher_name,
    "keywords": keywords.keywords,
}
#: Fields whose rules are part of the output; the date's is known when it is read.
TOLD_RULES = ("headline", "body", "date_published")


def extract(page: Page, site: Site, fetched_at: datetime, section_name: str = "", *, markdown: bool = True) -> Article:
    """The article on a page, before any pipeline: dates unread, offers still in the body.

    ``section_name`` is what to give when the page has no breadcrumb; ``fetched_at`` is aware; without ``markdown``,
    ``body_markdown`` is not made.
    """
    found = find_dates(page, site.publisher, fetched_at)
    values = {name: read(page, site.publisher) for name, read in FIELDS.items()}
    if not values["section"].value:
        values["section"] = Value(section_name)
    values["authors"], values["place"] = byline.byline(page, site.publisher)
    values["topics"] = topics.topics(page, site.publisher, values["authors"].value)
    values |= neighbours.addresses(page, site)
    dated = bool(found.published or found.modified)
    told = Told(values["headline"].value, values["authors"].value, values["description"].value or "")
    premium, live = values["premium"].value, values["live"].value
    body, rule = extract_body(page, site.publisher, told, premium=premium, live=live, dated=dated)
    texts = [block.text for block in body]
    values["body"] = Value("\n\n".join(texts), rule)
    values |= _of_the_text(page, texts, told.authors, values["language"])
    article = Article(
        publisher=site.name,
        crawled_at=fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        found=found,
        **{name: value for name, (value, _) in values.items()},
    )
    article.story = markdown_of(body, page.absolute, site.is_internal, told.headline, markdown=markdown)
    pictures = story_pictures(page, body, told.headline, told.authors, values["image"]) if body else []
    article.images = images_of(pictures)
    if markdown:
        article.story = with_pictures(article.story, pictures)
    if live:
        article.entries = updates_on(page, site.publisher, body, rule)
    article.rules = {name: rule for name, (_, rule) in values.items()}
    article.extraction = {name: article.rules.pop(name, None) for name in TOLD_RULES}
    return article


def _of_the_text(
    page: Page, texts: Sequence[str], authors: Sequence[str], language: Value[str | None]
) -> dict[str, Value[Any]]:
    """What the body's paragraphs tell, too."""
    return {
        "language": language if language.value else text_language.text_language(texts),
        "dateline": written_dateline(texts, page),
        "corrections": corrections.corrections(page, texts),
        "contributors": contributors.contributors(page, texts, authors),
    }
