"""What a run says before it begins."""

from types import SimpleNamespace

import pytest

from newscrawl.extensions.first_line import first_line


def store(started=None, *, is_kept=True, again=False):
    complete = started and SimpleNamespace(started=started)
    return SimpleNamespace(complete=complete, is_kept=is_kept, again=again)


FIRST = {
    "name": "worldnews", "replay": None, "arguments": {}, "since_text": None, "until_text": None, "reads_on": True,
    "pages": 3, "limit": None, "dry_run": False, "store": store(is_kept=False),
}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "3 listing pages; into a.jsonl"),
        ({"pages": 1}, "1 listing page; into a.jsonl"),
        ({"store": store()}, "3 listing pages; into a.jsonl"),
        (
            {"store": store("2025-09-03T02:30:01Z")},
            "listing pages until a known story; what is new since 2025-09-03 02:30 UTC; into a.jsonl",
        ),
        ({"store": store(again=True), "pages": 5}, "5 listing pages; known ones, too; into a.jsonl"),
        ({"since_text": "2 days ago"}, "since 2 days ago; into a.jsonl"),
        ({"since_text": "2025-07-01", "until_text": "2025-07-31"}, "from 2025-07-01 to 2025-07-31; into a.jsonl"),
        ({"limit": 20}, "3 listing pages; at most 20 articles; into a.jsonl"),
        ({"limit": 1, "store": store()}, "3 listing pages; at most 1 article; into a.jsonl"),
        ({"dry_run": True}, "3 listing pages; nothing is written"),
    ],
)
def test_what_is_read_and_where_it_goes(given, told):
    walks = SimpleNamespace(starts=[(None, "https://news.example/world")], as_given=str)
    spider = SimpleNamespace(walks=walks, **{**FIRST, **given})
    assert first_line(spider, ["a.jsonl"]) == f"worldnews: reading https://news.example/world; {told}"


def test_several_starts_and_an_archive():
    walks = SimpleNamespace(starts=[(None, "https://a.example/"), (None, "https://b.example/")], as_given=str)
    assert "reading https://a.example/ and 1 more; " in first_line(SimpleNamespace(walks=walks, **FIRST), [])
    replay = SimpleNamespace(walks=walks, **{**FIRST, "replay": object(), "arguments": {"start": "archive"}})
    assert first_line(replay, ["a.jsonl"]) == "worldnews: reading the archive archive; into a.jsonl"
