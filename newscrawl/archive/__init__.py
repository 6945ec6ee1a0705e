"""Pages kept as WARC (ISO 28500): written by a crawl, read by anything, and read again by later rules.

``reading`` and ``writing`` know no crawl; ``replay`` and ``handler`` give archived pages to a spider.
"""

from __future__ import annotations

import re
from pathlib import Path

#: What files of records are called; those that are being written have another ending.
SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")
#: What a crawl's own are called while they are written.
UNFINISHED = re.compile(r"newscrawl-.+-\d{17}-\d{5,}\.warc\.gz\.part")


def is_archive(start: str) -> bool:
    """Whether what a crawl is to start from is an archive: files, folders, globs, and no address."""
    names = [name for name in map(str.strip, start.split(",")) if name]
    return not any("://" in name for name in names) and any(
        name.endswith(SUFFIXES) or re.search(r"[*?\[]", name) or Path(name).expanduser().exists() for name in names
    )


def lacking(start: str) -> str:
    """What to say of the archive that a text may mean which is neither that nor an address; ``""`` of an address."""
    names = [name for name in map(str.strip, start.split(",")) if name]
    if any("://" in name for name in names):
        return ""
    if missing := [name for name in names if not Path(name).expanduser().exists()]:
        return f"; no archive was found at {' or '.join(missing)}{' (commas separate)' if len(names) > 1 else ''}"
    return "; an archive and addresses cannot be read in one crawl"
