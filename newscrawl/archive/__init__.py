"""Pages kept as WARC (ISO 28500): written by a crawl, read by anything, and read again by later rules.

``reading`` and ``writing`` know no crawl; ``replay`` and ``handler`` give archived pages to a spider.
"""

from __future__ import annotations

import re
from pathlib import Path

#: What archives are called; those that are being written have another ending.
SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4", ".arc", ".arc.gz", ".wacz")
#: What a crawl's own are called while they are written.
UNFINISHED = re.compile(r"newscrawl-.+-\d{17}-\d{5,}\.warc\.gz\.part")


def is_archive(start: str) -> bool:
    """Whether what a crawl is to start from is an archive: files, folders, globs, and no address."""
    names = [name for name in map(str.strip, start.split(",")) if name]
    return not any("://" in name for name in names) and any(
        name.endswith(SUFFIXES) or re.search(r"[*?\[]", name) or Path(name).expanduser().exists() for name in names
    )


def refused(folder: str) -> str:
    """Why an archive cannot be written to a place; ``""`` for a folder. An address may have secrets, and is not told.

    >>> refused("s3://bucket/archive")
    'ARCHIVE is an s3:// address, expected a folder: only a run with a history, and without Redis, delivers an archive'
    >>> refused("~/archive")
    ''
    """
    scheme, colon, _ = folder.partition("://")
    if not colon:
        return ""
    article = "an" if scheme[:1].lower() in "aefhilmnorsx" else "a"
    return (
        f"ARCHIVE is {article} {scheme}:// address, expected a folder: only a run with a history, and without Redis,"
        " delivers an archive"
    )


def lacking(start: str) -> str:
    """What to say of the archive that a text may mean which is neither that nor an address; ``""`` of an address."""
    names = [name for name in map(str.strip, start.split(",")) if name]
    if any("://" in name for name in names):
        return ""
    if missing := [name for name in names if not Path(name).expanduser().exists()]:
        return f"; no archive was found at {' or '.join(missing)}{' (commas separate)' if len(names) > 1 else ''}"
    return "; an archive and addresses cannot be read in one crawl"
