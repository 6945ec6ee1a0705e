"""What the command and the submitted job have in common; nothing here needs more than Python."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date, datetime

from newscrawl.dataset.partitions import DEFAULT, HELP, PARTITIONS
from newscrawl.dates.limits import is_empty, limit
from newscrawl.timelimit import PAGE_TIME_LIMIT

#: Which texts of a story that was captured several times.
VERSIONS = ("newest", "all")


@dataclass(frozen=True)
class Wanted:
    """What of all that was read the data set holds, and the columns that divide it.

    ``since`` and ``until`` are instants, or days, which are each publisher's own; articles without a date are outside.
    """

    versions: str = VERSIONS[0]
    by: tuple[str, ...] = PARTITIONS[DEFAULT]
    since: date | datetime | None = None
    until: date | datetime | None = None

    @property
    def limited(self) -> bool:
        """Whether there are limits."""
        return bool(self.since or self.until)


def wanted_of(opts: argparse.Namespace) -> Wanted:
    """What the options ask for. Raises ``ValueError`` for limits that are no dates, or that nothing is between."""
    since, until = limit("since", opts.since), limit("until", opts.until)
    if is_empty(since, until):
        raise ValueError(f"--since {opts.since} is later than --until {opts.until}: no article can be between them")
    return Wanted(opts.versions, PARTITIONS[opts.partition], since, until)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the command and the submitted job have in common."""
    parser.add_argument("--into", metavar="DIR", help="the folder for results; an earlier run there is continued")
    parser.add_argument(
        "--list", metavar="FILE", action="append", help="a file that lists archives, one a line; may be .gz"
    )
    parser.add_argument(
        "--page-time-limit", metavar="SECONDS", type=float, default=PAGE_TIME_LIMIT,
        help="of CPU that a page may take before it is set aside, 0 for no limit (default: %(default)g)",
    )  # fmt: skip
    parser.add_argument("--base", metavar="ADDRESS", default="", help="put before each line of a list")
    parser.add_argument(
        "--versions", choices=VERSIONS, default=VERSIONS[0],
        help="of a story that was captured several times: the newest text, or each (default: newest)",
    )  # fmt: skip
    parser.add_argument("--partition", choices=PARTITIONS, default=DEFAULT, metavar="BY", help=HELP)
    parser.add_argument(
        "--since", metavar="DATE",
        help="keep only articles dated that day or later in the data set: 2025-09-03 or '2 days ago'",
    )  # fmt: skip
    parser.add_argument("--until", metavar="DATE", help="keep only articles dated that day or earlier")
