"""Which story a page tells."""

from __future__ import annotations

from itertools import permutations

import pytest

from newscrawl.article.item import Article
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.stories import Stories, Told
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Walk
from newscrawl.publishers import GENERIC
from newscrawl.sites import site_at
from newscrawl.store import Visit

ORIGIN = "https://paper.example"
A, B, C = (f"{ORIGIN}/news/what-was-counted-in-orrin-{number}" for number in (10001, 20002, 30003))


@pytest.fixture
def stories():
    return Stories(Visits(20, 1000, Counts()))


def told(own, canonical="", text="", asked=""):
    walk = Walk(site_at(GENERIC, ORIGIN), "news")
    url = canonical or own
    article = Article(url, walk.site.key(url), "paper.example", headline=text or own, body=f"Of {text or own}.")
    return Told(walk, Visit(walk.id, walk.site.key(asked or own), asked or own, 0, False), article, own, (), None)


def urls(*groups):
    return [one.article.url for group in groups for one in group]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_canonical_address_of_other_stories_is_not_theirs(stories, order):
    pages = [told(A), told(B, A), told(C, A)]
    found = [*(one for number in order for one in stories.tell(pages[number])), *stories.release()]
    assert sorted(urls(found)) == [A, B, C]
    assert all(one.article.id == one.walk.site.key(one.article.url) for one in found)


def test_nor_is_one_that_nobody_answers_at(stories):
    assert urls(stories.tell(told(B, A))) == []
    assert sorted(urls(stories.tell(told(C, A)), stories.release())) == [B, C]


def test_one_story_at_several_addresses(stories):
    assert urls(stories.tell(told(B, A, "Talks resume"))) == []
    assert urls(stories.tell(told(C, A, "Talks resume"))) == []
    assert urls(stories.tell(told(A, text="Talks resume"))) == [A, A, A]  # of which the pipeline lets one through
    assert urls(stories.tell(told(f"{A}?from=rss", A, "Talks resume"))) == [A]


def test_an_address_that_nothing_contradicts_is_believed_at_the_end(stories):
    assert urls(stories.tell(told(B, A))) == []
    assert urls(stories.release()) == [A]
    assert urls(stories.tell(told(C, A))) == [C]


def test_what_is_held_is_bounded(stories):
    found = [stories.tell(told(f"{B}{number}", f"{A}{number}")) for number in range(300)]
    assert 0 < len(urls(*found)) < 300
    assert len(urls(*found, stories.release())) == 300


def test_an_incomplete_article_is_let_through(stories):
    page = told(B, A)
    page.article.body = ""
    assert stories.tell(page) == [page]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_pages_that_call_the_next_storys_address_canonical(stories, order):
    pages = [told(A, B), told(B, C), told(C, f"{C}4")]
    found = [one for number in order for one in stories.tell(pages[number])] + stories.release()
    assert sorted(urls(found)) == [A, B, C]


def test_a_page_that_others_claim_may_itself_be_at_another_address(stories):
    pages = [told(A, B, "Talks resume"), told(B, C, "Talks resume")]
    found = [one for page in pages for one in stories.tell(page)] + stories.release()
    assert sorted(urls(found)) == [B, C]


def test_a_known_story_under_other_words_with_the_same_id(stories, monkeypatch):
    monkeypatch.setattr(Visits, "known_alike", lambda *_: [("known", f"{ORIGIN}/news/other-words-10001")])
    monkeypatch.setattr(Visits, "tells_known", lambda *_: True)
    assert [one.article.id for one in stories.tell(told(A))] == ["known"]
    assert stories.tell(told(B)) == []  # of another id: the known one's address is asked first
