"""Servers that files are delivered to: an S3 (moto), an FTP server and an HTTP server, on free ports of the loopback."""

from __future__ import annotations

import getpass
import io
import logging
import os
import random
import shutil
import socket
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import SplitResult
from urllib.request import Request, urlopen

import pytest

from newscrawl.targets.schemes import Scheme
from tests.conftest import LocalServer

#: Names and passwords that no output may have.
KEY, SECRET, PASSWORD = "AKIAKEYOFTESTS", "s3cretkey/of+tests", "hush-hush"
#: What a run needs to reach the S3.
OF_S3 = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION_NAME": "us-east-1"}
#: Headers that are of one connection, or that are worked out anew.
_OF_CONNECTIONS = ("content-length", "transfer-encoding", "connection", "expect", "date", "server")


def _memory(parts: SplitResult, path: str, options: Mapping[str, Any], timeout: int) -> tuple[Any, str]:
    import fsspec

    return fsspec.filesystem("memory"), f"/{parts.netloc}{path}"


#: A place in this process, for tests alone.
MEMORY = Scheme("memory", "deliver", "fsspec", _memory, "", needs_host=False)


@dataclass
class Failing:
    """A server that fails uploads: ``fails`` is how often, from 0 to 1, and ``ways`` are how."""

    fails: float = 0.0
    ways: tuple[str, ...] = ("refuse", "break", "lie")
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    #: What was done with uploads: ``""`` for those that were taken.
    uploads: Counter[str] = field(default_factory=Counter)

    def way(self) -> str:
        """What to do with the next upload."""
        way = self.chance.choice(self.ways) if self.chance.random() < self.fails else ""
        self.uploads[way] += 1
        return way


class UploadHandler(BaseHTTPRequestHandler):
    """Takes uploads by PUT, or fails them.

    ``refuse``: 503. ``break``: it hangs up half-way. ``lie``: it takes the file, and says 500. ``late``: it takes the file, and
    says nothing until the client hangs up.
    """

    place: Any

    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds without a byte

    def take(self, data: bytes) -> None:
        """Keep an upload, and answer."""
        raise NotImplementedError

    def do_PUT(self) -> None:
        way = self.place.way()
        data = self.body(half=way == "break")
        if way == "break":
            self.close_connection = True
        elif way == "refuse":
            self.answer(503)
        elif way:
            self.taken_silently(data)
            if way == "late":
                self.connection.recv(1)
                self.close_connection = True
            else:
                self.answer(500)
        else:
            self.take(data)

    def taken_silently(self, data: bytes) -> None:
        """Keep an upload, and send no answer."""
        wfile, self.wfile = self.wfile, io.BytesIO()
        try:
            self.take(data)
        finally:
            self.wfile = wfile

    def body(self, *, half: bool = False) -> bytes:
        """What was sent, or ``half`` of it. Raises ``ConnectionError`` where the client has hung up before its end."""
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self._read(int(self.headers.get("Content-Length", 0)), half=half)
        data = b""
        while size := int(self._line(), 16):
            data += self._read(size, half=half)
            if half:
                break
            self._line()
        else:
            self._line()
        return data

    def _read(self, size: int, *, half: bool) -> bytes:
        wanted = size // 2 if half else size
        data = self.rfile.read(wanted)
        if len(data) < wanted:
            raise ConnectionError
        return data

    def _line(self) -> bytes:
        line = self.rfile.readline()
        if not line.endswith(b"\n"):
            raise ConnectionError
        return line

    def answer(self, status: int, headers: Iterable[tuple[str, str]] = (), data: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(handler: type[UploadHandler], place: Any) -> Iterator[str]:
    """The address of a server for a place."""
    server = LocalServer(("127.0.0.1", 0), type("Handler", (handler,), {"place": place}))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class S3(Failing):
    """An S3 with a bucket ``news``. ``behind`` is the host and port of moto's server, which fails nothing."""

    url: str = ""
    behind: str = ""

    def client(self) -> Any:
        boto3 = pytest.importorskip("boto3")
        return boto3.client(
            "s3",
            endpoint_url=f"http://{self.behind}",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            region_name="us-east-1",
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


class S3Handler(UploadHandler):
    place: S3

    def take(self, data: bytes) -> None:
        kept = {name: value for name, value in self.headers.items() if name.lower() not in _OF_CONNECTIONS}
        behind = HTTPConnection(self.place.behind)
        behind.request(self.command, self.path, data, kept)
        answer = behind.getresponse()
        headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in _OF_CONNECTIONS]
        if self.command == "HEAD":
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                self.send_header(name, value)
            self.end_headers()
        else:
            self.answer(answer.status, headers, answer.read())
        behind.close()

    def do_GET(self) -> None:
        self.take(self.body())

    do_HEAD = do_POST = do_DELETE = do_GET


@contextmanager
def s3() -> Iterator[S3]:
    """Skips the test where moto's server is not installed."""
    server = pytest.importorskip("moto.server", reason="moto[server] is not installed").ThreadedMotoServer(
        "127.0.0.1", port=0, verbose=False
    )
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server.start()
    try:
        host, port = server.get_host_and_port()
        place = S3(behind=f"{host}:{port}")
        urlopen(Request(f"http://{place.behind}/moto-api/reset", method="POST")).close()  # its data is the process's
        place.client().create_bucket(Bucket="news")
        with serving(S3Handler, place) as place.url:
            yield place
    finally:
        server.stop()


@contextmanager
def ftp(folder: Path, may: str = "elradfmwMT") -> Iterator[str]:
    """The address of an FTP server over a folder, with a password. Skips the test where pyftpdlib is not installed.

    ``may``: what its user may do, in pyftpdlib's letters.
    """
    servers = pytest.importorskip("pyftpdlib.servers", reason="pyftpdlib is not installed")
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import FTPHandler

    authorizer = DummyAuthorizer()
    authorizer.add_user("anna", PASSWORD, str(folder), perm=may)
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


@contextmanager
def sftp(folder: Path) -> Iterator[tuple[str, Path]]:
    """The address of OpenSSH's server, and a home whose key it takes and whose ``known_hosts`` has its own.

    Skips the test where it is not installed.
    """
    server = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    if not server:
        pytest.skip("sshd is not installed")
    home = folder / "home"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (home / ".ssh").mkdir(parents=True)
    for key in (folder / "host_key", home / ".ssh" / "id_ed25519"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    public = (folder / "host_key.pub").read_text()
    (home / ".ssh" / "known_hosts").write_text(f"[127.0.0.1]:{port} {public}")
    options = {
        "Port": port, "ListenAddress": "127.0.0.1", "HostKey": folder / "host_key", "PidFile": "none", "UsePAM": "no",
        "AuthorizedKeysFile": home / ".ssh" / "id_ed25519.pub", "StrictModes": "no", "PermitRootLogin": "yes",
        "PasswordAuthentication": "no", "Subsystem": "sftp internal-sftp",
    }  # fmt: skip
    (folder / "config").write_text("".join(f"{name} {value}\n" for name, value in options.items()))
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # Debian's wants it, and makes it as it boots
    command = [server, "-D", "-e", "-f", str(folder / "config")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            told = process.stderr.readline()
            assert "listening" in told, told
            yield f"sftp://{getpass.getuser()}@127.0.0.1:{port}", home
        finally:
            process.terminate()


@dataclass
class Web(Failing):
    """A server that takes files by PUT."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    #: It takes files with ``?token=`` alone.
    token: str = ""
    #: What it answers to anything, and the address that it leads to.
    status: int = 0
    location: str = ""


class WebHandler(UploadHandler):
    place: Web

    def do_GET(self) -> None:
        if self.place.status:
            self.answer(self.place.status)
            return
        data = self.place.files.get(self.path.partition("?")[0])
        self.answer(404 if data is None else 200, data=data or b"")

    def do_HEAD(self) -> None:
        self.answer(200)

    def take(self, data: bytes) -> None:
        path, _, query = self.path.partition("?")
        if self.place.status:
            self.answer(self.place.status, [("Location", self.place.location)] if self.place.location else [])
            return
        if self.place.token and query != f"token={self.place.token}":
            self.answer(401)
            return
        self.place.files[path] = data
        self.answer(201)


@contextmanager
def web(token: str = "") -> Iterator[Web]:
    """A server that takes files by PUT."""
    place = Web(token=token)
    with serving(WebHandler, place) as place.url:
        yield place
