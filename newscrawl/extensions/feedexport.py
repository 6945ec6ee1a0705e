"""Scrapy's feed export, which refuses at the start what it could not write at the end."""

from __future__ import annotations

import io
import logging
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.exporters import JsonItemExporter, XmlItemExporter
from scrapy.extensions.feedexport import FeedExporter, apply_uri_params

from newscrawl.feeds.article import CANNOT_BE_ADDED_TO, ArticleExporter, last_byte
from newscrawl.feeds.file import AtomicFileFeedStorage
from newscrawl.feeds.lines import ArticleLinesExporter, check_adding
from newscrawl.targets.feeds import shown_feed
from newscrawl.targets.places import Places

logger = logging.getLogger(__name__)
#: Scrapy's exporters of one document a file: with a second one behind it, it would be none.
_DOCUMENTS = (JsonItemExporter, XmlItemExporter)


class StrictFeedExporter(FeedExporter):
    """Looks at every feed before anything is asked for or written.

    Raises ``ValueError`` where one has a format, a place or a name that is not known, options that do not fit or a
    library that is missing, where its format is not to be compressed, where its folder cannot be written to, and
    where it is to go on with a file that cannot be added to or holds something else.
    """

    def __init__(self, crawler: Crawler):
        feeds = crawler.settings.getdict("FEEDS")
        try:
            super().__init__(crawler)
        except NotConfigured:  # Scrapy would crawl on, without any feed
            self._check_formats()
            if feeds:
                raise ValueError(f"{', '.join(map(str, feeds))} cannot be written, see the log above") from None
            raise
        for uri, options in self.feeds.items():
            try:
                self._check(uri, options)
            except (TypeError, ValueError, OSError) as error:
                why = getattr(error, "strerror", None) or error
                raise ValueError(f"{shown_feed(str(uri), options)} cannot be written: {why}") from None
        self.places = Places.of(crawler.settings)
        self._check_apart()
        for line in self.places.check():
            logger.warning("%s", line)
        for uri, options in self.feeds.items():
            self._fetch(uri, options)

    def _check_formats(self) -> None:
        """Name the first feed of a format that there is not."""
        for uri, options in self.feeds.items():
            if (kind := options["format"]) not in self.exporters:
                raise ValueError(
                    f"{shown_feed(uri, options)} cannot be written: there is no format {kind or '(none)'};"
                    ' name one, as in {"format": "excel"}'
                ) from None

    def _check_apart(self) -> None:
        """Whether files have names of their own wherever they are delivered to, at whatever time they are named."""
        times = {name: f"%({name})s" for name in ("time", "batch_time", "started")}
        made = [
            self._get_storage(self._uri(uri, options, **times), options)
            for uri, options in self.feeds.items()
        ]  # fmt: skip
        self.places.check_apart((one.path, one.target) for one in made if isinstance(one, AtomicFileFeedStorage))

    def _fetch(self, template: str, options: dict[str, Any]) -> None:
        """Go on with what a place has, where ``-o`` names a file there that this machine does not have."""
        if "target" not in options or options.get("overwrite") or "%(" in template:
            return
        path = Path(template).resolve()
        for target, name in self.places.of_file(str(path), options["target"]):
            if target.address != options["target"] or path.exists():
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                if target.get(name, path):
                    self._check(template, options)
                    logger.info("Going on with %s, which was fetched", target.shown_file(name))
            except OSError as error:
                raise ValueError(
                    f"{target.shown_file(name)} is to be added to and cannot be read ({error}); -O replaces it"
                ) from None
            except ValueError as error:
                path.unlink()
                raise ValueError(f"{target.shown_file(name)} cannot be added to: {error}") from None

    def _check(self, template: str, options: dict[str, Any]) -> None:
        kind = self.exporters[options["format"]]
        exporter = self._made(kind, options) if isinstance(kind, type) and issubclass(kind, ArticleExporter) else None
        storage = self._get_storage(self._uri(template, options), options)
        if not isinstance(storage, AtomicFileFeedStorage):
            return
        storage.check()
        path = Path(storage.path)
        if exporter is not None and path.suffix == ".gz":
            exporter.check_zipped()
        if storage.append and path.is_file() and path.stat().st_size:
            self._check_adding(path, exporter, options)

    def _uri(self, template: str, options: dict[str, Any], **fixed: str) -> str:
        assert self.crawler.spider is not None
        try:
            params = self._get_uri_params(self.crawler.spider, options["uri_params"])
            return apply_uri_params(template, params | fixed)
        except KeyError as error:
            raise ValueError(f"%({error.args[0]})s in its name has no value") from None

    def _check_adding(self, path: Path, exporter: ArticleExporter | None, options: dict[str, Any]) -> None:
        """Whether what the file holds can be added to."""
        kind, plain = self.exporters[options["format"]], not options.get("postprocessing")
        if exporter is not None:
            exporter.check_adding(path, plain=plain and path.suffix != ".gz")
        elif isinstance(kind, type) and issubclass(kind, _DOCUMENTS):
            raise ValueError(CANNOT_BE_ADDED_TO)
        elif kind is ArticleLinesExporter and plain:
            check_adding(path, options["encoding"] or "utf-8")
        if plain and path.suffix == ".gz":
            last = last_byte(path)  # of any format, a damaged file cannot be added to
            if kind is ArticleLinesExporter and last not in (b"", b"\n"):
                raise ValueError("it exists, and its last line has no end; move it away, or -O replaces it")

    def _made(self, kind: type[ArticleExporter], options: dict[str, Any]) -> ArticleExporter:
        return kind(
            io.BytesIO(),
            crawler=self.crawler,
            fields_to_export=options["fields"],
            encoding=options["encoding"],
            indent=options["indent"],
            **options["item_export_kwargs"],
        )
