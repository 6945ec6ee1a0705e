"""A redis library that is missing or too old is named before anything is requested."""

from __future__ import annotations

import pytest

from tests.conftest import PROJECT


@pytest.mark.parametrize(
    ("library", "told"),
    [
        (
            '__version__ = "5.3.0b1"',
            "needs version 6.2 or newer of the redis library, and 5.3.0b1 is installed: pip install",
        ),
        ("raise ImportError", "REDIS_URL needs the redis library: pip install 'newscrawl[redis]'"),
    ],
)
def test_the_library_is_named(crawl, tmp_path, library, told):
    (tmp_path / "redis.py").write_text(library)
    run = crawl(
        "-a", "start=demo", "-s", "REDIS_URL=redis://127.0.0.1:1", PYTHONPATH=f"{tmp_path}:{PROJECT}", output=None
    )
    assert run.status == 1
    assert told in run.last_line
    assert "Traceback" not in run.stderr
