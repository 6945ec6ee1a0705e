"""A PostgreSQL of its own for the tests, from Debian's package, at a socket in a temporary folder."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from contextlib import AbstractContextManager, closing
from glob import glob
from pathlib import Path
from typing import Any

from newscrawl.database.address import Address, place_of
from newscrawl.load.database import Database, Tables

PASSWORD = "s3cret-Passw0rd"


def programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``; ``None`` where they are not installed."""
    found = shutil.which("initdb") or next(iter(sorted(glob("/usr/lib/postgresql/*/bin/initdb"), reverse=True)), None)
    return Path(found).parent if found else None


class PostgresServer:
    """A server that nobody else reaches: role ``news`` with a password over TCP, and ``postgres`` at the socket."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a socket's path is short
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # It refuses to run as root.
        self._as: dict[str, object] = {"user": "nobody", "extra_groups": []} if os.getuid() == 0 else {}
        if self._as:
            shutil.chown(self._folder, "nobody")
        data = self._folder / "data"
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        (data / "pg_hba.conf").write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        options = (
            f"-c port={self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder} -c fsync=off"
        )
        self._run("pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", options, "start")
        self.execute(f"create role news login password '{PASSWORD}'")
        self._made = 0

    def execute(self, sql: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement as the server's owner."""
        import psycopg

        with psycopg.connect(self.owner(database), autocommit=True) as db:
            cursor = db.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def owner(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self._folder}&port={self.port}"

    def database(self) -> str:
        """The address of a new database of the role ``news``, without its password."""
        self._made += 1
        self.execute(f"create database db{self._made} owner news template template0")
        return f"postgresql://news@127.0.0.1:{self.port}/db{self._made}"

    def close(self) -> None:
        self._run("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self._folder)

    def _run(self, program: str, *arguments: object) -> None:
        folder = programs()
        assert folder is not None
        done = subprocess.run(
            [str(folder / program), *map(str, arguments)], cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL, check=False, **self._as,
        )  # type: ignore[call-overload]  # fmt: skip
        assert done.returncode == 0, (program, done.stderr)


class Keeper:
    """Databases for articles, one for each folder: SQLite's, or those of a server."""

    def __init__(self, server: PostgresServer | None = None) -> None:
        self.server = server
        self._addresses: dict[Path, str] = {}

    def place(self, folder: Path) -> Path | Address:
        """Where a folder's database is."""
        if self.server is None:
            return folder / "articles.sqlite"
        if folder not in self._addresses:
            self._addresses[folder] = self.server.database()
        found = place_of(self._addresses[folder])
        assert isinstance(found, Address)
        return found

    def opened(self, folder: Path) -> AbstractContextManager[Tables]:
        """A folder's database, to be loaded into."""
        place = self.place(folder)
        if isinstance(place, Path):
            return Database(place)
        from newscrawl.load.postgresql import PostgresDatabase

        return PostgresDatabase(place)

    def has_tables(self, folder: Path) -> bool:
        """Whether a folder's database was made."""
        if self.server is not None:
            return self.rows(folder, "select to_regclass('files')") != [(None,)]
        return (folder / "articles.sqlite").exists() and bool(
            self.rows(folder, "select 1 from sqlite_schema where name = 'files'")
        )

    def rows(self, folder: Path, sql: str) -> list[tuple[Any, ...]]:
        """What a query finds in a folder's database."""
        place = self.place(folder)
        if isinstance(place, Path):
            with closing(sqlite3.connect(place)) as db:
                return db.execute(sql).fetchall()
        from newscrawl.load.postgresql import connected

        with closing(connected(place)) as connection:
            connection.execute("set timezone to 'UTC'")
            return connection.execute(sql.encode()).fetchall()
