"""A server that takes messages in the place of those of chats, webhooks and monitors."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

#: What no output, log or file may have in it.
SECRET = "hunter2-s3cret"


@dataclass
class Inbox:
    """What came to ``host``, as paths and bodies. ``statuses`` are the answers by path, 200 for others.

    A path in ``mute`` gets no answer until ``release`` is set.
    """

    host: str = ""
    got: list[tuple[str, str]] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    mute: set[str] = field(default_factory=set)
    release: threading.Event = field(default_factory=threading.Event)

    def bodies(self, path: str) -> list[str]:
        return [body for where, body in self.got if where == path]


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    taken = Inbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            path = self.path.partition("?")[0]
            taken.got.append((path, body))
            if path in taken.mute:
                taken.release.wait(60)
            self.send_response(taken.statuses.get(path, 200))
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        taken.host = f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield taken
        taken.release.set()
        server.shutdown()
        thread.join()
