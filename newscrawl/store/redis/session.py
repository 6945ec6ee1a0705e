"""A worker's place in a shared crawl: its number, its signs of life, and the steps that it sends to Redis."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

try:
    import redis

    if tuple(map(int, redis.__version__.split(".")[:2])) < (6, 2):
        raise ValueError(
            "REDIS_URL needs version 6.2 or newer of the redis library,"
            f" and {redis.__version__} is installed: pip install --upgrade 'newscrawl[redis]'"
        )
    from redis.backoff import ExponentialBackoff
    from redis.retry import Retry
except ImportError:
    raise ValueError("REDIS_URL needs the redis library: pip install 'newscrawl[redis]'") from None

T = TypeVar("T")
logger = logging.getLogger(__name__)
_LONGEST_WAIT = 1.0  # seconds between two tries
_ANSWER = 10.0  # seconds that Redis may take for one
_STEPS = (Path(__file__).parent / "crawl.lua").read_text("utf8")
_TURNS = Path(__file__).parents[2] / "shared" / "turns.lua"


class EndedError(Exception):
    """This worker takes part no more: it was given up for dead, Redis lost the crawl, or did not answer for long."""


class Session:
    """The connection, and this worker's number.

    Raises ``ValueError`` for settings that cannot be understood and a Redis that does not fit, ``OSError`` where Redis
    cannot be reached. Once the worker's part has ended, all that asks Redis raises :class:`EndedError`, and ``ended``
    has been called with the reason. ``fenced``: others have taken over what the worker had in hand.
    """

    def __init__(self, settings: BaseSettings, name: str):
        self.place = place_of(settings["REDIS_URL"])
        self.prefix = prefix_of(settings, name)
        self.lease = seconds_of(settings, "LEASE_SECONDS")
        self._hosts = f"{settings['REDIS_PREFIX']}host:"
        self.reason: str | None = None
        self.fenced = False
        self.ended: Callable[[str], None] = logger.error
        self.crawl = self.worker = 0
        self.began: str | None = None  # when the crawl did: another one may have its number, once Redis was emptied
        #: Calls to Redis, for measuring.
        self.steps = self._step = self._tokens = 0
        try:
            _check_password(settings)
            self.client = connect(settings)
            self._check()
            self._script = script(self.client)
            self._turn = self.client.register_script(_TURNS.read_text("utf8"))
            self.worker = int(self.client.incr(f"{self.prefix}workers"))
        except redis.RedisError as error:
            raise OSError(unusable(self.place, error)) from error

    def _check(self) -> None:
        server = self._server()
        version, policy = str(server["redis_version"]), server.get("maxmemory_policy", "noeviction")
        if tuple(map(int, version.split(".")[:2])) < (6, 2):
            raise ValueError(f"Redis at {self.place} is {version}; expected 6.2 or newer")
        if int(server.get("maxmemory", 0)) and policy != "noeviction":
            raise ValueError(
                f"Redis at {self.place} may evict the crawl's data (maxmemory-policy is {policy});"
                " expected noeviction, as 'redis-cli config set maxmemory-policy noeviction' makes it"
            )
        self._server_run = server["run_id"]

    def _server(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client.info()
        return found

    # What is sent ------------------------------------------------------------------

    def step(self, step: str, **values: Any) -> Any:
        """Do a step of ``crawl.lua``; what is ``None`` among the values is left out."""
        self._step += 1
        late = int(self.lease * 1000 / 2)
        own = {"crawl": self.crawl, "began": self.began, "worker": self.worker, "step": self._step, "late": late}
        payload = json.dumps({name: value for name, value in (own | values).items() if value is not None})
        answer = json.loads(self.ask(lambda: self._script(keys=[self.prefix], args=[step, payload])))
        if answer.get("gone"):
            raise self._end(self._why_gone(was_ended=answer["ended"]))
        if answer.get("alive") is False:
            raise self.fence()
        return answer

    def ask(self, question: Callable[[], Any]) -> Any:
        """What Redis answers. Raises :class:`EndedError` where it cannot be used."""
        if self.reason is not None:
            raise EndedError(self.reason)
        self.steps += 1
        try:
            return question()
        except redis.RedisError as error:
            raise self._end(unusable(self.place, error)) from error

    def read(self, name: str, key: str, *values: str) -> Any:
        """What a command gives for a key below the prefix."""
        return self.ask(lambda: self.client.execute_command(name, f"{self.prefix}{key}", *values))  # type: ignore[no-untyped-call]

    def beat(self) -> list[str]:
        """Give a sign of life; gives the numbers of workers that gave none, whose work went back."""
        return list(self.step("beat", lease=self.lease_of_others())["dead"] or [])

    def lease_of_others(self) -> int | None:
        """As :func:`lease_at`."""
        lease: int | None = self.ask(lambda: lease_at(self.client, self.lease))
        return lease

    def turn(self, host: str, step: str, *values: Any) -> int:
        """Do a step of ``turns.lua`` for a host."""
        return int(self.ask(lambda: self._turn(keys=[f"{self._hosts}{host}:"], args=[step, *values])))

    def token(self) -> str:
        """A name for one request, of no other worker; ``turns.lua`` reads the crawl and the worker in it."""
        self._tokens += 1
        return f"{self.prefix}{self.crawl}:{self.worker}:{self._tokens}"

    def close(self) -> None:
        """Leave the crawl, what is in hand goes back to the others."""
        if self.reason is None and self.crawl:
            try:
                self.step("leave")
            except EndedError:
                logger.warning("Others take over this worker's work after LEASE_SECONDS")
        self.client.close()

    # How it ends -------------------------------------------------------------------

    def fence(self) -> EndedError:
        """Others have taken over this worker's work."""
        self.fenced = True
        return self._end("it gave no sign of life for LEASE_SECONDS, so other workers have taken over its work")

    def _end(self, reason: str) -> EndedError:
        self.reason = reason
        self.ended(reason)
        return EndedError(reason)

    def _why_gone(self, *, was_ended: bool) -> str:
        server = self.ask(self._server)
        policy = server.get("maxmemory_policy", "noeviction")
        if int(server.get("evicted_keys", 0)) and policy != "noeviction":
            why, mend = f"it evicts keys: its maxmemory-policy is {policy}", "set that to noeviction"
        elif server["run_id"] != self._server_run:
            why, mend = "it was restarted without what it had", "start it with --appendonly yes --appendfsync always"
        elif was_ended:
            return f"crawl {self.crawl} was ended by 'newscrawl history end'; run again to begin another"
        else:
            why, mend = "it was emptied, as by FLUSHALL", "find out who empties it"
        return (
            f"Redis at {self.place} has lost the crawl's data ({why}); {mend} and run again: finished files stay,"
            " and the next crawl finds all articles new"
        )


def _check_password(settings: BaseSettings) -> None:
    """Raises ``redis.AuthenticationError``: it is a connection error, too, but one that no waiting mends."""
    try:
        connect(settings, tries=0).close()
    except redis.AuthenticationError:
        raise
    except redis.RedisError:
        pass


class _Patience(ExponentialBackoff):
    """Waits longer and longer between two tries; none begins once so many ``seconds`` are over."""

    def __init__(self, seconds: float):
        super().__init__(cap=_LONGEST_WAIT, base=0.05)
        self._seconds, self._until = seconds, 0.0

    def reset(self) -> None:
        self._until = time.monotonic() + self._seconds

    def compute(self, failures: int) -> float:
        wait = super().compute(failures)
        if time.monotonic() + wait > self._until:
            raise redis.TimeoutError("no answer for REDIS_RETRY_SECONDS")
        return wait


def script(client: redis.Redis) -> Callable[..., Any]:
    """The steps of ``crawl.lua``."""
    return client.register_script(_STEPS)


def lease_at(client: redis.Redis, seconds: float) -> int | None:
    """A lease in milliseconds; ``None`` while Redis has not been up for so long: nobody could give a sign of life."""
    up = float(client.info("server")["uptime_in_seconds"])
    return int(seconds * 1000) if up > seconds else None


def prefix_of(settings: BaseSettings, name: str) -> str:
    """What the keys of a history begin with."""
    return f"{settings['REDIS_PREFIX']}{name}:"


def connect(settings: BaseSettings, tries: int | None = None) -> redis.Redis:
    """A client that tries again, with longer and longer waits, for ``REDIS_RETRY_SECONDS``, or so many times."""
    seconds = seconds_of(settings, "REDIS_RETRY_SECONDS")
    if tries is None:
        tries = 4 + int(seconds / _LONGEST_WAIT)
    retry = Retry(_Patience(seconds), retries=tries)
    try:
        return redis.Redis.from_url(
            settings["REDIS_URL"],
            decode_responses=True,
            single_connection_client=True,
            retry=retry,
            retry_on_error=[redis.ConnectionError, redis.TimeoutError, redis.BusyLoadingError],
            socket_timeout=_ANSWER,
            socket_connect_timeout=_ANSWER,
        )
    except (ValueError, TypeError):  # its text may hold the password
        raise ValueError(f"REDIS_URL cannot be understood; expected {_FORM}") from None


def asked(settings: BaseSettings, question: Callable[[redis.Redis], T]) -> T:
    """What a question for people gives: who asks can ask again. Raises ``OSError`` where Redis cannot be reached."""
    try:
        with connect(settings, tries=3) as client:
            return question(client)
    except redis.RedisError as error:
        raise OSError(unusable(place_of(settings["REDIS_URL"]), error)) from None


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
