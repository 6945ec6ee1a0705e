"""Sites whose listings teach which addresses are articles."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.article.item import Article
from newscrawl.extract import Page
from newscrawl.listings.listing import Holds, Link, Listing
from newscrawl.publishers import GENERIC, Publisher
from newscrawl.sites import LearnedSite, site_at
from newscrawl.sites import verdict as verdicts
from newscrawl.sites.base import Asked
from newscrawl.sites.verdict import Skipped

HOME = "https://news.example"
NOW = datetime(2025, 9, 3, 12, tzinfo=UTC)
STORY = f"{HOME}/world/the-bell-of-orrin-70001"
TEXT = "".join(
    f"<p>The bell of Orrin rang again after {years} years, and the whole valley came to listen to it at noon.</p>"
    for years in range(40, 45)
)


def site(url: str = HOME) -> LearnedSite:
    return LearnedSite(GENERIC, url)


def read(body: str, url: str = STORY, **asked):
    asked.setdefault("listed", True)
    return site().read(body.encode(), url, {"Content-Type": "text/html"}, Asked(asked.pop("asked", url), **asked), NOW)


def test_which_sites_learn():
    pattern = Publisher(name="p", hosts=("news.example",), home=HOME, article=r"/[^/]+/(?P<id>\d+)")
    assert isinstance(site_at(GENERIC, HOME), LearnedSite)
    assert isinstance(site_at(pattern, HOME), LearnedSite)
    assert site_at(pattern, HOME).is_article(f"{HOME}/bell/70001")
    assert not site_at(pattern, HOME).is_article(f"{HOME}/world/the-bell-of-orrin-70001")


def test_listings_teach_forms_and_the_section_s_path():
    of = site()
    cards = "".join(f"<h2><a href='/world/bell-{n}'>The bell of Orrin rings</a></h2>" for n in range(4))
    assert not of.is_article(f"{HOME}/world/bell-9")
    assert len(of.links(Page(cards, f"{HOME}/world"), "world")) == 4
    assert of.is_article(f"{HOME}/world/bell-9")
    assert not of.is_article(f"{HOME}/sport/bell-9")
    other = site()
    other.learn(of.learned())
    assert other.learned() == of.learned()


ORIGINAL = "https://paper.example"
LINKS = [f"{host}/world/bell-{n}" for n in range(8) for host in ([ORIGINAL] if n % 4 == 3 else [""])]
CARDS = "".join(f"<h2><a href='{link}'>The bell of Orrin rings</a></h2>" for link in LINKS)


@pytest.mark.parametrize(
    ("canonical", "found"),
    [
        ("https://paper.example/world", 8),  # the same path: a copy
        ("https://paper.example/world/", 8),
        ("https://paper.example/", 6),  # a template's
        ("https://paper.example/sport", 6),
        ("/world", 6),
        ("https://[", 6),
        ("", 6),
    ],
)
def test_a_listing_that_names_another_host_as_its_own_is_a_copy(canonical, found):
    of = site()
    page = Page(f"<link rel=canonical href='{canonical}'>{CARDS}", f"{HOME}/world")
    links = of.links(page, "world")
    assert len(links) == found
    assert all(link.url.startswith(f"{HOME}/") for link in links)
    assert of.is_copy is (found == 8)
    if of.is_copy:
        assert of.url("http://paper.example:8080/world/bell-9") is None  # another port
        assert of.on_copy("https://paper.example/world/bell-9") == f"{HOME}/world/bell-9"
        assert not of.answers("https://paper.example/world/bell-9")
        other = site()
        other.learn(of.learned())
        assert other.url("https://paper.example/world/bell-9") == f"{HOME}/world/bell-9"


def test_a_listing_without_articles_of_its_own_is_no_copy():
    of = site()
    links = "".join(f"<h2><a href='https://paper.example/world/bell-{n}'>The bell rings</a></h2>" for n in range(5))
    page = Page(f"<link rel=canonical href='https://paper.example/world'>{links}", f"{HOME}/world")
    assert of.links(page, "world") == []
    assert not of.is_copy


def test_a_site_of_the_same_domain_is_no_copy():
    of = site("https://m.valley-news.com")
    page = Page(
        f"<link rel=canonical href='https://www.valley-news.com/world'>{CARDS}", "https://m.valley-news.com/world"
    )
    of.links(page, "world")
    assert not of.is_copy


def test_the_site_moves_to_where_its_articles_are_but_not_for_ever():
    of = site("https://www.valley-news.com")
    of.follow(["https://blog.valley-news.com/a", "https://blog.valley-news.com/b"])
    assert of.origin == "https://blog.valley-news.com"
    assert of.url("https://www.valley-news.com/a") == "https://www.valley-news.com/a"
    for name in ("one", "two", "three"):
        of.follow([f"https://{name}.valley-news.com/a"])
    assert len(of.others) == 2
    of.follow(["https://other.example/a"])
    assert of.host == "www.valley-news.com"


def test_the_site_is_where_it_led_to():
    of = site()
    of.settle("https://other.example/world")
    assert of.origin == HOME
    of.settle("http://www.news.example/world")
    assert of.origin == "http://www.news.example"


def listing(holds: Holds, *paths: str) -> Listing:
    return Listing([Link(HOME + path) for path in paths], holds=holds)


def paths(links: list[Link]) -> list[str]:
    return [link.url.removeprefix(HOME) for link in links]


def test_the_section_s_share_of_a_feed_or_sitemap():
    own, other, page = "/world/the-bell-of-orrin-70001", "/sport/the-boats-of-orrin-70002", "/world/about-our-work"
    of = site()
    feed = listing(Holds.ARTICLES, own, other, page)
    assert paths(of.of_section(feed, "world", whole=False)) == [own, page]
    assert paths(of.of_section(feed, "world", whole=True)) == [own, other, page]
    assert paths(of.of_section(listing(Holds.ARTICLES, other), "world", whole=False)) == [other]
    assert paths(of.of_section(listing(Holds.PAGES, own, other, page), "world", whole=False)) == [own]
    assert paths(of.of_section(listing(Holds.PAGES, other), "world", whole=False)) == []


def test_a_start_may_be_an_article_itself():
    head = "<meta property='og:type' content='article'>"
    assert not site().begins_at_article(STORY)
    assert site().is_article_itself(Page(f"{head}{TEXT}", STORY), 0)
    assert not site().is_article_itself(Page(f"{head}{TEXT}", f"{HOME}/world"), 3)
    assert not site().is_article_itself(Page(TEXT, STORY), 0)


def test_sections_of_starts():
    assert site().section_of_start(f"{HOME}/world/europe/?page=2") == "world/europe?page=2"
    assert site().section_of_start(f"{HOME}/world/index.html") == "world"
    assert site().feed_title("Rss") == ""
    assert site().leads_astray(f"{HOME}/world", f"{HOME}/")
    assert not site().leads_astray(f"{HOME}/", f"{HOME}/")


# Verdicts ------------------------------------------------------------------------


def test_an_article():
    found = read(f"<h1>A bell rings</h1><article>{TEXT}</article>")
    assert isinstance(found, Article)
    assert found.url == STORY


@pytest.mark.parametrize(
    ("body", "asked", "verdict"),
    [
        ("%PDF", {}, verdicts.NOT_HTML),
        (f"<p>{TEXT}", {"listings": {STORY}}, verdicts.MISLED),
        (f"<p>{TEXT}", {"listings": {STORY}, "listed": False}, verdicts.OTHER_ADDRESS),
        ("%PDF", {"listed": False}, verdicts.OTHER_FORMAT),
        ("<p>", {"url": f"{HOME}/world/bell"}, verdicts.NO_TEXT),
        (f"<article>{TEXT}</article>", {"url": f"{HOME}/world/bell", "listed": False}, verdicts.NO_EVIDENCE),
    ],
)
def test_no_article(body, asked, verdict):
    assert read(body, **asked) == verdict


def test_a_file_in_an_article_s_place_will_always_be_one():
    found = site().read(b"%PDF", STORY, {"Content-Type": "application/pdf"}, Asked(STORY), NOW)
    assert found == verdicts.A_FILE


def test_a_page_says_itself_what_it_is():
    found = read(f'<script type="application/ld+json">{{"@type": "CollectionPage"}}</script>{TEXT}')
    assert found == Skipped(verdicts.OTHER_BY_ITSELF, certain=True, detail="CollectionPage")


def test_a_canonical_address_that_cannot_be_the_page_s_own():
    found = read(f"<link rel=canonical href='/world/valley'><h1>A bell</h1><article>{TEXT}</article>")
    assert isinstance(found, Article)
    assert (found.url, found.id) == (STORY, site().key(STORY))
