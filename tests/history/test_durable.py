"""What a dead run left is cut to its whole lines."""

from __future__ import annotations

import gzip
import json
import tracemalloc

import pytest

from newscrawl.history.durable import _cut_to_whole_lines

ARTICLE = {
    "publisher": "a.example", "id": "1", "url": "https://a.example/1", "headline": "A", "content_hash": "x",
    "crawled_at": "2025-09-03T14:19:30Z",
}  # fmt: skip


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_file_without_a_whole_line_is_not_kept(tmp_path, name):
    torn = b'{"publisher"'
    (tmp_path / f"{name}.part").write_bytes(gzip.compress(torn) if name.endswith(".gz") else torn)
    assert not _cut_to_whole_lines(tmp_path / f"{name}.part", 0)


def test_what_a_compressed_file_held_before_is_not_held_in_memory(tmp_path):
    part = tmp_path / "a.jsonl.gz.part"
    kept = 20_000_000  # bytes
    line = json.dumps(ARTICLE).encode() + b"\n"
    with part.open("wb") as file:
        file.truncate(kept)
        file.seek(kept)
        file.write(gzip.compress(line + b'{"publisher"'))
    tracemalloc.start()
    try:
        assert _cut_to_whole_lines(part, kept)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < kept / 4
    data = part.read_bytes()
    assert data[:kept] == bytes(kept)
    assert gzip.decompress(data[kept:]) == line
