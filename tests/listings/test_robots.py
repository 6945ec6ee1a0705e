"""The sitemaps of a robots.txt."""

from __future__ import annotations

from newscrawl.listings import robots
from newscrawl.listings.listing import Answer, Holds
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite

HOME = "https://news.example"


def test_news_sitemaps_first_each_once_and_no_other_host_s():
    text = "Sitemap: /a.xml\nUser-agent: *\nsitemap: /news.xml new ones\nSitemap: https://other.example/b.xml\nSitemap: /a.xml"
    listing = robots.read(Answer(text.encode(), f"{HOME}/robots.txt"), LearnedSite(GENERIC, "https://harbour.example"))
    assert [link.url for link in listing.links] == [
        "https://harbour.example/news.xml",
        "https://harbour.example/a.xml",
    ]
    assert listing.holds is Holds.SITEMAPS
