"""What every source of links gives."""

from __future__ import annotations

import pytest

from newscrawl.listings.listing import Entry, Link, Listing, Passed, Why, site_links
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


def test_links_of_other_hosts_are_passed_over():
    site = LearnedSite(GENERIC, "https://news.example")
    found = [Entry("/a", "2025-09-03"), Entry(""), Entry("https://other.example/b"), Entry("tag:news.example,2025:1")]
    links, passed = site_links(found, site)
    assert links == [Link("https://news.example/a", "2025-09-03")]
    assert passed == (
        Passed("", Why.NO_ADDRESS),
        Passed("https://other.example/b", Why.OTHER_HOST),
        Passed("tag:news.example,2025:1", Why.NO_ADDRESS),
    )


@pytest.mark.parametrize(
    "bad", ["http://[site:url]/a", "http://[http//other.example", "http://news\u2100.example/a", "http://a:b/"]
)
def test_a_malformed_link_is_lost_alone(bad):
    links, passed = site_links([Entry("/a"), Entry(bad), Entry("/b")], LearnedSite(GENERIC, "https://news.example"))
    assert [link.url for link in links] == ["https://news.example/a", "https://news.example/b"]
    assert passed == (Passed(bad, Why.NO_ADDRESS),)


def test_a_malformed_link_does_not_keep_a_site_from_moving():
    site = LearnedSite(GENERIC, "https://www.news.example.com")
    found = [Entry("http://[bad"), Entry(""), Entry("https://blog.news.example.com/a")]
    assert [link.url for link in site_links(found, site)[0]] == ["https://blog.news.example.com/a"]
