"""``[notify]`` of ``newscrawl.toml``: who is told how a run ended. Its addresses are secret: no fault shows one."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newscrawl.configuration.faults import Test, is_text, is_text_or_list, is_whole_number
from newscrawl.configuration.shown import shown
from newscrawl.program import did_you_mean

#: What a message may be about: the exit statuses 1 and 2, and the first good run after one of these.
EVENTS = ("failed", "incomplete", "recovered")
_HEADLINES = 20  # of a digest, where the file gives no number
MOST_HEADLINES = 100
_VARIABLE = re.compile(r"\$\{(\w+)\}")
_SCHEME = re.compile(r"[a-z][a-z0-9+]{1,19}(?=://)", re.IGNORECASE)


@dataclass(frozen=True)
class Notify:
    """Who gets a message, and when. ``digest`` is how many headlines one has, ``healthchecks`` an address to request.

    In the addresses, ``${NAME}`` stands for a variable of the environment.
    """

    addresses: tuple[str, ...] = ()
    on: tuple[str, ...] = EVENTS
    digest: int = 0
    healthchecks: str = ""

    def shown(self) -> dict[str, Any] | None:
        """The same for people, without what is secret; ``None`` if nobody is told."""
        if not self:
            return None
        return {
            "addresses": [shown_address(address) for address in self.addresses],
            "on": list(self.on),
            "digest": self.digest,
            "healthchecks": shown_address(self.healthchecks) if self.healthchecks else None,
        }

    def __bool__(self) -> bool:
        return bool(self.addresses or self.healthchecks)


def _is_events(value: Any) -> bool:
    return isinstance(value, list) and all(one in EVENTS for one in value)


def _is_digest(value: Any) -> bool:
    return isinstance(value, bool) or (is_whole_number(value) and 0 <= value <= MOST_HEADLINES)


def _is_ping(value: Any) -> bool:
    return is_text(value) and value.startswith(("https://", "http://", "${"))


_KEYS: dict[str, Test] = {
    "addresses": (is_text_or_list, "a list of addresses, as in docs/how-to/alerts.md"),
    "on": (_is_events, f"a list of {', '.join(EVENTS)}"),
    "digest": (_is_digest, f"true, false or a number of headlines, at most {MOST_HEADLINES}"),
    "healthchecks": (_is_ping, "an address that begins with https://"),
}
_SECRET = ("addresses", "healthchecks")


def faults_of_notify(table: Any) -> list[str]:
    """What is wrong with ``[notify]``."""
    if not isinstance(table, dict):
        return ["notify is no table, expected one, as in [notify]"]
    faults = []
    for key, value in table.items():
        if key not in _KEYS:
            hint = did_you_mean(key, _KEYS) or f"; there are {', '.join(_KEYS)}"
            faults.append(f"notify: there is no key {key!r}{hint}")
        elif not _KEYS[key][0](value):
            wrong = "has a wrong value" if key in _SECRET else f"is {shown(key, value)}"
            faults.append(f"notify: {key} {wrong}, expected {_KEYS[key][1]}")
    return faults


def notify_of(table: Mapping[str, Any]) -> Notify:
    """What a table without faults says."""
    addresses, digest = table.get("addresses", ()), table.get("digest", False)
    return Notify(
        addresses=(addresses,) if isinstance(addresses, str) else tuple(addresses),
        on=tuple(table.get("on", EVENTS)),
        digest=_HEADLINES if digest is True else int(digest),
        healthchecks=table.get("healthchecks", ""),
    )


def filled(address: str, environment: Mapping[str, str] = os.environ) -> str:
    """An address with the environment's values in it. Raises ``ValueError`` for a variable that is not set.

    >>> filled("ntfys://${TOPIC}", {"TOPIC": "alerts-7a"})
    'ntfys://alerts-7a'
    """
    for name in _VARIABLE.findall(address):
        if not environment.get(name):
            raise ValueError(f"the environment has no {name}; set it where the run is started")
    return _VARIABLE.sub(lambda match: environment[match[1]], address)


def shown_address(address: str) -> str:
    """An address without what is secret in it, which is nearly all of it.

    >>> shown_address("slack://T1/B2/c3"), shown_address("${NTFY_URL}"), shown_address("a-token")
    ('slack://…', '${NTFY_URL}', '…')
    """
    if _VARIABLE.fullmatch(address):
        return address
    scheme = _SCHEME.match(address)
    return f"{scheme[0]}://…" if scheme else "…"
