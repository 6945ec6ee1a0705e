"""What the command and the submitted job have in common; nothing here needs more than Python."""

from __future__ import annotations

import argparse

from newscrawl.timelimit import PAGE_TIME_LIMIT

#: Which texts of a story that was captured several times.
VERSIONS = ("newest", "all")


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
