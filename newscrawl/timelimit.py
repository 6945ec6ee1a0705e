"""The last line of defence: no page takes longer to read than ``PAGE_TIME_LIMIT`` seconds of CPU."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType

#: Seconds of CPU; what ``PAGE_TIME_LIMIT`` is where nobody says otherwise. A page takes some 0.01.
PAGE_TIME_LIMIT = 20.0
#: Seconds after which it is tried again, where what was interrupted passed over it, as ``__del__`` and callbacks of the
#: garbage collector do. A limit that is shorter than that is tried again after as long as it is.
_AGAIN = 1.0


class TookTooLong(ValueError):
    """A page took too long to read."""

    def __init__(self) -> None:
        super().__init__("took too long to read")


class _Interruption(BaseException):
    """Raised in what takes too long. No ``except Exception`` takes it for a fault of the page."""


class page_time_limit:
    """Raises :class:`TookTooLong` where its block takes more than ``seconds`` of the process's CPU; 0: never.

    with page_time_limit(20):
        article = extract(...)

    Python code is interrupted, and so are regular expressions; code in C is not, until it returns. Nothing is limited
    outside of the main thread, on Windows, and within another limit, which holds then. No block may wait for an event
    loop: others' work would count.
    """

    _active: page_time_limit | None = None

    def __init__(self, seconds: float = PAGE_TIME_LIMIT):
        self._seconds = seconds

    def __enter__(self) -> None:
        if self._seconds > 0 and page_time_limit._active is None and _is_possible():
            if signal.getsignal(signal.SIGPROF) is not _interrupt:
                signal.signal(signal.SIGPROF, _interrupt)  # for good: a late signal must find it
            page_time_limit._active = self
            signal.setitimer(signal.ITIMER_PROF, self._seconds, min(self._seconds, _AGAIN))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if page_time_limit._active is self:
            page_time_limit._active = None
            signal.setitimer(signal.ITIMER_PROF, 0)
        if isinstance(error, _Interruption):
            raise TookTooLong from None


def interrupt(frame: FrameType | None) -> None:
    """From the handler of a signal: end the block that is limited, if there is one, as if its time were over."""
    _interrupt(signal.SIGPROF, frame)


def _is_possible() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


_OWN = (page_time_limit.__enter__.__code__, page_time_limit.__exit__.__code__)


def _interrupt(signum: int, frame: FrameType | None) -> None:
    """The signal's handler: it does nothing once the limit has ended, or is about to."""
    if page_time_limit._active is not None and (frame is None or frame.f_code not in _OWN):
        raise _Interruption
