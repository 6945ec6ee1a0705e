"""An open crawl that workers share, for people: how far it is, who works at it, and what to do if nobody does."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from newscrawl.plural import counted
from newscrawl.program import argument, program
from newscrawl.streams import printable

_STYLES = {"alive": "green", "silent": "bold red"}
_MOST_LISTINGS = 20  # lines
_UNITS = (("day", 86400), ("h", 3600), ("min", 60))  # and their seconds


def parts(crawl: Mapping[str, Any], same: str) -> Iterator[RenderableType]:
    """What :func:`newscrawl.store.redis.status.overview` says of the open crawl of a history.

    ``same`` are the options of the command line that lead to that history.
    """
    title = Text(f"Crawl {crawl['crawl']} of {crawl['name']}", style="bold")
    state = ("is abandoned: no worker is left", "bold red") if crawl["abandoned"] else ("is going on", "bold green")
    yield Text.assemble(title, " ", state)
    yield Padding(_facts(crawl), (0, 0, 0, 2))
    for table in (_workers(crawl), _listings(crawl["walks"])):
        if table.row_count:
            yield Text("")
            yield Padding(table, (0, 0, 0, 2))
    if crawl["abandoned"]:
        yield Text("")
        yield Text("A worker that is started with these arguments goes on with it. To end it:")
        yield Text(f"  {program()} history end {same}")


def ago(seconds: float) -> str:
    """How long ago something was.

    >>> [ago(seconds) for seconds in (0.4, 61, 7200, 200_000, 90_000)]
    ['0 s ago', '1 min ago', '2 h ago', '2 days ago', '1 day ago']
    """
    for unit, length in _UNITS:
        if seconds >= length:
            number = int(seconds // length)
            return f"{counted(number, unit) if unit == 'day' else f'{number} {unit}'} ago"
    return f"{int(seconds)} s ago"


def typed(arguments: Mapping[str, Any]) -> str:
    """The arguments of a crawl, as they are given on a command line."""
    switches = ("again",)
    return " ".join(
        argument(name, "" if name in switches else shlex.quote(str(value))) for name, value in arguments.items()
    )


def _facts(crawl: Mapping[str, Any]) -> Table:
    table = _table("", "")
    table.columns[0].style = "dim"
    since = f"{crawl['started'][:19].replace('T', ' ')} UTC ({ago(crawl['seconds'])})"
    done = f"{crawl['done']} done ({crawl['written']} written, {crawl['failed']} failed)"
    ahead = f"{crawl['in_hand']} in hand, {crawl['held']} held, {crawl['waiting']} waiting"
    rows = {"since": since, "arguments": typed(crawl["arguments"]), "articles": f"{done}, {ahead}"}
    read = sum(reader == "finished" for reader in crawl["walks"].values())
    rows["listings"] = f"{read} of {len(crawl['walks'])} read to the end"
    ended = [sum(one["state"] == state for one in crawl["workers"]) for state in ("left", "dead")]
    if any(ended):
        rows["ended"] = f"{counted(ended[0], 'worker')} left, {ended[1]} given up for dead"
    for name, told in rows.items():
        table.add_row(name, printable(told))
    return table


def _workers(crawl: Mapping[str, Any]) -> Table:
    table = _table("worker", "state", "last sign of life", "in hand", "held", "in its file", header=True)
    for column in (table.columns[0], *table.columns[3:]):
        column.justify = "right"
    for one in crawl["workers"]:
        if one["silent"] is not None:
            numbers = (str(one[name]) for name in ("in_hand", "held", "claims"))
            state = Text(one["state"], style=_STYLES[one["state"]])
            table.add_row(str(one["worker"]), state, ago(one["silent"]), *numbers)
    return table


def _listings(walks: Mapping[str, str]) -> Table:
    """Those that have not been read to their ends."""
    table = _table("listing", "read by", header=True)
    open_ones = {walk: reader for walk, reader in walks.items() if reader != "finished"}
    for walk, reader in sorted(open_ones.items())[:_MOST_LISTINGS]:
        table.add_row(printable(walk), "nobody yet" if reader == "waiting" else f"worker {reader}")
    if (more := len(open_ones) - _MOST_LISTINGS) > 0:
        table.add_row(f"and {counted(more, 'listing')} more", "")
    return table


def _table(*columns: str, header: bool = False) -> Table:
    table = Table(box=None, show_header=header, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
