"""Feed storages and exporters: how a run's output reaches its file, and in which format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def needs(library: str, extra: str) -> Iterator[None]:
    """Import within; raises ``ValueError`` that names this package's ``extra`` where ``library`` is missing."""
    try:
        yield
    except ImportError as error:
        message = f"{library} is not installed ({error}); pip install 'newscrawl[{extra}]' brings it"
        raise ValueError(message) from error
