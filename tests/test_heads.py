"""What a server may send before, between and after the bytes of a page."""

from __future__ import annotations

import socket
from contextlib import contextmanager, suppress
from itertools import count
from threading import Thread

from newscrawl.connections.heads import LARGEST_HEAD, MOST_LINES
from tests.conftest import article_html, listing_html, measured_crawl, path_of

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_BLOCK = b"x" * 65536


def _fields():
    yield _OK
    for number in count():
        yield b"".join(b"X-%d: %s\r\n" % (n, b"v" * 200) for n in range(number * 200, number * 200 + 200))


def _short_fields():
    yield _OK
    while True:
        yield b"a:\n" * 20_000


def _same_line(*before: bytes):
    def send():
        yield b"".join(before)
        while True:
            yield _BLOCK

    return send


def _folded():
    yield _OK + b"X-Long: "
    while True:
        yield b"v" * 500 + b"\r\n "


def _interim():
    while True:
        yield b"HTTP/1.1 0103 Early Hints\r\nLink: </style.css>\r\n\r\n" * 100


def _trailers():
    yield _CHUNKED + b"5\r\nhello\r\n0\r\n"
    while True:
        yield b"X-Trailer: something\r\n" * 1000


TOO_LARGE = "header fields too large"
#: What is sent without end, and the reason that is given.
ENDLESS = {
    "fields": (_fields, TOO_LARGE),
    "short fields": (_short_fields, TOO_LARGE),
    "interim answers": (_interim, TOO_LARGE),
    "a folded field": (_folded, TOO_LARGE),
    "a field": (_same_line(_OK, b"X-Long: "), "the connection broke off"),
    "a status line": (_same_line(b"HTTP/1.1 200 O"), "the connection broke off"),
    "a chunk's size": (_same_line(_CHUNKED, b"5;name="), "the answer was cut short"),
    "trailers": (_trailers, "the answer was cut short"),
}


@contextmanager
def raw_server(routes):
    """Answers each request for a path with what its function yields, until the client has enough."""
    server = socket.create_server(("127.0.0.1", 0))

    def answer(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            path = connection.recv(65536).split(b" ")[1].decode()
            for data in routes[path]() if path in routes else [b"HTTP/1.1 404 Gone\r\nContent-Length: 0\r\n\r\n"]:
                connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            connection.recv(1)

    def serve() -> None:
        with suppress(OSError):  # closed
            while True:
                Thread(target=answer, args=server.accept()[:1], daemon=True).start()

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}"
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


def page(html: str, fields: bytes = b""):
    body = html.encode()
    return lambda: [_OK + fields + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body]


def crawl_of(origin, folder):
    """The run, and the most memory that it took, in MB."""
    options = ["-a", "pages=1", "-O", f"{folder}/out.jsonl", "-s", "RETRY_TIMES=1", "-s", "DOWNLOAD_TIMEOUT=30"]
    return measured_crawl(folder, "worldnews", "-a", f"start={origin}/world-news", *options)


def test_answers_without_end(tmp_path):
    routes = {path_of(n): send for n, (send, _) in enumerate(ENDLESS.values(), 2)}
    routes |= {"/world-news": page(listing_html(path_of(1), *routes)), path_of(1): page(article_html())}
    with raw_server(routes) as origin:
        run, megabytes = crawl_of(origin, tmp_path)
    assert run.returncode == 2, run.stderr
    assert "1 article written" in run.stderr
    for number, (name, (_, reason)) in enumerate(ENDLESS.items(), 2):
        assert f"{path_of(number)} ({reason})" in run.stderr, name
    assert "Traceback" not in run.stderr
    assert megabytes < 300  # the systemd unit and the compose file allow 1 GB


def test_many_fields_that_end(tmp_path):
    fields = b"".join(b"X-%d: %s\r\n" % (n, b"v" * 400) for n in range(700))
    assert LARGEST_HEAD * 0.9 < len(fields) < LARGEST_HEAD
    lines = b"a: b\r\n" * (MOST_LINES - 10)
    newlines = article_html(more="\n" * 2 * MOST_LINES)  # which are no fields
    routes = {path_of(1): page(newlines, fields), path_of(2): page(newlines, lines)}
    routes["/world-news"] = page(listing_html(*routes))
    with raw_server(routes) as origin:
        run, _ = crawl_of(origin, tmp_path)
    assert run.returncode == 0, run.stderr
    assert "2 articles written" in run.stderr


def test_two_answers_on_one_connection(site, crawl):
    """The next answer has a head of its own."""
    large = {f"X-{n}": "v" * 400 for n in range(500)}
    site.html("/world-news", listing_html(path_of(1), path_of(2)), **large)
    for number in (1, 2):
        site.html(path_of(number), article_html(f"Story {number}"), **large)
    run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1", "-s", "CONCURRENT_REQUESTS=1")
    assert run.status == 0, run.stderr
    assert len(run.articles) == 2
