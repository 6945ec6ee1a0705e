"""What the history keeps of addresses that come to nothing, and of texts."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from newscrawl.history import Failing, History, durable, runs
from newscrawl.history.database import Reader

KEY = "paper.example/1"
LONG = "The ferry was counted seven times by people who had waited on the quay since the morning of the fifth day."


@pytest.fixture
def history(tmp_path):
    with History(tmp_path / "h.sqlite") as history:
        history.run = durable.begin(history, "news", 1)
        history.found(KEY, "/news/1", "news", listed=True)
        yield history


def emit(history, **more):
    article = {"publisher": "paper.example", "id": "1", "url": "https://paper.example/news/1", "headline": "Talks resume",
               "content_hash": "x", "crawled_at": "2025-09-03T02:30:00Z", "body": f"Short.\n\n{LONG}"}  # fmt: skip
    history.write(durable.version_of(article | more, history.run, "a.jsonl"))
    durable.publish(history, history.run)


def test_since_when_an_address_comes_to_nothing(history):
    assert history.failing(KEY) is None
    history.fail(KEY, "HTTP 503")
    first = history.failing(KEY)
    assert first is not None and first.run == history.run
    history.run = durable.begin(history, "news", 1)
    history.fail(KEY, "HTTP 404")
    later = history.failing(KEY)
    assert (later.since, later.run, later.reason) == (first.since, first.run, "HTTP 404")
    assert [(row["path"], row["reason"]) for row in runs.dead(history)] == [("/news/1", "HTTP 404")]
    emit(history)
    assert history.failing(KEY) is None
    assert runs.dead(history) == []


def test_an_address_that_was_put_aside_is_asked_for_where_it_is_listed(history):
    history.due_since = history.recheck_since = "2020"
    assert [key for key, _, _ in history.revisits("news")] == [KEY]
    history.put_aside(KEY)
    assert history.revisits("news") == []
    history.unchanged(KEY)
    assert len(history.revisits("news")) == 1


def test_a_clock_that_was_ahead_does_not_keep_stories_young(history):
    history.db.execute(
        "update articles set first_seen = '2999-01-01T00:00:00Z', failing_since = '2999', failing_run = 1"
    )
    history.live_now()
    assert history.first_seen(KEY) < "2999"
    assert history.failing(KEY).since < "2999"


def test_articles_of_one_text(history):
    emit(history)
    paragraph = durable.paragraph_hash(f"{LONG}\n\nAnother end.")
    assert history.alike("paper.example", "Talks resume", None) == [(KEY, "/news/1")]
    assert history.alike("paper.example", "Cranes stand still", paragraph) == [(KEY, "/news/1")]
    assert history.alike("other.example", "Talks resume", paragraph) == []
    assert history.alike("paper.example", "Cranes stand still", None) == []
    assert history.tells(KEY, "Cranes stand still", paragraph)
    assert not history.tells(KEY, "Cranes stand still", None)
    assert durable.paragraph_hash("Short.\n\nShort, too.") is None


def test_a_history_of_an_earlier_version_is_brought_up_to_date(tmp_path):
    path = tmp_path / "h.sqlite"
    with History(path) as history:
        history.found(KEY, "/news/1", "news", listed=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("drop index versions_by_paragraph")
        for table, column in (("articles", "failure"), ("articles", "failing_since"), ("articles", "failing_run"),
                              ("versions", "paragraph_hash"), ("files", "whole")):  # fmt: skip
            db.execute(f"alter table {table} drop column {column}")
        db.execute("pragma user_version = 1")
        db.commit()
    with Reader(path) as reader:
        assert runs.dead(reader) == []
    with History(path) as history:
        history.run = 7
        history.fail(KEY, "HTTP 404")
        failing = history.failing(KEY)
        assert isinstance(failing, Failing) and failing.run == 7
