"""HTML pages that list articles: their cards, and the page after them."""

from __future__ import annotations

from newscrawl.extract.page import Page
from newscrawl.listings.cards import MOST_LINKS, has_more_links
from newscrawl.listings.listing import Answer, Holds, Listing, ListingSite


def read(answer: Answer, site: ListingSite) -> Listing:
    """The section's articles on a page."""
    if answer.number == 1:
        site.settle(answer.url)
    page = Page(answer.body, answer.url, answer.headers)
    is_cut = page.is_cut or has_more_links(page)
    links = site.links(page, answer.section)
    return Listing(
        links,
        cut=f"it has more than {MOST_LINKS} links, or very much markup" if is_cut else "",
        holds=Holds.CARDS,
        page=page,
        passed=site.passed(page, answer.section, links),
        find_next=lambda: site.next_page(page, answer.section, answer.number, answer.asked),
    )
