"""How a data set is divided into folders, whose names are Hive's: ``publisher=news.example/month=2025-09``."""

from __future__ import annotations

import re

#: What ``--partition`` may be, and the columns that are then in the names of folders, not in the files.
PARTITIONS = {
    "publisher-month": ("publisher", "month"),
    "month": ("month",),
    "publisher": ("publisher",),
    "none": (),
}
DEFAULT = "publisher-month"
HELP = f"by what to divide the data set into folders: {', '.join(PARTITIONS)} (default: %(default)s)"
#: The month of an article without a date.
UNKNOWN = "unknown"
#: What Spark escapes (ExternalCatalogUtils.charToEscape), and what Windows has in no name.
_UNSAFE = re.compile(r"""[\x00-\x1f\x7f"#%'*/:=?\\{\[\]^<>|]""")


def folder_of(values: dict[str, str]) -> str:
    """The folder of one partition; ``""`` where nothing divides the data set.

    >>> folder_of({"publisher": "2001:db8::1", "month": "2025-09"})
    'publisher=2001%3Adb8%3A%3A1/month=2025-09'
    """
    return "/".join(f"{name}={_escaped(value)}" for name, value in values.items())


def _escaped(value: str) -> str:
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", value)
