"""How shared crawls went."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from newscrawl.shared.session import connect, place_of, unusable


def shared_name(file: str) -> str:
    """What a history is called in Redis that would be that file on a single machine."""
    return Path(file).name.removesuffix(".history.sqlite")


def overview(settings: BaseSettings, name: str, limit: int) -> tuple[str, list[dict[str, Any]]]:
    """Where the history is, and the last crawls, oldest first, as :func:`newscrawl.history.runs.overview` has them.

    Raises ``OSError`` where Redis cannot be reached.
    """
    import redis

    place, prefix = place_of(settings["REDIS_URL"]), f"{settings['REDIS_PREFIX']}{name}:"
    try:
        with connect(settings, tries=3) as client:  # who looks at it can look again
            kept: list[str] = client.lrange(f"{prefix}runs", 0, limit - 1)
    except redis.RedisError as error:
        raise OSError(unusable(place, error)) from None
    return f"{place}, {prefix}", [_row(json.loads(text)) for text in reversed(kept)]


def _row(run: dict[str, Any]) -> dict[str, Any]:
    counts: dict[str, int] = run["counts"]
    return {
        "id": run["crawl"],
        "started": datetime.fromtimestamp(run["started"], UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "seconds": run["finished"] - run["started"],
        "status": run["status"],
        "ending": "ended",
        "sentence": run["sentence"],
        "workers": run["workers"],
        "dead": run["dead"],
        "unchanged": sum(counts.get(which, 0) for which in ("unchanged", "not_modified", "settled", "again")),
        "pages": None,  # no worker knows of the others'
    } | {which: counts.get(which, 0) for which in ("new", "changed", "again", "failed")}
