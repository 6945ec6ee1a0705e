"""What publishers' descriptions say of addresses: whose, which article, which section."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime
from pkgutil import iter_modules
from zoneinfo import ZoneInfo

import pytest

from newscrawl import publishers
from newscrawl.addresses.site import Site
from newscrawl.extract import Page
from newscrawl.extract.css import split_rule
from newscrawl.publishers import by_url, described
from newscrawl.sites import site_at

ARTICLES = {
    "https://www.aa.com.tr/tr/ekonomi/limanda-uyuyan-vinc/3540012": ("tr/ekonomi", "3540012"),
    "https://www.waz.de/staedte/duisburg/article241847490/Seilbahn.html": ("staedte/duisburg", "241847490"),
    "https://www.waz.de/leben/abnehmen-und-zunehmen-id238819313.html": ("leben", "238819313"),
    "https://www.abendblatt.de/politik/article409961272/laternen.html": ("politik", "409961272"),
    "https://www.seznamzpravy.cz/clanek/domaci-zivot-most-ceka-281904": (None, "281904"),
    "https://taz.de/Laternen-in-Serin/!6012345/": (None, "6012345"),
    "https://taz.de/!6012345": (None, "6012345"),
    "https://www.hankookilbo.com/news/article/A2026071220290000630": (None, "A2026071220290000630"),
    "https://www.hankookilbo.com/News/Read/A2025051516330004328": (None, "A2025051516330004328"),
    "https://www.dailymaverick.co.za/article/2025-05-03-keepers-ask-for-a-lamp/": (None, None),
}
NO_ARTICLES = (
    "https://www.aa.com.tr/tr/ekonomi",
    "https://www.aa.com.tr/tr/p/abonelik-talep-formu/1001",
    "https://www.waz.de/staedte/duisburg/",
    "https://www.seznamzpravy.cz/sekce/domaci-politika-252",
    "https://taz.de/Politik/Deutschland/!p4616/",
    "https://taz.de/Transgender/!t5523976/",
    "https://www.hankookilbo.com/News/Politics/HA01",
    "https://www.dailymaverick.co.za/article_tag/icj/",
)


@pytest.mark.parametrize(("url", "told"), ARTICLES.items())
def test_articles(url, told):
    site = Site(by_url(url), url)
    assert site.is_article(url)
    assert (site.section(url), site.article_id(url)) == told
    assert site.url(f"{url}?from=newsletter") == url


@pytest.mark.parametrize("url", NO_ARTICLES)
def test_other_addresses(url):
    assert not Site(by_url(url), url).is_article(url)


@pytest.mark.parametrize("publisher", described().values(), ids=lambda publisher: publisher.name)
def test_a_description_is_sound(publisher):
    page = Page("<html></html>", publisher.home)
    assert by_url(publisher.home) is publisher
    assert datetime(2025, 1, 1, tzinfo=ZoneInfo(publisher.timezone)).utcoffset() is not None
    for rule in [*(rule for rules in publisher.rules.values() for rule in rules), *publisher.drop]:
        assert page.tree.select(split_rule(rule)[0]) == []
    for form in (publisher.article, publisher.listing, publisher.feed, *publisher.ends, *publisher.asides):
        re.compile(form)


def test_listings_show_their_articles_where_no_address_tells_its_section():
    url = "https://taz.de/Politik/Deutschland/!p4616/"
    site = site_at(by_url(url), url)
    links = [f"https://taz.de/{name}/!60123{n}/" for n, name in enumerate(("Laternen", "Pfuetzen", "Plaene"), 10)]
    shown = "".join(
        f'<article><a href="{link}"><h3>Eine Stadt und ihre Laterne {link[-3]}</h3></a></article>' for link in links
    )
    menu = '<nav><a href="/Politik/Europa/!p4617/">Europa</a></nav>'
    page = Page(f"<main>{menu}{shown}</main>", url)
    assert [link.url for link in site.links(page, "Politik/Deutschland/!p4616")] == links


def test_descriptions_are_data_that_need_no_library():
    names = [module.name for module in iter_modules(publishers.__path__, "newscrawl.publishers.")]
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys, {', '.join(names)}; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = set(ran.stdout.split())
    assert loaded.issuperset(names)
    assert loaded.isdisjoint({"dateparser", "tldextract", "lxml", "scrapy"})
    rooms = {name.split(".")[1] for name in loaded if name.startswith("newscrawl.")}
    assert rooms == {"publishers", "version"}
