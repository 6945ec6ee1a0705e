"""Sends one message to all addresses of ``[notify]``, within a bounded time, and says which it did not reach."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from newscrawl.configuration.notify import Notify, filled, shown_address

LONGEST = 30.0  # seconds for all addresses together
_PING = -1  # the number of the address to request
_TOO_LONG = "it took too long"
_NO_LIBRARY = "it needs pip install 'newscrawl[notify]'"


@dataclass(frozen=True)
class Message:
    """What people read. ``kind`` is ``success``, ``warning`` or ``failure``, which services show as a colour."""

    title: str
    body: str
    kind: str


@dataclass(frozen=True)
class Sent:
    """How many addresses have a message, and which have not: a clause for each, without anything secret."""

    sent: int
    failed: tuple[str, ...] = ()


def check(notify: Notify) -> list[str]:
    """What is wrong with the addresses, a sentence each. Nothing is sent. That the check took too long is no fault."""
    return [fault for fault in _run(notify, None, "").failed if not fault.endswith(_TOO_LONG)]


def send(notify: Notify, message: Message | None, line: str, *, is_bad: bool) -> Sent:
    """Send a message, if there is one, to each address, and the last ``line`` to the monitor, if there is one."""
    told = None if message is None else asdict(message)
    return _run(notify if told else Notify(healthchecks=notify.healthchecks), told, line, is_bad=is_bad)


def _run(notify: Notify, message: Mapping[str, str] | None, line: str, *, is_bad: bool = False) -> Sent:
    names = {number: _name(number, address) for number, address in enumerate(notify.addresses)}
    addresses, failed = _addresses(notify)
    request = ""
    if notify.healthchecks:
        names[_PING] = f"healthchecks ({shown_address(notify.healthchecks)})"
        try:
            request = _ping(filled(notify.healthchecks), "fail" if is_bad else "")
        except ValueError as error:
            failed[_PING] = str(error)
    if addresses and not find_spec("apprise"):
        failed |= dict.fromkeys(addresses, _NO_LIBRARY)
        addresses = {}
    expected = [*addresses, *([_PING] if request else [])]
    job = {"addresses": list(addresses.items()), "ping": request, "line": line, "message": message}
    told, otherwise = _child(json.dumps(job)) if expected else ({}, "")
    failed |= {number: why for number in expected if (why := told.get(number, otherwise))}
    return Sent(len(names) - len(failed), tuple(f"{names[number]}: {failed[number]}" for number in sorted(failed)))


def _addresses(notify: Notify) -> tuple[dict[int, str], dict[int, str]]:
    """The addresses with the environment's values, and why some have none, by their numbers."""
    addresses, failed = {}, {}
    for number, address in enumerate(notify.addresses):
        try:
            addresses[number] = filled(address)
        except ValueError as error:
            failed[number] = str(error)
    return addresses, failed


def _name(number: int, address: str) -> str:
    return f"address {number + 1} ({shown_address(address)})"


def _ping(address: str, ending: str) -> str:
    """The address to request. Raises ``ValueError`` where it is none, without showing it."""
    try:
        parts = urlsplit(address)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_one = False
    if not is_one:
        raise ValueError("expected an address that begins with https://")
    path = f"{parts.path.rstrip('/')}/{ending}" if ending else parts.path
    return parts._replace(path=path).geturl()


def _child(job: str) -> tuple[dict[int, str], str]:
    """What the process that sends says of each address, and why it says nothing of the others.

    Its log, which is secret, goes nowhere.
    """
    sender = Path(__file__).with_name("sender.py")
    # -P: the modules beside that file are none of Python's.
    process = subprocess.Popen(  # noqa: S603 - this program's own
        [sys.executable, "-P", str(sender)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        told, _ = process.communicate(job, timeout=LONGEST)
        why = f"the process that sends ended with status {process.returncode}"
    except subprocess.TimeoutExpired:
        process.kill()
        told, _ = process.communicate()
        why = _TOO_LONG
    except BaseException:
        process.kill()
        process.wait()
        raise
    found: dict[int, str] = {}
    for line in told.splitlines():
        with suppress(ValueError):
            number, said = json.loads(line)
            found[number] = said
    return found, why
