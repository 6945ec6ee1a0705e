"""Cards of supported publishers."""

from __future__ import annotations

from newscrawl.extract import Page
from newscrawl.listings.ruled import ruled_cards
from newscrawl.publishers import Publisher
from newscrawl.sites import DescribedSite

HOME = "https://ledger.example"
LEDGER = Publisher(
    name="ledger.example",
    hosts=("ledger.example",),
    home=HOME,
    article=r"/(?P<section>[a-z]+)/(?P<id>\d+)",
    rules={"card": (".card",), "card_date": (".when",)},
)


def shown(html: str, section: str = "world") -> list[tuple[str, str]]:
    links = ruled_cards(Page(html, f"{HOME}/world"), DescribedSite(LEDGER, HOME), section)
    return [(link.url.removeprefix(HOME), link.date) for link in links]


def test_cards_and_headings_count_before_other_links():
    html = (
        "<div class=card><a href='/world/1'>A</a></div><h3><a href='/world/2'>B</a></h3><p><a href='/world/3'>C</a></p>"
    )
    assert shown(html) == [("/world/1", ""), ("/world/2", "")]


def test_without_cards_all_links_outside_of_menus_do():
    html = "<nav><a href='/world/1'>A</a></nav><p><a href='/world/2'>B</a><a href='/world/2#more'>C</a></p>"
    assert shown(html) == [("/world/2", "")]


def test_articles_of_other_sections_do_not():
    assert shown("<h3><a href='/sport/1'>A</a></h3>") == []


def test_a_date_is_its_box_s_article_s():
    card = "<div class=card><a href='/world/{0}'>A</a><span class=when>Sep {0} 2025</span></div>"
    assert shown(card.format(1) + card.format(2)) == [("/world/1", "Sep 1 2025"), ("/world/2", "Sep 2 2025")]
    two = "<div class=card><a href='/world/1'>A</a><a href='/world/2'>B</a><span class=when>Sep 1 2025</span></div>"
    assert shown(two) == [("/world/1", ""), ("/world/2", "")]
