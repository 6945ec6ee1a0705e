"""``scrapy crawl section``: sections of publishers that nobody described."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from tests import sections


@pytest.fixture
def read(site, crawl):
    def run(start, *arguments, **options):
        site.requests.clear()
        start = start if "://" in start else site.origin + start
        return crawl("-a", f"start={start}", *arguments, spider="section", **options)

    return run


def paths(run, site):
    return {article["url"].removeprefix(site.origin) for article in run.articles}


@pytest.mark.parametrize("style", sections.STYLES)
def test_any_section_and_its_next_night(site, read, style):
    section = style(site)
    run = read(section.start, output="1.jsonl")
    assert run.status == 0, run.stderr
    assert paths(run, site) == section.articles
    assert max(Counter(first := site.paths()).values()) == 1
    assert run.last_line.startswith(f"exit status 0 (ok): all {len(section.articles)} articles written")
    skipped = [line for line in run.stderr.splitlines() if line.startswith("skipped")]
    assert skipped == ([f"skipped   {section.skipped} (pages that are not articles)"] if section.skipped else [])
    assert all(article["headline"] and article["body"] for article in run.articles)
    again = read(section.start, "-s", "RECHECK_DAYS=0", output="2.jsonl")
    assert (again.status, again.articles) == (0, []), again.stderr
    assert "nothing new" in again.last_line
    asked = set(site.paths())
    assert not asked & section.articles
    assert len(asked) <= len(first) - len(section.articles), "what is skipped is looked at once more"


# Where it is ------------------------------------------------------------------


@pytest.fixture
def hosts(site, read):
    """Crawl made-up hosts: the local server stands in for them as a proxy, and is asked for whole addresses."""

    def run(start, *arguments, **options):
        return read(start, *arguments, http_proxy=site.origin, no_proxy="", **options)

    return run


def cards_html(*urls):
    links = (
        f'<li><h3><a href="{url}">What the people of Maro say on day {n}</a></h3></li>' for n, url in enumerate(urls)
    )
    return f"<html><body><ul>{''.join(links)}</ul></body></html>"


def story_html(n, head="", more=""):
    body = "".join(f"<p>{p}</p>" for p in sections.prose(n))
    return (
        f'<html><head><meta property="og:type" content="article">{head}</head><body><main><h1>What the people of Maro say on day {n}</h1>'
        f"{body}{more}</main></body></html>"
    )


def urls(run):
    return {article["url"] for article in run.articles}


def test_articles_on_another_host_of_the_site(site, hosts):
    there = [f"http://reports.example.org/a-long-day-in-the-valley-{n}" for n in range(4)]
    site.html("http://www.example.org/valley", cards_html(*there))
    for n, url in enumerate(there):
        site.html(url, story_html(n))
    run = hosts("http://www.example.org/valley", output="1.jsonl")
    assert run.status == 0, run.stderr
    assert urls(run) == set(there)
    assert {article["publisher"] for article in run.articles} == {"example.org"}
    assert (run.output.parent / "section-example.org.history.sqlite").exists()
    again = hosts("http://www.example.org/valley", "-s", "RECHECK_DAYS=0", output="2.jsonl")
    assert "nothing new" in again.last_line
    assert not set(there) & set(site.requests)


def test_other_hosts_are_never_asked(site, hosts):
    own = [f"http://example.org/a-long-day-in-the-valley-{n}" for n in range(3)]
    elsewhere = ["http://reports.example.org/a-long-day-in-the-valley-7", "http://example.net/a-long-day-in-the-valley-8",
                 "http://127.0.0.1:9/a-long-day-in-the-valley-9", "file:///a-long-day-in-the-valley-10.html"]  # fmt: skip
    site.html("http://example.org/valley", cards_html(*own, *elsewhere))
    for n, url in enumerate(own):
        site.html(url, story_html(n, head=f'<link rel="canonical" href="http://example.net/{n}">'))
    run = hosts("http://example.org/valley")
    assert run.status == 0, run.stderr
    assert urls(run) == set(own)
    assert {url.split("/")[2] for url in site.requests} == {"example.org"}


def test_sites_under_one_public_suffix_are_others(site, hosts):
    site.html(
        "http://orte.github.io/valley",
        cards_html(*(f"http://maro.github.io/a-long-day-in-the-valley-{n}" for n in range(4))),
    )
    assert hosts("http://orte.github.io/valley").status == 1


def test_with_or_without_www(site, hosts):
    real = [f"http://www.example.org/a-long-day-in-the-valley-{n}" for n in range(3)]
    site.routes["http://example.org/valley"] = (301, {"Location": "http://www.example.org/valley"}, b"")
    site.html("http://www.example.org/valley", cards_html(real[0], real[1].replace("www.", ""), real[2]))
    for n, url in enumerate(real):
        site.html(url, story_html(n))
    run = hosts("http://example.org/valley")
    assert run.status == 0, run.stderr
    assert urls(run) == set(real)


def test_a_described_publisher_is_known_by_its_address(site, hosts):
    run = hosts("https://www.business-standard.com/world-news", "-s", "RETRY_ENABLED=0", https_proxy=site.origin)
    assert run.status == 1
    assert (run.output.parent / "section-business-standard.com.history.sqlite").exists()
    assert "world-news-221.rss" in run.stderr  # its own feeds, which only its description knows


# One article -----------------------------------------------------------------


def test_one_article_under_several_addresses(site, read):
    plain = [f"/valley/a-long-day-in-the-valley-{n}" for n in range(4)]
    twins = [f"{path}/amp" for path in plain[:2]] + [f"{plain[2]}?view=full", f"{plain[3]}/"]
    site.html("/valley", cards_html(*plain[:2], *twins))
    for path in (*plain, *twins, plain[2]):
        n = int(path.split("-the-valley-")[1][0])
        site.html(path, story_html(n, head=f'<link rel="canonical" href="{plain[n]}">'))
    run = read("/valley", output="1.jsonl")
    assert run.status == 0, run.stderr
    assert paths(run, site) == set(plain)
    assert len(run.articles) == len(plain)
    again = read("/valley", "-s", "RECHECK_DAYS=0", output="2.jsonl")
    assert "nothing new" in again.last_line
    assert site.paths() == ["/valley"]


def test_pages_of_one_article_are_no_other_article(site, read):
    stories = [f"/valley/a-long-day-in-the-valley-{n}" for n in range(3)]
    site.html("/valley", cards_html(*stories, f"{stories[0]}?page=2", f"{stories[0]}/page/2"))
    for n, path in enumerate(stories):
        site.html(
            path,
            story_html(n, head=f'<link rel="next" href="{path}?page=2">', more=f'<a href="{path}?page=2">Next</a>'),
        )
        site.html(f"{path}?page=2", story_html(n))
    run = read("/valley")
    assert run.status == 0, run.stderr
    assert paths(run, site) == set(stories)


@pytest.mark.parametrize("canonical", ["/valley", "/", "/article.php"])
def test_one_canonical_link_everywhere_joins_nothing(site, read, canonical):
    stories = [f"/valley/a-long-day-in-the-valley-{n}" for n in range(3)]
    site.html("/valley", cards_html(*stories))
    for n, path in enumerate(stories):
        site.html(path, story_html(n, head=f'<link rel="canonical" href="{canonical}">'))
    run = read("/valley")
    assert paths(run, site) == set(stories)


def test_start_at_an_article(site, read):
    more = cards_html(
        "/valley/another-day-in-the-valley-7",
        "/valley/another-day-in-the-valley-8",
        "/valley/another-day-in-the-valley-9",
    )
    site.html("/valley/a-long-day-in-the-valley-1", story_html(1, more=more))
    run = read("/valley/a-long-day-in-the-valley-1")
    assert run.status == 0, run.stderr
    assert paths(run, site) == {"/valley/a-long-day-in-the-valley-1"}


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_start_at_a_feed_or_find_it(site, read, form):
    section = sections.only_a_feed(site, form)
    assert paths(read(section.start), site) == section.articles
    assert paths(read(f"/bulletin/feed.{form}", "-a", "again=1", output="2.jsonl"), site) == section.articles


def test_nights(site, read):
    stories = [f"/valley/a-long-day-in-the-valley-{n}" for n in range(6)]
    site.html("/valley", cards_html(*stories[:4]))
    for n, path in enumerate(stories):
        site.html(path, story_html(n))
        site.etags[path] = f'"{n}"'
    assert len(read("/valley", output="1.jsonl").articles) == 4
    site.html("/valley", cards_html(*stories[2:]))
    site.html(stories[2], story_html(20))
    site.etags[stories[2]] = '"20"'
    run = read("/valley", output="2.jsonl")
    assert run.status == 0, run.stderr
    status = {article["url"].removeprefix(site.origin): article["status"] for article in run.articles}
    assert status == {stories[2]: "changed", stories[4]: "new", stories[5]: "new"}
    third = read("/valley", output="3.jsonl")
    assert "nothing new" in third.last_line
    site.html("/hills", cards_html(*stories[1:]))
    other = read("/hills", output="4.jsonl")  # another section of the site has the same history
    assert "nothing new" in other.last_line


@pytest.mark.parametrize(
    "end", ["/tag/the-next-story-is-a-tag", "http://example.net/valley/a-long-day-in-the-valley-9"]
)
def test_chains(site, read, end):
    stories = [f"/valley/a-long-day-in-the-valley-{n}" for n in range(6)]
    site.html("/valley", cards_html(*stories[:3]))
    for n, path in enumerate(stories):
        onward = end if n == 5 else stories[n + 1]
        site.html(path, story_html(n, more=f'<a href="{onward}">Next Story</a>'))
    run = read("/valley")
    assert run.status == 0, run.stderr
    assert paths(run, site) == set(stories)
    assert len(site.paths()) == 7


def test_since(site, read):
    stories = [f"/valley/a-long-day-in-the-valley-{n}" for n in range(6)]
    card = '<div><h3><a href="{}">What the people of Maro say on day {}</a></h3><time datetime="2025-09-0{}T08:00:00Z">then</time></div>'
    for page, shown in ((1, (5, 4, 3)), (2, (2, 1, 0))):
        cards = "".join(card.format(stories[n], n, n + 1) for n in shown)
        site.html(
            f"/valley?page={page}" if page > 1 else "/valley", f"{cards}<a rel=next href='?page={page + 1}'>Next</a>"
        )
    for n, path in enumerate(stories):
        site.html(path, story_html(n))
    run = read("/valley", "-a", "since=2025-09-04")
    assert paths(run, site) == set(stories[3:])
    assert "/valley?page=3" not in site.paths()


# Paging ------------------------------------------------------------------------


PAGERS = {
    "link rel": ('<link rel="next" href="/valley/{n}">', "/valley/{n}"),
    "a rel": ('<a rel="nofollow next" href="?page={n}">.</a>', "/valley?page={n}"),
    "numbers": (
        '<span class="current">{p}</span> <a href="/valley?p={n}">{n}</a> <a href="/valley?p=9">9</a>',
        "/valley?p={n}",
    ),
    "devanagari": ('<a href="/valley/page-{n}">{d}</a>', "/valley/page-{n}"),
    "arrow": ('<a href="/valley-{p}.html">‹</a><a href="/valley-{n}.html">›</a>', "/valley-{n}.html"),
    "word and number": (
        '<a href="/valley/seite-{n}.html">Seite {n}</a><a href="/valley/2-liga">2. Liga</a>',
        "/valley/seite-{n}.html",
    ),
    "label": ('<a aria-label="Page suivante" href="/valley/p/{n}"><svg/></a>', "/valley/p/{n}"),
    "button": ('<button data-url="/valley?offset={n}0">Mehr laden</button>', "/valley?offset={n}0"),
    "older": ('<a href="/valley?before=2025090{n}">« Older Entries</a>', "/valley?before=2025090{n}"),
}


@pytest.mark.parametrize("pager", PAGERS)
def test_pages(site, read, pager):
    markup, address = PAGERS[pager]
    for page in (1, 2, 3, 4):
        stories = [f"/valley/a-long-day-in-the-valley-{page}{n}" for n in range(3)]
        values = {"p": page, "n": page + 1, "d": "०१२३४५"[page + 1]}
        onward = markup.format(**values)
        site.html(
            "/valley" if page == 1 else address.format(n=page),
            cards_html(*stories).replace("</body>", f"{onward}</body>"),
        )
        for n, path in enumerate(stories):
            site.html(path, story_html(page * 10 + n))
    run = read("/valley", "-a", "pages=3")
    assert run.status == 0, run.stderr
    assert len(run.articles) == 9
    assert len(set(site.paths())) == 12


@pytest.mark.parametrize(
    "trap",
    [
        '<a rel="next" href="/valley?day={n}">',
        '<a href="/valley?page={n}&sid={n}">Next</a>',
        '<a rel="next" href="/valley">',
    ],
)
def test_paging_without_end_ends(site, read, trap):
    stories = [f"/valley/a-long-day-in-the-valley-{n}" for n in range(3)]
    for page in range(1, 40):
        body = cards_html(*stories).replace("</body>", f"{trap.format(n=page + 1)}</body>")
        site.html("/valley" if page == 1 else trap.format(n=page).split('href="')[1].split('"')[0], body)
    for n, path in enumerate(stories):
        site.html(path, story_html(n))
    run = read("/valley", "-a", "pages=40")
    assert run.status == 0, run.stderr
    assert len(site.paths()) <= 5


def test_a_page_that_leads_to_the_front_page_ends_the_listing(site, read):
    stories = [f"/valley/a-long-day-in-the-valley-{n}" for n in range(6)]
    site.html("/valley", cards_html(*stories[:3]).replace("</body>", '<a rel="next" href="/valley?page=2"></body>'))
    site.routes["/valley?page=2"] = (302, {"Location": "/"}, b"")
    site.html("/", cards_html(*stories[3:]))
    for n, path in enumerate(stories):
        site.html(path, story_html(n))
    run = read("/valley")
    assert paths(run, site) == set(stories[:3])


def test_what_loads_more_is_followed_whatever_it_answers(site, read):
    stories = [f"/valley/a-long-day-in-the-valley-{n}" for n in range(9)]
    for n, path in enumerate(stories):
        site.html(path, story_html(n))
    button = '<button class="load-more" data-url="/parts/valley?page=2">Load more</button>'
    site.html(
        "/valley", cards_html(*stories[:3]).replace("</body>", f'<link rel="next" href="/page/2/">{button}</body>')
    )
    cards = "".join(f'<h3><a href="{path}">What the people of Maro say</a></h3>' for path in stories[3:6])
    site.html("/parts/valley?page=2", json.dumps({"html": cards, "next": "/parts/valley?page=3"}))
    objects = [{"title": "What the people of Maro say", "url": path, "date": "2025-09-03"} for path in stories[6:]]
    site.html("/parts/valley?page=3", json.dumps({"data": {"items": objects, "hasMore": False}}))
    run = read("/valley", "-a", "pages=9")
    assert run.status == 0, run.stderr
    assert paths(run, site) == set(stories)
    site.html("/valley", cards_html(*stories[:3]).replace("</body>", "<button>Load more</button></body>"))
    run = read("/valley", "-a", "again=1")
    assert run.status == 2
    assert "loads more by script" in run.last_line


# How it ends --------------------------------------------------------------------


def test_start_is_needed(crawl):
    run = crawl(spider="section")
    assert run.status == 1
    assert "start is missing" in run.last_line


def test_names_of_files(site, read, tmp_path):
    section = sections.item_list(site)
    run = read(section.start, output=None, cwd=tmp_path)
    assert run.status == 0, run.stderr
    names = sorted(path.name for path in (tmp_path / "output").iterdir())
    assert names[-1] == "section-127.0.0.1.history.sqlite"
    assert any(name.startswith("section-127.0.0.1-en-latest-2") for name in names)


def test_a_section_that_only_leads_elsewhere(site, read):
    pages = [f"/valley/a-long-day-in-the-valley-{n}" for n in range(3)]
    site.html("/valley", cards_html(*pages))
    for path in pages:
        site.html(path, '<html><meta property="og:type" content="video.other"><h1>Watch</h1><video></video></html>')
    run = read("/valley")
    assert run.status == 1
    assert "none of 3 pages that the section links to is an article" in run.last_line


def test_a_file_without_an_ending_is_skipped(site, read):
    pages = [f"/valley/a-long-day-in-the-valley-{n}" for n in range(3)]
    site.html("/valley", cards_html(*pages))
    site.html(pages[0], story_html(0))
    site.html(pages[1], story_html(1))
    site.html(pages[2], b"%PDF-1.7 " + bytes(2000), Content_Type="application/pdf")
    run = read("/valley", output="1.jsonl")
    assert run.status == 0, run.stderr
    assert paths(run, site) == set(pages[:2])
    site.html("/valley", cards_html(*pages, "/valley/a-long-day-in-the-valley-3"))
    site.html("/valley/a-long-day-in-the-valley-3", story_html(3))  # a run that reads no article believes nothing
    for number, asked in ((2, True), (3, False)):
        [history] = run.output.parent.glob("*.history.sqlite")
        with closing(sqlite3.connect(history)) as db, db:  # all that was found is long known
            db.execute("update articles set first_seen = '2025-01-01T00:00:00Z'")
        run = read("/valley", output=f"{number}.jsonl")
        assert (pages[2] in site.paths()) is asked, "one answer is not believed for ever, two are"
    read("/valley", "-a", "again=1", output="4.jsonl")
    assert pages[2] in site.paths()


def test_walls_are_failures(site, read):
    stories = [f"/valley/a-long-day-in-the-valley-{n}" for n in range(3)]
    site.html("/valley", cards_html(*stories))
    for path in stories:
        site.html(path, "<html><h1>Access denied</h1><p>You look like a program.</p></html>")
    assert read("/valley").status == 1
    site.html(stories[0], story_html(1))
    run = read("/valley", output="2.jsonl")
    assert run.status == 2
    assert "2 failed (2 no body)" in run.last_line


def test_a_section_that_is_gone(site, read):
    site.routes["/valley"] = (301, {"Location": "/"}, b"")
    site.html("/", cards_html(*(f"/news/a-long-day-in-the-valley-{n}" for n in range(3))))
    run = read("/valley")
    assert run.status == 1
    assert "redirected to the front page" in run.last_line


def test_robots_txt_is_obeyed(site, read):
    site.routes["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /valley\n")
    run = read("/valley")
    assert run.status == 1
    assert "robots.txt" in run.last_line
    assert not [path for path in site.paths() if path.startswith("/valley")]
