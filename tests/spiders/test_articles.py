"""How articles are read."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.crawl.stories import Stories
from newscrawl.spiders.articles import ArticleReader
from tests.spiders.conftest import START

STORY = f"{START}/a-bell-rings-in-maro-1250903"
HTML = """<meta property="og:type" content="article"><h1>A bell rings</h1>
<article><p>The bell of Maro rang on Wednesday, for the first time in a year.</p></article>"""


@pytest.fixture
def reader(visits, report) -> ArticleReader:
    return ArticleReader(visits, report, 10.0, Stories(visits))


@pytest.fixture
def visit(visits, walk):
    visits.list(walk, STORY, 1, 0, older=False)
    (visit,) = visits.next(1)
    return visit


def answer(html=HTML, url=STORY, status=200):
    request = Request(url, meta={"redirect_urls": [STORY]} if url != STORY else {})
    return HtmlResponse(url, body=html.encode(), status=status, request=request)


def test_an_article(reader, walk, visit, report):
    (told,) = reader.read(answer(), walk, visit)
    assert told.article.headline == "A bell rings"
    assert report.failures == []


def test_a_page_that_is_none_is_skipped(reader, walk, visit, report):
    html = '<meta property="og:type" content="video.other"><h1>A bell rings</h1>'
    assert reader.read(answer(html), walk, visit) == []
    assert (report.counts.skipped, report.failures) == (1, [])


def test_a_redirect_to_the_front_page_is_a_failure_of_what_was_asked_for(reader, walk, visit, report):
    assert reader.read(answer(url="https://news.example/"), walk, visit) == []
    assert report.failures == [(STORY, "redirected to a page that is not an article")]


def test_a_request_that_came_to_nothing(reader, walk, visit, report):
    response = answer(status=404)
    failure = Failure(HttpError(response))
    failure.request = response.request
    reader.failed(failure, "HTTP 404", walk, visit)
    assert report.failures == [(STORY, "HTTP 404")]
    assert report.counts.gone == 0, "no earlier run emitted it"
