"""What the exporters of articles share: which columns are wanted, and an error that ends the run."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.exporters import BaseItemExporter

from newscrawl.article.item import Article
from newscrawl.article.types import FIELDS, plain
from newscrawl.feeds.file import PartFile
from newscrawl.signals import file_failed

#: Why ``-o`` is refused, and what to do.
CANNOT_BE_ADDED_TO = (
    "it exists, and a file of this format cannot be added to;"
    ' -O replaces it ("overwrite": true in FEEDS), another name, such as one with %(time)s in it, keeps both'
)


#: Characters that are looked at of a file which may be something else: several times the largest page.
_LINE_LIMIT = 20_000_000
_BLOCK = 1024 * 1024  # bytes


class ArticleExporter(BaseItemExporter):
    """An exporter that can fail. Scrapy would log the error and go on without the article.

    A subclass has :meth:`begin`, :meth:`write` and :meth:`end`. Making one has no effect on the file, and
    raises ``ValueError`` or ``TypeError`` where options do not fit or a library is missing.
    """

    def __init__(self, file: IO[bytes], *, crawler: Crawler | None = None, **kwargs: Any):
        super().__init__(**kwargs)
        self.file = file
        self.crawler = crawler
        #: Output name to the article's field, in the order of the output.
        self.columns = _columns(self.fields_to_export)
        self.error: OSError | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: IO[bytes], **kwargs: Any) -> Self:
        return cls(file, crawler=crawler, **kwargs)

    @property
    def part(self) -> PartFile | None:
        """The local file that is written, if it is one; a compressed one's too."""
        part = getattr(self.file, "fileobj", self.file)
        return part if isinstance(part, PartFile) else None

    @property
    def kept(self) -> int:
        """Bytes that the file held before."""
        return self.part.kept if self.part else 0

    def check_zipped(self) -> None:
        """Raises ``ValueError`` where a file of this format is of no use with ``.gz`` behind its name."""

    def check_adding(self, path: Path, *, plain: bool) -> None:
        """Raises ``ValueError`` where ``-o`` cannot go on with the file at ``path``; ``plain``: not compressed."""
        raise ValueError(CANNOT_BE_ADDED_TO)

    def begin(self) -> None:
        """Begin the file."""

    def write(self, article: dict[str, Any]) -> None:
        """Take one article, by the names of its fields."""
        raise NotImplementedError

    def end(self) -> None:
        """Complete the file."""

    def start_exporting(self) -> None:
        try:
            if self.kept and self.part is not None:  # it was looked at before the crawl, and may have come since
                self.check_adding(Path(self.part.path.removesuffix(".part")), plain=self.part is self.file)
            self.begin()
        except Exception as error:
            self._fail(error)

    def export_item(self, item: Any) -> None:
        if self.error is None:
            try:
                self.write(plain(item) if isinstance(item, Article) else ItemAdapter(item).asdict())
            except Exception as error:
                self._fail(error)

    def finish_exporting(self) -> None:
        if self.error is None:
            try:
                self.end()
            except Exception as error:
                self._fail(error)
        if self.error is not None and self.part is None:
            raise self.error  # so that Scrapy does not send the file away

    def _fail(self, error: Exception) -> None:
        """Let the run end with the error as its reason, and the file without its name."""
        self.error = error if isinstance(error, OSError) else OSError(str(error) or "an unforeseen error")
        self.error.__cause__ = error
        if self.part is not None:
            self.part.fail(self.error)
        elif self.crawler is not None:
            self.crawler.signals.send_catch_log(file_failed, storage=None, error=self.error)


def first_line(path: Path, encoding: str = "utf-8") -> str:
    """The first line of a file of text, compressed if its name ends in ``.gz``. Raises ``ValueError`` for no text."""
    opened: Any = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding=encoding, newline="") as file:
            return str(file.readline(_LINE_LIMIT))
    except (UnicodeError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ValueError(f"it exists and cannot be read ({error}); -O replaces it") from None


def last_byte(path: Path) -> bytes:
    """The last byte of what a file compressed by gzip holds, ``b""`` of nothing.

    Raises ``ValueError`` where it is damaged or cut off: no reader would find what is added behind that.
    """
    last = b""
    try:
        with gzip.open(path) as file:
            while block := file.read(_BLOCK):
                last = block[-1:]
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ValueError(f"it exists and is damaged ({error}); move it away, or -O replaces it") from None
    return last


def _columns(wanted: Any) -> dict[str, str]:
    """Output names by Scrapy's ``fields`` option: none, a list, or a mapping of fields to output names."""
    names = list(FIELDS) if wanted is None else list(wanted)
    if unknown := [name for name in names if name not in FIELDS]:
        raise ValueError(f"{', '.join(map(str, unknown))}: an article has no such field")
    return {wanted[name] if isinstance(wanted, Mapping) else name: name for name in names}
