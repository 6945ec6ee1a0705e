"""What a person asks about the open crawl in Redis, and tells it: how far it is, and that it is to end."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from newscrawl.store.redis.article import moment
from newscrawl.store.redis.past import run_record
from newscrawl.store.redis.session import asked, lease_at, place_of, prefix_of, script, seconds_of

_FAILED = 1  # the exit status of a crawl that could not do its work


def history_place(settings: BaseSettings, name: str) -> str:
    """Where a history is, for people to read."""
    return f"{place_of(settings['REDIS_URL'])}, {prefix_of(settings, name)}"


def history_name(file: str) -> str:
    """What a history is called in Redis that would be that file on a single machine."""
    return Path(file).name.removesuffix(".history.sqlite")


def overview(settings: BaseSettings, name: str) -> dict[str, Any] | None:
    """How far the open crawl is, ``None`` if there is none. Raises ``OSError`` where Redis cannot be reached.

    Each of its ``workers`` has a ``state``: "alive", "silent" for longer than a lease, or it has ended: "left" or
    "dead"; and ``silent``, the seconds since its last sign of life (``None``: it has ended). The crawl is ``abandoned``
    if none is alive. ``walks`` are "waiting" for a reader, "finished", or have the number of the worker that reads
    them. What a worker claims is ``in_hand``, too.
    """
    prefix, lease = prefix_of(settings, name), seconds_of(settings, "LEASE_SECONDS")
    found = asked(settings, lambda client: _overview(client, prefix, lease))
    return found and {"name": name, **found}


def _overview(client: Any, prefix: str, lease: float) -> dict[str, Any] | None:
    number = client.get(f"{prefix}crawl")
    crawl = f"{prefix}{number}:"
    with client.pipeline(transaction=False) as ask:
        for key in ("info", "counts", "walks", "workers"):
            ask.hgetall(f"{crawl}{key}")
        ask.zrange(f"{crawl}beats", 0, -1, withscores=True)
        ask.llen(f"{crawl}queue")
        ask.time()
        info, counts, walks, states, beats, waiting, (seconds, micros) = ask.execute()
    if number is None or not info:
        return None
    now, longest = seconds + micros / 1e6, lease_at(client, _lease(info, lease))
    signs = {worker: max(round(now - beat / 1000, 1), 0.0) for worker, beat in beats}
    workers: list[dict[str, Any]] = []
    for worker in sorted(states, key=int):
        silent = signs.get(worker)
        is_late = silent is not None and longest is not None and silent * 1000 > longest
        told = {"worker": int(worker), "state": "silent" if is_late else states[worker], "silent": silent}
        workers.append(told | _has(client, crawl, worker))
    held = sum(worker["held"] for worker in workers)
    in_hand = sum(worker["in_hand"] for worker in workers)
    taken = sum(int(value) for name, value in counts.items() if name.startswith("taken "))
    done = taken - int(counts.get("settled", 0)) - waiting - in_hand - held
    return {
        "crawl": int(number), "arguments": arguments_of(info), "started": moment(int(info["started"])),
        "seconds": round(now - int(info["started"])), "abandoned": all(one["state"] != "alive" for one in workers),
        "workers": workers, "walks": walks, "waiting": waiting, "in_hand": in_hand, "held": held, "done": max(done, 0),
        "written": int(counts.get("written", 0)), "failed": int(counts.get("failed", 0)),
    }  # fmt: skip


def _has(client: Any, crawl: str, worker: str) -> dict[str, int]:
    """What a worker has."""
    with client.pipeline(transaction=False) as ask:
        ask.hlen(f"{crawl}leased:{worker}").scard(f"{crawl}held:{worker}").hlen(f"{crawl}claims:{worker}")
        leased, held, claims = ask.execute()
    return {"in_hand": leased - held, "held": held, "claims": claims}


def end(settings: BaseSettings, name: str) -> int | None:
    """End a crawl that has no workers left; its number, ``None`` if none is open.

    What it found and did not emit, the next one asks for. Raises ``ValueError`` while a worker is alive, ``OSError``
    where Redis cannot be reached.
    """
    prefix, lease = prefix_of(settings, name), seconds_of(settings, "LEASE_SECONDS")
    return asked(settings, lambda client: _end(client, prefix, lease))


def _end(client: Any, prefix: str, lease: float) -> int | None:
    found = client.get(f"{prefix}crawl")
    if found is None:
        return None
    number = int(found)
    facts = client.hgetall(f"{prefix}{number}:info")
    lease = _lease(facts, lease)  # after which workers may be dead
    counts = {name: int(value) for name, value in client.hgetall(f"{prefix}{number}:counts").items()}
    states = client.hvals(f"{prefix}{number}:workers")
    now = client.time()[0]
    written = counts.get("written", 0)
    unchanged = sum(counts.get(which, 0) for which in ("unchanged", "not_modified", "settled"))
    record = run_record({"started": str(now), "section": ""} | facts, number, moment(now)) | {
        "workers": len(states), "dead": sum(state != "left" for state in states), "status": _FAILED,
        "sentence": f"it was ended before it was done; written: {written}",
        # A history has another "new": what its new articles have of each field.
        "counts": {name: value for name, value in counts.items() if " " not in name and name != "new"}
        | {"unchanged": unchanged},
        "again": counts.get("again", 0),
    }  # fmt: skip
    values = {"crawl": number, "lease": lease_at(client, lease), "record": json.dumps(record)}
    answer = json.loads(script(client)(keys=[prefix], args=["end", json.dumps(values)]))
    if answer["alive"]:
        raise ValueError(
            f"crawl {number} is going on: {answer['alive']} of its workers may be alive; stop them and wait"
            f" {lease:g} seconds, or let it end by itself"
        )
    return number if answer["ended"] else None


def _lease(info: Mapping[str, str], lease: float) -> float:
    """The longest lease of the crawl's workers, in seconds: that of who asks may be another."""
    return float(info.get("lease", lease))


def other_arguments(info: Mapping[str, Any], place: str) -> str:
    """What to do about an open crawl that a worker with other arguments cannot join."""
    number, alive, same = info["crawl"], info["alive"], _given(info)
    url = f"'newscrawl history end --redis' with the address of Redis at {place}"
    if info.get("version") != "2":
        return (
            f"crawl {number} was begun by an older version of newscrawl and has not ended; finish it with that"
            f" version, or end it with {url}: the next one asks for what it left"
        )
    if alive:
        return (
            f"crawl {number} that is going on was started with other arguments ({same}); wait until it has ended,"
            " or give the same"
        )
    return (
        f"crawl {number} was started with other arguments and has not ended, but no worker is left;"
        f" run a worker with {same}, which finishes it, then this one again; or end it with {url}"
    )


def arguments_of(info: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a crawl by their names, as they are given; those that nobody gave are left out."""
    arguments = json.loads(info["arguments"])
    day = arguments.get("day")
    start = f"demo:{day}" if day else ",".join(arguments.get("starts", [])) or None
    given = arguments | {"start": start, "again": int(arguments.get("again", 0)) or None}
    names = ("start", "pages", "hops", "since", "until", "again", "limit")
    return {name: given[name] for name in names if given.get(name) is not None}


def _given(info: Mapping[str, Any]) -> str:
    """The arguments of a crawl as they are typed."""
    return " ".join(f"-a {shlex.quote(f'{name}={value}')}" for name, value in arguments_of(info).items())
