"""JSON that lists articles, as what loads more of a listing answers: HTML in it, or objects with address and title.

Its articles are read as the cards that a page would show of them, so that the same tells which are the section's.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.extract.page import Page
from newscrawl.listings import json_data
from newscrawl.listings.header import next_of_header
from newscrawl.listings.listing import Answer, Head, Holds, Listing, ListingSite
from newscrawl.listings.stream import unzip


def is_mine(head: Head) -> bool:
    """Whether an answer is JSON, and not of a kind that has a reader of its own."""
    is_text = head.media_type == "application/json" and head.start.lstrip().startswith(b'"')  # with HTML in it
    is_one = is_text or head.start.lstrip().startswith((b"{", b"["))
    return is_one and b"jsonfeed.org/version" not in head.start


def read(answer: Answer, site: ListingSite) -> Listing:
    """The section's articles in it, in its order; none where it is no listing.

    Raises ``ValueError`` for what is no JSON, or is too large.
    """
    data = json_data.parse(unzip(answer.body, json_data.MOST_JSON + 1))
    found = json_data.collect(data)
    page = Page(json_data.as_page(found), answer.url)
    links = site.links(page, answer.section)

    def find_next() -> Iterator[str]:
        number, count = answer.number, len(found.stories) or len(links)
        named = [*next_of_header(answer.headers), *json_data.next_pages(data, answer.url, number, count=count)]
        urls = (site.url(url, page.base) for url in named)
        yield from (url for url in urls if url and url not in answer.asked)
        yield from site.next_pages(page, answer.section, number, answer.asked)

    return Listing(
        links,
        holds=Holds.CARDS,
        page=page,
        find_next=find_next,
        find_more=lambda: "answers with data that is not read" if found.is_unread and not links else "",
    )
