"""A Redis and a clock for the tests of stores."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.store.crawls import Clock


@pytest.fixture
def clock() -> Iterator[Clock]:
    with Clock().rules() as clock:
        yield clock


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    """Where a Redis of its own is; the tests that want one are skipped where none can be had."""
    pytest.importorskip("redis")
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed")
    from tests.shared import RedisServer

    server = RedisServer()
    yield server.url
    server.close()


@pytest.fixture
def empty_redis_url(redis_url: str) -> str:
    import redis

    with redis.Redis.from_url(redis_url) as client:
        client.flushall()
    return redis_url
