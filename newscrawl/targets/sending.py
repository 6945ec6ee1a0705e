"""Delivers what is due, and keeps what could not be delivered."""

from __future__ import annotations

import gzip
import shutil
import time
import zlib
from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from newscrawl.history import deliveries
from newscrawl.history.database import History
from newscrawl.history.deliveries import Delivery
from newscrawl.plural import counted
from newscrawl.targets.places import Places
from newscrawl.targets.target import RefusedError, Target

_GONE = "the file is not on this machine any more"
_TRIES = 2  # of one file in one run; the next run tries again
_WAIT = 1.0  # seconds between them
_MOST_FAILURES = 2  # files in a row that a place did not take; it is left alone after that


@dataclass
class Sent:
    """What was delivered, what is still due, and what of that is not on this machine: numbers of files by place.

    ``is_old``: an earlier run tried to deliver some of what is due.
    """

    done: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, str] = field(default_factory=dict)
    is_old: bool = False

    def faults(self, later: str, end: str = "") -> list[str]:
        """A clause for each place that lacks files; behind the last, what tries again ``later``.

        ``end`` is a command that ends what was tried before.
        """
        found = []
        for shown, number in (self.left - self.gone).items():
            why = self.reasons.get(shown, "it was interrupted")
            found.append(f"{counted(number, 'file')} could not be delivered to {shown} ({why})")
        for shown, number in self.gone.items():
            are = "is" if number == 1 else "are"
            found.append(f"{counted(number, 'file')} to be delivered to {shown} {are} not on this machine any more")
        if found:
            until = f", until you give that up: {end}" if end and (self.is_old or self.gone) else ""
            found[-1] += f"; {later}{until}"
        return found

    def lines(self) -> list[str]:
        """What was delivered where."""
        return [f"{counted(number, 'file')} to {shown}" for shown, number in self.done.items()]


def send(
    history: History, places: Places, say: Callable[[str], None], sent: Sent, only: Container[str] | None = None
) -> None:
    """Deliver all that a history says is due, and note there and in ``sent`` what becomes of it.

    What was due first comes first, and what failed comes behind what failed less often: two files that a place never
    takes do not keep all others from it. ``say`` is called with a line before each file. With ``only``, what is due at
    other places is left alone. What ``KeyboardInterrupt`` cuts off stays due. It needs the lock of the history.
    """
    due = [one for one in deliveries.pending(history) if only is None or one.target in only]
    send_all(due, places, say, sent, partial(deliveries.note, history))


def send_all(
    due: Sequence[Delivery],
    places: Places,
    say: Callable[[str], None],
    sent: Sent,
    note: Callable[[Delivery, str], None] = lambda one, error: None,
) -> None:
    """Deliver what is ``due``, as :func:`send` does; ``note`` is called with what became of each that was tried."""
    sent.left += Counter(one.target for one in due)
    failures: Counter[str] = Counter()
    older = _older(due)
    waiting = {one for some in older.values() for one in some}
    for number, one in enumerate(sorted(due, key=lambda one: one.tries), 1):
        sent.is_old |= bool(one.tries)
        if one in waiting:
            continue
        found = _found(Path(one.path))
        if found is None:
            sent.gone[one.target] += 1
            note(one, _GONE)
            continue
        if failures[one.target] >= _MOST_FAILURES:
            continue
        say(f"delivering {one.name} to {one.target} ({number} of {len(due)})")
        error = _deliver(one, found, places)
        note(one, error)
        failures[one.target] = failures[one.target] + 1 if error else 0
        if error:
            sent.reasons[one.target] = error
        else:
            sent.left[one.target] -= 1
            sent.done[one.target] += 1
            for other in older.get(one, ()):
                note(other, "")
                sent.left[other.target] -= 1


def _older(due: Sequence[Delivery]) -> dict[Delivery, list[Delivery]]:
    """What was due before another file at the same address, by that: it waits for that, and is replaced by it then."""
    newest: dict[str, Delivery] = {}
    older: dict[Delivery, list[Delivery]] = {}
    for one in reversed(due):
        address = _address(one)
        if address in newest:
            older.setdefault(newest[address], []).append(one)
        elif _found(Path(one.path)):
            newest[address] = one
    return older


def _address(one: Delivery) -> str:
    """What stands for the file that a delivery writes, however its place is spelt."""
    try:
        return Target.of(one.target).same_file(one.name)
    except ValueError:  # of a kind that another version knows
        return f"{one.target} {one.name}"


def _found(path: Path) -> Path | None:
    """Where a file is now: under its name, or compressed by gzip since."""
    return next((one for one in (path, path.with_name(f"{path.name}.gz")) if one.is_file()), None)


def _deliver(one: Delivery, found: Path, places: Places) -> str:
    """Try to deliver one file; why that failed, or ``""``."""
    try:
        target = places.named(one.target)
        if found == Path(one.path):
            return put(target, found, one.name)
        with TemporaryDirectory() as folder:
            whole = Path(folder) / Path(one.path).name
            with gzip.open(found) as packed, whole.open("wb") as file:
                shutil.copyfileobj(packed, file)
            return put(target, whole, one.name)
    except (ValueError, OSError, EOFError, zlib.error) as error:
        return str(error)


def put(target: Target, path: Path, name: str) -> str:
    """Put a file, and try again where that may help; why it failed, or ``""``."""
    error = ""
    for left in reversed(range(_TRIES)):
        try:
            target.put(path, name)
        except RefusedError as refused:
            return str(refused)
        except OSError as failed:
            error = str(failed)
            if left:
                time.sleep(_WAIT)
        else:
            return ""
    return error
