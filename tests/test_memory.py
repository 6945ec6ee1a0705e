"""What runs remember of a site that nobody described: which story is at which address, and which addresses lead to none."""

from __future__ import annotations

import pytest

from tests.conftest import apart

WORDS = ("harbour", "granary", "lantern", "ferry", "beacon", "market", "cellar", "orchard")


def story(number, *, head="", headline="", body=""):
    """A page of a story, the same for each number."""
    word = WORDS[number % len(WORDS)]
    text = body or "".join(
        f"<p>The {word} of Orrin was counted {number * 7 + part} times by people who had waited on the quay since the"
        f" morning of day {number}, and nobody could say what the {word} was good for.</p>"
        for part in range(5)
    )
    title = headline or f"What the {word} of Orrin was good for on day {number}"
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title><meta property="og:type" content="article">{head}'
        f"</head><body><main><article><h1>{title}</h1>{text}</article></main></body></html>"
    )


def cards(*links):
    listed = "".join(
        f'<article><h2><a href="{link}">A story of Orrin, {link[-12:]}</a></h2></article>' for link in links
    )
    return (
        f"<!DOCTYPE html><html><head><title>News</title></head><body><main><h1>News</h1>{listed}</main></body></html>"
    )


FRONT = cards(*(f"/sport/a-match-of-the-day-in-orrin-{number}0001" for number in range(9))).replace(
    "<h1>News", '<h1 data-front="1">The Orrin Post'
)


def path(number):
    return f"/news/what-was-counted-in-orrin-{number}000{number}"


@pytest.fixture
def crawl(crawl):
    return apart(crawl)


@pytest.fixture
def night(site, crawl):
    """Crawl the section, one file a night, all in one folder."""

    def run(number, *arguments):
        site.requests.clear()
        return crawl("-a", f"start={site.origin}/news", *arguments, spider="section", output=f"{number}.jsonl")

    return run


def asked_twice(site):
    return [path for path in site.paths() if site.paths().count(path) > 1]


def told(run):
    """Path and status of what a run wrote."""
    return sorted((article["url"].split("/", 3)[3], article["status"]) for article in run.articles)


def test_a_night_of_front_pages(site, night):
    shown = [path(number) for number in range(1, 5)]
    short = ["/n/471", "/n/472", "/n/473", "/n/474"]
    site.html("/news", cards(*shown, *short))
    for number, at in enumerate([*shown, *short], 1):
        site.html(at, FRONT if number in (2, 3, 5, 6, 7) else story(number))
    first = night(1)
    assert (first.status, len(first.articles)) == (2, 3), first.stderr
    assert "5 addresses answered with a page that others also show" in first.last_line
    for number, at in enumerate([*shown, *short], 1):
        site.html(at, story(number))
    second = night(2)
    assert (second.status, len(second.articles)) == (0, 5), second.stderr
    for at in shown:
        site.html(at, FRONT)
    site.html(path(5), FRONT)
    site.html("/news", cards(*shown, path(5)))
    third = night(3)
    assert third.status in (1, 2)
    site.html(path(5), story(15))
    fourth = night(4)
    assert len(fourth.articles) == 1
    assert "counted" in fourth.articles[0]["body"]


def test_one_canonical_address_on_several_stories(site, night):
    shown = [path(number) for number in range(1, 9)]
    site.html("/news", cards(*shown))
    for number, at in enumerate(shown, 1):
        of = path(2) if number < 5 else path(99)
        head = f'<link rel="canonical" href="{of}">' if number % 2 else f'<meta property="og:url" content="{of}">'
        site.html(at, story(number, head=head))
    site.html(path(2), story(2))
    first = night(1)
    assert (first.status, told(first)) == (0, sorted((at[1:], "new") for at in shown)), first.stderr
    assert not asked_twice(site)
    second = night(2)
    assert (second.status, second.articles) == (0, []), second.stderr
    site.html(path(10), story(10, head=f'<meta property="og:url" content="{path(2)}">'))
    site.html("/news", cards(path(10), *shown))
    assert told(night(3)) == [(path(10)[1:], "new")]


def test_stories_at_other_addresses(site, night):
    old = [path(1), path(2), path(3), "/news/caf%c3%a9-of-orrin-and-its-people/", "/news/a.php?id=5001&page=x&sid=k3"]
    new = ["/new/first-of-all-things-in-orrin", "/new/second-of-all-things-in-orrin", path(3) + "/",
           "/news//caf%C3%A9-of-%6frrin-and-its-people/", "/news/a.php?sid=x9&page=x&id=5001"]  # fmt: skip
    site.html("/news", cards(*old))
    for number, at in enumerate(old, 1):
        site.html(at, story(number))
    assert len(night(1).articles) == 5
    site.html("/news", cards(*new))
    for number, (before, at) in enumerate(zip(old, new, strict=True), 1):
        site.html(at, story(number, headline="A correction of day 2" if number == 2 else ""))
        site.html(before, "", 301, Location=at)
    second = night(2)
    assert (second.status, told(second)) == (0, [(new[1][1:], "changed")]), second.stderr
    assert not asked_twice(site)
    third = night(3)
    assert (third.status, third.articles) == (0, []), third.stderr


def test_links_that_lead_nowhere(site, night, crawl):
    shown = [path(number) for number in range(1, 7)]
    site.html("/news", cards(*shown))
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, f"User-agent: *\nDisallow: {path(2)}\n".encode())
    for number, at in enumerate(shown, 1):
        site.html(at, story(number), {1: 410, 3: 500}.get(number, 200))
    site.html(path(4), "", 302, Location="/news")
    first = night(1)
    assert first.status == 2
    assert "4 failed" in first.last_line
    site.html(path(1), story(1))
    site.html(path(5), "", 301, Location="/")
    site.html("/", FRONT)
    second = night(2)
    assert second.status == 2, second.stderr
    assert "2 failed" in second.last_line
    assert told(second) == [(path(1)[1:], "new")]
    third = night(3, "-s", "RECHECK_DAYS=0")
    assert third.status == 0, third.stderr
    assert "3 still dead since an earlier run (1 forbidden by robots.txt, 1 HTTP 500," in third.last_line
