"""What every source of links gives."""

from __future__ import annotations

from newscrawl.listings.listing import Link, Listing, Passed, Why, site_links
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite


def test_a_listing_of_links_alone_says_nothing_else():
    listing = Listing([])
    assert (listing.next, listing.more, listing.cut, listing.page) == (None, "", "", None)


def test_the_next_page_is_looked_for_when_it_is_asked_for():
    asked = []
    listing = Listing([], find_next=lambda: asked.append(1) or "https://news.example/2")
    assert asked == []
    assert listing.next == "https://news.example/2"


def test_links_of_other_hosts_are_passed_over_and_told():
    site = LearnedSite(GENERIC, "https://news.example")
    found = [("/a", "2025-09-03"), ("", ""), ("https://other.example/b", "")]
    links, passed = site_links(found, site)
    assert links == [Link("https://news.example/a", "2025-09-03")]
    assert passed == (Passed("", Why.NO_ADDRESS), Passed("https://other.example/b", Why.OTHER_HOST))
