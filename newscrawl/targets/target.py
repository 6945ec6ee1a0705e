"""One place that files are delivered to: its name without secrets, its check, and a file that is complete or absent."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from errno import ECONNABORTED, ECONNREFUSED, ECONNRESET, EHOSTUNREACH, ENETUNREACH, EPIPE, ETIMEDOUT
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

from newscrawl.feeds.file import fsync_folder
from newscrawl.targets.schemes import HIDDEN, SCHEMES, AnswerError, NoBucketError, Scheme

_TIMEOUT = 30  # seconds, to connect and for each answer
_LONGEST_REASON = 200  # characters
_NETWORK = (ECONNREFUSED, ECONNRESET, ECONNABORTED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT, EPIPE)
#: What libraries call credentials that are wrong or missing, and what S3 answers to them, whatever they may do.
_WRONG_LOGINS = ("AuthenticationException", "BadAuthenticationType", "ClientAuthenticationError")  # of SFTP and Azure
_NO_LOGINS = ("NoCredentialsError", "PartialCredentialsError", "DefaultCredentialsError")  # of S3 and Google
_WRONG_LOGIN_SAID = ("530", "Server failed to authenticate")  # by FTP and Azure
_NO_LOGIN_SAID = ("No authentication methods available", "Must provide either a connection_string or account_name")
#: What a server that has too much to do says, by FTP with 530, too, and by SFTP as an AuthenticationException, too.
_BUSY = re.compile("maximum|too many|limit|later|busy|timeout|timed out|shut down", re.IGNORECASE)
_WRONG_KEYS = ("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken")


class RefusedError(OSError):
    """A place that will not take files until somebody changes something: the message says what."""


@dataclass(frozen=True)
class Target:
    """A folder, or a whole server or bucket, that files are put into by their names.

    ``address`` may have a name, a password and a query. ``options`` are fsspec's, beside what the address says.
    """

    address: str = field(repr=False)
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, address: str, options: Mapping[str, Mapping[str, Any]] | None = None) -> Target:
        """The place at an address; a path is a folder of this machine. ``options`` are by scheme.

        Raises ``ValueError`` for an address that newscrawl cannot deliver to.

        >>> Target.of("ftp://anna:s3cret@files.example/news/").shown
        'ftp://anna:***@files.example/news/'
        """
        if "://" not in address:
            address = Path(os.path.expanduser(address)).absolute().as_uri()
        target = cls(address)
        scheme = target._scheme
        return cls(address, dict((options or {}).get(scheme.name, {})))

    # Its name --------------------------------------------------------------------

    @property
    def shown(self) -> str:
        """The address without secrets. Two with other secrets are one place."""
        parts = self._parts
        user, _, _ = parts.netloc.rpartition("@")
        host = parts.netloc.rpartition("@")[2]
        if user:
            name, has_password, _ = user.partition(":")
            name = HIDDEN if self._scheme.hides_user else name
            host = f"{name}:{HIDDEN}@{host}" if has_password else f"{name}@{host}"
        query = f"?{HIDDEN}" if parts.query else ""
        return f"{parts.scheme}://{host}{parts.path}{query}"

    @property
    def path(self) -> str:
        """The path in the address, as it is written there."""
        return self._parts.path

    @property
    def has_hidden(self) -> bool:
        """Whether the address is one that was :attr:`shown`, and lacks its secrets."""
        return HIDDEN in self.address

    @property
    def typed(self) -> str:
        """The address as somebody would type it, with words in place of its secrets."""
        start, question, _ = self.shown.partition("?")
        start = start.replace(f"{HIDDEN}:{HIDDEN}@", "KEY:SECRET@").replace(f":{HIDDEN}@", ":PASSWORD@")
        return f"{start}{question}QUERY" if question else start

    def is_same_place(self, other: Target) -> bool:
        """Whether two addresses are of one place, however they are written and whatever their secrets are.

        >>> Target.of("ftp://anna:***@files.example/a/").is_same_place(Target.of("ftp://anna:hush@FILES.example//a"))
        True
        """
        return self._server == other._server and self._folders == other._folders

    def filled(self, other: Target) -> Target | None:
        """This place with name and password of another address of its server; ``None`` where that has none.

        A query may be for one folder alone.
        """
        if self._server != other._server or HIDDEN in self._parts.query or not other._parts.password:
            return None
        return Target(self._parts._replace(netloc=other._parts.netloc).geturl(), self.options or other.options)

    @property
    def _server(self) -> tuple[str, str, str, int | None]:
        parts, scheme = self._parts, self._scheme
        name = scheme.name if scheme.has_buckets else parts.scheme.lower()  # a password for ftps is none for ftp
        return name, "" if scheme.hides_user else parts.username or "", parts.hostname or "", parts.port

    @property
    def _folders(self) -> list[str]:
        path = unquote(self._parts.path) if self._scheme.is_unquoted else self._parts.path
        return [folder for folder in path.split("/") if folder]

    def shown_file(self, name: str) -> str:
        """The address of a file in it, without secrets."""
        start, question, query = self.shown.partition("?")
        return f"{start.rstrip('/')}/{name}{question}{query}"

    def same_file(self, name: str) -> str:
        """What stands for a file in it, however its address is written: of this machine its path, else its address.

        >>> Target.of("s3a://key:s3cret@news/a").same_file("x.jsonl")
        's3://news/a/x.jsonl'
        """
        scheme, shown = self._scheme, urlsplit(self.shown)
        path = unquote(shown.path) if scheme.is_unquoted else shown.path
        if scheme.name == "file":
            return str((Path(path) / name).resolve())
        host = shown.netloc.rpartition("@")[2] if scheme.hides_user else shown.netloc
        return "/".join([f"{scheme.name}://{host}", *filter(None, f"{path}/{name}".split("/"))])

    def reason(self, error: BaseException) -> str:
        """Why something failed, in one line without secrets."""
        text = " ".join(_said(error).split()) or type(error).__name__
        for secret in sorted(set(self._secrets()), key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
        return text if len(text) <= _LONGEST_REASON else f"{text[: _LONGEST_REASON - 1]}…"

    def _secrets(self) -> Iterator[str]:
        parts = self._parts
        user = parts.netloc.rpartition("@")[0]
        name, _, password = user.partition(":")
        found = [password, parts.query, *(one.partition("=")[2] for one in parts.query.split("&"))]
        found += [name] if self._scheme.hides_user else []
        found += [value for key, value in self.options.items() if key in ("key", "secret", "token")]
        for text in filter(None, map(str, found)):
            yield from {text, unquote(text), quote(unquote(text), safe="")}

    @property
    def _parts(self) -> SplitResult:
        return _split(self.address)

    @property
    def _scheme(self) -> Scheme:
        scheme = self._parts.scheme.lower()
        if scheme not in SCHEMES:
            known = ", ".join(f"{one}://" for one in SCHEMES)
            raise ValueError(f"newscrawl cannot deliver to {scheme}://; expected one of {known}")
        return SCHEMES[scheme]

    # What is done with it ----------------------------------------------------------

    def check(self) -> str:
        """Look whether files can be put there. Writes nothing.

        Gives ``""``, or why nobody can tell now: a server that is away may be back later. Raises ``ValueError`` with a
        sentence where that would not help: a missing library, a wrong place, wrong credentials.
        """
        self._scheme.load()
        parts = self._parts
        if self._scheme.needs_host and not parts.netloc.rpartition("@")[2]:
            raise ValueError(f"{self.shown} has no {self._scheme.host}; expected {self._scheme.example}")
        if ".." in parts.path.split("/"):
            raise ValueError(f"{self.shown}: expected a path without ..")
        if parts.fragment or (parts.query and self._scheme.is_unquoted):  # what is behind them would be left out
            raise ValueError(f"{self.shown}: the address goes on behind # or ?; write # as %23 and ? as %3F")
        if self._scheme.name == "file":
            _check_folder(Path(unquote(parts.path)))
            return ""
        try:
            with self._opened() as (system, path):
                self._scheme.look(system, path)
        except Exception as error:  # each library has its own
            why = self._why_refused(error)
            if why:
                raise ValueError(f"{self.shown} cannot be used: {why}") from None
            return self.reason(error)
        return ""

    def put(self, local: Path, name: str) -> None:
        """Put a file there under a name, which may have folders in it. It is complete there, or as it was.

        Raises ``OSError`` with a reason that has no secrets.
        """
        try:
            if self._scheme.name == "file":
                _check_folder(Path(unquote(self._parts.path)))
            with self._opened(name) as (system, path):
                self._scheme.put(system, local, path)
        except Exception as error:  # each library has its own
            why = self._why_refused(error)
            raise (RefusedError(why) if why else OSError(self.reason(error))) from None

    def get(self, name: str, local: Path) -> bool:
        """Fetch a file that is there, complete or not at all; whether there is one. Raises as :meth:`put`."""
        part = local.with_name(f".{local.name}.fetched")
        try:
            with self._opened(name) as (system, path):
                self._scheme.get(system, path, part)
            with part.open("rb") as file:
                os.fsync(file.fileno())  # a run adds to it, and then replaces what the place has
            part.replace(local)
            fsync_folder(str(local))
        except FileNotFoundError:
            return False
        except Exception as error:
            if _is_absent(error):
                return False
            raise OSError(self.reason(error)) from None
        finally:
            part.unlink(missing_ok=True)
        return True

    @contextmanager
    def _opened(self, name: str = "") -> Iterator[tuple[Any, str]]:
        """A file system of its own, and the path in it."""
        parts = self._parts
        folder = unquote(parts.path) if self._scheme.is_unquoted else parts.path
        path = f"{folder.rstrip('/')}/{name}" if name else folder
        system, path = self._scheme.opened(parts, path, self.options, _TIMEOUT)
        try:
            yield system, path
        finally:
            with suppress(Exception):  # each library has its own, and what was done is done
                self._scheme.close(system)

    def _why_refused(self, error: BaseException) -> str:
        """Why a place will go on refusing, and what to do; ``""`` where it may take files later."""
        for one in _causes(error):
            code = str(getattr(one, "response", {}).get("Error", {}).get("Code", "")) if _has_codes(one) else ""
            kind = type(one).__name__
            if isinstance(one, socket.gaierror) and one.errno == socket.EAI_NONAME:
                return f"there is no host {self._parts.hostname}; correct the address"
            if kind in _NO_LOGINS or any(words in str(one) for words in _NO_LOGIN_SAID):
                return f"it has no credentials; {self._scheme.credentials}"
            is_wrong = kind in _WRONG_LOGINS or str(one).startswith(_WRONG_LOGIN_SAID)
            if code in _WRONG_KEYS or (is_wrong and not _BUSY.search(str(one))):
                return f"it refuses the credentials; {self._scheme.credentials}"
            if kind == "BadHostKeyException" or "not in known_hosts" in str(one):
                return f"its host key is not the one in known_hosts; look at it with 'ssh {self._parts.hostname}' first"
            if code == "NoSuchBucket" or isinstance(one, NoBucketError):
                return f"there is no such {self._scheme.host}; make it, or correct the address"
            if (status := _http_status(one)) in (401, 407):
                return f"it asks for other credentials (HTTP {status}); {self._scheme.credentials}"
            if isinstance(one, AnswerError) and one.location:
                return f"the server redirects to {_folder_of(one.location)}; name that address"
        return ""


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise ValueError(
            "an address to deliver to is not valid: check its brackets and its port, and write other signs as %40 for @"
        ) from None
    return parts


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and those that led to it."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, getattr(one, "os_error", None)]


def _http_status(error: BaseException) -> Any:
    """As aiohttp's errors have it, and gcsfs's."""
    status = getattr(error, "status", None)
    return vars(error).get("code") if status is None else status


def _said(error: BaseException) -> str:
    """An error in words: libraries' own have names and numbers of their insides."""
    for one in _causes(error):
        if isinstance(status := getattr(one, "status", None), int):
            return f"HTTP {status}"
        if isinstance(one, OSError) and one.errno in _NETWORK:
            return os.strerror(one.errno).lower()
        if isinstance(one, TimeoutError) and not str(one):
            return "it does not go on"
    return str(error)


def _folder_of(location: str) -> str:
    """The folder of a file's address, without secrets."""
    parts = urlsplit(location)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rpartition('/')[0]}/"


def _has_codes(error: BaseException) -> bool:
    return isinstance(getattr(error, "response", None), dict)


def _is_absent(error: BaseException) -> bool:
    """Whether an error says that there is no such file."""
    return any(isinstance(one, FileNotFoundError) for one in _causes(error))


def _check_folder(folder: Path) -> None:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if there not in (folder, folder.parent):
        raise ValueError(f"there is no folder {folder.parent}; mount its disk, make it, or correct the address")
    if not there.is_dir():
        raise ValueError(f"{there} is not a folder, so nothing can be delivered to it")
    if not os.access(there, os.W_OK | os.X_OK):
        raise ValueError(f"the folder {there} is not writable; change its permissions, or deliver to another")
