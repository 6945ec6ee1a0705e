"""Stories between two runs: read on for, or told of."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.conftest import FAST, Run, apart, article_html, listing_html, path_of
from tests.forks import ENVIRONMENT, PROJECT

PER_PAGE = 5


@pytest.fixture
def crawl(crawl):
    return apart(crawl)


@pytest.fixture
def night(site, crawl):
    """Crawl a section whose newest story has the number ``top``, five a page."""

    def run(top, *arguments):
        site.requests.clear()
        numbers = range(top, 0, -1)
        for page, first in enumerate(range(0, top, PER_PAGE), 1):
            shown = numbers[first : first + PER_PAGE]
            site.html("/world-news" if page == 1 else f"/world-news/page-{page}", listing_html(*map(path_of, shown)))
            for number in shown:
                site.html(path_of(number), article_html(f"Story {number}"))
        return crawl("-a", f"start={site.origin}/world-news", "-a", "hops=0", *arguments, output=f"night-{top}.jsonl")

    return run


def numbers(run):
    return sorted(int(article["id"][-5:]) for article in run.articles)


def test_a_hole_is_told_of_and_then_closed(night, site):
    assert numbers(night(40)) == list(range(26, 41))
    told = night(70, "-s", "MAX_PAGES=4")
    assert numbers(told) == list(range(51, 71))
    assert told.status == 2
    assert "the 4 pages that were read do not reach back to the last complete run" in told.last_line
    assert "-s MAX_PAGES=" in told.last_line
    # What that run read does not count: the next one goes back as far as the last complete run.
    closed = night(72)
    assert closed.status == 0, closed.stderr
    assert numbers(closed) == [*range(41, 51), 71, 72]
    quiet = night(73)
    assert (quiet.status, numbers(quiet)) == (0, [73])
    assert "/world-news/page-4" not in site.paths()


# Other sources complete the listing -------------------------------------------------


def rss(origin, *stories):
    """A feed of (path, day of September 2025) pairs; day 0: without a date."""
    items = "".join(
        f"<item><link>{origin}{path}</link>{f'<pubDate>{day} Sep 2025 08:00:00 GMT</pubDate>' if day else ''}</item>"
        for path, day in stories
    )
    return f'<rss version="2.0"><channel>{items}</channel></rss>'


def sitemap(origin, *stories):
    urls = "".join(
        f"<url><loc>{origin}{path}</loc>{f'<lastmod>2025-09-{day:02}T08:00:00Z</lastmod>' if day else ''}</url>"
        for path, day in stories
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def story(number, section="world"):
    return f"/{section}/what-the-harbour-of-maro-knows-about-{number}-{20250000 + number}"


def learned(site, shown, more="", feed="/world/feed.xml"):
    """A site that nobody described, its section with cards of the stories ``shown``, and all its articles."""
    cards = "".join(
        f'<article><h2><a href="{story(n)}">What the harbour of Maro knows about {n}</a></h2></article>' for n in shown
    )
    head = f'<link rel="alternate" type="application/rss+xml" href="{feed}">' if feed else ""
    site.html("/world", f"<html><head>{head}</head><body><main>{cards}</main>{more}</body></html>")
    for number in range(1, 29):
        for section in ("world", "sport"):
            text = "".join(f"<p>{part} of story {number}: the ferry did not come that day.</p>" for part in "abcdefgh")
            meta = f'<meta property="article:published_time" content="2025-09-{number:02}T08:00:00+00:00">'
            title = f"What the harbour of Maro knows about {number}"
            page = f"<html><head>{meta}</head><body><article><h1>{title}</h1>{text}</article></body></html>"
            site.html(story(number, section), page)


def written(run):
    return sorted(int(article["url"].split("-")[-2]) for article in run.articles if "/world/" in article["url"])


def test_a_feed_and_a_sitemap_complete_the_listing(site, crawl):
    def night(top, **options):
        site.requests.clear()
        learned(site, range(top, top - 6, -1))
        return crawl("-a", f"start={site.origin}/world", spider="section", output=f"night-{top}.jsonl", **options)

    feed, news = "/world/feed.xml", "/news-map.xml"
    site.html("/robots.txt", f"User-agent: *\nDisallow:\nSitemap: {site.origin}{news}\n")
    # The listing shows 11 to 16 and lacks 13; of the feed, what is older is no news. It goes back far enough.
    learned(site, [16, 15, 14, 12, 11])
    site.html(feed, rss(site.origin, *((story(n), n) for n in range(17, 6, -1))))
    first = crawl("-a", f"start={site.origin}/world", spider="section", output="night-1.jsonl")
    assert first.status == 0, first.stderr
    assert written(first) == [11, 12, 13, 14, 15, 16, 17]
    assert news not in site.paths()
    # The second night's feed is short and new, so that the sitemap is asked, which has other sections' stories, too.
    site.html(feed, rss(site.origin, (story(27), 27)))
    both = [(story(n, section), n) for n in range(1, 28) for section in ("world", "sport")]
    site.html(news, sitemap(site.origin, *both, (story(28), 0)))
    second = night(27)
    assert second.status == 0, second.stderr
    assert written(second) == list(range(18, 28))
    assert len(second.articles) == 10
    assert site.paths().count(news) == 1


def test_a_feed_that_knows_none_of_the_stories_before_has_what_the_listing_lacks(site, crawl):
    """Its stories were published before the last run began, whose stories are older still; 1 is older than these."""

    def night(feed, *shown):
        site.requests.clear()
        learned(site, shown)
        site.html("/world/feed.xml", rss(site.origin, *((story(n), n) for n in feed)))
        return crawl("-a", f"start={site.origin}/world", spider="section", output=f"night-{shown[0]}.jsonl")

    assert written(night([10, 9, 8, 7], *range(10, 4, -1))) == [5, 6, 7, 8, 9, 10]
    second = night([*range(20, 10, -1), 1], 20, 19, 17, 16, 15, 13, 12, 11, 10, 9)
    assert second.status == 0, second.stderr
    assert written(second) == list(range(11, 21))
    assert "feed.xml: 11 named: 2 new, 1 older, 8 listed before" in second.stderr


def test_a_listing_that_loads_more_by_script_is_whole_where_a_feed_is(site, crawl):
    def run(feed):
        learned(site, range(25, 15, -1), more='<button class="load-more">Load more</button>', feed=feed)
        name = f"{len(feed)}.jsonl"
        return crawl("-a", f"start={site.origin}/world", "-s", "HISTORY_ENABLED=0", spider="section", output=name)

    site.html("/feeds/1.xml", rss(site.origin, *((story(n), 0) for n in range(25, 0, -1))))
    whole = run("/feeds/1.xml")
    assert whole.status == 0, whole.stderr
    assert written(whole) == list(range(1, 26))
    alone = run("")
    assert (alone.status, written(alone)) == (2, list(range(16, 26)))
    assert "the rest of its stories was not read" in alone.last_line


def test_a_listing_that_loads_more_by_script_says_so_until_a_run_is_complete(site, crawl):
    def night(top, *arguments):
        learned(site, range(top, top - 10, -1), more='<button class="load-more">Load more</button>', feed="")
        start = ("-a", f"start={site.origin}/world", *arguments)
        run = crawl(*start, spider="section", output=f"{top}-{len(arguments)}.jsonl")
        return run.status, len(run.articles), "the rest of its stories was not read" in run.last_line

    assert night(25) == (2, 10, True)
    assert night(26) == (2, 1, True)
    assert night(27, "-a", "pages=1") == (0, 1, False)  # content with what it shows
    assert night(28) == (0, 1, False)


# Days that are past -----------------------------------------------------------------


#: Reads a section, and is killed when a story of March has come.
_DYING = """
import os, signal, sys
from newscrawl.spiders.articles import ArticleReader
read = ArticleReader.read
def dying(self, response, *more):
    if response.url.endswith("20240305"):
        os.kill(os.getpid(), signal.SIGKILL)
    return read(self, response, *more)
ArticleReader.read = dying
from scrapy.cmdline import execute
execute(["scrapy", "crawl", "section", *sys.argv[1:]])
"""


@pytest.fixture
def archive(site):
    """A section with a sitemap for each month of 2024; its listing shows the last one's stories."""
    months = {f"/map-2024-{month:02}.xml": [f"2024-{month:02}-{day:02}" for day in (5, 20)] for month in range(1, 13)}

    def path(day, section="world"):
        return f"/{section}/what-the-harbour-of-maro-said-on-{day.replace('-', '')}"

    for name, days in months.items():
        both = [(path(day, section), day) for day in days for section in ("world", "sport")]
        urls = "".join(f"<url><loc>{site.origin}{address}</loc><lastmod>{day}</lastmod></url>" for address, day in both)
        site.html(name, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')
        for address, day in both:
            text = "".join(
                f"<p>{part} of {day}: the ferry did not come, and nobody on the quay knew why.</p>" for part in "abcde"
            )
            meta = f'<meta property="article:published_time" content="{day}T08:00:00+00:00">'
            title = f"What the harbour of Maro said on {day}"
            site.html(
                address, f"<html><head>{meta}</head><body><article><h1>{title}</h1>{text}</article></body></html>"
            )
    index = "".join(f"<sitemap><loc>{site.origin}{name}</loc></sitemap>" for name in months)
    site.html("/index.xml", f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{index}</sitemapindex>')
    site.html("/robots.txt", f"User-agent: *\nDisallow:\nSitemap: {site.origin}/index.xml\n")
    shown = [path(day) for days in [*months.values()][-3:] for day in days]
    cards = "".join(f'<article><h2><a href="{one}">What the harbour of Maro said</a></h2></article>' for one in shown)
    site.html("/world", f"<html><body><main>{cards}</main></body></html>")


def days(run):
    return sorted(article["date_published"][:10] for article in run.articles)


def test_a_month_costs_a_month_and_a_backfill_goes_on_where_it_was(site, archive, crawl):
    def run(name, *arguments):
        site.requests.clear()
        start = ("-a", f"start={site.origin}/world", "-a", "hops=0")
        return crawl(*start, *arguments, spider="section", output=f"{name}.jsonl")

    month = run("month", "-a", "since=2024-07-02", "-a", "until=2024-07-15")
    assert (month.status, days(month)) == (0, ["2024-07-05"])
    assert site.paths()[:3] == ["/world", "/index.xml", "/map-2024-07.xml"]
    assert len(site.paths()) <= 5
    spring = ("-a", "since=2024-02-03", "-a", "until=2024-05-25")
    stopped = run("stopped", *spring, "-s", "SITEMAP_LIMIT=2")
    assert (stopped.status, days(stopped)) == (2, ["2024-04-05", "2024-04-20", "2024-05-05", "2024-05-20"])
    assert "2 of the range's sitemaps and archives are left: the next run goes on" in stopped.last_line
    # Killed while a story of the next month is asked for: its sitemap is read again, those before are not.
    site.requests.clear()
    output = month.output.with_name("killed.jsonl")
    words = [*FAST, "-a", f"start={site.origin}/world", *spring, "-o", str(output)]
    killed = subprocess.run(
        [sys.executable, "-c", _DYING, *words], cwd=PROJECT, env={**os.environ, **ENVIRONMENT}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert "/map-2024-03.xml" in site.paths()
    rest = run("rest", *spring)
    assert rest.status == 0, rest.stderr
    assert not {"/map-2024-05.xml", "/map-2024-04.xml"} & {*site.paths()}
    saved = days(Run(0, "", "", output)) if output.exists() else []
    assert sorted(saved + days(rest)) == ["2024-02-05", "2024-02-20", "2024-03-05", "2024-03-20"]
    assert run("again", *spring).articles == []
    assert site.paths() == ["/world", "/index.xml"]


def test_a_part_of_a_month_costs_no_more_than_a_few_days_more(site, crawl):
    """The addresses of the stories tell no day; two of July were changed late, one of September is of August here."""

    def path(month, day):
        return f"/world/what-the-harbour-of-maro-said-in-its-letter-{month}{day:02}77"

    def news(published):
        return f"<n:news><n:publication_date>{published}</n:publication_date></n:news>"

    late = {(7, 5): "2024-08-08", (7, 20): "2024-11-02"}
    for month in (7, 8, 9):
        urls = ""
        for day in range(1, 29):
            date = f"2024-{month:02}-{day:02}"
            shown = late.get((month, day), date)
            told = news(shown) if month == 9 else f"<lastmod>{shown}T05:00:00Z</lastmod>"
            urls += f"<url><loc>{site.origin}{path(month, day)}</loc>{told}</url>"
            text = "".join(f"<p>{part} of {date}: nobody on the quay knew why it did not come.</p>" for part in "abcde")
            at = "2024-08-31T22:00:00" if (month, day) == (9, 1) else f"{date}T05:00:00"
            meta = f'<meta property="article:published_time" content="{at}+00:00">'
            body = f"<article><h1>What the harbour of Maro said on {date}</h1>{text}</article>"
            site.html(path(month, day), f"<html><head>{meta}</head><body>{body}</body></html>")
        names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
        site.html(f"/map-2024-{month:02}.xml", f"<urlset {names}>{urls}</urlset>")
    index = "".join(
        f"<sitemap><loc>{site.origin}/map-2024-{month:02}.xml</loc></sitemap>" for month in (6, 7, 8, 9, 10)
    )
    site.html("/index.xml", f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{index}</sitemapindex>')
    site.html("/robots.txt", f"User-agent: *\nDisallow:\nSitemap: {site.origin}/index.xml\n")
    cards = "".join(f'<article><h2><a href="{path(9, day)}">What it said</a></h2></article>' for day in range(20, 29))
    site.html("/world", f"<html><body><main>{cards}</main></body></html>")

    def run(since, until):
        site.requests.clear()
        return crawl(
            *("-a", f"start={site.origin}/world", "-a", f"since={since}", "-a", f"until={until}", "-a", "hops=0"),
            *("-s", "LOG_LEVEL=INFO", "-s", "HISTORY_ENABLED=0"),
            spider="section",
            output=f"{since}.jsonl",
        )

    month = run("2024-08-01", "2024-08-31")
    assert month.status == 0, month.stderr
    assert days(month) == [*(f"2024-08-{day:02}" for day in range(1, 29)), "2024-08-31"]
    maps = [one for one in site.paths() if one.startswith("/map")]
    assert maps == ["/map-2024-08.xml", "/map-2024-09.xml", "/map-2024-07.xml"]
    assert path(9, 1) in site.paths() and path(9, 3) not in site.paths()
    assert path(7, 20) in site.paths()  # its date says nothing of when it was published
    assert len(site.paths()) <= 3 + 3 + 28 + 2 + 2
    assert "Range 2024-08-01 to 2024-08-31: reading /map-2024-08.xml, 1 of 3" in month.stderr
    few = run("2024-08-10", "2024-08-12")
    assert days(few) == ["2024-08-10", "2024-08-11", "2024-08-12"]
    assert [one for one in site.paths() if one.startswith("/map")] == ["/map-2024-08.xml"]
    assert path(8, 15) in site.paths() and path(8, 17) not in site.paths()
    assert "19 later" in few.stderr or "later than asked for" in few.last_line
