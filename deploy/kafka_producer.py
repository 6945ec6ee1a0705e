"""Sends the articles of finished files to a Kafka topic, each version once; docs/how-to/pipelines.md says how.

A database beside the files has the versions that the topic acknowledged, and the topic's offsets behind them. A run
first reads what the topic has from these offsets on: what a killed run had sent and not yet noted. So neither a kill
nor a second run sends a version twice. Only one run at a time may send to a topic.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Message, Producer, TopicPartition
from filelock import FileLock, Timeout

from newscrawl.article.lines import TornError, lines_in, output_files, plain
from newscrawl.article.parsing import article_of

BATCH = 500  # articles that are sent before what the topic has is noted
PATIENCE = 60  # seconds for an answer of the brokers
_AGAIN = "To send all articles again, remove the file that --state names"
_TABLES = """
create table if not exists sent(version blob primary key) without rowid;
create table if not exists files(name text primary key, size integer, modified integer);
create table if not exists offsets(partition integer primary key, next integer);
"""
_SAFE = {"enable.idempotence": True, "acks": "all", "compression.type": "zstd", "delivery.timeout.ms": PATIENCE * 1000}


class Topic:
    """A topic, and what is known of it. Raises ``KafkaException`` where the brokers do not do what they are asked."""

    def __init__(self, name: str, config: dict[str, str], state: sqlite3.Connection):
        self.name, self.state = name, state
        self._config, self._errors = {"log_level": "2", **config}, []
        self._acknowledged: list[tuple[bytes, int, int]] = []
        self._producer = Producer({**_SAFE, **self._config, "error_cb": lambda error: None})
        state.executescript(_TABLES)

    def catch_up(self) -> int:
        """Note what the topic has and the database has not; how many versions those are."""
        quiet = {
            "group.id": "newscrawl-kafka-producer", "enable.auto.commit": False, "enable.partition.eof": True,
            "auto.offset.reset": "error",  # where the topic ends before what was sent
        }  # fmt: skip
        consumer = Consumer({**self._config, **quiet, "error_cb": lambda error: None})
        try:
            partitions = consumer.list_topics(self.name, timeout=PATIENCE).topics[self.name]
            if partitions.error and partitions.error.code() == KafkaError.UNKNOWN_TOPIC_OR_PART:
                if self._knows_any():
                    raise ValueError(f"there is no topic {self.name} any more. {_AGAIN}")
                return 0
            if partitions.error:
                raise KafkaException(partitions.error)
            return self._read(consumer, self._starts(consumer, partitions.partitions))
        finally:
            consumer.close()

    def _knows_any(self) -> bool:
        return self.state.execute("select 1 from offsets").fetchone() is not None

    def _starts(self, consumer: Consumer, partitions: Iterable[int]) -> list[TopicPartition]:
        known = dict(self.state.execute("select partition, next from offsets"))
        starts = [TopicPartition(self.name, one, known.get(one, OFFSET_BEGINNING)) for one in partitions]
        for start in starts:
            low, _ = consumer.get_watermark_offsets(start, timeout=PATIENCE)
            start.offset = max(start.offset, low)
        return starts

    def _read(self, consumer: Consumer, starts: list[TopicPartition]) -> int:
        consumer.assign(starts)
        unread, found = {start.partition for start in starts}, 0
        while unread:
            message = consumer.poll(PATIENCE)
            if message is None:
                raise ValueError(f"the brokers gave no answer in {PATIENCE} seconds")
            error = message.error()
            if error and error.code() == KafkaError._PARTITION_EOF:
                unread.discard(message.partition())
            elif error and error.code() == KafkaError._AUTO_OFFSET_RESET:
                raise ValueError(f"{self.name} ends before what was sent: it is another topic of that name. {_AGAIN}")
            elif error:
                raise KafkaException(error)
            else:
                found += self._note(message)
        self.state.commit()
        return found

    def _note(self, message: Message) -> int:
        version = dict(message.headers() or ()).get("version")
        self._pass(message.partition(), message.offset() + 1)
        if not isinstance(version, bytes):
            return 0  # another program's
        return self.state.execute("insert or ignore into sent values (?)", (version,)).rowcount

    def _pass(self, partition: int, after: int) -> None:
        self.state.execute(
            "insert into offsets values (?, ?) on conflict (partition) do update set next = max(next, excluded.next)",
            (partition, after),
        )

    def has(self, version: bytes) -> bool:
        """Whether the topic has a version."""
        return self.state.execute("select 1 from sent where version = ?", (version,)).fetchone() is not None

    def send(self, key: str, line: bytes, version: bytes) -> None:
        """Send one article. It is in the topic once :meth:`settle` has returned."""

        def told(error: KafkaError | None, message: Message) -> None:
            if error:
                self._errors.append(error)
            else:
                self._acknowledged.append((version, message.partition(), message.offset() + 1))

        self._producer.produce(self.name, line, key, on_delivery=told, headers=[("version", version)])
        self._producer.poll(0)

    def settle(self) -> None:
        """Wait until the topic has all that was sent, and note it."""
        self._producer.flush(PATIENCE + 5)
        for version, partition, after in self._acknowledged:
            self.state.execute("insert or ignore into sent values (?)", (version,))
            self._pass(partition, after)
        self._acknowledged.clear()
        self.state.commit()
        if self._errors:
            raise KafkaException(self._errors[0])


def send_file(topic: Topic, path: Path, name: str) -> tuple[int, int]:
    """Send what the topic does not have of a file; how many articles were sent, and how many lines hold none."""
    stat = path.stat()
    stamp = (stat.st_size, stat.st_mtime_ns)
    if topic.state.execute("select size, modified from files where name = ?", (name,)).fetchone() == stamp:
        return 0, 0
    sent, bad, waiting = 0, 0, set[bytes]()
    for key, line, version in _articles(path):
        if not version:
            bad += 1
        elif version not in waiting and not topic.has(version):
            topic.send(key, line, version)
            waiting.add(version)
            sent += 1
        if len(waiting) >= BATCH:
            topic.settle()
            waiting.clear()
    topic.settle()
    if not bad:  # else its lines are reported again
        topic.state.execute("replace into files values (?, ?, ?)", (name, *stamp))
        topic.state.commit()
    return sent, bad


def _articles(path: Path) -> Iterator[tuple[str, bytes, bytes]]:
    """Each article's key, line and version; of a line that holds none, nothing."""
    try:
        for line in lines_in(path):
            if not line.strip():
                continue
            try:
                one = article_of(line, strict=False)
            except ValueError:
                yield "", b"", b""
                continue
            told = [one["publisher"], one["id"], one["crawled_at"], one["content_hash"]]
            yield f"{one['publisher']}/{one['id']}", line.rstrip(b"\r\n"), sha256("\0".join(told).encode()).digest()
    except TornError:
        yield "", b"", b""


def configuration(path: Path | None) -> dict[str, str]:
    """Settings of librdkafka, one a line: ``name=value``. A file keeps passwords out of the command line."""
    if path is None:
        return {}
    lines = [line.strip() for line in path.read_text("utf8").splitlines()]
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name.strip(): value.strip() for name, _, value in pairs}


def run(opts: argparse.Namespace) -> str:
    """Send what is new; a sentence about it. Raises what goes wrong."""
    config = {**configuration(opts.config), **({"bootstrap.servers": opts.servers} if opts.servers else {})}
    if not config.get("bootstrap.servers"):
        raise ValueError("no broker is named: give --servers, or bootstrap.servers in the file of --config")
    paths = output_files(opts.paths)
    state_path = opts.state or Path(f"kafka-{opts.topic}.sqlite")
    with FileLock(f"{state_path}.lock", blocking=False):
        state = sqlite3.connect(state_path)
        try:
            topic = Topic(opts.topic, config, state)
            topic.catch_up()
            done = [send_file(topic, path, str(plain(path.resolve()))) for path in paths]
        finally:
            state.close()
    sent, bad = (sum(counts) for counts in zip((0, 0), *done, strict=True))
    return f"{sent} articles sent to {opts.topic}" + (f"; {bad} lines hold no article" if bad else "")


def main() -> int:
    """The exit status: 0, 1 where it failed, or 2 where lines hold no article."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(";")[0])
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="FILE or FOLDER", help="finished files (.jsonl, also .gz)"
    )
    parser.add_argument("--topic", required=True)
    parser.add_argument("--servers", metavar="HOST:PORT,…", help="some of the brokers")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings of librdkafka, one a line: name=value")
    parser.add_argument("--state", type=Path, metavar="FILE", help="what was sent (default: kafka-TOPIC.sqlite)")
    try:
        sentence = run(parser.parse_args())
    except Timeout:
        return _say(1, "failed", "another run is sending to this topic; wait until it has ended")
    except KafkaException as error:
        told: Any = error.args[0] if error.args else error
        return _say(1, "failed", told.str() if isinstance(told, KafkaError) else str(told))
    except (ValueError, OSError, sqlite3.Error) as error:
        return _say(1, "failed", str(error))
    return _say(2, "incomplete", sentence) if "hold no article" in sentence else _say(0, "ok", sentence)


def _say(status: int, word: str, sentence: str) -> int:
    print(f"exit status {status} ({word}): {sentence}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
