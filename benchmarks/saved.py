"""Saved pages of a folder, under invented addresses of a site that nobody described."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

SITE = "https://paper.example"
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


def path_of(file: Path) -> str:
    """The invented path of a page.

    >>> path_of(Path("pages/0001.html.gz"))
    '/world/2025/09/03/story-0001.html'
    """
    return f"/world/2025/09/03/story-{file.name.partition('.')[0]}.html"


def _read(file: Path) -> bytes:
    body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return _OWN_ADDRESS.sub(rb"\1\2saved-address", body)
