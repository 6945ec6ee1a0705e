"""A worker's place in a shared crawl: its number, its signs of life, and the steps that it sends to Redis."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

try:
    import redis
    from redis.backoff import ExponentialBackoff
    from redis.retry import Retry
except ImportError:
    raise ValueError("REDIS_URL needs the redis library: pip install 'newscrawl[redis]'") from None

logger = logging.getLogger(__name__)
_LONGEST_WAIT = 1.0  # seconds between two tries
_ANSWER = 10.0  # seconds that Redis may take for one


class EndedError(Exception):
    """This worker takes part no more: it was given up for dead, or Redis did not answer for too long."""


class Session:
    """The connection, and this worker's number.

    Raises ``ValueError`` for settings that cannot be understood, ``OSError`` where Redis cannot be reached. Once the
    worker's part has ended, :meth:`step` raises :class:`EndedError`, and ``ended`` has been called with the reason.
    """

    def __init__(self, settings: BaseSettings, name: str):
        self.place = place_of(settings["REDIS_URL"])
        self.prefix = f"{settings['REDIS_PREFIX']}{name}:"
        self.lease = seconds_of(settings, "LEASE_SECONDS")
        self.client = connect(settings)
        folder = Path(__file__).parent
        self._crawl = self.client.register_script((folder / "crawl.lua").read_text("utf8"))
        self._turn = self.client.register_script((folder / "turns.lua").read_text("utf8"))
        self._hosts = f"{settings['REDIS_PREFIX']}host:"
        self.reason: str | None = None
        self.fenced = False
        self.ended: Callable[[str], None] = logger.error
        self.crawl = 0
        self.worker = 0
        #: Calls to Redis, for measuring.
        self.steps = self._tokens = 0
        try:
            self._check(settings)
            self.worker = int(self.client.incr(f"{self.prefix}workers"))
        except redis.RedisError as error:
            raise OSError(unusable(self.place, error)) from error

    def _check(self, settings: BaseSettings) -> None:
        try:
            connect(settings, tries=0).ping()
        except redis.AuthenticationError:
            raise  # a connection error, too, that no waiting mends
        except redis.RedisError:
            pass
        server = self.client.info("server")
        version = str(server["redis_version"])
        if tuple(map(int, version.split(".")[:2])) < (6, 2):
            raise ValueError(f"Redis at {self.place} is {version}; expected 6.2 or newer")

    def _end(self, reason: str) -> EndedError:
        self.reason = reason
        self.ended(reason)
        return EndedError(reason)

    def step(self, step: str, **values: Any) -> Any:
        """Do a step of ``crawl.lua``; what is ``None`` among the values is left out."""
        if self.reason is not None:
            raise EndedError(self.reason)
        values = {"crawl": self.crawl, "worker": self.worker, **values}
        payload = json.dumps({name: value for name, value in values.items() if value is not None})
        self.steps += 1
        try:
            answer = json.loads(self._crawl(keys=[self.prefix], args=[step, payload]))
        except redis.RedisError as error:
            raise self._end(unusable(self.place, error)) from error
        if isinstance(answer, dict) and answer.get("alive") is False:
            self.fenced = True
            raise self._end("it gave no sign of life for LEASE_SECONDS, so other workers have taken over its work")
        return answer

    def beat(self) -> list[str]:
        """Give a sign of life; gives the numbers of workers that gave none, whose work went back."""
        try:
            up = float(self.client.info("server")["uptime_in_seconds"])
        except redis.RedisError:
            up = 0.0  # the step tells
        # While Redis was away nobody could give a sign.
        lease = int(self.lease * 1000) if up > self.lease else None
        return list(self.step("beat", lease=lease)["dead"] or [])

    def turn(self, host: str, step: str, *values: Any) -> int:
        """Do a step of ``turns.lua`` for a host."""
        if self.reason is not None:
            raise EndedError(self.reason)
        self.steps += 1
        try:
            return int(self._turn(keys=[f"{self._hosts}{host}:"], args=[step, *values]))
        except redis.RedisError as error:
            raise self._end(unusable(self.place, error)) from error

    def token(self) -> str:
        """A name for one request, of no other worker; ``turns.lua`` reads the crawl and the worker in it."""
        self._tokens += 1
        return f"{self.prefix}{self.crawl}:{self.worker}:{self._tokens}"

    def read(self, name: str, *keys: str) -> Any:
        """What a hash or key of the history or crawl has."""
        if self.reason is not None:
            raise EndedError(self.reason)
        self.steps += 1
        try:
            return self.client.execute_command(name, f"{self.prefix}{keys[0]}", *keys[1:])  # type: ignore[no-untyped-call]
        except redis.RedisError as error:
            raise self._end(unusable(self.place, error)) from error

    def now(self) -> int:
        """The time by Redis's clock, in seconds since 1970."""
        if self.reason is not None:
            raise EndedError(self.reason)
        try:
            return int(self.client.time()[0])
        except redis.RedisError as error:
            raise self._end(unusable(self.place, error)) from error

    def close(self) -> None:
        """Leave the crawl, what is in hand goes back to the others."""
        if self.reason is None and self.crawl:
            try:
                self.step("leave")
            except EndedError:
                logger.warning("Others take over this worker's work after LEASE_SECONDS")
        self.client.close()


def connect(settings: BaseSettings, tries: int | None = None) -> redis.Redis:
    """A client that tries again, with longer and longer waits, for ``REDIS_RETRY_SECONDS``, or so many times."""
    if tries is None:
        tries = 4 + int(seconds_of(settings, "REDIS_RETRY_SECONDS") / _LONGEST_WAIT)
    retry = Retry(ExponentialBackoff(cap=_LONGEST_WAIT, base=0.05), retries=tries)
    try:
        return redis.Redis.from_url(
            settings["REDIS_URL"],
            decode_responses=True,
            retry=retry,
            retry_on_error=[redis.ConnectionError, redis.TimeoutError, redis.BusyLoadingError],
            socket_timeout=_ANSWER,
            socket_connect_timeout=_ANSWER,
        )
    except (ValueError, TypeError):  # its text may hold the password
        raise ValueError(f"REDIS_URL cannot be understood; expected {_FORM}") from None


def unusable(place: str, error: redis.RedisError) -> str:
    """Why a Redis cannot be used, for people to read."""
    if isinstance(error, redis.AuthenticationError):
        why = "it refused the name or password"
    elif isinstance(error, redis.ConnectionError | redis.TimeoutError):
        why = "it did not answer"
    else:
        why = str(error)[:200]
    return f"Redis at {place} cannot be used ({why}); fix that and run again, nothing is lost"


_FORM = "redis://[[name]:password@]host[:port]/[database], rediss:// or unix:///path"


def place_of(url: str) -> str:
    """Where a Redis is, for people to read: without name and password."""
    try:
        parts = urlsplit(url)
        host = f"{parts.hostname or 'localhost'}:{parts.port or 6379}"
    except ValueError:
        raise ValueError(f"REDIS_URL cannot be understood; expected {_FORM}") from None
    if parts.scheme == "unix":
        return parts.path
    database = parts.path.strip("/")
    # redis-py would take database 0 for one that is no number
    if parts.scheme not in ("redis", "rediss") or database.strip("0123456789"):
        raise ValueError(f"REDIS_URL cannot be understood; expected {_FORM}")
    return host + (f"/{database}" if database else "")


def seconds_of(settings: BaseSettings, name: str) -> float:
    """A setting in seconds, more than 0."""
    try:
        value = settings.getfloat(name)
    except (TypeError, ValueError):
        value = 0.0
    if value <= 0:
        raise ValueError(f"{name}={settings[name]!r}: expected seconds, more than 0")
    return value
