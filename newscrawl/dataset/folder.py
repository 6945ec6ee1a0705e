"""The folder of a data set on this machine: a new one is made beside it, and takes its place in one step."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

from newscrawl.feeds.file import fsync_folder

_EXCHANGE, _HERE = 2, -100  # RENAME_EXCHANGE of renameat2(2), and AT_FDCWD


def recover(place: Path) -> None:
    """Remove what a killed run left beside a data set.

    If it was killed between the two steps of a system that cannot exchange folders in one, the former data set is put
    back.
    """
    new, old = _beside(place, "new"), _beside(place, "old")
    if old.exists() and not place.exists():
        old.rename(place)
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)


def fresh(place: Path) -> Path:
    """An empty folder beside ``place``, on the same disk, to be filled and then to be :func:`put` there."""
    recover(place)
    new = _beside(place, "new")
    new.mkdir(parents=True)
    return new


def put(new: Path, place: Path) -> None:
    """Let a complete folder take the place of the data set, which is the old one until then, and remove the old one."""
    _secure(new)
    if not place.exists():
        new.rename(place)
    elif not _exchanged(new, place):
        old = _beside(place, "old")
        place.rename(old)
        new.rename(place)
        new = old
    fsync_folder(str(place))
    shutil.rmtree(new, ignore_errors=True)


def _beside(place: Path, what: str) -> Path:
    return place.with_name(f".{place.name}.{what}")


def _secure(folder: Path) -> None:
    """Bring the files in a folder, and their names, to the disk."""
    for path, _, names in os.walk(folder, topdown=False):
        for name in names:
            with open(os.path.join(path, name), "rb") as file:
                os.fsync(file.fileno())
        fsync_folder(os.path.join(path, "_"))


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, which Linux can; whether that was done."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(_HERE, bytes(one), _HERE, bytes(other), _EXCHANGE) == 0
