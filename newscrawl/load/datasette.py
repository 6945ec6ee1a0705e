"""How Datasette (https://datasette.io) shows the database."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from newscrawl.database.letters import SEARCHED_BY_LETTER


def describe(database: Path) -> None:
    """Write Datasette's metadata beside the database, under its name with ``.yaml``, unless that is there already."""
    path = beside(database)
    if not path.exists():
        path.write_text(metadata(database.stem), encoding="utf8")


def beside(database: Path) -> Path:
    """Where Datasette's metadata of a database lie."""
    return database.with_suffix(".yaml")


def metadata(name: str) -> str:
    """Datasette's metadata of a database, which Datasette calls by the name of its file without the ending."""
    text = files("newscrawl.load").joinpath("datasette.yaml").read_text(encoding="utf8")
    # Its name in addresses, as Datasette writes it: https://docs.datasette.io/en/stable/internals.html#tilde-encoding
    address = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else _tilde(c) for c in name)
    text = text.replace("DATABASE_ADDRESS", address).replace("DATABASE_NAME", json.dumps(name))
    return text.replace("UNSPACED", SEARCHED_BY_LETTER)


def _tilde(character: str) -> str:
    return "+" if character == " " else "".join(f"~{byte:02X}" for byte in character.encode())
