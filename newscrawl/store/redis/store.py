"""The memory of a crawl that workers on one or many machines share, and of those before it, in Redis."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from scrapy.settings import BaseSettings

from newscrawl.store.base import Claim, Reader, State
from newscrawl.store.met import Met, Text, Visit
from newscrawl.store.redis import article as records
from newscrawl.store.redis.changes import change
from newscrawl.store.redis.earlier import Earlier, Emitted
from newscrawl.store.redis.past import grouped, run_record
from newscrawl.store.redis.session import Session
from newscrawl.store.redis.status import other_arguments

__all__ = ["Emitted", "RedisStore"]
_FEW = 4  # cells, of two articles: where a page leads to is mostly new


class RedisStore(Earlier):
    """What a worker asks of the crawl that it shares, and tells it.

    ``aliased``: the walks whose articles may have several names; ``index``: articles of one text are looked for.
    Raises as :class:`Session`; what asks Redis raises ``EndedError`` once this worker's part has ended.
    """

    def __init__(
        self,
        settings: BaseSettings,
        name: str,
        counts: Any,
        walks: Mapping[str, Any],
        *,
        again: bool = False,
        index: bool = True,
        aliased: Collection[str] = frozenset(),
    ):
        super().__init__(Session(settings, name), counts, walks, index=index)
        self.worker = self.session.worker
        self.again = again
        self.replaced, self.repeated = set(), set()
        self._days = settings.getfloat("RECHECK_DAYS")
        self._aliased = aliased
        #: Of each walk, the version of what is known of its site, and what this process told of it last.
        self._sites: dict[str, str] = {}
        self._told: dict[str, str] = {}
        self._lessons = self._started = 0

    # The crawl -------------------------------------------------------------------

    def join(self, arguments: Mapping[str, Any], section: str, since: str | None) -> str | None:
        """Join the open crawl over a section, or begin one; since when the crawl's articles are to be, if told.

        Raises ``ValueError`` where the open crawl has other arguments.
        """
        session, told = self.session, json.dumps(arguments)
        lease = session.lease_of_others()
        crawl = {"arguments": told, "section": section, "since": since, "walks": list(self._walks)}
        info = session.step("join", lease=lease, longest=session.lease, **crawl)
        if info["arguments"] != told or info.get("version") != "2":
            raise ValueError(other_arguments(info, session.place))
        self.run = session.crawl = info["crawl"]
        self._present = f"{self._past}{self.run}:"
        now = session.ask(session.client.time)
        self._clock = now[0] + now[1] / 1e6 - time.time()
        session.began, self._started = info["started"], int(info["started"])
        self.know(section, self._days, records.moment(self._started))
        told_since: str | None = info.get("since")
        return told_since

    @property
    def seconds(self) -> float:
        """For how long the crawl has gone on."""
        return float(self._seconds() - self._started)

    def beat(self) -> list[str]:
        """Give a sign of life; the numbers of workers that gave none, whose work went back."""
        return self.session.beat()

    def leave(self) -> None:
        """Give back what is in hand, and close the connection."""
        self.session.close()
        if self._recent is not None:
            self._recent.close()

    @change
    def part(self, told: str) -> None:
        """Tell how this worker's part went, so far; no crawl is closed before all that took visits have."""
        self._cells.send("HSET", f"{self._present}parts", str(self.worker), told)
        self._cells.send("SREM", f"{self._present}dirty", str(self.worker))

    def parts(self) -> list[str]:
        """What the workers told of their parts."""
        return list(self._read("HVALS", "parts"))

    def info(self) -> dict[str, str]:
        """How the crawl began, and how far it is."""
        return dict(self._read("HGETALL", "info"))

    def workers(self) -> tuple[int, int]:
        """How many workers took part, and how many of them died."""
        states = self._read("HVALS", "workers")
        return len(states), sum(state == "dead" for state in states)

    def unanswered(self) -> int:
        """Give up visits of which this worker, though it has nothing under way, never heard; how many."""
        return len(self.session.step("unanswered")["lost"])

    def finish(self, run: Mapping[str, Any]) -> bool:
        """Close the crawl, if nothing is left to do; ``run`` is what the table of runs has of it."""
        total, dead = self.workers()
        told = {"workers": total, "dead": dead, "again": self.totals().get("again", 0)}
        record = run_record(self.info(), self.run, self.now()) | told | dict(run)
        return bool(self.session.step("close", record=json.dumps(record))["closed"])

    # One change ------------------------------------------------------------------

    def expect(self, articles: Iterable[tuple[str, str, str]]) -> None:
        cells, aliased = [], []
        self._cells.trim()
        for walk, key, name in articles:
            cells += [(f"{self._present}met", f"{walk} {key}"), self._article(name)]
            if walk in self._aliased:
                aliased.append((self._aliases, name))
        if len(cells) <= _FEW:
            self._cells.guess(cells + aliased)
        else:
            self._cells.fetch(cells + aliased)
        further = [found for cell in aliased if (found := self._cells.known(*cell))]
        self._cells.fetch([self._article(name) for name in further])

    def save_found(self) -> None:
        """Each change is with Redis at once."""

    # The articles that this crawl has met ------------------------------------------

    def met(self, walk: str, key: str) -> Met | None:
        text = self._value(f"{self._present}met", f"{walk} {key}")
        if text is None:
            return None
        m = json.loads(text)
        return Met(m.get("h"), bool(m["l"]), bool(m["s"]), m.get("u"))

    @change
    def meet(self, walk: str, key: str, met: Met) -> None:
        values = {"h": met.hop, "l": int(met.listed), "s": int(met.settled), "u": met.next_url}
        text = records.dump({name: value for name, value in values.items() if value is not None})
        self._cells.write(f"{self._present}met", f"{walk} {key}", text)

    @change
    def wait(self, visit: Visit) -> None:
        # The numbers of sources are this process's own.
        values = [visit.walk, visit.key, visit.url, visit.page, int(visit.known), int(visit.check)]
        self._cells.send("RPUSH", f"{self._present}queue", json.dumps(values))

    def take(self, most: int) -> list[Visit]:
        if most <= 0:
            return []
        names = {id: walk.site.name for id, walk in self._walks.items()}
        answer = self.session.step("take", most=most, names=names, sites=self._sites)
        self._waiting = answer["waiting"]
        for walk, text in (answer["sites"] or {}).items():
            version, _, learned = text.partition(" ")
            self._sites[walk] = f"{version} "
            self._walks[walk].learn(json.loads(learned))
        visits = []
        for text, article, met in zip(answer["visits"] or (), answer["articles"], answer["met"], strict=True):
            walk, key, url, page, known, check = json.loads(text)
            visits.append(Visit(walk, key, url, page, bool(known), check=bool(check)))
            self._cells.put(*self._article(f"{names[walk]}/{key}"), article or None)
            self._cells.put(f"{self._present}met", f"{walk} {key}", met or None)
        return visits

    @change
    def end(self, visit: Visit) -> None:
        name = f"{visit.walk} {visit.key}"
        self._cells.send("HDEL", self._leased, name)
        self._cells.send("SREM", f"{self._present}held:{self.worker}", name)

    @change
    def hold(self, visit: Visit, *, is_held: bool) -> None:
        self._holds = self._holds or is_held  # until the next look at the crawl
        command = "SADD" if is_held else "SREM"
        self._cells.send(command, f"{self._present}held:{self.worker}", f"{visit.walk} {visit.key}")

    def left(self) -> dict[int, int]:
        return {}

    @change
    def claim(self, name: str, text: str) -> Claim:
        claims = f"{self._present}claims"
        self._cells.guess([(claims, name)])
        holder = self._cells.read(claims, name)
        if holder is not None:
            self._cells.is_guess = True  # who held it when it was read may have died since
            return Claim(mine=False, text=holder.partition(" ")[2])
        self._cells.write(claims, name, f"{self.worker} {text}")
        self._cells.send("HSET", f"{claims}:{self.worker}", name, "1")
        self._cells.want(self._article(name)[0])
        return Claim(mine=True)

    # What pages say of one another --------------------------------------------------

    @change
    def tell(self, name: str, text: Text) -> None:
        self._cells.write(f"{self._present}texts", name, " ".join(text))

    def text(self, name: str) -> Text | None:
        found = self._value(f"{self._present}texts", name)
        return Text(*found.split(" ")) if found is not None else None

    @change
    def note(self, kind: str, name: str, value: str) -> None:
        self._cells.write(f"{self._present}notes", f"{kind} {name}", value)

    def noted(self, kind: str, name: str) -> str | None:
        return self._value(f"{self._present}notes", f"{kind} {name}")

    @change
    def add(self, kind: str, name: str, by: int = 1) -> None:
        self._cells.add(f"{self._present}added", f"{kind} {name}", by)

    def added(self, kind: str, name: str) -> int:
        return int(self._value(f"{self._present}added", f"{kind} {name}") or 0)

    @change
    def keep(self, kind: str, value: Any) -> None:
        self._cells.send("SADD", f"{self._present}kinds", kind)
        self._cells.send("RPUSH", f"{self._present}kept:{kind}", json.dumps(value))

    @change
    def kept(self, kind: str) -> list[Any]:
        key = f"{self._present}kept:{kind}"
        self._cells.forget(key, "#")
        if self._cells.read(key, "#") == "0":
            return []
        self._cells.send("DEL", key)
        return [json.loads(text) for text in self._read("LRANGE", f"kept:{kind}", "0", "-1")]

    # The listings ----------------------------------------------------------------

    def read(self, walk: str, stage: int = 0) -> bool:
        return bool(self.session.step("read", walk=walk, stage=stage)["mine"])

    def listed(self, walk: str, facts: Mapping[str, Any] | None = None) -> bool:
        told = None if facts is None else json.dumps(dict(facts))
        return bool(self.session.step("listed", walk=walk, facts=told)["was_reading"])

    def facts(self) -> dict[str, dict[str, Any]]:
        told = ((name.partition(" "), value) for name, value in self.info().items())
        return {walk: json.loads(value) for (kind, _, walk), value in told if kind == "facts"}

    def stage(self, walk: str) -> int:
        return int(self._read("HGET", "info", f"stage {walk}") or 0)

    def learn(self, walk: str, learned: str) -> None:
        if learned == self._told.get(walk) and not self._is_changing:
            return
        self._lessons += 1
        version = f"{self.worker}.{self._lessons} "
        self._send("HSET", f"{self._present}sites", walk, version + learned)
        self._sites[walk], self._told[walk] = version, learned

    @change
    def _send(self, *command: str) -> None:
        self._cells.send(*command)

    def state(self) -> State:
        self._cells.clear()
        state = self.session.step("state")
        self._waiting = state["waiting"]
        self._holds = state["holds"]
        walks = state["walks"] or []
        return State(
            state["waiting"], state["in_hand"], state["quiet"], state["holds"], state["revisited"], state["closed"],
            {walk: self._reader(reader) for walk, reader in grouped(walks, 2)},
        )  # fmt: skip

    def _reader(self, state: str) -> Reader:
        known = {"waiting": Reader.NOBODY, "finished": Reader.FINISHED, str(self.worker): Reader.THIS}
        return known.get(state, Reader.ANOTHER)

    @change
    def revisited(self) -> None:
        self._cells.write(f"{self._present}info", "revisited", "1")

    # Its files -------------------------------------------------------------------

    def opening(self, name: str) -> None:
        """A file is about to be written."""
        self.do(lambda: self._cells.write(f"{self._past}files", name, f"{self._present}{self.worker}"))

    def named(self, names: Iterable[str]) -> None:
        """Files have their names, or are gone."""
        self.session.step("named", files=list(names))

    def files(self, names: Iterable[str]) -> list[str]:
        """Of unfinished files: "committed", "dead" (its worker cannot commit it now), "alive", or "" for others."""
        return list(self.session.step("files", files=list(names))["states"] or [])
