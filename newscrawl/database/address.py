"""The address of a PostgreSQL database, which is shown without its password."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/")
#: Libpq's other form, "host=db.example password=…", and an address without its slashes.
_OTHER_FORM = re.compile(r"\s*(host|hostaddr|port|dbname|user|password|service)\s*=|postgres(ql)?:(?!/)", re.IGNORECASE)
_OURS = ("postgresql", "postgres")
_FORM = "postgresql://USER@HOST:PORT/DATABASE"
MISSING = "psycopg is missing: pip install 'newscrawl[postgresql]'"


@dataclass(frozen=True)
class Address:
    """Where a PostgreSQL database is. ``str`` and ``repr`` show neither a password nor options.

    ``text`` is the address as it was given, for libpq.
    """

    text: str = field(repr=False)
    shown: str

    def __str__(self) -> str:
        return self.shown


def place_of(named: str) -> Path | Address:
    """What ``--database`` names: a file, or a PostgreSQL database.

    Raises ``ValueError`` for an address of something else, one that cannot be read, and where the library is missing;
    its text has no part of the address but the scheme.

    >>> place_of("output/articles.sqlite").name
    'articles.sqlite'
    """
    if _OTHER_FORM.match(named):
        raise ValueError(f"a database in PostgreSQL is named as {_FORM}")
    found = _SCHEME.match(named)
    if found is None:
        return Path(named)
    if found[1].lower() not in _OURS:
        raise ValueError(f"a database is a file or {_FORM}, not an address with {found[1]}:")
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError:
        raise ValueError(MISSING) from None
    unreadable = ValueError(
        f"the address of the database cannot be read: expected {_FORM};"
        " in a name or password, write @ as %40, / as %2F, ? as %3F and % as %25"
    )
    # Libpq would take a part of a password with one of these signs for the host, and show it.
    if not re.fullmatch(r"[a-z]+://([^@/?]*@)?[^@]*", named, re.IGNORECASE):
        raise unreadable
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(named).items() if value is not None}
    except (ProgrammingError, UnicodeError):
        raise unreadable from None
    return Address(named, _shown(parts))


def _shown(parts: dict[str, str]) -> str:
    user = f"{parts['user']}@" if "user" in parts else ""
    port = f":{parts['port']}" if "port" in parts else ""
    return f"postgresql://{user}{parts.get('host', '')}{port}/{parts.get('dbname', '')}"
