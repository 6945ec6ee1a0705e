"""Pages that come without their length, whole or cut off: only the page itself tells."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.conftest import article_html, listing_html, path_of
from tests.test_archive import foreign
from tests.test_heads import page, raw_server

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
ARTICLE = article_html().encode()
CUT = ARTICLE[: ARTICLE.index(b"fortnight")]
#: A site that leaves out what HTML lets it leave out, and a cut that looks like it.
SHORT = ARTICLE.replace(b"</body></html>", b"")
LISTING = "/world-news"


def closed(*bodies: bytes, fields: bytes = b""):
    """Answers without a length, one after the other; the last one again and again."""
    left = list(bodies)
    return lambda: [_OK + fields + b"\r\n" + (left.pop(0) if len(left) > 1 else left[0])]


def run_of(crawl, routes, *options):
    routes = {LISTING: page(listing_html(*routes)), **routes}
    with raw_server(routes) as origin:
        return crawl("-a", f"start={origin}{LISTING}", "-a", "pages=1", "-s", "RETRY_TIMES=1", *options)


@pytest.mark.parametrize("packed", [False, True])
def test_an_article_that_was_cut_off_fails(crawl, packed):
    cut = gzip.compress(ARTICLE)[:-60] if packed else CUT
    fields = b"Content-Encoding: gzip\r\n" if packed else b""
    run = run_of(crawl, {path_of(1): page(article_html()), path_of(2): closed(cut, fields=fields)})
    assert run.status == 2, run.stderr
    assert f"{path_of(2)} (the answer was cut short)" in run.stderr
    assert len(run.articles) == 1


def test_an_article_that_was_cut_off_once_is_asked_for_again(crawl, tmp_path):
    run = run_of(crawl, {path_of(1): closed(CUT, ARTICLE)}, "-s", f"ARCHIVE={tmp_path / 'archive'}")
    assert run.status == 0, run.stderr
    assert "fortnight in which no ship" in run.articles[0]["body"]
    replayed = crawl("-a", f"start={tmp_path / 'archive'}", "-O", str(tmp_path / "replayed.jsonl"))
    assert replayed.last_line == "exit status 0 (ok): 1 article written", replayed.stderr


def test_a_known_article_is_not_changed_by_a_cut_answer(crawl):
    routes = {
        path_of(1): closed(ARTICLE, CUT, CUT, ARTICLE),
        path_of(2): page(article_html("Ferry sails", body="At noon.")),
    }
    with raw_server({LISTING: page(listing_html(*routes)), **routes}) as origin:
        options = ["-a", f"start={origin}{LISTING}", "-s", "RETRY_TIMES=1"]
        first, cut, last = (crawl(*options, output=f"{name}.jsonl") for name in ("first", "cut", "last"))
    assert (first.status, cut.status, last.status) == (0, 2, 0), cut.stderr
    assert "1 failed (1 the answer was cut short)" in cut.last_line
    assert "nothing new, 2 unchanged" in last.last_line
    assert cut.articles == []


def test_a_listing_that_was_cut_off_is_not_read(crawl):
    listing = listing_html(path_of(1), path_of(2)).encode()
    routes = {path_of(1): page(article_html()), LISTING: closed(listing[: listing.index(b"</div>") + 30])}
    run = run_of(crawl, routes)
    assert run.status == 1, run.stderr
    assert f"{LISTING} could not be read (the answer was cut short)" in run.stderr


def test_pages_that_leave_out_their_end_tags_are_read_and_counted(crawl, tmp_path):
    """The second and third end as the first does, and are asked for once."""
    footer = f"<footer><p>{'All rights are reserved. ' * 4}</p></footer>"
    bodies = {path_of(n): article_html(f"Story {n} of Maro" * n, more=footer) for n in (1, 2, 3)}
    routes = {path: closed(html.replace("</body></html>", "").encode()) for path, html in bodies.items()}
    run = run_of(
        crawl, routes, "-s", "CONCURRENT_REQUESTS=1", "-s", f"ARCHIVE={tmp_path / 'archive'}", "-s", "STATS_DUMP=1"
    )
    assert run.status == 0, run.stderr
    assert len(run.articles) == 3
    assert run.stderr.count("came without a length and without </html>") == 1
    assert "'newscrawl/without_end': 3" in run.stderr and "'retry/count': 1" in run.stderr
    replayed = crawl("-a", f"start={tmp_path / 'archive'}", "-O", str(tmp_path / "replayed.jsonl"))
    assert "articles written" in replayed.last_line and replayed.status == 0, replayed.stderr


@pytest.mark.parametrize(("body", "status"), [(CUT, 1), (SHORT, 0), (ARTICLE, 0)])
def test_what_an_archive_says_was_cut_off_fails_unless_it_may_end_there(crawl, tmp_path, body, status):
    path = foreign(
        tmp_path / "a.warc.gz",
        (f"https://www.business-standard.com{path_of(1)}", [("Content-Type", "text/html")], body),
    )
    plain = gzip.decompress(path.read_bytes()).replace(
        b"WARC-Type: response\r\n", b"WARC-Type: response\r\nWARC-Truncated: disconnect\r\n"
    )
    path.write_bytes(gzip.compress(plain))
    run = crawl("-a", f"start={path}", "-s", f"SUMMARY_FILE={tmp_path / 'summary.json'}")
    assert run.status == status, run.stderr
    assert ("the answer was cut short" in run.stderr) is (status != 0)
    assert json.loads((tmp_path / "summary.json").read_text())["counts"]["failed"] == (status != 0)


def test_what_begins_as_no_page_need_not_end_as_one(crawl):
    """Listings may be parts of a page, or JSON, whatever type their server gives."""
    part = listing_html(path_of(1)).removeprefix("<!DOCTYPE html><html><body>").removesuffix("</body></html>")
    run = run_of(crawl, {path_of(1): page(article_html()), LISTING: closed(f"{part} and so on".encode())})
    assert run.status == 0, run.stderr
    assert "</html>" not in run.stderr
