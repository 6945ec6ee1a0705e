"""``scrapy history``: shows how the last runs went and what they wrote, and repairs the history."""

from __future__ import annotations

import argparse
import json
import shlex
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from newscrawl.article.parsing import identified_in
from newscrawl.command import ProjectCommand, number_from
from newscrawl.demo.place import (
    ADD_DEMO,
    feeds_of,
    feeds_of_sample,
    is_history_of_sample,
    is_sample,
    of_sample_left_out,
)
from newscrawl.extensions.history import folder_of, history_path, local_feeds, locked
from newscrawl.history import History, deliveries, durable, runs
from newscrawl.history.database import WORKS, Reader, days_ago, now
from newscrawl.plural import counted
from newscrawl.program import program
from newscrawl.streams import printable

_COLUMNS = {"status": 8, "new": 7, "changed": 9, "unchanged": 11, "failed": 8, "pages": 7}  # and their widths
#: What a sub-command answers: a document for ``--json``, and lines for a person.
Answer = tuple[dict[str, Any], list[str]]


class Command(ProjectCommand):
    """Lists the last runs, shows or forgets an article, tidies the database, imports output files."""

    requires_crawler_process = False
    examples = (
        "history -n 60",
        "history --demo",
        "history show 125090301218",
        "history import output/worldnews-*.jsonl",
        "history --redis redis://127.0.0.1:6379/0",
    )

    def syntax(self) -> str:
        return "[options] [dead | show ARTICLE | forget ARTICLE | vacuum | import FILE ... | end]"

    def long_desc(self) -> str:
        return (
            "Without arguments, lists the last runs. dead: addresses that failed when last requested, since when, and"
            " why. show: when an ARTICLE (address, path or id) was seen and written. forget: let the next run write it"
            " as new. vacuum: drop data that no run will use. import: count the articles in output files (.jsonl,"
            " .jsonl.gz; oldest first) as written."
            " With --redis, list, dead and show are about crawls that workers share, and the list shows how far an open"
            " one is. end: end an open one that has no workers left."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-n", type=number_from(1), default=14, metavar="N", help="how many runs to list (default: 14)"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document instead of text")
        parser.add_argument(
            "--spider", metavar="NAME", help="the spider whose history to use (default: the only one, or worldnews)"
        )
        parser.add_argument("--demo", action="store_true", help="use the history of the sample edition")
        add_redis(parser, "look at the crawls that workers share in this Redis")
        parser.add_argument("--file", metavar="PATH", help="use this history database")

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        try:
            document, lines = self._answer(words, opts)
        except sqlite3.Error as error:
            raise ValueError(f"the history cannot be used: {error}") from error
        if opts.json:
            print(json.dumps(document, indent=2))
            return
        for line in lines:
            print(printable(line))
        if document.get("crawl"):
            from newscrawl.shared import shown  # loads rich
            from newscrawl.terminal import show

            show(shown.parts(document["crawl"], _same_redis(opts)))

    def _answer(self, words: list[str], opts: argparse.Namespace) -> Answer:
        assert self.settings is not None
        word, *rest = words or ["list"]
        wanted = {"list": 0, "dead": 0, "show": 1, "end": 0, "forget": 1, "vacuum": 0, "import": max(1, len(rest))}
        if wanted.get(word) != len(rest):
            raise ValueError(self.expected())
        if opts.redis is not None:
            return self._shared(word, rest, opts)
        if word == "end":
            raise ValueError("end is for a crawl that workers share: add --redis")
        path = path_of(self.settings, opts)
        if word == "import":
            return _import(path, rest, demo=opts.demo)
        check_there(path, self.settings, opts)
        if word in ("forget", "vacuum"):
            return _forget(path, rest[0]) if rest else _vacuum(path, self.settings.getfloat("RECHECK_DAYS"))
        with Reader(path) as history:
            if word == "dead":
                return _dead(history, str(path))
            return _show(history, rest[0]) if word == "show" else _list(history, opts.n)

    def _shared(self, word: str, rest: list[str], opts: argparse.Namespace) -> Answer:
        from newscrawl.store.redis.past import copied
        from newscrawl.store.redis.status import history_place

        assert self.settings is not None
        if word in ("forget", "vacuum", "import"):
            raise ValueError(f"{word} changes a history on this machine, not one in Redis: leave --redis out")
        settings = use_redis(self.settings, opts)
        name = _name_in_redis(settings, opts)
        if word == "list":
            return _list_shared(settings, name, opts)
        if word == "end":
            return _end(settings, name)
        with copied(settings, name) as path, Reader(path) as history:
            return _show(history, rest[0]) if word == "show" else _dead(history, history_place(settings, name))


# A history in Redis ----------------------------------------------------------------


def add_redis(parser: argparse.ArgumentParser, help: str) -> None:
    """The option ``--redis``."""
    parser.add_argument(
        "--redis", metavar="URL", nargs="?", const="", help=f"{help} (without URL: $NEWSCRAWL_REDIS_URL)"
    )


def use_redis(settings: Settings, opts: argparse.Namespace) -> Settings:
    """The settings with the Redis that was named. Raises ``ValueError`` where none was, or a file beside it."""
    if opts.file:
        raise ValueError("--file names a history on this machine, --redis one in Redis: leave one of them out")
    if opts.redis:
        settings.set("REDIS_URL", opts.redis, priority="cmdline")
    if not settings["REDIS_URL"]:
        raise ValueError("--redis has no address; give one, or set NEWSCRAWL_REDIS_URL in the environment")
    return settings


def folder_of_workers(settings: Settings, *, demo: bool) -> Path:
    """Where the workers of a crawl on this machine write, unless they were told otherwise."""
    feeds = settings.getdict("FEEDS") or settings.getdict("SHARED_FEEDS")
    local = local_feeds(feeds_of_sample(feeds) if demo else feeds)
    if not local:
        raise ValueError("the output is not a local file")
    return folder_of(local[0])


def names_in_redis(settings: Settings, opts: argparse.Namespace) -> list[str]:
    """The histories in Redis; of a spider the one, and of the sample edition only if that was asked for."""
    from newscrawl.store.redis.past import names

    if opts.spider:
        return [_name_of(settings, opts.spider, demo=opts.demo)]
    return [name for name in names(settings) if is_history_of_sample(Path(f"{name}.history.sqlite")) is opts.demo]


def _name_in_redis(settings: Settings, opts: argparse.Namespace) -> str:
    """The history of a spider; else the only one, or worldnews."""
    from newscrawl.store.redis.past import is_there

    name = _name_of(settings, opts.spider or "worldnews", demo=opts.demo)
    if opts.spider or is_there(settings, name):
        return name
    found = names_in_redis(settings, opts)
    if len(found) > 1:
        raise ValueError(f"there are several histories in this Redis; name one with --spider: {', '.join(found)}")
    return found[0] if found else name


def _name_of(settings: Settings, spider: str, *, demo: bool) -> str:
    from newscrawl.store.redis.status import history_name

    return history_name(_file(settings, demo=demo) % {"name": spider})


def _list_shared(settings: Settings, name: str, opts: argparse.Namespace) -> Answer:
    from newscrawl.store.redis.past import last_runs, names
    from newscrawl.store.redis.status import history_place, overview

    crawl = overview(settings, name)
    document, lines = _table(history_place(settings, name), last_runs(settings, name, opts.n))
    if crawl:
        lines = [*lines, ""] if document["runs"] else []
    elif not document["runs"] and (others := names(settings)):
        lines = [f"no run of {name} yet; --spider and --demo lead to others: {', '.join(others)}"]
    return document | {"crawl": crawl}, lines


def _end(settings: Settings, name: str) -> Answer:
    from newscrawl.store.redis.status import end, history_place, overview

    crawl, number = overview(settings, name), end(settings, name)
    document = {"history": history_place(settings, name), "ended": number}
    if crawl is None or number is None:
        return document, [f"no crawl of {name} is open, so there is none to end"]
    left = sum(crawl[which] for which in ("waiting", "in_hand", "held"))
    return document, [
        f"ended     crawl {number} of {name}, which had no workers left",
        f"written   {counted(crawl['written'], 'article')}, which count as written",
        f"left      {counted(left, 'article')} in hand or waiting; the next crawl asks for those that are not written",
        "files     the next worker in a folder names those that are whole, and removes the others",
    ]


def _same_redis(opts: argparse.Namespace) -> str:
    """The options that lead to the same history, without a password."""
    url = "URL" if "@" in opts.redis else shlex.quote(opts.redis) if opts.redis else ""
    spider = f"--spider {shlex.quote(opts.spider)}" if opts.spider else ""
    return " ".join(filter(None, ("--redis", url, spider, "--demo" if opts.demo else "")))


# A history on this machine ---------------------------------------------------------


def path_of(settings: Settings, opts: argparse.Namespace) -> Path:
    """Where a crawl with these settings keeps the history."""
    if opts.file:
        return Path(opts.file).absolute()
    return _default_path(settings, opts.spider, demo=opts.demo)


def paths_of(settings: Settings, opts: argparse.Namespace) -> list[Path]:
    """The histories of all runs in the folder of the output; of a spider, or of the sample edition, the one."""
    path = path_of(settings, opts)
    if opts.spider or opts.demo:
        return [path]
    kept = _kept(path.with_name(Path(_file(settings, demo=False) % {"name": "*"}).name))
    return [found for found in kept if not is_history_of_sample(found)] or [path]


def _default_path(settings: Settings, spider: str | None, *, demo: bool) -> Path:
    """Where a spider keeps its history; or the only one that does, else worldnews."""
    feeds = local_feeds(feeds_of(settings, demo=demo)) or local_feeds(settings.getdict("DEFAULT_FEEDS"))
    if not feeds:
        raise ValueError("the output is not a local file; name the history with --file PATH")
    file = _file(settings, demo=demo)
    names = get_spider_loader(settings).list()

    def path(name: str) -> Path:
        return history_path(feeds[0], file % {"name": name})

    if spider:
        named = path(spider)
        if spider not in names and not named.is_file():
            raise ValueError(f"there is no spider {spider!r}; there are: {', '.join(names)}")
        return named
    wanted = names if demo else [*names, "section-*"]  # of sections, one for each host
    kept = [found for name in wanted for found in _kept(path(name)) if is_history_of_sample(found) is demo]
    return kept[0] if len(kept) == 1 else path("worldnews")


def _kept(path: Path) -> list[Path]:
    """The files that a path or pattern names."""
    return sorted(path.parent.glob(path.name))


def _file(settings: Settings, *, demo: bool) -> str:
    """The setting that names a history's file."""
    return str(settings["HISTORY_FILE_DEMO" if demo else "HISTORY_FILE"])


def check_there(path: Path, settings: Settings, opts: argparse.Namespace) -> None:
    """Raises ``ValueError`` where there is no history at a path, or the sample edition's that was not asked for."""
    if path.is_file() and is_history_of_sample(path) and not opts.demo:
        raise ValueError(f"{path} is a history of the sample edition: add --demo")
    if not path.is_file():
        has_sample = not opts.file and not opts.demo and _default_path(settings, opts.spider, demo=True).is_file()
        hint = ADD_DEMO if has_sample else ""
        raise ValueError(f"there is no history at {path} yet; the first crawl makes it{hint}")


def _list(history: History, limit: int) -> Answer:
    document, lines = _table(str(history.path), runs.overview(history, limit))
    due = deliveries.pending(history)
    if due:
        demo = " --demo" if is_history_of_sample(history.path) else ""
        lines += ["", f"{counted(len(due), 'file')} to be delivered; '{program()} deliver{demo}' tries again"]
    lines += [f"{_moment(one.due)}  {one.name} to {one.target}{f': {one.error}' if one.error else ''}" for one in due]
    return document | {"deliveries": [asdict(one) for one in due]}, lines


def _table(place: str, rows: list[dict[str, Any]]) -> Answer:
    lines = ["started (UTC)        h:mm:ss" + "".join(map(str.rjust, _COLUMNS, _COLUMNS.values()))] if rows else []
    for run in rows:
        took = "-" if run["seconds"] is None else str(timedelta(seconds=round(run["seconds"])))
        counts = ("-" if run[name] is None else str(run[name]) for name in _COLUMNS)
        tail = f"  {run['sentence']}" if run["status"] != 0 or run["ending"] == "imported" else ""
        lines.append(f"{_moment(run['started'])}  {took:>7}{''.join(map(str.rjust, counts, _COLUMNS.values()))}{tail}")
    return {"history": place, "runs": rows}, lines or ["no run yet"]


def _dead(history: History, place: str) -> Answer:
    rows = runs.dead(history)
    lines = [f"{_moment(row['since'])}  {row['reason']:<24}  {row['path']}" for row in rows]
    return {"history": place, "dead": rows}, lines or ["no address comes to nothing"]


def _show(history: History, text: str) -> Answer:
    story = runs.story(history, runs.named(history, text))
    lines = [f"article     {story['key']}", f"path        {story['url']}"]
    lines += [f"first seen  {_moment(story['first_seen'])} UTC", f"last seen   {_moment(story['last_seen'])} UTC"]
    for one in story["versions"]:
        lines.append(f"{_moment(one['emitted'])}  {one['status']:<7}  {one['content_hash'][:12]}  {one['headline']}")
        lines.append(f"{'':30}in {one['file']}")
    return story, lines if story["versions"] else [*lines, "not emitted so far"]


def _forget(path: Path, text: str) -> Answer:
    with changing(path) as history:
        story = runs.story(history, runs.named(history, text))
        with history.db as db:
            db.execute("delete from versions where key = ?", (story["key"],))
            # As if it was found now and not emitted: the next run asks for it though no listing shows it any more.
            again = "update articles set version = null, first_seen = :now, last_seen = :now"
            db.execute(f"{again}, {WORKS} where key = :key", {"now": now(), "key": story["key"]})
    headline = "".join(f", {one['headline']!r}" for one in story["versions"][-1:])
    return {"forgotten": story}, [f"forgot {story['key']}{headline}; the next run emits it as new"]


def _vacuum(path: Path, days: float) -> Answer:
    unpublished = "delete from versions where run not in (select id from runs where state = 'published')"
    # Those that failed lately may still be listed, and are known to be dead.
    unemitted = "delete from articles where version is null and max(first_seen, last_seen) < ?"
    with changing(path) as history:
        history.db.execute("pragma wal_checkpoint(truncate)")
        before = path.stat().st_size
        with history.db as db:
            versions, articles = db.execute(unpublished).rowcount, db.execute(unemitted, (days_ago(days),)).rowcount
        history.db.execute("vacuum")
    after = path.stat().st_size
    lines = [f"versions  {versions} dropped (never published)", f"articles  {articles} dropped (never emitted)"]
    lines.append(f"bytes     {before:,} before, {after:,} after")
    return {"before": before, "after": after, "versions": versions, "articles": articles}, lines


def _import(path: Path, names: list[str], *, demo: bool) -> Answer:
    for name in names:
        if not Path(name).is_file():
            raise ValueError(f"{name} is not a file; nothing was imported")
    unfinished = [name for name in names if name.endswith(".part")]
    names = [name for name in names if name not in unfinished]
    path.parent.mkdir(parents=True, exist_ok=True)
    with changing(path) as history:
        leaves_out = (lambda _: False) if demo else is_sample
        counts = {name: durable.import_file(history, name, leaves_out) for name in dict.fromkeys(names)}
    of_sample = 0 if demo else sum(map(_of_sample, counts))
    lines = [f"file      {name}: {counted(count, 'new or later version')}" for name, count in counts.items()]
    lines += [f"file      {name}: left out, it is not finished" for name in unfinished]
    if of_sample:
        lines.append(f"left out  {of_sample_left_out(of_sample, 'imports')}")
    lines.append(f"versions  {(total := sum(counts.values()))} now count as emitted")
    return {"versions": total, "files": counts}, lines


def _of_sample(name: str) -> int:
    """How many articles of the sample edition a file holds."""
    return sum(is_sample(str(article.get("url"))) for article in identified_in(Path(name)))


@contextmanager
def changing(path: Path) -> Iterator[History]:
    """The history under its lock, what dead runs began being finished: the next run would do it and undo the change."""
    try:
        lock = locked(path)
    except BlockingIOError:
        raise BlockingIOError(f"a run is writing to {path.parent}; wait until it has ended, and try again") from None
    try:
        with History(path) as history:
            for line in durable.recover(history):
                print(printable(line), file=sys.stderr)
            yield history
    finally:
        lock.release()


def _moment(text: str) -> str:
    return text[:19].replace("T", " ")
