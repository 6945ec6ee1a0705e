"""The kinds of places that files are delivered to: the library that each needs, and how it is opened."""

from __future__ import annotations

import importlib
import logging
import os
import re
import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, quote, unquote

from newscrawl.feeds import needs
from newscrawl.feeds.file import fsync_folder, make_folder

#: What stands in the place of a secret.
HIDDEN = "***"
#: A file system of fsspec, and the path in it: of an address, a path, options and a timeout in seconds.
Opener = Callable[[SplitResult, str, Mapping[str, Any], int], tuple[Any, str]]
#: Puts a file of this machine into a file system, under a path.
Putter = Callable[[Any, Path, str], None]
#: Fetches what is under a path in a file system. Raises ``FileNotFoundError`` only where there is nothing.
Getter = Callable[[Any, str, Path], None]
#: Looks whether a file system, with a path in it, can be used. Raises where not.
Looker = Callable[[Any, str], None]
_PART = ".part"
_CLOSING = 5  # seconds
_BLOCK = 64 * 1024  # bytes
_STALLED = 120  # seconds for one of them, and for the answer, which has 60
#: What FTP servers say behind 550 where something may not be done, and not where there is nothing.
_FORBIDS = re.compile("permi|privilege|denied|not allowed|forbidden", re.IGNORECASE)
_IN_PATHS = "/%:@!$&'()*+,;=~"  # what an address's path may have as it is (RFC 3986, 3.3)
_S3_PART = 16 * 1024 * 1024  # bytes; S3 takes none below 5 MiB
_S3_MOST_PARTS = 10_000  # S3's own limit
_S3_AT_ONCE = 2  # parts
_LIBRARIES = "fsspec s3fs botocore aiobotocore urllib3 gcsfs google adlfs azure paramiko aiohttp".split()


def _put_at_once(system: Any, local: Path, path: str) -> None:
    """For stores that show a file once it is whole."""
    system.put_file(str(local), path)


def _put_in_s3(system: Any, local: Path, path: str) -> None:
    """s3fs would hold ten parts of 50 MiB in memory."""
    part = max(_S3_PART, -(-local.stat().st_size // _S3_MOST_PARTS))
    system.put_file(str(local), path, chunksize=part, max_concurrency=_S3_AT_ONCE)


class AnswerError(OSError):
    """A server's answer to an upload that is not yes. ``location``: the address that it leads to, if it does."""

    def __init__(self, status: int, location: str = ""):
        super().__init__(f"HTTP {status}")
        self.status, self.location = status, location


def _put_by_http(system: Any, local: Path, path: str) -> None:
    """A redirect would be followed by GET, and look like an upload that worked."""
    import asyncio

    from fsspec.asyn import sync
    from yarl import URL

    async def blocks(limit: asyncio.Timeout) -> AsyncIterator[bytes]:
        with local.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
                limit.reschedule(asyncio.get_running_loop().time() + _STALLED)

    async def upload() -> None:
        session, length = await system.set_session(), {"Content-Length": str(local.stat().st_size)}
        given = {"headers": length, "allow_redirects": False}
        async with (
            asyncio.timeout(_STALLED) as limit,  # aiohttp has none for a server that reads no more
            session.put(system.encode_url(path), data=blocks(limit), **given) as answer,
        ):
            if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
                location = answer.headers.get("Location", "")
                raise AnswerError(answer.status, str(answer.url.join(URL(location))) if location else "")

    sync(system.loop, upload)


def _put_by_ftp(system: Any, local: Path, path: str) -> None:
    import ftplib

    ftp, part = system.ftp, f"{path}{_PART}"
    parts = path.split("/")[:-1]
    for end in range(2, len(parts) + 1):
        with suppress(ftplib.error_perm):  # it is there
            ftp.mkd("/".join(parts[:end]))
    with local.open("rb") as file:
        ftp.storbinary(f"STOR {part}", file)
    if ftp.size(part) != local.stat().st_size:
        raise OSError("the server has another number of bytes than were sent")
    ftp.rename(part, path)


def _get_at_once(system: Any, path: str, local: Path) -> None:
    system.get_file(path, str(local))


def _get_by_ftp(system: Any, path: str, local: Path) -> None:
    """FTP answers 550 where there is no file, and where there is one that may not be read."""
    import ftplib

    try:
        system.get_file(path, str(local))
    except ftplib.error_perm as error:
        if not str(error).startswith("550") or _FORBIDS.search(str(error)) or _is_listed_by_ftp(system.ftp, path):
            raise
        raise FileNotFoundError(path) from error


def _is_listed_by_ftp(ftp: Any, path: str) -> bool:
    import ftplib

    folder, _, name = path.rpartition("/")
    try:
        return name in (listed.rpartition("/")[2] for listed in ftp.nlst(folder or "/"))
    except ftplib.error_perm as error:  # also of a folder that is not there, or is empty
        if _FORBIDS.search(str(error)):
            raise
        return False


def _put_by_sftp(system: Any, local: Path, path: str) -> None:
    part = f"{path}{_PART}"
    system.makedirs(path.rpartition("/")[0] or "/", exist_ok=True)
    system.ftp.put(str(local), part)  # compares the size
    system.ftp.posix_rename(part, path)


def _put_here(system: Any, local: Path, path: str) -> None:
    named = Path(path)
    make_folder(named.parent)
    part = named.with_name(f"{named.name}{_PART}")
    with local.open("rb") as source, part.open("wb") as file:
        shutil.copyfileobj(source, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(named)
    fsync_folder(path)


def _leave_open(system: Any) -> None:
    """For libraries that close by themselves what nobody uses."""


def _close_s3(system: Any) -> None:
    """s3fs would do so in whichever event loop runs when nobody uses it any more, and that logs an error."""
    from fsspec.asyn import sync

    sync(system.loop, system._s3creator.__aexit__, None, None, None, timeout=_CLOSING)


def _close_connection(system: Any) -> None:
    system.ftp.close()


def _close_client(system: Any) -> None:
    system.client.close()


class NoBucketError(Exception):
    """A place has no such bucket, or container."""


def _look_no_further(system: Any, path: str) -> None:
    """For servers that have let us in by now."""


def _look_in_s3(system: Any, path: str) -> None:
    try:
        system.call_s3("list_objects_v2", Bucket=path.partition("/")[0], MaxKeys=1)
    except PermissionError as error:  # also of a key that may write, and not list
        if getattr(error.__cause__, "response", {}).get("Error", {}).get("Code") != "AccessDenied":
            raise


def _look_in_bucket(system: Any, path: str) -> None:
    try:
        system.info(path.partition("/")[0])
    except FileNotFoundError as error:
        raise NoBucketError from error
    except OSError as error:
        # It may not be listed, and be written to all the same.
        if not isinstance(error, PermissionError) and not str(error).startswith("Forbidden"):
            raise


def _look_by_http(system: Any, path: str) -> None:
    """Ask a server for anything. Raises where no answer comes, or one that asks for credentials."""
    import asyncio

    from fsspec.asyn import sync

    async def ask() -> None:
        session = await system.set_session()
        async with asyncio.timeout(30), session.head(system.encode_url(path), allow_redirects=False) as answer:
            if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED):
                answer.raise_for_status()

    sync(system.loop, ask)


@dataclass(frozen=True)
class Scheme:
    """One kind of place.

    ``hides_user``: the name in an address is a secret, too.
    ``is_unquoted``: paths are names, not parts of an address. ``credentials`` says where they are looked for.
    """

    name: str
    extra: str
    library: str
    opened: Opener
    credentials: str
    host: str = "host"
    example: str = ""
    needs_host: bool = True
    hides_user: bool = False
    put: Putter = _put_at_once
    get: Getter = _get_at_once
    look: Looker = _look_no_further
    close: Callable[[Any], None] = _leave_open
    has_buckets: bool = False
    is_unquoted: bool = True

    def load(self) -> None:
        """Raises ``ValueError`` that names the extra where a library is missing."""
        if not self.library:
            return
        with needs(self.library, self.extra):
            importlib.import_module("fsspec")
            importlib.import_module(self.library)
        for name in _LIBRARIES:  # which log requests with their keys, and tracebacks of what is told in a sentence
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _login(parts: SplitResult) -> dict[str, Any]:
    """Name, password and port as an address has them."""
    found = {"username": parts.username, "password": parts.password}
    given = {name: unquote(value) for name, value in found.items() if value is not None}
    return {**given, **({"port": parts.port} if parts.port else {})}


def _filesystem(protocol: str, **options: Any) -> Any:
    """Of its own each time: a connection that broke is not used again."""
    import fsspec

    return fsspec.filesystem(protocol, skip_instance_cache=True, **options)


def _s3(parts: SplitResult, path: str, options: Mapping[str, Any], timeout: int) -> tuple[Any, str]:
    login = _login(parts)
    keys = {"key": login["username"], "secret": login.get("password")} if "username" in login else {}
    config = {"connect_timeout": timeout, "read_timeout": timeout * 2, "retries": {"max_attempts": 2}}
    system = _filesystem("s3", **{"config_kwargs": config, "use_listings_cache": False, **options, **keys})
    system.retries = 2
    return system, f"{parts.netloc.rpartition('@')[2]}{path}"


def _bucket(protocol: str) -> Opener:
    def opened(parts: SplitResult, path: str, options: Mapping[str, Any], timeout: int) -> tuple[Any, str]:
        return _filesystem(protocol, **options), f"{parts.netloc}{path}"

    return opened


def _azure(parts: SplitResult, path: str, options: Mapping[str, Any], timeout: int) -> tuple[Any, str]:
    container, _, account = parts.netloc.rpartition("@")
    named = {"account_name": account.partition(".")[0]} if container else {}
    return _filesystem("abfs", **named, **options), f"{container or account}{path}"


def _ftp(parts: SplitResult, path: str, options: Mapping[str, Any], timeout: int) -> tuple[Any, str]:
    given = dict(options)
    is_active = given.pop("active", False)
    system = _filesystem(
        "ftp", host=parts.hostname, timeout=timeout, tls=parts.scheme == "ftps", **_login(parts), **given
    )
    system.ftp.set_pasv(not is_active)
    return system, path


def _sftp(parts: SplitResult, path: str, options: Mapping[str, Any], timeout: int) -> tuple[Any, str]:
    waits = dict.fromkeys(("timeout", "banner_timeout", "auth_timeout"), timeout)
    login = _login(parts)
    system = _filesystem("sftp", host=parts.hostname, host_key_policy=_known_hosts(), **waits, **login, **options)
    system.ftp.get_channel().settimeout(timeout)  # else it waits for ever for an answer that was lost
    return system, path


def _known_hosts() -> Any:
    """Connects to hosts alone whose keys the user's ``known_hosts`` has: fsspec would trust any."""
    import paramiko

    class KnownHosts(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]
        def missing_host_key(self, client: Any, hostname: str, key: Any) -> None:
            known = paramiko.HostKeys()
            with suppress(OSError):
                known.load(os.path.expanduser("~/.ssh/known_hosts"))
            if not known.check(hostname, key):
                raise paramiko.SSHException(f"the key of {hostname} is not in known_hosts")

    return KnownHosts()


def _http(parts: SplitResult, path: str, options: Mapping[str, Any], timeout: int) -> tuple[Any, str]:
    import aiohttp

    given: dict[str, Any] = {
        "timeout": aiohttp.ClientTimeout(total=None, sock_connect=timeout, sock_read=timeout * 2),
        "headers": {"Accept-Encoding": "identity"},  # a file that is fetched is to be what is kept there
        "auto_decompress": False,
    }
    login = _login(parts)
    if "username" in login:
        given["auth"] = aiohttp.BasicAuth(login["username"], login.get("password", ""), encoding="utf-8")
    host = parts.netloc.rpartition("@")[2]
    query = f"?{parts.query}" if parts.query else ""
    return _filesystem(
        "http", encoded=True, client_kwargs=given
    ), f"{parts.scheme}://{host}{quote(path, safe=_IN_PATHS)}{query}"


def _here(parts: SplitResult, path: str, options: Mapping[str, Any], timeout: int) -> tuple[Any, str]:
    return None, path


_IN_ADDRESS = "give name and password in the address"
_S3 = Scheme(
    "s3", "s3", "s3fs", _s3, "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
    "bucket", "s3://BUCKET/FOLDER/", hides_user=True, has_buckets=True,
    put=_put_in_s3, look=_look_in_s3, close=_close_s3,
)  # fmt: skip
_GCS = Scheme(
    "gs", "gcs", "gcsfs", _bucket("gcs"), "set GOOGLE_APPLICATION_CREDENTIALS to the file of a service account",
    "bucket", "gs://BUCKET/FOLDER/", has_buckets=True, look=_look_in_bucket,
)  # fmt: skip
_AZURE = Scheme(
    "abfs", "azure", "adlfs", _azure, "set AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
    "container", "abfs://CONTAINER/FOLDER/", has_buckets=True, look=_look_in_bucket,
)  # fmt: skip
_SFTP = Scheme("sftp", "sftp", "paramiko", _sftp, f"{_IN_ADDRESS}, or load a key into ssh-agent",
               example="sftp://NAME@HOST/FOLDER/", put=_put_by_sftp, close=_close_client)  # fmt: skip
_FTP = Scheme(
    "ftp", "deliver", "fsspec", _ftp, _IN_ADDRESS, example="ftp://NAME:PASSWORD@HOST/FOLDER/", put=_put_by_ftp,
    get=_get_by_ftp, close=_close_connection,
)  # fmt: skip
_HTTP = Scheme(
    "http", "deliver", "aiohttp", _http, _IN_ADDRESS, example="https://HOST/FOLDER/", put=_put_by_http,
    look=_look_by_http, is_unquoted=False,
)  # fmt: skip
_FILE = Scheme("file", "", "", _here, "", needs_host=False, put=_put_here)
#: By how an address begins.
SCHEMES: dict[str, Scheme] = {
    "s3": _S3,
    "s3a": _S3,
    "gs": _GCS,
    "gcs": _GCS,
    "abfs": _AZURE,
    "abfss": _AZURE,
    "az": _AZURE,
    "sftp": _SFTP,
    "ftp": _FTP,
    "ftps": _FTP,
    "http": _HTTP,
    "https": _HTTP,
    "file": _FILE,
}


def options_of(settings: Any) -> dict[str, dict[str, Any]]:
    """fsspec's options that Scrapy's settings of feeds stand for, by scheme. ``settings`` are as Scrapy's."""
    acl, region = settings.get("FEED_STORAGE_S3_ACL"), settings.get("AWS_REGION_NAME")
    s3 = {
        "key": settings.get("AWS_ACCESS_KEY_ID"),
        "secret": settings.get("AWS_SECRET_ACCESS_KEY"),
        "token": settings.get("AWS_SESSION_TOKEN"),
        "endpoint_url": settings.get("AWS_ENDPOINT_URL"),
        "client_kwargs": {"region_name": region} if region else None,
        "s3_additional_kwargs": {"ACL": acl} if acl else None,
    }
    gs = {"project": settings.get("GCS_PROJECT_ID")}
    ftp = {"active": settings.getbool("FEED_STORAGE_FTP_ACTIVE")}
    found = {"s3": s3, "gs": gs, "ftp": ftp}
    return {name: {key: value for key, value in given.items() if value} for name, given in found.items()}
