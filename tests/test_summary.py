"""How a run ended, as a JSON file."""

from __future__ import annotations

import json

from newscrawl.crawl.ending import Ending, ExitStatus, failed, ok
from newscrawl.summary import document, document_of_all, written

ENDED = Ending(ExitStatus.OK, "all 3 articles written", counts={"written": 3}, files=["a.jsonl"], seconds=1.23456)


def test_without_a_file_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert written(ENDED, None, document(ENDED), "world") is ENDED
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_whole_and_replaces_the_one_before(tmp_path):
    path = tmp_path / "new" / "summary.json"
    for ended in (failed("it was interrupted"), ENDED):
        assert written(ended, str(path), document(ended), "world") is ended
    assert json.loads(path.read_text("utf8")) == {
        "status": 0, "sentence": "all 3 articles written", "anchor": None, "seconds": 1.235, "counts": {"written": 3},
        "files": ["a.jsonl"], "sources": [],
    }  # fmt: skip
    assert [found.name for found in path.parent.iterdir()] == ["summary.json"]


def test_its_name_may_tell_the_run(tmp_path):
    written(ENDED, str(tmp_path / "%(name)s.json"), document(ENDED), "world")
    assert [path.name for path in tmp_path.iterdir()] == ["world.json"]


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    for name in ("file/summary.json", "%(nothing)s.json"):
        told = written(ENDED, str(tmp_path / name), document(ENDED), "world")
        assert told.status is ExitStatus.INCOMPLETE
        assert told.sentence.startswith("all 3 articles written, but SUMMARY_FILE=")
    assert written(failed("no"), str(tmp_path / "file" / "x"), {}, "").status is ExitStatus.FAILED


def test_several_sections_are_a_list():
    told = document_of_all({"world": ENDED, "sport": failed("no articles")}, ok("2 sections"))
    assert [section["section"] for section in told["sections"]] == ["world", "sport"]
    assert told["sections"][1]["status"] == 1
