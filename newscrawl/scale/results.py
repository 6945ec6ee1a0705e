"""The folder that results go into: nothing of anybody else's is in the job's way, and no other job is at work there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from newscrawl.dataset.folder import recover
from newscrawl.scale.options import Wanted
from newscrawl.scale.places import PART, Folder, is_remote
from newscrawl.scale.staging import NAME

_STAGED = re.compile(rf"{NAME}(\.set-aside)?\.(parquet|json)(-[0-9a-f]{{8}}{re.escape(PART)})?")
#: What Spark writes, whole or killed: ``_SUCCESS``, ``_temporary``, committers' own, partitions, files, checksums.
_WRITTEN = re.compile(r"_.*|\._.*|(publisher|month)=.*|part-.{0,250}\.parquet|\.part-.{0,250}\.crc")
#: What the data set was made of, beside it.
_MADE = "articles.json"


@contextmanager
def taken(into: str) -> Iterator[Folder]:
    """The folder for what is staged, while this job alone writes to ``into``.

    Raises ``ValueError`` where ``articles`` or ``staging`` in it have what no earlier run wrote, and is to be kept
    therefore; ``BlockingIOError`` while another job of this machine writes there.
    """
    staging, written = Folder(f"{into}/staging"), Folder(f"{into}/articles")
    _check(staging, _STAGED)
    _check(written, _WRITTEN)
    if written.entries() and not any(name.endswith(".json") for name in staging.names()):
        raise ValueError(
            f"{written.place} would be replaced, but {staging.place}, from which it was made, is empty:"
            " name another folder"
        )
    staging.make()
    with ExitStack() as stack:
        if not is_remote(into):
            try:
                stack.enter_context(FileLock(Path(into) / ".extract.lock", blocking=False))
            except Timeout:
                raise BlockingIOError(f"another job is writing to {into}; wait until it has ended") from None
            recover(Path(into) / "articles")
        yield staging


def staged(staging: Folder) -> list[str]:
    """The files of articles of the archives that were read to their end."""
    names = staging.names()
    whole = {name.removesuffix(".json") for name in names if name.endswith(".json")}
    return [name for name in names if name.removesuffix(".parquet") in whole and name.endswith(".parquet")]


def made_of(staging: Folder, files: list[str], wanted: Wanted) -> str:
    """A hash of what a data set is made of: staged files, and what of them is wanted."""
    return sha256(repr((wanted, files, staging.stamps(*files))).encode()).hexdigest()


def known(into: Folder, of: str) -> int | None:
    """How many articles the data set has, if it is there and was made of just that."""
    try:
        told = json.loads(into.read(_MADE))
        is_there = "articles" in into.entries()
        return int(told["articles"]) if told["of"] == of and is_there else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(into: Folder) -> None:
    """Before the data set changes: what it was made of is no longer known."""
    into.remove(_MADE)


def note(into: Folder, of: str, articles: int) -> None:
    """After it has changed."""
    with into.writing(_MADE) as file:
        file.write(json.dumps({"of": of, "articles": articles}).encode())


def _check(folder: Folder, ours: re.Pattern[str]) -> None:
    if foreign := [name for name in folder.entries() if not ours.fullmatch(name)]:
        raise ValueError(f"{folder.place} has something that no earlier run wrote, {foreign[0]!r}: name another folder")
