"""Servers that files are delivered to: an S3 (moto), an FTP server and an HTTP server, on free ports of the loopback."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.conftest import LocalServer

#: Names and passwords that no output may have.
KEY, SECRET, PASSWORD = "AKIAKEYOFTESTS", "s3cretkey/of+tests", "hush-hush"
#: What a run needs to reach the S3.
OF_S3 = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION_NAME": "us-east-1"}


@dataclass
class S3:
    """An S3 with a bucket ``news``."""

    url: str

    def client(self) -> Any:
        boto3 = pytest.importorskip("boto3")
        return boto3.client(
            "s3", endpoint_url=self.url, aws_access_key_id=KEY, aws_secret_access_key=SECRET, region_name="us-east-1"
        )

    def read(self, name: str) -> bytes:
        return bytes(self.client().get_object(Bucket="news", Key=name)["Body"].read())

    def names(self) -> list[str]:
        return [one["Key"] for one in self.client().list_objects_v2(Bucket="news").get("Contents", [])]

    @property
    def settings(self) -> list[str]:
        """Options of a command."""
        given = OF_S3 | {"AWS_ENDPOINT_URL": self.url}
        return [word for name, value in given.items() for word in ("-s", f"{name}={value}")]


@contextmanager
def s3(port: int = 0) -> Iterator[S3]:
    """Skips the test where moto's server is not installed."""
    server = pytest.importorskip("moto.server", reason="moto[server] is not installed").ThreadedMotoServer(
        "127.0.0.1", port=port, verbose=False
    )
    server.start()
    try:
        host, port = server.get_host_and_port()
        place = S3(f"http://{host}:{port}")
        urlopen(Request(f"{place.url}/moto-api/reset", method="POST")).close()  # its data is the process's
        place.client().create_bucket(Bucket="news")
        yield place
    finally:
        server.stop()


@contextmanager
def ftp(folder: Path) -> Iterator[str]:
    """The address of an FTP server over a folder, with a password. Skips the test where pyftpdlib is not installed."""
    servers = pytest.importorskip("pyftpdlib.servers", reason="pyftpdlib is not installed")
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import FTPHandler

    authorizer = DummyAuthorizer()
    authorizer.add_user("anna", PASSWORD, str(folder), perm="elradfmwMT")
    handler = type("Handler", (FTPHandler,), {"authorizer": authorizer, "auth_failed_timeout": 0})
    server = servers.ThreadedFTPServer(("127.0.0.1", 0), handler)
    ended = Event()

    def serve() -> None:
        while not ended.is_set():
            server.serve_forever(timeout=0.1, blocking=False)
        server.close_all()  # here: another thread's next server might get the number of a socket that is being closed

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"ftp://anna:{PASSWORD}@127.0.0.1:{server.address[1]}"
    finally:
        ended.set()
        thread.join()


@dataclass
class Web:
    """A server that takes files by PUT. ``fails`` is how often, from 0 to 1, it refuses, breaks off or answers late."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    fails: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    puts: int = 0
    #: It takes files with ``?token=`` alone.
    token: str = ""


class WebHandler(BaseHTTPRequestHandler):
    place: Web

    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(200)

    def do_PUT(self) -> None:
        self.place.puts += 1
        path, _, query = self.path.partition("?")
        how = (
            self.place.chance.choice(("refuse", "break", "lie"))
            if self.place.chance.random() < self.place.fails
            else ""
        )
        if how == "break":
            self.close_connection = True
            self.connection.close()
            return
        data = self._body()
        if self.place.token and query != f"token={self.place.token}":
            self._answer(401)
        elif how == "refuse":
            self._answer(503)
        else:
            self.place.files[path] = data
            self._answer(500 if how == "lie" else 201)  # it has the file, and says that it has not

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        data = b""
        while size := int(self.rfile.readline(), 16):
            data += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return data

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def web(token: str = "") -> Iterator[Web]:
    """A server that takes files by PUT."""
    place = Web(token=token)
    server = LocalServer(("127.0.0.1", 0), type("Handler", (WebHandler,), {"place": place}))
    Thread(target=server.serve_forever, daemon=True).start()
    place.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield place
    finally:
        server.shutdown()
        server.server_close()
