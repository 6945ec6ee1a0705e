"""Texts that copies are looked for, in a Redis: for all workers of all crawls there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import redis
from redis.client import NEVER_DECODE

from newscrawl.history.copies.groups import CANDIDATES, Texts
from newscrawl.history.copies.signatures import SIGNATURE_BYTES, bands_of

_AT_ONCE = 500  # old texts: others wait a few milliseconds
_FIELD_BITS = 19  # of a band's 35: so 65,536 hashes have all bands, few in each, which Redis keeps in the least memory


@dataclass
class _Look:
    """What was looked up for a change, and what the change writes."""

    key: str
    now: int
    group: str | None
    #: For each band of the text: the hash that has it, its field there, and its newest text, "" for none.
    bands: list[tuple[str, str, str]]
    #: The numbers of the texts that share bands with it, and how many they share.
    shared: Counter[int]
    #: Number to signature and first article, of those that were compared.
    texts: dict[int, tuple[bytes, str]] = field(default_factory=dict)
    joined: str | None = None
    again: int | None = None
    added: bytes = b""


class RedisTexts(Texts):
    """The texts below ``prefix`` in the Redis at ``place``, to which ``client`` talks, which decodes answers.

    A change is made without a lock. What it reads is looked up, and what it writes is noted by one script, which does
    so only if the article and the bands of its text are still as looked up; otherwise the change is made again. A
    script whose answer was lost may be sent again: then the article is known, and the next look gives what was noted.

    The keys: ``articles``, hash, each article to its group, "" for its own; ``texts``, hash, number to signature and
    first article; ``seen``, sorted set, numbers by when they were last remembered; ``last``, the last number given;
    ``bands:N``, hashes, the rest of a band to the numbers of its texts.

    ``clock`` gives seconds since 1970, without it the clock of Redis counts. Raises ``OSError`` where Redis cannot be
    used, as all methods do.
    """

    def __init__(self, client: redis.Redis, place: str, prefix: str, clock: Callable[[], float] | None = None):
        self._client = client
        self._place = place
        self._prefix = prefix
        self._clock = clock
        folder = Path(__file__).parent
        self._note = client.register_script((folder / "note.lua").read_text("utf8"))
        self._forget = client.register_script((folder / "forget.lua").read_text("utf8"))
        self._look: _Look

    def close(self) -> None:
        """Nothing: the client is another's, and Redis has all."""

    def do(self, key: str, signature: bytes | None, change: Callable[[], str]) -> str:
        with self._usable():
            while True:
                self._look = self._look_up(key, signature)
                answer = change()
                if self._is_noted():
                    return answer

    def group(self, key: str) -> str | None:
        return self._look.group

    def alike(self, signature: bytes) -> list[tuple[int, bytes]]:
        look = self._look
        look.texts = self._read([number for number, _ in look.shared.most_common(CANDIDATES)])
        return [(number, other) for number, (other, _) in sorted(look.texts.items())]

    def first(self, text: int) -> str:
        return self._look.texts[text][1]

    def join(self, key: str, group: str) -> None:
        self._look.joined = group

    def remember(self, key: str, signature: bytes) -> None:
        look = self._look
        same = [number for number, bands in look.shared.items() if bands == len(look.bands)]
        for number, text in self._read(same).items():
            if text == (signature, key):
                look.again = number
                return
        look.added = signature + key.encode()

    def forget(self, days: float, most: int) -> None:
        with self._usable():
            now = self._clock() if self._clock else self._client.time()[0]
            before = now - days * 86400
            for start in range(0, most, _AT_ONCE):
                if not self._forget_some(before, min(_AT_ONCE, most - start)):
                    return

    def _forget_some(self, before: float, most: int) -> bool:
        """Forget up to ``most`` texts; whether there may be more."""
        old = list(map(int, self._client.zrange(self._key("seen"), "-inf", before, byscore=True, offset=0, num=most)))  # type: ignore[arg-type]
        texts = self._read(old)
        with self._client.pipeline(transaction=False) as calls:
            for number in old:
                bands = self._bands(texts[number][0] if number in texts else None)
                keys = [self._key("texts"), self._key("seen"), *(name for name, _ in bands)]
                self._forget(keys, [number, before, *(rest for _, rest in bands)], client=calls)
            calls.execute()
        return len(old) == most

    def _look_up(self, key: str, signature: bytes | None) -> _Look:
        bands = self._bands(signature)
        with self._client.pipeline(transaction=False) as calls:
            calls.time()
            calls.hget(self._key("articles"), key)
            for name, rest in bands:
                calls.hget(name, rest)
            (now, _), group, *lists = calls.execute()
        numbers = [(found or "").split(",") for found in lists]
        shared = Counter(int(number) for found in numbers for number in found if number)
        return _Look(
            key,
            int(self._clock() if self._clock else now),
            key if group == "" else group,
            [(*band, found[-1]) for band, found in zip(bands, numbers, strict=True)],
            shared,
        )

    def _is_noted(self) -> bool:
        """Whether what the change wrote is there now; otherwise what it read is not any more as it was."""
        look = self._look
        if look.joined is None and look.again is None and not look.added:
            return True
        keys = [self._key(name) for name in ("articles", "texts", "seen", "last")]
        group = look.joined if look.joined != look.key else ""
        known = int(look.group is not None)
        again = "" if look.again is None else look.again
        values: list[Any] = [look.key, known, group or "", again, look.added, look.now]
        for name, rest, newest in look.bands:
            keys.append(name)
            values += rest, newest
        return bool(self._note(keys, values))

    def _read(self, numbers: list[int]) -> dict[int, tuple[bytes, str]]:
        """Texts by their numbers, those that are there."""
        if not numbers:
            return {}
        # Signatures are no characters to decode.
        found = self._client.execute_command("HMGET", self._key("texts"), *numbers, **{NEVER_DECODE: True})  # type: ignore[no-untyped-call]
        return {
            number: (text[:SIGNATURE_BYTES], text[SIGNATURE_BYTES:].decode())
            for number, text in zip(numbers, found, strict=True)
            if text
        }

    def _bands(self, signature: bytes | None) -> list[tuple[str, str]]:
        """The hash that has each band of a signature, and the band's field there."""
        rest = (1 << _FIELD_BITS) - 1
        return [(self._key(f"bands:{band >> _FIELD_BITS}"), str(band & rest)) for band in bands_of(signature or b"")]

    def _key(self, name: str) -> str:
        return self._prefix + name

    @contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except redis.RedisError as error:
            away = isinstance(error, redis.ConnectionError | redis.TimeoutError)
            why = "it did not answer" if away else str(error)[:200]
            raise OSError(f"Redis at {self._place} cannot be used ({why})") from error
