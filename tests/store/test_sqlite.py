"""The memory of a crawl by one process."""

from __future__ import annotations

from newscrawl.store import SQLiteStore, Visit

VISIT = Visit("news", "1", "https://paper.example/1", page=0, known=False)


def test_what_is_held_may_be_news_until_it_is_let_go():
    store = SQLiteStore()
    store.hold(VISIT, is_held=True)
    assert store.has_news
    store.hold(VISIT, is_held=False)
    assert not store.has_news
    store.emits("paper.example/1", is_changed=False)
    assert store.has_news
