"""Sitemaps and their indexes."""

from __future__ import annotations

from newscrawl.listings import sitemaps
from newscrawl.listings.listing import Answer, Holds
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite

HOME = "https://news.example"


def read(text: str) -> tuple[list[tuple[str, str]], Holds]:
    listing = sitemaps.read(Answer(text.encode(), f"{HOME}/sitemap.xml"), LearnedSite(GENERIC, HOME))
    return [(link.url.removeprefix(HOME), link.date) for link in listing.links], listing.holds


def articles(text: str) -> list[str]:
    """Those of which a sitemap says that they are."""
    listing = sitemaps.read(Answer(text.encode(), f"{HOME}/sitemap.xml"), LearnedSite(GENERIC, HOME))
    return [link.url.removeprefix(HOME) for link in listing.links if link.is_article]


def test_pages_with_their_last_change():
    pages = "<url><loc> /a </loc><lastmod>2025-09-03</lastmod></url><url><loc>https://other.example/b</loc></url>"
    assert read(f"<urlset>{pages}</urlset>") == ([("/a", "2025-09-03")], Holds.PAGES)


def test_the_date_of_news_comes_before_the_last_change():
    news = "<n:news xmlns:n='n'><n:publication_date>2025-09-02</n:publication_date></n:news>"
    page = f"<url><loc>/a</loc><lastmod>2025-09-03</lastmod>{news}</url>"
    assert read(f"<urlset>{page}</urlset>")[0] == [("/a", "2025-09-02")]
    video = page.replace("news", "video")  # what another nested element says is not the entry's
    assert read(f"<urlset>{video}</urlset>")[0] == [("/a", "2025-09-03")]


def test_what_is_news_is_an_article_among_other_pages():
    news = "<url><loc>/n/4</loc><news:news><news:title>Bells</news:title></news:news></url>"
    assert articles(f"<urlset><url><loc>/about</loc></url>{news}<url><loc>/world</loc></url></urlset>") == ["/n/4"]
    image = "<url><loc>/b</loc><image:image><image:loc>/i.jpg</image:loc></image:image></url>"
    assert articles(f"<urlset>{image}</urlset>") == []


def test_an_index_names_sitemaps():
    parts = "<sitemap><loc>/1.xml</loc></sitemap><sitemap><loc>/2.xml</loc></sitemap>"
    assert read(f"<sitemapindex>{parts}</sitemapindex>") == ([("/1.xml", ""), ("/2.xml", "")], Holds.INDEX)


def test_a_date_of_publication_is_told_from_one_of_change():
    news = "<news><publication_date>2025-09-03</publication_date></news><lastmod>2025-09-09</lastmod>"
    text = f"<urlset><url><loc>/a</loc>{news}</url><url><loc>/b</loc><lastmod>2025-09-09</lastmod></url></urlset>"
    listing = sitemaps.read(Answer(text.encode(), f"{HOME}/sitemap.xml"), LearnedSite(GENERIC, HOME))
    assert [(link.date, link.is_published) for link in listing.links] == [("2025-09-03", True), ("2025-09-09", False)]
