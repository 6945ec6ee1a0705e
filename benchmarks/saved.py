"""Saved pages of a folder, under invented addresses of a site that nobody described."""

from __future__ import annotations

import gzip
import re
from datetime import date, timedelta
from pathlib import Path

SITE = "https://paper.example"
_DAY = date(2025, 9, 3)
#: What names a page's own address, which is another site's.
_OWN_ADDRESS = re.compile(rb"""(\brel\s*=\s*["']?)canonical\b|((?:property|name)\s*=\s*["']?)og:url\b""", re.IGNORECASE)


def bodies(folder: Path, most: int = 0) -> dict[str, bytes]:
    """The pages of a folder by path, in the order of their names: ``*.html``, ``*.html.gz``; ``most`` of them, 0: all.

    Raises ``ValueError`` for a folder without pages.
    """
    files = sorted(file for file in folder.iterdir() if re.search(r"\.html?(?:\.gz)?\Z", file.name))
    if not files:
        raise ValueError(f"{folder} has no *.html or *.html.gz")
    return {path_of(file): _read(file) for file in (files[:most] if most else files)}


def compressed(folder: Path, addresses: int) -> dict[str, bytes]:
    """The same for a server, gzipped. Of fewer pages than ``addresses``, all come again, under another day's."""
    pages = {place: gzip.compress(body, mtime=0) for place, body in bodies(folder, addresses).items()}
    times = -(-addresses // len(pages))
    days = [f"/{_DAY + timedelta(days=again):%Y/%m/%d}/" for again in range(times)]
    every = [(place.replace(days[0], day), body) for day in days for place, body in pages.items()]
    return dict(every[:addresses])


def path_of(file: Path) -> str:
    """The invented path of a page.

    >>> path_of(Path("pages/0001.html.gz"))
    '/world/2025/09/03/story-0001.html'
    """
    return f"/world/{_DAY:%Y/%m/%d}/story-{file.name.partition('.')[0]}.html"


def _read(file: Path) -> bytes:
    body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return _OWN_ADDRESS.sub(rb"\1\2saved-address", body)
