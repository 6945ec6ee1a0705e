"""Datasette with everything set, for one computer."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newscrawl.database.opening import reading
from newscrawl.load.datasette import beside

if TYPE_CHECKING:
    from datasette.app import Datasette

PORT = 8001  # Datasette's
_NEXT_PORTS = 20
_SETTINGS = {"suggest_facets": False, "sql_time_limit_ms": 5000, "facet_time_limit_ms": 1000}
_GRACE = 2  # seconds for what is being answered when it ends


def instance(paths: Sequence[Path], *, pictures: bool = True) -> Datasette:
    """Datasette for databases, with the metadata that lie beside them.

    Raises ``OSError`` where a database cannot be read or is something else, ``ValueError`` for metadata that are no
    YAML or JSON and for a Datasette that is too new, ``ImportError`` without Datasette.
    """
    from datasette.app import Datasette
    from datasette.plugins import pm

    from newscrawl.browse import plugin

    if not pm.is_registered(plugin):  # by the entry point
        pm.register(plugin, "newscrawl")
    for path in paths:
        with reading(path):
            pass
    alone = [path for path in paths if _is_alone(path)]
    metadata: dict[str, Any] = {}
    for path in paths:
        told = _metadata(beside(path))
        metadata = told | metadata | {"databases": (told.get("databases") or {}) | metadata.get("databases", {})}
    if not pictures:
        plugins = metadata.setdefault("plugins", {})
        plugins["newscrawl"] = (plugins.get("newscrawl") or {}) | {"pictures": False}
    made = Datasette(
        [str(path) for path in paths if path not in alone],
        immutables=[str(path) for path in alone],
        metadata=metadata,
        settings=_SETTINGS,
    )
    if not plugin.is_known(made):
        raise ValueError("this Datasette is newer than the pages for it: pip install 'newscrawl[datasette]'")
    return made


def _is_alone(path: Path) -> bool:
    """Whether nobody can write to a database: then a reader cannot make the file that it needs beside a load."""
    return not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()


def _metadata(path: Path) -> dict[str, Any]:
    from datasette.utils import BadMetadataError, parse_metadata

    if not path.is_file():
        return {}
    try:
        return dict(parse_metadata(path.read_text(encoding="utf8")))
    except (BadMetadataError, ValueError, TypeError):
        raise ValueError(f"{path} is no YAML with keys and values; mend it, or move it away and load again") from None


def bound(host: str, port: int | None) -> socket.socket:
    """A socket that listens at a port, or at the first free one from :data:`PORT` on. Raises ``OSError``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    ports = [port] if port is not None else range(PORT, PORT + _NEXT_PORTS)
    for number in ports:
        listening = socket.socket(family)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host, number))
            listening.listen()
        except OSError as error:
            listening.close()
            reason = error.strerror
        else:
            return listening
    raise OSError(f"port {ports[-1]} of {host} cannot be used ({reason}); name another with --port")


def serve(datasette: Datasette, listening: socket.socket) -> None:
    """Answer at a socket until the process is interrupted."""
    import uvicorn

    config = uvicorn.Config(datasette.app(), log_level="warning", lifespan="on", timeout_graceful_shutdown=_GRACE)
    with closing(listening):
        uvicorn.Server(config).run([listening])
