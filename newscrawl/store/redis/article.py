"""What Redis keeps of an article of the history, as JSON with short names, for memory is what it costs.

u path, s section, l listed (0, 1), f first seen, c last seen if that was later; x why its address came to nothing the
last time, xs since when, xr since which crawl; a when the publisher was seen to have removed it. And v, once there is
one, its emitted version: h content hash, w headline, p hash of the longest paragraph, n path of its Next Story, e ETag,
m Last-Modified, d date modified, o date published, t when it was emitted, b in which crawl, f in which file; and r what
is kept of the versions before it, oldest first. Moments are seconds since 1970.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from newscrawl.history.database import Known
from newscrawl.store.base import Article

Record = dict[str, Any]
ASIDE = "put aside"  # in place of a reason
SURROGATE = re.compile("[\ud800-\udfff]")
_VERSION = {
    "h": "content_hash", "w": "headline", "p": "paragraph_hash", "n": "next_path", "e": "etag", "m": "last_modified",
    "d": "date_modified", "o": "date_published",
}  # fmt: skip
_REREAD = ("e", "m", "n", "d")
_EARLIER = ("h", "w", "o", "t", "b", "f")  # what is kept of a version that is the last one no more
_MOST_EARLIER = 20  # of an article: the first, and the last ones


def moment(seconds: float) -> str:
    """Seconds since 1970 as ISO 8601."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds(moment: str) -> int:
    """The reverse; 0 for ""."""
    return int(datetime.fromisoformat(moment).timestamp()) if moment else 0


def dump(record: Record) -> str:
    """The record as Redis keeps it."""
    text = json.dumps(record, separators=(",", ":"), ensure_ascii=False)
    # Half a surrogate pair, as broken pages have, is no UTF-8.
    return text if text.isascii() or not SURROGATE.search(text) else json.dumps(record, separators=(",", ":"))


def version(article: Article) -> Record:
    """An article as an emitted version."""
    values = article._asdict()
    return {short: values[name] for short, name in _VERSION.items() if values[name] is not None}


def emit(record: Record, v: Record) -> Record:
    """The record with a version that is emitted now; those before it are kept where they differ, and the first."""
    before, earlier = record.get("v"), record.get("r", [])
    if before and (before["h"] != v["h"] or not earlier):
        earlier = [*earlier, {name: before[name] for name in _EARLIER if name in before}]
        earlier = earlier[:1] + earlier[1:][1 - _MOST_EARLIER :]
    return record | {"v": v} | ({"r": earlier} if earlier else {})


def reread(record: Record, article: Article) -> None:
    """How the server answered now counts for the emitted version."""
    new = version(article)
    kept = {name: value for name, value in record["v"].items() if name not in _REREAD}
    record["v"] = kept | {name: new[name] for name in _REREAD if name in new}


def known(record: Record | None) -> Known | None:
    """The emitted article, else ``None``."""
    if not record or "v" not in record:
        return None
    v = record["v"]
    return Known(v["h"], moment(record["f"]), bool(record["l"]), v.get("f"), v.get("n"), v.get("e"), v.get("m"))


def works(record: Record, now: int) -> None:
    """An article's address leads to it (again)."""
    for name in ("x", "xs", "xr", "a"):
        record.pop(name, None)
    record["c"] = now


def tells(v: Record, headline: str, paragraph: str | None) -> bool:
    """Whether a version has that headline or longest paragraph."""
    return v.get("w") == headline or (paragraph is not None and v.get("p") == paragraph)


def likenesses(v: Record) -> set[str]:
    """The hashes under which a version is found by what it has in common with others."""
    return {hashed(v["w"]), *([v["p"]] if "p" in v else [])} if "w" in v else set()


def hashed(headline: str) -> str:
    """What stands for a headline."""
    return sha256(headline.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def row(name: str, record: Record) -> tuple[Any, ...]:
    """What the table of articles in SQLite has of it, but for its version."""
    since = moment(record["xs"]) if "xs" in record else None
    away = moment(record["a"]) if "a" in record else None
    last = record.get("c", record.get("v", {}).get("t", record["f"]))
    found = (name, record["u"], record["s"], record["l"], moment(record["f"]), moment(last))
    return (*found, record.get("x"), since, record.get("xr"), away)


def version_rows(name: str, record: Record) -> Iterator[Record]:
    """What the table of versions in SQLite has of an article, oldest first; a ``run`` of 0 is not known."""
    for v in [*record.get("r", []), *([record["v"]] if "v" in record else [])]:
        values = {long: v.get(short) for short, long in _VERSION.items()}
        values["next_url"] = values.pop("next_path")
        values["headline"] = values["headline"] or ""
        told = {"key": name, "run": v.get("b", 0), "file": v.get("f"), "url": record["u"], "crawled_at": moment(v["t"])}
        yield values | told
