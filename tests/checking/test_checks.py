"""What a check finds in answers, which are invented; no request is made."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from newscrawl.checking.checks import CHECKS, Level, findings_of, without_match
from newscrawl.checking.facts import Facts
from newscrawl.checking.plan import MOST_PAGES, MOST_SOURCES, Wanted, next_wanted
from newscrawl.checking.reading import facts_of
from newscrawl.checking.verdict import Checked
from newscrawl.configuration.file import NO_CONTACT
from newscrawl.describe.saved import Case, Exchange, Role
from tests.sections import prose

AT = "2025-09-04T06:00:00+00:00"
ORIGIN = "https://news.example"
SECTION = f"{ORIGIN}/world"
PATHS = [f"/world/the-bell-of-orrin-rings-again-{number}.html" for number in range(101, 113)]
DAY = "2025-09-03T09:00:00Z"


def exchange(role: Role, url: str, body: str = "", status: int = 200, failed: str = "", **headers: str) -> Exchange:
    named = {"Content-Type": "text/html", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Exchange(role, url, url, AT, status, failed, named, body.encode())


def listing(
    paths: list[str] = PATHS, more: str = '<a rel="next" href="/world?page=2">Older</a>', head: str = ""
) -> str:
    cards = "".join(
        f'<div class="card"><h3><a href="{path}">The bell of Orrin rings {path}</a></h3></div>' for path in paths
    )
    return f"<html lang='en'><head>{head}</head><body><main>{cards}{more}</main></body></html>"


def story(
    number: int, *, date: str = DAY, author: str = "Nomsa Adair", lang: str = "en", text: list[str] | None = None,
    told: dict[str, Any] | None = None, headline: str = "", more: str = "",
) -> str:  # fmt: skip
    body = "".join(f"<p>{paragraph}</p>" for paragraph in (prose(number, 5) if text is None else text))
    dated = f'<meta property="article:published_time" content="{date}">' if date else ""
    node = json.dumps(
        {"@type": "NewsArticle", "headline": headline or f"The bell rings {number} times", **(told or {})}
    )
    by = f'<meta name="author" content="{author}">' if author else ""
    return (
        f'<html{f" lang={lang!r}" if lang else ""}><head><meta property="og:type" content="article">{dated}{by}'
        f'<script type="application/ld+json">{node}</script></head>'
        f"<body><main><article><h1>{headline or f'The bell rings {number} times'}</h1>{body}</article>{more}</main></body></html>"
    )


ROBOTS = exchange(Role.ROBOTS, f"{ORIGIN}/robots.txt", "User-agent: *\nDisallow: /private/\n")


def case_of(*exchanges: Exchange, start: str = SECTION, robots: Exchange = ROBOTS) -> Case:
    return Case(start, AT, agent="newscrawl/1", crawl=f"newscrawl crawl {start}", exchanges=[robots, *exchanges])


def good(*stories: str, page: str | None = None) -> Case:
    """A section whose page lists twelve articles, and three of these."""
    told = stories or tuple(story(number) for number in range(3))
    read = [exchange(Role.ARTICLE, ORIGIN + path, body) for path, body in zip(PATHS, told, strict=False)]
    return case_of(exchange(Role.LISTING, SECTION, page or listing()), *read)


def found(case: Case) -> dict[str, Level]:
    return {one.check: one.level for one in findings_of(facts_of(case))}


def ending(case: Case) -> tuple[int, str]:
    facts = facts_of(case)
    ended = Checked(facts, findings_of(facts)).ending
    return int(ended.status), ended.sentence


def test_nothing_looks_wrong_on_a_good_section():
    assert found(good()) == {}
    assert ending(good()) == (
        0, f"good: 12 articles listed, and all 3 that were looked at are complete; next: newscrawl crawl {SECTION}",
    )  # fmt: skip


LONG = " ".join(prose(7, 12))
THREE = range(3)
CASES = [
    ("no_date", [story(0, date=""), story(1), story(2)], Level.WARNING),
    ("future_date", [story(0, date="2025-11-03T09:00:00Z"), story(1), story(2)], Level.WARNING),
    ("old_date", [story(0, date="2019-09-03T09:00:00Z"), story(1), story(2)], Level.WARNING),
    ("short_body", [story(0, text=prose(0, 1)), story(1), story(2)], Level.WARNING),
    ("shorter_than_told", [story(0, text=prose(3, 3), told={"articleBody": " ".join(prose(3, 5))}), story(1), story(2)], Level.WARNING),
    ("premium_mark", [story(0, text=prose(0, 12), told={"isAccessibleForFree": False}), story(1), story(2)], Level.WARNING),
    ("paywall_only", [story(n, told={"isAccessibleForFree": False}) for n in THREE], Level.WARNING),
    ("no_author", [story(0, author=""), story(1), story(2)], Level.NOTE),
    ("no_author", [story(n, author="") for n in THREE], Level.WARNING),
    ("no_language", [story(0, lang=""), story(1), story(2)], Level.NOTE),
    ("languages", [story(0, lang="de"), story(1), story(2)], Level.NOTE),
    ("same_headline", [story(n, headline="The bell of Orrin rings and rings") for n in THREE], Level.WARNING),
    ("same_paragraphs", [story(0), story(1, text=[*prose(1, 5), prose(0, 5)[2]]), story(2)], Level.WARNING),
    ("last_resorts", [story(0, text=[], told={"articleBody": LONG}), story(1), story(2)], Level.WARNING),
    ("other_pages", ['<html><head><meta property="og:type" content="video.other"></head><body><h1>Bells, filmed</h1></body></html>', *map(story, THREE)], Level.NOTE),
    ("not_read", [story(0, text=[]), story(1), story(2)], Level.WARNING),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "stories", "level"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_looks_wrong_in_articles(check, stories, level):
    case = good(*stories)
    assert found(case).get(check) is level
    assert ending(case)[0] == (2 if level is Level.WARNING else 0)


def test_the_headline_is_not_the_name_of_the_site():
    facts = facts_of(good(*(story(n, more='<meta property="og:site_name" content="The Bell">') for n in THREE)))
    facts.read[0].verdict.headline = "The Bell"
    assert [(one.check, one.where) for one in findings_of(facts)] == [("site_as_headline", "article 1")]


def test_a_line_that_may_be_a_prompt_is_shown():
    facts = facts_of(good())
    facts.read[1].verdict.body += "\n\nSubscribe now to read all of our stories"
    (left,) = findings_of(facts)
    assert (left.check, left.where) == ("prompts_left", "article 2")
    assert "Subscribe now" in left.says


def test_articles_that_share_a_fault_are_one_finding():
    (one,) = findings_of(facts_of(good(*(story(n, date=f"2019-09-0{n + 1}") for n in THREE))))
    assert one.where == "articles 1, 2, 3"
    assert "(article 1; the others alike)" in one.says


# The section's page -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "check", "level"),
    [
        (listing(PATHS[:3]), "few_articles", Level.WARNING),
        (listing(more=""), "no_next_page", Level.NOTE),
        (listing(more='<button class="load-more">Load more</button>'), "no_next_page", Level.WARNING),
    ],
)
def test_what_looks_wrong_on_the_page(page, check, level):
    assert found(good(page=page)) == {check: level}


def test_a_page_without_links_cannot_be_read():
    case = case_of(exchange(Role.LISTING, SECTION, "<html><body><p>Please log in.</p></body></html>"))
    assert found(case) == {"no_articles": Level.FAULT}
    status, sentence = ending(case)
    assert status == 1
    assert "no link on the page is one of the section's articles" in sentence


def test_a_page_of_scripts_says_what_it_needs():
    case = case_of(exchange(Role.LISTING, SECTION, '<body><div id="root"></div><script src="/app.js"></script></body>'))
    assert ending(case)[0] == 1
    assert "BROWSER=listings" in ending(case)[1]


@pytest.mark.parametrize(
    ("failed", "status", "advice"),
    [
        ("HTTP 403", 403, "USER_AGENT"),
        ("HTTP 404", 404, "another address"),
        ("Forbidden by robots.txt", 0, "does not want this page crawled"),
    ],
)
def test_a_page_that_refuses(failed, status, advice):
    case = case_of(exchange(Role.LISTING, SECTION, status=status, failed=failed))
    assert ending(case)[0] == 1
    assert failed in ending(case)[1]
    assert advice in ending(case)[1]


def test_nothing_is_asked_for_without_robots_txt():
    for robots, told in (
        (replace(ROBOTS, status=0, failed="the host cannot be resolved"), "no network, or no such host: news.example"),
        (replace(ROBOTS, status=0, failed="the connection broke off"), "could not be read (the connection broke off)"),
        (replace(ROBOTS, status=503), "robots.txt could not be read (HTTP 503)"),
    ):
        case = case_of(exchange(Role.LISTING, SECTION, failed="robots.txt could not be read"), robots=robots)
        assert next_wanted(facts_of(case)) is None
        assert ending(case)[0] == 1
        assert told in ending(case)[1]


def test_robots_txt_tells_what_it_asks_for():
    robots = exchange(
        Role.ROBOTS, f"{ORIGIN}/robots.txt", f"User-agent: *\nCrawl-delay: 30\nSitemap: {ORIGIN}/map.xml\n"
    )
    case = replace(good(), exchanges=[robots, *good().exchanges[1:]])
    (one,) = facts_of(case).robots
    assert (one.allowed, one.delay, one.sitemaps) == (True, 30, (f"{ORIGIN}/map.xml",))
    assert found(case) == {"crawl_delay": Level.NOTE}


@pytest.mark.parametrize(("agent", "is_told"), [("newscrawl/1 (you@example.org)", False), (NO_CONTACT, True)])
def test_who_is_asking_is_said_to_live_sites(agent, is_told):
    case = replace(case_of(), start="https://news.example.org/world", agent=agent)
    assert ("no_contact" in found(case)) == is_told
    assert "no_contact" not in found(replace(case, start=SECTION))


@pytest.mark.parametrize(
    ("date", "age", "is_wrong"),
    [
        ("Thu, 04 Sep 2025 06:00:05 GMT", "", False),
        ("Thu, 04 Sep 2025 04:00:00 GMT", "", True),
        ("Thu, 04 Sep 2025 04:00:00 GMT", "7200", False),
        ("no date", "", False),
    ],
)
def test_the_clock_is_compared_with_the_site_s(date, age, is_wrong):
    case = good()
    case.exchanges = [replace(one, headers={**one.headers, "Date": date, "Age": age}) for one in case.exchanges]
    assert ("clock" in found(case)) == is_wrong


# Feeds ------------------------------------------------------------------------------


def feed(paths: list[str], days: list[int]) -> str:
    items = (
        f"<item><link>{ORIGIN}{path}</link><pubDate>{day:02d} Sep 2025 09:00:00 GMT</pubDate></item>"
        for path, day in zip(paths, days, strict=True)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{"".join(items)}</channel></rss>'


HEAD = '<link rel="alternate" type="application/rss+xml" href="/world/feed.xml">'
LATE = [f"/world/the-ferry-of-maro-is-late-{number}.html" for number in (901, 902)]


def with_feed(body: str, *more: Exchange, page: str = "") -> Case:
    case = case_of(exchange(Role.LISTING, SECTION, page or listing(head=HEAD)), *more)
    case.exchanges.append(exchange(Role.SOURCE, f"{ORIGIN}/world/feed.xml", body, Content_Type="application/rss+xml"))
    return case


def test_a_feed_tells_what_the_page_lacks():
    case = with_feed(feed([*LATE, *PATHS], [4, 1, *[2] * 12]))
    (one,) = facts_of(case).beside
    assert (one.named, len(one.stories), [link.url for link in one.lacking]) == (
        14,
        14,
        [ORIGIN + path for path in LATE],
    )
    assert one.newer == 1
    (told,) = [one for one in findings_of(facts_of(case)) if one.check == "lacking"]
    assert told.says == "1 story as new as the page's that it does not show"


def test_a_feed_stands_in_for_a_page_that_shows_nothing():
    case = with_feed(feed(PATHS, [2] * 12), page=f"<html><head>{HEAD}</head><body></body></html>")
    case.exchanges += good().exchanges[2:]
    assert found(case)["no_articles"] is Level.WARNING
    assert ending(case)[0] == 2


def test_a_source_that_is_none_is_told():
    case = with_feed("<html><body>Not here</body></html>")
    assert "sources_not_read" in found(case)


# A supported publisher ---------------------------------------------------------------


def supported(article: str, page: str = "", start: str = "https://www.business-standard.com/world-news") -> Facts:
    path = "https://www.business-standard.com/world-news/a-125090300001_1.html"
    cards = page or f'<div class="cardlist"><h2><a class="smallcard-title" href="{path}">A</a></h2></div>'
    return facts_of(
        case_of(
            exchange(Role.LISTING, start, f"<html><body>{cards}</body></html>"),
            exchange(Role.ARTICLE, path, article),
            start=start,
        )
    )


def test_rules_of_a_description_that_match_nothing_are_told():
    text = "".join(f"<p>{paragraph}</p>" for paragraph in prose(1, 5))
    facts = supported(
        "<html lang='en'><head><meta property='article:published_time' content='2025-09-03T09:00:00+05:30'></head>"
        f"<body><main><article><h1>Harbour reopens</h1>{text}</article></main></body></html>"
    )
    findings = {(one.check, one.says.partition(" match")[0].rpartition(" ")[2]) for one in findings_of(facts)}
    assert ("rules_without_match", "headline") in findings
    assert ("rules_without_match", "body") in findings
    assert "other_rules" in {check for check, _ in findings}
    assert ".storycontent" in without_match(facts)["body"]


def test_cards_that_match_nothing_are_told():
    page = '<ul><li><a href="/world-news/a-125090300001_1.html">A</a></li></ul>'
    assert "cards_without_match" in {one.check for one in findings_of(supported(story(1), page))}


# What is asked for -------------------------------------------------------------------


def test_one_thing_after_the_other_is_asked_for():
    robots = replace(ROBOTS, body=f"User-agent: *\nSitemap: {ORIGIN}/news.xml\n".encode())
    case = case_of(robots=robots)
    assert next_wanted(facts_of(case)) == Wanted(Role.LISTING, SECTION)
    case.exchanges.append(exchange(Role.LISTING, SECTION, listing(head=HEAD)))
    assert next_wanted(facts_of(case)) == Wanted(Role.SOURCE, f"{ORIGIN}/world/feed.xml")
    case.exchanges.append(exchange(Role.SOURCE, f"{ORIGIN}/world/feed.xml", feed(PATHS[:6], [2] * 6)))
    assert next_wanted(facts_of(case)) == Wanted(Role.SOURCE, f"{ORIGIN}/news.xml")
    case.exchanges.append(exchange(Role.SOURCE, f"{ORIGIN}/news.xml", status=404, failed="HTTP 404"))
    for path in (PATHS[0], PATHS[6], PATHS[11]):
        assert next_wanted(facts_of(case)) == Wanted(Role.ARTICLE, ORIGIN + path)
        case.exchanges.append(exchange(Role.ARTICLE, ORIGIN + path, story(PATHS.index(path))))
    assert next_wanted(facts_of(case)) is None


def test_one_source_that_names_all_that_the_page_shows_is_enough():
    case = with_feed(feed(PATHS, [2] * 12))
    assert next_wanted(facts_of(case)) == Wanted(Role.ARTICLE, ORIGIN + PATHS[0])


def test_a_source_that_stands_in_for_the_page_is_enough():
    case = with_feed(feed(PATHS, [2] * 12), page=f"<html><head>{HEAD}</head><body></body></html>")
    assert next_wanted(facts_of(case)).role is Role.ARTICLE
    case.exchanges.pop()
    assert next_wanted(facts_of(case)) == Wanted(Role.SOURCE, f"{ORIGIN}/world/feed.xml")


def test_pages_that_are_no_articles_are_made_up_for_up_to_a_number():
    case = case_of(exchange(Role.LISTING, SECTION, listing()))
    while (wanted := next_wanted(facts_of(case))) is not None:
        case.exchanges.append(exchange(*wanted, status=500, failed="HTTP 500"))
    assert len(case.of(Role.ARTICLE)) == MOST_PAGES
    assert ending(case) == (1, "none of 6 pages is an article that can be read (HTTP 500); try again later")


def test_few_of_many_sitemaps_are_asked_for():
    index = "".join(f"<sitemap><loc>{ORIGIN}/map-{n}.xml</loc></sitemap>" for n in range(30))
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    robots = replace(ROBOTS, body=f"User-agent: *\nSitemap: {ORIGIN}/index.xml\n".encode())
    case = case_of(exchange(Role.LISTING, SECTION, listing()), robots=robots)
    while (wanted := next_wanted(facts_of(case))) is not None and wanted.role is Role.SOURCE:
        case.exchanges.append(exchange(*wanted, f"<sitemapindex {space}>{index}</sitemapindex>"))
    assert case.of(Role.SOURCE)[0].asked == f"{ORIGIN}/index.xml"
    assert len(case.of(Role.SOURCE)) == MOST_SOURCES


def test_a_check_may_begin_at_an_article():
    case = case_of(exchange(Role.LISTING, ORIGIN + PATHS[0], story(1)), start=ORIGIN + PATHS[0])
    assert next_wanted(facts_of(case)) is None
    assert ending(case) == (0, "the article can be read; check the section's address as well")


def test_a_check_may_begin_at_a_feed():
    start = f"{ORIGIN}/feed.xml"
    case = case_of(
        exchange(Role.LISTING, start, feed(PATHS, [2] * 12), Content_Type="application/rss+xml"), start=start
    )
    assert next_wanted(facts_of(case)) == Wanted(Role.ARTICLE, ORIGIN + PATHS[0])


def test_no_check_is_named_twice():
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)
