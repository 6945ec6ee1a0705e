"""Compressed answers: a faster library reads whole ones, and Scrapy all others, with the same outcome."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware

from newscrawl.middlewares import compression
from newscrawl.middlewares.compression import HonestCompressionMiddleware, gunzip

PAGE = b"<!DOCTYPE html><title>Harbour</title>" * 400
LIBRARIES = [zlib, pytest.param(compression.fast_zlib, marks=pytest.mark.skipif(
    compression.fast_zlib is None, reason="isal is not installed"))]  # fmt: skip


def outcome(decode: Any, body: bytes, limit: int) -> object:
    try:
        return decode(body, b"gzip", limit)
    except Exception as error:
        return type(error), str(error)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_whole_member_is_read(library: Any) -> None:
    for limit in (0, len(PAGE) + 1):
        assert gunzip(gzip.compress(PAGE), limit, library) == PAGE


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    "body",
    [
        b"", b"no gzip", gzip.compress(PAGE)[:-5], gzip.compress(PAGE) + b"rest", gzip.compress(PAGE) * 2,
        gzip.compress(PAGE)[:-8] + bytes(8),
    ],
    ids=["empty", "text", "cut", "rest", "two", "checksum"],
)  # fmt: skip
def test_all_else_is_left_to_scrapy(library: Any, body: bytes) -> None:
    assert gunzip(body, 0, library) is None


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_is_too_large_is_left_to_scrapy(library: Any) -> None:
    assert gunzip(gzip.compress(PAGE), len(PAGE) - 1, library) is None


@pytest.mark.parametrize("library", LIBRARIES)
@given(
    text=st.binary(max_size=300), cut=st.integers(0, 400), behind=st.binary(max_size=5), limit=st.sampled_from([0, 50])
)
def test_the_outcome_is_scrapys(library: Any, text: bytes, cut: int, behind: bytes, limit: int) -> None:
    body = gzip.compress(text)[:cut] + behind
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compression, "fast_zlib", library)
        ours = outcome(HonestCompressionMiddleware._decode, body, limit)
    assert ours == outcome(HttpCompressionMiddleware._decode, body, limit)
