"""Which pages are asked for, and which never are."""

from __future__ import annotations

import gzip
from collections import Counter

import pytest

from tests.conftest import article_html, listing_html, path_of

BS = "https://www.business-standard.com"


def section(site):
    return f"start={site.origin}/world-news"


def serve(site, *numbers, following=None):
    for number in numbers:
        onward = (following or {}).get(number)
        site.html(path_of(number), article_html(f"Story {number}", onward))


def numbers(run):
    return {int(article["id"][-5:]) for article in run.articles}


def test_one_article_one_request_however_it_is_linked(site, crawl):
    p = path_of(1)
    links = [
        p,
        BS + p,
        BS + "/amp" + p,
        f"http://business-standard.com{p}?utm_source=x#top",
        site.origin + p,
        f"{p}?ref=card",
    ]
    site.html("/world-news", listing_html(*links))
    serve(site, 1)
    run = crawl("-a", section(site), "-a", "pages=1")
    assert run.status == 0, run.stderr
    assert site.paths() == ["/world-news", p]
    assert run.articles[0]["url"] == site.origin + p


def test_never_leaves_the_section(site, crawl):
    elsewhere = [
        path_of(7, "markets/news"), path_of(8, "videos/world-news"), path_of(9, "web-stories"), "/world-news", "/world-news/topic",
        "https://other.example" + path_of(1), "https://hindi.business-standard.com" + path_of(1), "javascript:void(0)",
        "http://127.0.0.1:9" + path_of(1), "file:///etc/passwd", "mailto:a@b.c", "http://[bad", "http://169.254.169.254/latest",
    ]  # fmt: skip
    site.html("/world-news", listing_html(path_of(1), *elsewhere))
    serve(site, 1, following={1: path_of(7, "markets/news")})
    run = crawl("-a", section(site), "-a", "pages=1")
    assert run.status == 0, run.stderr
    assert site.paths() == ["/world-news", path_of(1)]
    assert run.articles[0]["next_url"] == site.origin + path_of(7, "markets/news")


def test_chains_end_at_loops_and_at_hops(site, crawl):
    site.html("/world-news", listing_html(path_of(1)))
    serve(site, *range(1, 9), following={n: path_of(n + 1) for n in range(1, 8)} | {8: path_of(1)})
    assert numbers(crawl("-a", section(site), "-a", "pages=1", "-a", "hops=3")) == {1, 2, 3, 4}
    site.requests.clear()
    assert numbers(crawl("-a", section(site), "-a", "pages=1")) == set(range(1, 9))
    assert max(Counter(site.paths()).values()) == 1


def test_hops_count_from_the_last_listed_article_whatever_arrives_first(site, crawl):
    # Page 2 shows an article that the chain of page 1 has reached before.
    site.html("/world-news", listing_html(path_of(1)))
    site.html("/world-news/page-2", listing_html(path_of(3)))
    serve(site, *range(1, 9), following={n: path_of(n + 1) for n in range(1, 8)})
    run = crawl("-a", section(site), "-a", "hops=2", "-a", "pages=2")
    assert numbers(run) == {1, 2, 3, 4, 5}
    assert max(Counter(site.paths()).values()) == 1


def test_paging_ends_where_the_section_does(site, crawl):
    site.html("/world-news", listing_html(path_of(1)))
    site.html("/world-news/page-2", listing_html(path_of(2)))
    serve(site, 1, 2)
    run = crawl("-a", section(site), "-a", "pages=9")
    assert run.status == 0, run.stderr
    assert numbers(run) == {1, 2}
    assert "/world-news/page-4" not in site.paths()


def test_endless_next_pages_that_repeat_end(site, crawl):
    for page in range(1, 50):
        site.html("/world-news" if page == 1 else f"/world-news/page-{page}", listing_html(path_of(1)))
    serve(site, 1)
    run = crawl("-a", section(site), "-a", "pages=40")
    assert run.status == 0, run.stderr
    assert len(site.paths()) == 3


def test_since(site, crawl):
    days = ("Sep 03 2025 | 7:49 PM IST", "Aug 01 2025 | 7:49 PM IST")
    site.html("/world-news", listing_html(path_of(1), path_of(2), path_of(3), dates=days))
    site.html("/world-news/page-2", listing_html(path_of(4), dates=days[1:]))
    site.html("/world-news/page-3", listing_html(path_of(5), dates=days[:1]))
    serve(site, *range(1, 6))
    run = crawl("-a", section(site), "-a", "since=2025-09-01")
    assert run.status == 0, run.stderr
    assert numbers(run) == {1, 3}  # 3 shows no date, and is not older than anything
    assert "/world-news/page-3" not in site.paths()
    late = crawl("-a", section(site), "-a", "since=2025-09-04", "-a", "pages=1")
    assert late.status == 0
    assert late.articles == []
    assert "older than asked for" in late.last_line


def test_start_at_an_article(site, crawl):
    serve(site, 1, 2, 3, following={1: path_of(2), 2: path_of(3)})
    run = crawl("-a", f"start={site.origin}{path_of(1)}?utm_source=x", "-a", "hops=1")
    assert numbers(run) == {1, 2}


def test_several_starts(site, crawl):
    serve(site, 1, 2)
    run = crawl("-a", f"start={site.origin}{path_of(1)},{site.origin}{path_of(2)}")
    assert numbers(run) == {1, 2}


RSS = '<?xml version="1.0"?><rss version="2.0"><channel><item><link>{}</link></item><item><link>{}</link></item></channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="alternate" href="{}"/></entry><entry><link href="{}"/></entry></feed>'
MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{}</loc></url><url><loc>{}</loc></url></urlset>'
NEWS = MAP.replace(
    "<url>",
    '<url><n:news xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><n:publication_date>2025-09-03</n:publication_date></n:news>',
)


@pytest.mark.parametrize("form", [RSS, ATOM, MAP, NEWS])
@pytest.mark.parametrize("packed", [False, True])
def test_start_at_a_feed_or_sitemap(site, crawl, form, packed):
    data = form.format(BS + path_of(1), BS + path_of(7, "markets")).encode()
    path = "/feeds/some.xml" + (".gz" if packed else "")
    site.html(path, gzip.compress(data) if packed else data)
    site.routes[path][1]["Content-Type"] = "application/octet-stream"
    serve(site, 1)
    run = crawl("-a", f"start={site.origin}{path}")
    assert run.status == 0, run.stderr
    assert site.paths() == [path, path_of(1)]


def test_start_at_a_sitemap_index(site, crawl):
    index = "<sitemapindex><sitemap><loc>{}</loc></sitemap><sitemap><loc>https://other.example/x.xml</loc></sitemap></sitemapindex>"
    site.html("/sitemap.xml", index.format(BS + "/sitemap/a.xml.gz"))
    site.html("/sitemap/a.xml.gz", gzip.compress(MAP.format(path_of(1), BS + path_of(2)).encode()))
    serve(site, 1, 2)
    run = crawl("-a", f"start={site.origin}/sitemap.xml")
    assert run.status == 0, run.stderr
    assert 2 in numbers(run)


def test_a_zip_bomb_is_one_failed_page(site, crawl):
    site.html("/sitemap.xml", gzip.compress(b"<urlset>" + b" " * 60 * 1024 * 1024))
    run = crawl("-a", f"start={site.origin}/sitemap.xml")
    assert run.status == 1
    assert "decompressed" in run.last_line


@pytest.mark.parametrize("listing", [(403, "no"), (200, "<html><body>Nothing here</body></html>"), (500, "")])
def test_feeds_take_over(site, crawl, listing):
    status, body = listing
    site.html("/world-news", body, status)
    site.html("/rss/world-news-221.rss", RSS.format(BS + path_of(1), BS + path_of(2)))
    serve(site, 1, 2)
    run = crawl("-a", section(site))
    assert run.status == 0, run.stderr
    assert numbers(run) == {1, 2}
    assert "WARNING" in run.stderr
    assert "trying" in run.stderr


def test_sitemaps_take_over_when_feeds_do_not_answer(site, crawl):
    site.html("/world-news", "", 403)
    site.html("/sitemap.xml", MAP.format(BS + path_of(1), BS + path_of(2)))
    serve(site, 1, 2)
    run = crawl("-a", section(site))
    assert numbers(run) == {1, 2}


def test_redesigned_listing_without_known_classes(site, crawl):
    links = "".join(f'<div class="x{n}"><a href="{path_of(n)}">Story</a></div>' for n in (1, 2))
    site.html("/world-news", f'<html><nav><a href="{path_of(9)}">Hot</a></nav><main>{links}</main></html>')
    serve(site, 1, 2)
    assert numbers(crawl("-a", section(site), "-a", "pages=1")) == {1, 2}


def test_documents_of_every_kind_in_one_run(site, crawl):
    """What each names is read; what cannot be read, is cut off, or is gone is on the last line."""
    stories = [f"/harbour/what-the-pilots-of-pier-{n}-say.php?id=5001&n={n}" for n in range(1, 13)]
    for n, path in enumerate([*stories, "/n/1"], 1):
        days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
        text = "".join(
            f"<p>On {day} the pilots of pier {n} waited for the tide, and said so to all who asked.</p>" for day in days
        )
        head = f"<title>The pilots of pier {n} wait</title><meta property='og:type' content='article'>"
        site.html(
            path, f"<html><head>{head}</head><article><h1>The pilots of pier {n} wait</h1>{text}</article></html>"
        )
    links = [path.replace("&", "&amp;") for path in stories]
    entry = "<entry><title>A & B&nbsp;</title><link href='{}'/></entry>"
    site.html("/atom", f"<feed>{entry.format(links[0])}<link rel='next' href='?page=2'/></feed>")
    site.html("/atom?page=2", f"<feed>{entry.format(links[1])}{entry.format('http://[site:url]/')}</feed>")
    site.html(
        "/rss",
        f"<?xml version='1.0' encoding='utf-16'?><rss><item><guid>{links[2]}</guid></item></rss>".encode("utf-16"),
    )
    site.html("/cut", f"<rss><item><link>{links[3]}</link></item><item><link>{links[4]}</link></item><item><tit")
    site.html("/text", f"{site.origin}{stories[5]}\r\n{site.origin}{stories[6]}\r\n")
    news = "<url><loc>/n/1</loc><n:news><n:publication_date>2025-09-03</n:publication_date></n:news></url>"
    site.html("/map", f"<urlset><url><loc>{links[7]}</loc></url>{news}<url><loc>/about</loc></url></urlset>")
    children = "".join(f"<sitemap><loc>/{name}.xml</loc></sitemap>" for name in ("gone", "error", "good"))
    site.html("/index", f"<sitemapindex>{children}</sitemapindex>")
    site.html("/error.xml", "<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>")
    site.html("/good.xml", f"<urlset><url><loc>{links[8]}</loc></url></urlset>")
    starts = ",".join(f"{site.origin}/{name}" for name in ("atom", "rss", "cut", "text", "map", "index"))
    run = crawl("-a", f"start={starts}", spider="section")
    written = {article["url"].removeprefix(site.origin) for article in run.articles}
    assert written == {*stories[:9], "/n/1"}, run.stderr
    assert run.status == 2
    assert "3 listing pages could not be read" in run.last_line
    assert "/cut was not read to the end (it ends in the middle)" in run.stderr
    assert "/gone.xml could not be read (HTTP 404)" in run.stderr
    assert "/error.xml could not be read (a feed or sitemap that cannot be read)" in run.stderr
