"""What every source of links gives."""

from __future__ import annotations

from newscrawl.listings.listing import Link, Listing, site_links
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite


def test_a_listing_of_links_alone_says_nothing_else():
    listing = Listing([])
    assert (listing.next, listing.more, listing.cut, listing.page) == (None, "", "", None)


def test_the_next_page_is_looked_for_when_it_is_asked_for():
    asked = []
    listing = Listing([], find_next=lambda: asked.append(1) or ["https://news.example/2"])
    assert asked == []
    assert listing.next == "https://news.example/2"


def test_links_of_other_hosts_are_left_out():
    site = LearnedSite(GENERIC, "https://news.example")
    found = [("/a", "2025-09-03"), ("", ""), ("https://other.example/b", "")]
    assert site_links(found, site) == [Link("https://news.example/a", "2025-09-03")]
