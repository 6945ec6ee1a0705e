"""What is wrong with a file that a user wrote, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from newscrawl.configuration.shown import shown
from newscrawl.program import did_you_mean

#: Whether a value is one of a kind, and how to call that kind.
Test = tuple[Callable[[Any], bool], str]
#: What may end the sentence about a key that there is not.
Hint = Callable[[str], str]


class Faults(ValueError):
    """All that is wrong with a file, a sentence each; ``so`` is what comes of it, if that is to be said first."""

    def __init__(self, path: Path, faults: list[str], so: str = ""):
        self.path, self.faults = path, faults
        super().__init__(
            f"{so + ', ' if so else ''}{path} has {len(faults)} faults, the first: {faults[0]}"
            if len(faults) > 1
            else f"{so + ': ' if so else ''}{path}: {faults[0]}"
        )


def no_hint(key: str) -> str:
    """Nothing to say of a key that there is not."""
    return ""


def faults_of_table(
    table: Mapping[str, Any], keys: Mapping[str, Test], where: str = "", hint: Hint = no_hint
) -> list[str]:
    """The faults of a table's keys and values. ``where`` begins each sentence."""
    begin = f"{where}: " if where else ""
    faults = []
    for key, value in table.items():
        if key not in keys:
            meant = hint(key) or did_you_mean(key, keys) or f"; there are {', '.join(keys)}"
            faults.append(f"{begin}there is no key {key!r}{meant}")
        elif not keys[key][0](value):
            faults.append(f"{begin}{key} is {shown(key, value)}, expected {keys[key][1]}")
    return faults


# Kinds of values ------------------------------------------------------------------


def is_table(value: Any) -> bool:
    """A TOML table."""
    return isinstance(value, dict)


def table_of(value: Any) -> dict[str, Any]:
    """A table, or an empty one in the place of what is none."""
    return value if isinstance(value, dict) else {}


def is_text(value: Any) -> bool:
    """A string with something in it."""
    return isinstance(value, str) and bool(value.strip())


def is_text_or_list(value: Any) -> bool:
    """A string, or a list of strings."""
    return is_text(value) or (isinstance(value, list) and bool(value) and all(map(is_text, value)))


def is_whole_number(value: Any) -> bool:
    """A whole number; ``true`` is none."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_path(value: Any) -> bool:
    """A string that can be a path."""
    return is_text(value) and value.isprintable()
