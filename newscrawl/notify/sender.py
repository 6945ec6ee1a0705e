"""Checks addresses, or sends one message to them. It is run as a file, by :mod:`newscrawl.notify.sending`.

A process of its own can be ended when it takes too long. It also has a log of its own, since the libraries write
addresses into theirs, which hold keys and passwords. It imports nothing of newscrawl.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

_PATIENCE = 10.0  # seconds for a step of a request
_MOST_AT_ONCE = 16
_STATUS = re.compile(r"\berror=(\d{3})\b")
UNKNOWN, UNREACHABLE, REFUSED = "Apprise does not know such an address", "no connection", "it was refused"


def main() -> None:
    """Read a job as JSON, and write a line of JSON for each of its targets: its number, and why it failed or ``""``."""
    job = json.load(sys.stdin)
    targets: list[tuple[int, Callable[[], str]]] = [
        (number, lambda address=address: by_apprise(address, job["message"]))  # type: ignore[misc]
        for number, address in job["addresses"]
    ]
    if job["ping"]:
        targets.append((-1, lambda: by_request(job["ping"], job["line"])))
    with ThreadPoolExecutor(_MOST_AT_ONCE) as pool:
        futures = {pool.submit(send): number for number, send in targets}
        for future in as_completed(futures):
            error = future.exception()
            why = future.result() if error is None else type(error).__name__
            print(json.dumps([futures[future], why]), flush=True)


def by_apprise(address: str, message: dict[str, str] | None) -> str:
    """Send a message, or only look whether that is an address if there is none; why not, or ``""``."""
    import apprise

    asset = apprise.AppriseAsset(app_id="newscrawl", app_desc="newscrawl")  # who the message is from
    target: Any = apprise.Apprise.instantiate(address, asset=asset)
    if target is None:
        return UNKNOWN
    if message is None:
        return ""
    if "overflow=" not in address:  # services refuse what is too long
        target.overflow_mode = apprise.OverflowMode.TRUNCATE
    sender = apprise.Apprise()
    sender.add(target)
    result = sender.notify(
        body=message["body"],
        title=message["title"],
        notify_type=message["kind"],
        body_format=apprise.NotifyFormat.TEXT,
        log_level=logging.WARNING,
    )
    return "" if result else _reason(" ".join(entry.message for entry in result.logs()))


def _reason(log: str) -> str:
    """Why it failed, as far as that can be said without the log's own words."""
    status = _STATUS.search(log)
    if status:
        return f"HTTP {status[1]}"
    return UNREACHABLE if "onnection" in log else REFUSED


def by_request(address: str, line: str) -> str:
    """Request an address, with a line as the body if there is one; why that failed, or ``""``."""
    if not line:
        return ""
    request = Request(address, data=line.encode(), method="POST")  # noqa: S310 - http, as the file was checked
    request.add_header("Content-Type", "text/plain; charset=utf-8")
    try:
        with urlopen(request, timeout=_PATIENCE):  # noqa: S310
            return ""
    except HTTPError as error:
        return f"HTTP {error.code}"
    except OSError:
        return UNREACHABLE


if __name__ == "__main__":
    main()
