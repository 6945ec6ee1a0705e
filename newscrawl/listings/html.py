"""HTML pages that list articles: their cards, and the page after them."""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.extract.page import Page
from newscrawl.listings import load_more
from newscrawl.listings.cards import MOST_LINKS, has_more_links
from newscrawl.listings.header import next_of_header
from newscrawl.listings.listing import Answer, Holds, Listing, ListingSite


def read(answer: Answer, site: ListingSite) -> Listing:
    """The section's articles on a page."""
    if answer.number == 1:
        site.settle(answer.url)
    page = Page(answer.body, answer.url, answer.headers)
    is_cut = page.is_cut or has_more_links(page)
    links = site.links(page, answer.section)
    shown = {link.url for link in links}

    def find_next() -> Iterator[str]:
        named = next_of_header(answer.headers)
        found = site.next_pages(page, answer.section, answer.number, answer.asked, named=named)
        return (url for url in found if url not in shown)

    return Listing(
        links,
        cut=f"it has more than {MOST_LINKS} links, or very much markup" if is_cut else "",
        holds=Holds.CARDS,
        page=page,
        passed=site.passed(page, answer.section, links),
        find_next=find_next,
        find_more=lambda: load_more.says_more(page, answer.number, shown, site),
    )
