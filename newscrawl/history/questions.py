"""What a spider and its pipelines ask of a history, wherever it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from newscrawl.history.database import Complete, Known


class Questions(Protocol):
    """Answered by :class:`newscrawl.history.History` beside the output, by ``newscrawl.shared`` for many workers."""

    #: Beside this file others are kept that a folder's runs share.
    path: Path
    #: Whether every article is emitted, known or not.
    again: bool
    #: Articles that are emitted for the sake of files that are replaced, or begun, alone.
    repeated: set[str]
    #: Listing pages that hold nothing but articles which were emitted, or are noted as due.
    pages: int
    #: The last complete run over the section, if there was one.
    complete: Complete | None

    def recall(self, key: str) -> Known | None:
        """The emitted article of that key, ``publisher/id``, else ``None``."""

    def article_of(self, key: str) -> str | None:
        """The key of the article that a key stands for, mostly itself; ``None``: for a page that is no article."""

    def was_known(self, key: str) -> bool:
        """Whether the last complete run, or one before it, had met an article."""

    def is_due(self, known: Known) -> bool:
        """Whether this run emits a known version, though it is unchanged."""

    def revisits(self, section: str) -> list[tuple[str, str, bool]]:
        """Key, path, and whether it was emitted, of articles that a run's end may ask for."""
