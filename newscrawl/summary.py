"""How a run ended as a JSON file (``SUMMARY_FILE``), for programs; docs/reference/summary.md has its keys."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawl.crawl.ending import NO_SUMMARY, Ending, ExitStatus


def document(ended: Ending) -> dict[str, Any]:
    """One run: ``status``, ``sentence``, ``anchor`` (its heading in ``sentences.md``, ``None`` where all is well),
    ``seconds``, ``counts``, ``files`` and ``sources``; ``links`` of a dry run, ``alerts`` where some were due.
    """
    told: dict[str, Any] = {
        "status": int(ended.status),
        "sentence": ended.sentence,
        "anchor": ended.anchor or None,
        "seconds": round(ended.seconds, 3),
        "counts": ended.counts,
        "files": ended.files,
        "sources": ended.sources,
    }
    return told | ({"links": ended.links} if ended.links else {}) | _alerts(ended)


def document_of_all(endings: Mapping[str, Ending], whole: Ending) -> dict[str, Any]:
    """The runs of several sections: ``status`` and ``sentence`` of the ``whole``, and of each of the ``sections``."""
    sections = [{"section": name, **document(ended)} for name, ended in endings.items()]
    return {
        "status": int(whole.status),
        "sentence": whole.sentence,
        "anchor": whole.anchor or None,
        "sections": sections,
    } | _alerts(whole)


def _alerts(ended: Ending) -> dict[str, Any]:
    return {"alerts": ended.alerts} if ended.alerts else {}


def concluded(
    ended: Ending, file: str | None, tells: Callable[[Ending], Mapping[str, Any]], name: str,
    alert: Callable[[Ending], Ending],
) -> Ending:  # fmt: skip
    """The ending, once its file is written and people are told; the file then says what came of the latter, too."""
    first = written(ended, file, tells(ended), name)
    last = alert(first)
    return last if last is first or first is not ended else written(last, file, tells(last), name)


def written(ended: Ending, file: str | None, told: Mapping[str, Any], name: str) -> Ending:
    """The ending, once what is ``told`` of it is in a ``file``; one that says so where it could not be written.

    In the file's name, ``%(name)s`` is ``name`` and ``%(time)s`` the present. Without a file, nothing is written.
    """
    if not file:
        return ended
    try:
        time = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S")
        _write(Path(file % {"name": name, "time": time} if "%(" in file else file), told)
    except (OSError, KeyError, ValueError, TypeError) as error:
        why = getattr(error, "strerror", None) or error
        status = ended.status if ended.status is not ExitStatus.OK else ExitStatus.INCOMPLETE
        return replace(
            ended,
            status=status,
            sentence=f"{ended.sentence}, but SUMMARY_FILE={file} could not be written: {why}",
            anchor=ended.anchor or NO_SUMMARY,
        )
    return ended


def _write(path: Path, told: Mapping[str, Any]) -> None:
    """Write a file that is complete or absent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            json.dump(told, file, indent=2, ensure_ascii=False)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
