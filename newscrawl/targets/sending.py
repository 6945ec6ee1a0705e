"""Delivers what is due, and keeps what could not be delivered."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from newscrawl.history import deliveries
from newscrawl.history.database import History
from newscrawl.history.deliveries import Delivery
from newscrawl.plural import counted
from newscrawl.program import program
from newscrawl.targets.feeds import Places
from newscrawl.targets.target import RefusedError, Target

_TRIES = 2  # of one file in one run; the next run tries again
_WAIT = 1.0  # seconds between them
_MOST_FAILURES = 2  # files in a row that a place did not take; it is left alone after that


@dataclass
class Sent:
    """What was delivered, what is still due, and what was removed before: numbers of files by place."""

    done: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, str] = field(default_factory=dict)

    def faults(self, later: str = "") -> list[str]:
        """A clause for each place that lacks files, with what comes of it: ``later``, else that it is tried again."""
        later = later or f"the next run, or '{program()} deliver', tries again"
        found = []
        for shown, number in (+self.left).items():
            why = self.reasons.get(shown, "it was interrupted")
            found.append(f"{counted(number, 'file')} could not be delivered to {shown} ({why}); {later}")
        for shown, number in self.gone.items():
            were = "was" if number == 1 else "were"
            found.append(f"{counted(number, 'file')} {were} removed before the delivery to {shown}, which is given up")
        return found

    def lines(self) -> list[str]:
        """What was delivered where."""
        return [f"{counted(number, 'file')} to {shown}" for shown, number in self.done.items()]


def send(history: History, places: Places, say: Callable[[str], None], sent: Sent) -> Sent:
    """Deliver all that a history says is due, in order, and note there and in ``sent`` what becomes of it.

    ``say`` is called with a line before each file. What ``KeyboardInterrupt`` cuts off stays due. It needs the lock of
    the history.
    """
    return send_all(deliveries.pending(history), places, say, sent, partial(deliveries.note, history))


def send_all(
    due: Sequence[Delivery],
    places: Places,
    say: Callable[[str], None],
    sent: Sent,
    note: Callable[[Delivery, str], None] = lambda one, error: None,
) -> Sent:
    """Deliver what is ``due``, as :func:`send` does; ``note`` is called with what became of each that was tried."""
    sent.left = Counter(one.target for one in due)
    failures: Counter[str] = Counter()
    for number, one in enumerate(due, 1):
        is_there = Path(one.path).is_file()
        if is_there and failures[one.target] >= _MOST_FAILURES:
            continue
        if is_there:
            say(f"delivering {one.name} to {one.target} ({number} of {len(due)})")
        error = _delivered(one, places) if is_there else deliveries.GONE
        note(one, error)
        _count(sent, one.target, error)
        failures[one.target] = failures[one.target] + 1 if error else 0
    return sent


def _count(sent: Sent, target: str, error: str) -> None:
    if error and error != deliveries.GONE:
        sent.reasons[target] = error
        return
    sent.left[target] -= 1
    (sent.gone if error else sent.done)[target] += 1


def _delivered(one: Delivery, places: Places) -> str:
    """Try to deliver one file; why that failed, or ``""``."""
    try:
        return put(places.named(one.target), Path(one.path), one.name)
    except ValueError as error:
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
