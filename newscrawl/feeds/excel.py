"""Articles as CSV that Excel, LibreOffice and Numbers open as it is meant."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

from newscrawl.feeds.article import ArticleExporter, first_line

#: Units of UTF-16 that a cell can hold (Excel's specifications and limits); the rest would spill into the next rows.
CELL_LIMIT = 32_767
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
# What a spreadsheet would run as a formula (OWASP, CSV Injection), or make a number of that loses digits, or a date.
_NOT_TEXT = re.compile(
    "|".join(
        (
            r"\s*[=+\-@＝＋－＠]|[\t\r\n]",
            r"0\d+\Z|\d{16,}\Z|\d+e\d+\Z",
            r"\s*\d{1,4}\s?[-/.]\s?\d{1,4}(?:\s?[-/.]\s?\d{1,4})?\s*\Z",  # 1-2, 24/7, 24.12.2025
            r"\s*\d{1,4}(?::\d\d){1,2}(?:\s?[ap]m?)?\s*\Z",  # 10:30 pm
            r"\d+ \d+/\d+\Z",  # 1 1/2
            rf"\s*{_MONTH}[-/ ]*\d{{1,4}}(?:,? \d{{4}})?\s*\Z",  # Sept 11
            rf"\s*\d{{1,4}}[-/ ]*{_MONTH}(?:[-/ ]*\d{{1,4}})?\s*\Z",  # 7 October 2023
        )
    ),
    re.IGNORECASE,
)


class ExcelExporter(ArticleExporter):
    """UTF-8 with a byte order mark, lines ended by CRLF, yes and no as TRUE and FALSE.

    Lists of texts are joined by ``; ``, objects and lists of objects are JSON.

    Text that a spreadsheet would take for a formula, or for a number or date and damage, has an apostrophe before it.
    Text that no cell can hold is cut, ending in ``…``. Use another format for programs.
    """

    def check_adding(self, path: Path, *, plain: bool) -> None:
        """To a table with these columns."""
        if not plain and path.suffix != ".gz":
            return  # compressed in a way that only its writer knows
        there = next(csv.reader([first_line(path, "utf-8-sig")]), [])
        if there != list(self.columns):
            raise ValueError(
                f"it exists, and its columns are {_shown(there)}, not {_shown(list(self.columns))};"
                " -O replaces it, another name keeps both"
            )

    def begin(self) -> None:
        self._text = io.TextIOWrapper(
            self.file,
            encoding="utf-8",
            newline="",
            write_through=True,
        )
        self._rows = csv.writer(self._text)  # in the dialect "excel": CRLF, quotes where needed
        if not self.kept:
            self._text.write("\ufeff")
            self._rows.writerow(self.columns)

    def write(self, article: dict[str, Any]) -> None:
        self._rows.writerow([_cell(article.get(field)) for field in self.columns.values()])

    def end(self) -> None:
        self._text.detach()  # else it would close the file


def _shown(names: list[str]) -> str:
    """Names of columns, for a sentence."""
    return ascii(", ".join(names) if len(names) <= 8 else f"{', '.join(names[:8])} and {len(names) - 8} more")[:200]


def _cell(value: Any) -> Any:
    """A value as a cell shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = "; ".join(value)
    elif isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, str):
        return value
    if _NOT_TEXT.match(value):
        value = f"'{value}"
    units = value.encode("utf-16-le")
    return value if len(units) <= 2 * CELL_LIMIT else units[: 2 * CELL_LIMIT - 2].decode("utf-16-le", "ignore") + "…"
