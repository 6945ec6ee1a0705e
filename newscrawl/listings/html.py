"""HTML pages that list articles: their cards, and the page after them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.extract.page import Page
from newscrawl.listings import load_more
from newscrawl.listings.cards import MOST_LINKS, has_more_links
from newscrawl.listings.embedded import Embedded
from newscrawl.listings.header import next_of_header
from newscrawl.listings.json_data import stepped
from newscrawl.listings.listing import Answer, Holds, Listing, ListingSite
from newscrawl.listings.paging import trust

_WHOLE = re.compile(rb"<(?:!doctype|html|head|title|body)\b", re.IGNORECASE)
_HEAD_BYTES = 5000  # in which a page shows that it is a whole one


def read(answer: Answer, site: ListingSite) -> Listing:
    """The section's articles on a page."""
    if answer.number == 1:
        site.settle(answer.url)
    page = Page(answer.body, answer.url, answer.headers)
    is_cut = page.is_cut or has_more_links(page)
    links = site.links(page, answer.section)
    embedded = Embedded(page)
    further = embedded.further(site, answer.section, links)
    links += further
    shown = {link.url for link in links}

    def find_next() -> Iterator[str]:
        named = next_of_header(answer.headers)
        found = site.next_pages(page, answer.section, answer.number, answer.asked, named=named)
        named_next = map(site.url, embedded.named_next(answer.number))
        options = [url for url in named_next if url and trust(url, answer.url, answer.section)]
        others = [*embedded.next_pages(answer.number, len(links)), *options, *_stepped(answer, len(links))]
        of_data = (url for address in others if (url := site.url(address, page.base)) and url not in answer.asked)
        return (url for url in dict.fromkeys((*found, *of_data)) if url not in shown)

    return Listing(
        links,
        cut=f"it has more than {MOST_LINKS} links, or very much markup" if is_cut else "",
        holds=Holds.CARDS,
        page=page,
        passed=site.passed(page, answer.section, links),
        find_next=find_next,
        find_more=lambda: "" if further else load_more.says_more(page, answer.number, shown, site),
    )


def _stepped(answer: Answer, count: int) -> list[str]:
    """What a script asks for after a piece of a page, which does not say what follows: the next number."""
    is_piece = answer.number > 1 and not _WHOLE.search(answer.body[:_HEAD_BYTES])
    return [following] if is_piece and count and (following := stepped(answer.url, count)) else []
