"""The thread that libxml2 parses in: it keeps every name that it meets in documents for as long as the thread lives."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")

#: Bytes of markup that one thread parses. Its names take up to ten times as much memory where each stands there once. A
#: new thread takes 0.3 ms, a fifth of the time of a page of 150 KB.
MOST_BYTES = 4_000_000


class _Parser(threading.local):
    """Of each thread, the one that parses for it; its process, which a fork leaves without it; and what it has read."""

    executor: ThreadPoolExecutor | None = None
    process = 0
    bytes = 0


_parser = _Parser()


def in_parser_thread(parse: Callable[[], Result], size: int) -> Result:
    """What ``parse`` gives, in a thread that lasts for ``MOST_BYTES`` of markup; ``size`` is this document's, in bytes.

    >>> in_parser_thread(lambda: 6 * 7, size=100)
    42
    """
    if _parser.executor is None or _parser.process != os.getpid():
        _parser.executor, _parser.process, _parser.bytes = ThreadPoolExecutor(1, "parser"), os.getpid(), 0
    executor = _parser.executor
    _parser.bytes += size
    is_spent = True  # where it is interrupted: the thread may be at work still
    try:
        result = executor.submit(parse).result()
        is_spent = _parser.bytes >= MOST_BYTES
        return result
    finally:
        if is_spent:
            _parser.executor = None
            executor.shutdown(wait=False)
