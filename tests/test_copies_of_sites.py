"""A crawl of a publisher's copy on another host stays there, wherever the copy redirects to."""

from __future__ import annotations

import pytest

from tests.conftest import article_html, listing_html, path_of

LIVE = "https://www.business-standard.com"


@pytest.mark.parametrize("live", [LIVE, "http://business-standard.com"])
def test_redirects_to_the_publisher_are_read_on_the_copy(site, crawl, live):
    site.html("/world-news", "", status=301, Location=f"{live}/world-news/page-1?from=copy")
    site.html("/world-news/page-1?from=copy", listing_html(path_of(1), path_of(2)))
    site.html(path_of(1), "", status=302, Location=f"{live}{path_of(3)}")
    site.html(path_of(3), article_html())
    site.html(path_of(2), "", status=302, Location=f"{live}{path_of(2)}")  # the same address on the copy: for ever
    site.routes["/robots.txt"] = (302, {"Location": f"{live}/copied-robots.txt"}, b"")
    site.routes["/copied-robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /world-news/page-2\n")
    # Whatever is asked for elsewhere comes to the proxy.
    run = crawl(
        "-a", f"start={site.origin}/world-news", "-a", "pages=2", "-s", "REDIRECT_MAX_TIMES=3",
        https_proxy=site.origin, http_proxy=site.origin, no_proxy="127.0.0.1",
    )  # fmt: skip
    assert run.status == 2, run.stderr
    assert [article["id"] for article in run.articles] == ["125090300003"]
    assert "1 failed (1 max redirections reached)" in run.last_line
    assert not [path for path in site.requests if "business-standard" in path]
    assert site.requests.count(path_of(2)) == 4
    assert site.requests[:2] == ["/robots.txt", "/copied-robots.txt"]
    assert "/world-news/page-2" not in site.requests
