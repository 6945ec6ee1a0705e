"""Which links of a listing are its articles: small listings, each about one thing."""

from __future__ import annotations

import pytest

from newscrawl.addresses import forms
from newscrawl.addresses.site import Site
from newscrawl.extract import Page
from newscrawl.listings.cards import discover, has_more_links, links_of, other_host
from newscrawl.publishers import GENERIC

HOME = "https://news.example"


def shown(html, path="/sport/rowing"):
    page = Page(f"<html><body>{html}</body></html>", HOME + path)
    links = discover(page, Site(GENERIC, HOME), forms.section_path(HOME + path)).links
    return [link.url.removeprefix(HOME) for link in links]


def cards(*paths, title="Eights win on the Orrin again"):
    return "".join(
        f"<div class='card c{n}'><h3><a href='{path}'>{title}</a></h3></div>" for n, path in enumerate(paths)
    )


def lines(*paths, title="The mayor has said nothing again"):
    return "".join(f"<p><a href='{path}'>{title}</a></p>" for path in paths)


OWN = [f"/sport/rowing/eights-win-on-the-orrin-{n}" for n in range(71000, 71004)]
OTHERS = [f"/politics/the-mayor-says-nothing-{n}" for n in range(72000, 72012)]


@pytest.mark.parametrize("count", [1, 3, 12])
def test_an_unmarked_side_list_of_other_sections(count):
    assert shown(f"<div>{cards(*OWN)}</div><div>{lines(*OTHERS[:count])}</div>") == OWN


def test_cards_of_other_sections_among_the_section_s():
    mixed = [*OWN, *OTHERS[:3]]
    assert shown(f"<div>{cards(*mixed)}</div><div>{lines(*OTHERS[5:7])}</div>") == mixed
    assert shown(f"<div>{cards(*OWN, OTHERS[0])}</div>") == OWN  # a single one is a promotion


def test_articles_that_are_not_below_the_section_s_path():
    assert shown(f"<nav>{lines(*OWN)}</nav><main>{cards(*OTHERS)}</main>", "/world") == OTHERS


def test_the_title_is_beside_the_link():
    html = "".join(
        f"<div><h2>Granary {n} opens to the public</h2><p>Words.</p><a href='/s.aspx?sid={n}'>More</a></div>"
        for n in range(4)
    )
    assert shown(html) == [f"/s.aspx?sid={n}" for n in range(4)]


def test_short_addresses_by_the_place_of_their_cards():
    paths = ["/p/on-lamps", "/p/the-long-way-home-again", "/p/granary", "/p/bells-and-whistles"]
    html = "".join(
        f"<div class=post><a href='{p}'>What the people of Maro say</a> <a href='/@jane'>Jane Doe</a></div>"
        for p in paths
    )
    assert shown(html, "/archive") == paths


def test_a_menu_is_no_listing():
    menu = "".join(
        f"<li><a href='/{word}'>{word.title()}</a></li>" for word in "world sport arts money weather".split()
    )
    assert shown(f"<ul class=menu>{menu}</ul><footer>{lines('/terms-of-use-of-this-site')}</footer>", "/") == []


def test_dates_of_cards():
    html = "".join(
        f"<li><h3><a href='{p}'>Eights win on the Orrin again</a></h3><time datetime='2025-09-0{n}'>then</time></li>"
        for n, p in enumerate(OWN, 1)
    )
    links = discover(Page(f"<ul>{html}</ul>", HOME + "/sport"), Site(GENERIC, HOME), "sport").links
    assert [link.date for link in links] == ["2025-09-01", "2025-09-02", "2025-09-03", "2025-09-04"]


def test_what_a_page_teaches():
    page = Page(f"<div>{cards(*OWN)}</div>", HOME + "/sport/rowing")
    found = discover(page, Site(GENERIC, HOME), "sport/rowing")
    assert (found.forms, found.prefix) == ([forms.form(HOME + OWN[0])], "sport/rowing")
    assert discover(Page("<p>Nothing</p>", HOME), Site(GENERIC, HOME), "") == ([], [], None)


def test_a_known_form_tells_of_a_single_link():
    page = Page("<p><a href='/p/on-lamps'>What the people of Maro say</a></p>", HOME)
    site = Site(GENERIC, HOME)
    assert discover(page, site, "").links == []
    known = {forms.form(f"{HOME}/p/by-night")}
    assert [link.url for link in discover(page, site, "", known).links] == [f"{HOME}/p/on-lamps"]


def test_articles_on_another_host_of_the_domain():
    page = Page(cards(*(f"https://blog.news-valley.com{path}" for path in OWN)), "https://www.news-valley.com/sport")
    assert other_host(page, Site(GENERIC, page.url), "sport") == "blog.news-valley.com"
    assert other_host(Page(cards(*OWN[:2]), HOME), Site(GENERIC, HOME), "sport") is None


def test_links_count_as_far_as_a_bound():
    page = Page("<a href='/a'>A</a><a>B</a>" * 5001, HOME)
    assert len(list(links_of(page))) == 5000
    assert has_more_links(page)
    assert not has_more_links(Page("<a href='/a'>A</a>", HOME))
