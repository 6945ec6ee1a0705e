"""Files that are complete under their name, or absent."""

from __future__ import annotations

import gzip
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

from scrapy import Spider
from scrapy.extensions.feedexport import FileFeedStorage


class AtomicFileFeedStorage(FileFeedStorage):
    """Writes ``NAME.part`` and gives it the name ``NAME`` once it is whole and on the disk.

    A name that ends in ``.gz`` is written compressed. With ``overwrite`` false, what the file held
    before comes first, as Scrapy's users expect of ``-o``.
    """

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None):
        super().__init__(uri, feed_options=feed_options)
        self.part = f"{self.path}.part"
        self.append = self.write_mode == "ab"

    def open(self, spider: Spider) -> IO[bytes]:
        Path(self.path).absolute().parent.mkdir(parents=True, exist_ok=True)
        if Path(self.path).is_dir():
            raise IsADirectoryError(f"{self.path} is a directory; expected the name of a file")
        file = Path(self.part).open("wb")  # noqa: SIM115 - the exporter writes it, store() closes it
        if self.append and Path(self.path).exists():
            with Path(self.path).open("rb") as before:
                shutil.copyfileobj(before, file)
        if self.path.endswith(".gz"):
            return cast("IO[bytes]", gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0))
        return file

    def store(self, file: IO[bytes]) -> None:
        raw = getattr(file, "fileobj", None)
        if raw is not None:
            file.close()  # writes the gzip trailer, and leaves the file below open
        else:
            raw = file
        raw.flush()
        os.fsync(raw.fileno())
        raw.close()
        Path(self.part).replace(self.path)
        directory = os.open(Path(self.path).absolute().parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def uri_params(params: dict[str, Any], spider: Spider) -> dict[str, Any]:
    """Adds ``%(started)s``, the run's start in UTC such as ``20250903T141900Z``, to a feed's name."""
    return {**params, "started": datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")}
