"""The folder that results go into: nothing of anybody else's is in the job's way, and no other job is at work there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from newscrawl.scale.places import PART, Folder, is_remote
from newscrawl.scale.staging import NAME

_STAGED = re.compile(rf"{NAME}(\.set-aside)?\.(parquet|json)(-[0-9a-f]{{8}}{re.escape(PART)})?")
#: What Spark writes, whole or killed: ``_SUCCESS`` (and its checksum), ``_temporary``, committers' own, partitions.
_WRITTEN = re.compile(r"_.*|\._.*|publisher=.*")


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
        yield staging


def _check(folder: Folder, ours: re.Pattern[str]) -> None:
    if foreign := [name for name in folder.entries() if not ours.fullmatch(name)]:
        raise ValueError(f"{folder.place} has something that no earlier run wrote, {foreign[0]!r}: name another folder")
