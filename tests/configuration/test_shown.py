"""What is secret is not shown."""

from __future__ import annotations

import pytest

from newscrawl.configuration.shown import shown, without_secrets


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REDIS_URL", "redis://anna:s3cr/e@t@cache.example:6379/0"),
        ("start", ["https://a.example/x", "https://anna:s3cr/e,t@a.example/y"]),
        ("start", "https://a.example/x, https://:s3cr/et@a.example/y"),
        ("AWS_SECRET_ACCESS_KEY", "s3cr/e"),
        ("AWS_SESSION_TOKEN", "s3cr/e"),
        ("MAIL_PASS", "s3cr/e"),
        ("DEFAULT_REQUEST_HEADERS", {"Authorization": "Bearer s3cr/e", "X-Api-Key": "s3cr/e", "Cookie": "s3cr/e"}),
        ("FEEDS", {"https://a.example/x?token=s3cr/e&page=2": {"format": "json"}}),
        ("PROXY", "http://a.example/?api_key=s3cr/e"),
    ],
)
def test_hidden(name, value):
    told = shown(name, value)
    assert "s3cr" not in told
    assert "…" in told


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COOKIES_ENABLED", False),
        ("AWS_ACCESS_KEY_ID", None),
        ("USER_AGENT", "newscrawl/1 (reader; you@example.org)"),
        ("contact", "you@example.org"),
        ("REDIS_URL", "redis://cache.example:6379/0"),
        ("HTTPCACHE_IGNORE_HTTP_CODES", [304, 403]),
        ("MONKEY", "banana"),
    ],
)
def test_whole(name, value):
    assert without_secrets(name, value) == value
