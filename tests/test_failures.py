"""What goes wrong on a site: each page's failure stays its own, and none is silent."""

from __future__ import annotations

import pytest
from scrapy.http import Response

from newscrawl.middlewares.retry import retry_after
from tests.conftest import article_html, listing_html, path_of, serve


def one_good(site, *others):
    site.html("/world-news", listing_html(path_of(1), *others))
    site.html(path_of(1), article_html())


def run_section(site, crawl, *arguments, **environment):
    return crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1", *arguments, **environment)


BAD_PAGES = {
    "gone": (404, {}, b""),
    "broken": (500, {}, b""),
    "no headline": (200, {}, article_html().replace("Harbour reopens", "").encode()),
    "no body": (200, {}, article_html(body="").encode()),
    "empty": (200, {}, b""),
    "picture": (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
    "zeros": (200, {}, b"\0" * 10_000),
    "ten megabytes": (200, {}, article_html().encode() + b"<p>x</p>" * 1_300_000),
    "bomb": (200, {"Content-Encoding": "gzip"}, __import__("gzip").compress(b"<p>x</p>" * 1_300_000)),
    "damaged gzip": (200, {"Content-Encoding": "gzip"}, b"\x1f\x8b\x08broken"),
    "redirect to another host": (302, {"Location": "http://other.example/x"}, b""),
    "redirect to loopback": (302, {"Location": "http://127.0.0.1:1/x"}, b""),
    "redirect to a file": (302, {"Location": "file:///etc/passwd"}, b""),
    "redirect to the section": (302, {"Location": "/world-news"}, b""),
    "endless redirects": (302, {"Location": path_of(2)}, b""),
    "wall": (
        200,
        {},
        b"<html><h1>Access denied</h1><p>You have been blocked because this looks like a program.</p></html>",
    ),
}


@pytest.mark.parametrize("name", BAD_PAGES)
def test_one_bad_page(site, crawl, name):
    one_good(site, path_of(2))
    status, headers, body = BAD_PAGES[name]
    site.routes[path_of(2)] = (status, {"Content-Type": "text/html", **headers}, body)
    run = run_section(site, crawl)
    assert run.status == 2, run.stderr
    assert [article["id"] for article in run.articles] == ["125090300001"]
    assert "1 failed" in run.last_line
    assert path_of(2) in run.stderr.replace(run.last_line, "")
    assert "Traceback" not in run.stderr


def test_survivable_pages_come_out(site, crawl):
    deep = "<div>" * 50_000
    pages = {
        2: article_html().replace("</p>", "").replace("</div>", ""),  # unclosed
        3: article_html(more=deep),
        4: article_html().replace("reopened", "re\0opened"),
        5: article_html().replace("<body>", f'<body><script type="application/ld+json">{"[" * 100_000}</script>'),
        6: article_html(headline="A \x1b[31mred\x1b[0m \x07headline"),
    }
    one_good(site, *(path_of(n) for n in pages))
    for number, html in pages.items():
        site.html(path_of(number), html)
    run = run_section(site, crawl)
    assert run.status == 0, run.stderr
    assert len(run.articles) == 6
    assert "\x1b" not in run.stderr + run.output.read_text()
    assert run.by_id["125090300006"]["headline"] == "A [31mred[0m headline"
    assert "reopened" in run.by_id["125090300004"]["body"]


def test_retries_with_retry_after(site, crawl):
    one_good(site)
    good = site.routes[path_of(1)]
    site.routes[path_of(1)] = [
        (429, {"Retry-After": "0"}, b""),
        (503, {"Retry-After": "Wed, 03 Sep 2025 10:00:00 GMT"}, b""),
        good,
    ]
    run = run_section(site, crawl)
    assert run.status == 0, run.stderr
    assert site.paths().count(path_of(1)) == 3


ODD_WAITS = [
    "²",
    "-5",
    "NaN",
    "9" * 400,
    "Wed, 03 Sep 2025 10:00:00 +" + "9" * 20,
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "soon",
]


@pytest.mark.parametrize("odd", ODD_WAITS)
def test_an_odd_retry_after_asks_for_nothing(odd):
    assert retry_after(Response("http://news.example/", headers={"Retry-After": odd.encode("latin-1")})) is None


def test_a_page_with_an_odd_retry_after_is_tried_again(site, crawl):
    one_good(site, path_of(2))
    waits = [(503, {"Retry-After": odd}, b"") for odd in (ODD_WAITS[0], ODD_WAITS[3], ODD_WAITS[4])]
    site.routes[path_of(2)] = [*waits, (200, {"Content-Type": "text/html"}, article_html().encode())]
    run = run_section(site, crawl)
    assert run.status == 0, run.stderr
    assert len(run.articles) == 2


def test_the_last_line_names_a_few_reasons_and_no_address(site, crawl):
    failures = {path_of(n): (n, {}, b"") for n in (402, 404, 405, 406, 409, 410)}
    failures |= {path_of(n): BAD_PAGES["bomb"] for n in (2, 3, 4)}
    failures[path_of(5)] = BAD_PAGES["ten megabytes"]
    failures[path_of(6)] = BAD_PAGES["redirect to another host"]
    site.routes |= failures
    one_good(site, *failures)
    run = run_section(site, crawl)
    assert run.status == 2, run.stderr
    reasons = "4 larger than DOWNLOAD_MAXSIZE, 1 HTTP 402, 1 HTTP 404, 1 HTTP 405, 1 HTTP 406, and 3 for other reasons"
    assert f"11 failed ({reasons})" in run.last_line
    for path in failures:
        assert f"{path} (" in run.stderr


def test_a_retry_after_beyond_patience_is_not_waited_for(site, crawl):
    one_good(site, path_of(2))
    site.routes[path_of(2)] = (429, {"Retry-After": "86400"}, b"")
    run = run_section(site, crawl)
    assert run.status == 2
    assert "429" in run.last_line
    assert site.paths().count(path_of(2)) == 1


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_a_site_that_refuses_everything(site, crawl, status):
    site.routes = dict.fromkeys(("/world-news", "/rss/world-news-221.rss", "/sitemap.xml"), (status, {}, b"no"))
    site.routes["/robots.txt"] = (200, {}, b"")
    run = run_section(site, crawl)
    assert run.status == 1
    assert f"HTTP {status}" in run.last_line
    assert not run.output.exists() or run.articles == []


def test_nobody_answers(crawl):
    run = crawl("-a", "start=http://127.0.0.1:9/world-news")
    assert run.status == 1
    assert run.last_line.startswith("exit status 1")


def test_a_section_without_articles(site, crawl):
    site.html("/world-news", "<html><body><h1>We value your privacy</h1></body></html>")
    run = run_section(site, crawl)
    assert run.status == 1
    assert "no articles" in run.last_line


def test_all_articles_failed(site, crawl):
    site.html("/world-news", listing_html(path_of(1), path_of(2)))
    run = run_section(site, crawl)
    assert run.status == 1
    assert "none of 2" in run.last_line


def test_a_listing_page_that_fails_is_told(site, crawl):
    one_good(site)
    site.html("/world-news/page-2", "", 500)
    run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=3")
    assert run.status == 2
    assert "listing page" in run.last_line


def test_robots_txt_is_obeyed(site, crawl):
    one_good(site, path_of(2))
    site.html(path_of(2), article_html())
    site.routes["/robots.txt"] = (200, {}, f"User-agent: *\nDisallow: {path_of(2)}\n".encode())
    run = run_section(site, crawl)
    assert path_of(2) not in site.requests
    assert run.status == 2
    assert "robots.txt" in run.last_line


def test_robots_txt_that_denies_all(site, crawl):
    one_good(site)
    site.routes["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /\n")
    run = run_section(site, crawl)
    assert site.paths() == []
    assert run.status == 1
    assert "robots.txt" in run.last_line


def test_robots_txt_that_does_not_answer_denies(site, crawl):
    one_good(site)
    site.routes["/robots.txt"] = (503, {}, b"")
    run = run_section(site, crawl)
    assert site.paths() == []
    assert run.status == 1
    assert "robots.txt" in run.last_line


def test_robots_txt_that_is_forbidden_allows(site, crawl):
    one_good(site)
    site.routes["/robots.txt"] = (403, {}, b"User-agent: *\nDisallow: /\n")
    assert run_section(site, crawl).status == 0


def test_robots_txt_on_another_host_is_read(site, crawl):
    one_good(site, path_of(2))
    site.html(path_of(2), article_html())
    with serve() as other:
        site.routes["/robots.txt"] = (302, {"Location": "/1"}, b"User-agent: *\nDisallow: /\n")
        for hop in range(1, 4):
            site.routes[f"/{hop}"] = (302, {"Location": f"/{hop + 1}"}, b"")
        site.routes["/4"] = (302, {"Location": f"{other.origin}/rules"}, b"")
        other.routes["/rules"] = (200, {}, f"User-agent: *\nDisallow: {path_of(2)}\n".encode())
        # A port that start does not lead to: private, unless the user names it.
        run = run_section(site, crawl)
        assert run.status == 1
        assert f"it redirects to {other.origin.removeprefix('http://')}: at a private address" in run.last_line
        assert not other.requests
        # Whatever is asked for comes to the site's server; of a proxy, no address is looked at.
        site.routes["/4"] = (302, {"Location": "http://rules.example/robots.txt"}, b"")
        site.routes["http://rules.example/robots.txt"] = other.routes["/rules"]
        run = run_section(site, crawl, http_proxy=site.origin, no_proxy="127.0.0.1")
    assert run.status == 2
    assert "1 forbidden by robots.txt" in run.last_line
    assert len(run.articles) == 1


@pytest.mark.parametrize("location", ["/robots.txt", "", "ftp://127.0.0.1/robots.txt", "http://[rules"])
def test_robots_txt_that_leads_nowhere_allows(site, crawl, location):
    one_good(site)
    headers = {"Location": location} if location else {}
    site.routes["/robots.txt"] = (301, headers, b"User-agent: *\nDisallow: /\n")
    run = run_section(site, crawl)
    assert run.status == 0, run.stderr
    assert "WARNING" not in run.stderr


def test_robots_txt_that_redirects_to_what_is_down(site, crawl):
    one_good(site)
    site.routes["/robots.txt"] = (301, {"Location": site.origin.replace("127.0.0.1", "localhost") + "/rules"}, b"")
    site.routes["/rules"] = (500, {}, b"")
    run = run_section(site, crawl)
    assert run.status == 1
    assert "it redirects to localhost:" in run.last_line
    assert ": HTTP 500), so nothing else was requested; try again later" in run.last_line


def test_robots_txt_of_a_second_host_that_is_down(site, crawl):
    # Whatever is asked for comes to the site's server.
    site.routes["http://www.harbour.example/robots.txt"] = (503, {}, b"")
    paths = [f"/2025/09/0{n}/the-lamp-of-pier-{n}/" for n in range(1, 5)]
    cards = "".join(f'<article><h2><a href="{path}">The lamp burns again</a></h2></article>' for path in paths)
    site.html("http://harbour.example/news", f"<html><body><main>{cards}</main></body></html>")
    for path in paths:
        site.html(f"http://harbour.example{path}", "", status=301, Location=f"http://www.harbour.example{path}")
    run = crawl("-a", "start=http://harbour.example/news", spider="section", http_proxy=site.origin)
    assert run.status == 1
    assert "robots.txt could not be read" in run.last_line
    assert "Forbidden" not in run.stderr  # for it was not


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "zstd", "gzip, br", "identity"])
def test_a_content_encoding_that_is_none(site, crawl, coding):
    one_good(site, path_of(2))
    for path in ("/world-news", path_of(1)):
        status, headers, body = site.routes[path]
        site.routes[path] = (status, {**headers, "Content-Encoding": coding}, body)
    site.routes["/robots.txt"] = (
        200,
        {"Content-Encoding": coding},
        f"# {'The rules of this site. ' * 5}\nUser-agent: *\nDisallow: {path_of(2)}\n".encode(),
    )
    run = run_section(site, crawl)
    assert len(run.articles) == 1
    assert "1 failed (1 forbidden by robots.txt)" in run.last_line
    assert "cannot decode" not in run.stderr


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "zstd"])
def test_a_body_that_is_neither_text_nor_coded_as_claimed(site, crawl, coding):
    one_good(site, path_of(2))
    headers = {"Content-Type": "text/html", "Content-Encoding": coding}
    site.routes[path_of(2)] = (200, headers, b"\x89PNG\r\n\x1a\n\x00\x01\x02\x03")
    run = run_section(site, crawl)
    assert run.status == 2
    assert "1 failed (1 its Content-Encoding is wrong)" in run.last_line


def test_a_start_that_leads_to_another_host_says_where_to_begin(site, crawl):
    site.html("/world-news", "", status=301, Location="https://new.example/world?page=1")
    run = crawl("-a", f"start={site.origin}/world-news", spider="section")
    assert run.status == 1
    assert "leads to another host, https://new.example/world?page=1; give that address as start" in run.last_line


def test_an_article_to_begin_at_that_leads_to_another_host(site, crawl):
    new = "https://new.example/harbour-reopens"
    site.html(path_of(1), "", status=301, Location=new)
    run = crawl("-a", f"start={site.origin}{path_of(1)}")
    assert run.status == 1
    assert f"(1 leads to another host, {new}); give that address as start" in run.last_line


def test_a_second_start_of_the_same_section_that_fails(site, crawl):
    one_good(site)
    start = f"{site.origin}/world-news,{site.origin}/world-news/page-7"
    run = crawl("-a", f"start={start}", "-a", "pages=1")
    assert run.status == 2
    assert (
        f"a start could not be read ({site.origin}/world-news/page-7: HTTP 404; give another address" in run.last_line
    )
    assert len(run.articles) == 1


def test_duplicates_by_canonical_address(site, crawl):
    # Two addresses, one story: the second page's id is the first's by redirect.
    one_good(site, path_of(2))
    site.routes[path_of(2)] = (301, {"Location": path_of(1)}, b"")
    run = run_section(site, crawl)
    assert run.status == 0, run.stderr
    assert len(run.articles) == 1


def test_page_count_limit_is_an_incomplete_run(site, crawl):
    site.html("/world-news", listing_html(*(path_of(n) for n in range(1, 30))))
    for number in range(1, 30):
        site.html(path_of(number), article_html())
    run = run_section(site, crawl, "-s", "CLOSESPIDER_PAGECOUNT=5", "-s", "CONCURRENT_REQUESTS=1")
    assert run.status == 2
    assert "closespider_pagecount" in run.last_line
