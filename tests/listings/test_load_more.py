"""What loads more of a listing into its page."""

from __future__ import annotations

import pytest

from newscrawl.addresses.site import Site
from newscrawl.extract import Page
from newscrawl.listings.load_more import says_more
from newscrawl.listings.paging import next_pages
from newscrawl.publishers import GENERIC

HOME = "https://news.example"
STORIES = [f"/world/a-bell-rings-in-orrin-{n}" for n in range(70001, 70006)]
CARDS = "".join(f"<article><h2><a href='{path}'>A bell rings in Orrin again</a></h2></article>" for path in STORIES)
SITE = Site(GENERIC, HOME)


def following(markup: str) -> str:
    page = Page(f"<main><div class=list>{CARDS}</div>{markup}</main>", f"{HOME}/world")
    return next(next_pages(page, SITE, "world"), "").removeprefix(HOME)


def more(markup: str, *, before: str = "", number: int = 1) -> str:
    page = Page(f"<body>{before}<main><div class=list>{CARDS}</div>{markup}</main></body>", f"{HOME}/world")
    return says_more(page, number, {HOME + path for path in STORIES}, SITE)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<button class=load-more data-url='/ajax/world?p=2'>Load more</button>", "/ajax/world?p=2"),
        ("<div class=x data-load-more-url='/ajax/list?offset=5'></div>", "/ajax/list?offset=5"),
        ("<div data-controller=scroll data-scroll-next-url-value='/world?page=2'></div>", "/world?page=2"),
        ("<div hx-get='/world/more?page=2' hx-trigger=revealed></div>", "/world/more?page=2"),
        ("<button hx-get='/parts/list?after=71'>Mehr laden</button>", "/parts/list?after=71"),
        ("<turbo-frame id=page_2 loading=lazy src='/world?page=2'></turbo-frame>", "/world?page=2"),
        (
            "<form action='/world'><input type=hidden name=page value=2><button>Show more</button></form>",
            "/world?page=2",
        ),
        ("<form action='/world'><button name=offset value=5>Ver más</button></form>", "/world?offset=5"),
        ("<a class='pager-next' href='/world/2'><svg/></a>", "/world/2"),
        # the address and the place apart
        ("<button data-endpoint=/api/world data-page=2>Load more</button>", "/api/world?page=2"),
        (
            "<button data-url='/ajax?action=more' data-page=1 data-max-pages=3>Load more</button>",
            "/ajax?action=more&page=2",
        ),
        ("<button data-api=/api/list data-cursor=c2>Load more</button>", "/api/list?cursor=c2"),
        ("<div data-next-cursor=c2 data-feed-url=/api/list></div>", "/api/list?cursor=c2"),
        ("<button data-url=/api/list data-offset=5 data-limit=5>Load more</button>", "/api/list?offset=5&limit=5"),
        # other frameworks
        ("<div ic-get-from='/more?page=2' ic-trigger-on=scrolled-into-view></div>", "/more?page=2"),
        ("<include-fragment loading=lazy src='/world/more?page=2'></include-fragment>", "/world/more?page=2"),
        ("<amp-list load-more=auto src='/api/list.json?page=2'></amp-list>", "/api/list.json?page=2"),
        ("<a up-defer=reveal up-href='/more?page=2'>Load more</a>", "/more?page=2"),
        ("<button onclick=\"load('/more?page=2')\">Load more</button>", "/more?page=2"),
        ("<div x-data=\"{next: '/more?page=2'}\"><button @click='load()'>Load more</button></div>", "/more?page=2"),
        # what leads elsewhere
        ("<div class=share data-url='https://news.example/world/9'></div>", ""),
        ("<div id=comments><button data-url='/comments/list?page=2'>Load more</button></div>", ""),
        ("<aside><button class=load-more data-url='/ajax/latest?p=2'>Load more</button></aside>", ""),
        ("<button class=load-more data-url='https://other.example/more?page=2'>Load more</button>", ""),
        ("<form method=post action='/world'><input type=hidden name=page value=2><button>More</button></form>", ""),
        ("<turbo-frame id=weather loading=lazy src='/weather'></turbo-frame>", ""),
        ("<button onclick=\"show('/sign-in')\">Sign in</button>", ""),
        ("<div data-url=/api/weather data-page=2></div>", ""),
    ],
)
def test_addresses_of_more(markup, expected):
    assert following(markup) == expected


@pytest.mark.parametrize(
    "markup",
    [
        "<button class=more>Load more</button>",
        "<div x-data x-intersect='$wire.loadMore()'></div>",
        "<div class=center><a href='#' class=btn>Weitere Artikel laden</a></div>",
        "<div role=button>もっと見る</div>",
        "<div class=load-more><span>Show more stories</span></div>",
        "<div><p>5 of 25</p><button>More stories</button></div>",
        "<form method=post action='/graphql'><button>Load more</button></form>",
        "<div class=infinite-scroll-sentinel></div>",
        "<div data-next-cursor=abc71></div>",
        "<div class=status>Showing 5 of 25</div>",
        "<p>1–5 von 25 Artikeln</p>",
        "<p>Page 1 of 3</p>",
    ],
)
def test_signs_of_more(markup):
    assert more(markup)
    assert not more(markup, number=2)  # a pager led there


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<section id=comments><h3>Comments</h3><button>Load more</button></section>",
        "<div class=sidebar><button>Load more</button></div>",
        "<div class=cookie-list><button>Show more</button></div>",
        "<section><h2>Videos</h2><a href='/v/1'>A</a><a href='/v/2'>B</a><button>Load more</button></section>",
        "<div><p>" + "The harbour council meets on every second day. " * 4 + "</p><button>Show more</button></div>",
        "<button aria-expanded=false>Show more</button>",
        "<button hidden>Load more</button>",
        "<button disabled>Load more</button>",
        "<button class=slick-next>Next</button>",
        "<p>Showing 5 of 5</p>",
        "<p>8 of 10</p>",
        "<p>In Orrin, 8 of 10 stories end well</p>",
        "<div data-next-cursor=''></div>",
        "<div data-has-more=false></div>",
    ],
)
def test_no_false_alarm(markup):
    assert more(markup) == ""


def test_what_stands_before_the_listing_is_no_sign():
    assert more("", before="<nav><button>More</button></nav><div class=intro><button>Show more</button></div>") == ""
