"""How Datasette (https://datasette.io) shows the database."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from newscrawl.load.letters import SEARCHED_BY_LETTER


def describe(database: Path) -> None:
    """Write Datasette's metadata beside the database, under its name with ``.yaml``, unless that is there already."""
    beside = database.with_suffix(".yaml")
    if not beside.exists():
        text = files("newscrawl.load").joinpath("datasette.yaml").read_text(encoding="utf8")
        # Its name in addresses, as Datasette writes it: https://docs.datasette.io/en/stable/internals.html#tilde-encoding
        address = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else _tilde(c) for c in database.stem)
        text = text.replace("DATABASE_ADDRESS", address).replace("DATABASE_NAME", json.dumps(database.stem))
        text = text.replace("UNSPACED", SEARCHED_BY_LETTER)
        beside.write_text(text, encoding="utf8")


def _tilde(character: str) -> str:
    return "+" if character == " " else "".join(f"~{byte:02X}" for byte in character.encode())
