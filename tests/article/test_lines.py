"""Lines of files, plain and compressed, whole and torn."""

from __future__ import annotations

import gzip
import io

import pytest

from newscrawl.article import lines as module
from newscrawl.article.lines import TornError, finished, is_too_long, lines, lines_in


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_lines_keep_their_ends(pack):
    assert list(lines(io.BytesIO(pack(b"one\n\r\n\ntorn")))) == [b"one\n", b"\r\n", b"\n", b"torn"]
    assert list(lines(io.BytesIO(pack(b"")))) == []


def test_lines_from_a_place_in_a_file(tmp_path):
    first = gzip.compress(b"one\n")
    (tmp_path / "a").write_bytes(first + gzip.compress(b"two\n"))
    assert list(lines_in(tmp_path / "a")) == [b"one\n", b"two\n"]
    assert list(lines_in(tmp_path / "a", len(first))) == [b"two\n"]


def test_of_a_long_line_the_beginning_is_read(monkeypatch):
    monkeypatch.setattr(module, "LINE_LIMIT", 10)
    found = list(lines(io.BytesIO(b"a" * 10 + b"\n" + b"b" * 95 + b"\n" + b"c" * 10)))
    assert found == [b"a" * 10 + b"\n", b"b" * 11, b"c" * 10]
    assert [is_too_long(line) for line in found] == [False, True, False]


def test_a_torn_end_is_told_after_the_lines_before():
    whole = gzip.compress(b"".join(b"%d\n" % number for number in range(10_000)), mtime=0)
    for data in (whole[:-20], whole[:-4], whole[: len(whole) // 2] + bytes(100)):
        found = []
        with pytest.raises(TornError):
            for line in lines(io.BytesIO(data)):
                found.append(line)  # noqa: PERF402 - those before the error
        assert found[:2] == [b"0\n", b"1\n"]


def test_finished_files(tmp_path):
    for name in ("b.jsonl", "b.jsonl.gz", "a.jl.gz", "c.jsonl.part", ".d.jsonl", "e.json", "f.sqlite"):
        (tmp_path / name).touch()
    (tmp_path / "folder.jsonl").mkdir()
    assert [path.name for path in finished(tmp_path)] == ["a.jl.gz", "b.jsonl"]
