"""Pages of the reference that are made from the code.

A page holds ``<!-- from the code: NAME -->`` where the text belongs. Sphinx calls :func:`fill` before it reads a page.
"""

from __future__ import annotations

import argparse
import ast
import io
import pprint
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from scrapy.commands import ScrapyCommand
from scrapy.settings import default_settings
from scrapy.utils.project import get_project_settings
from sphinx.application import Sphinx

from newscrawl import fast, settings
from newscrawl.article.types import FIELDS, FieldType
from newscrawl.database import postgresql

PACKAGE = Path(settings.__file__).parent
_PLACE = re.compile(r"^<!-- from the code: (\w+) -->$", re.MULTILINE)
_LONGEST_IN_LINE = 60  # characters of a default value


def setup(app: Sphinx) -> dict[str, bool]:
    """What Sphinx calls first."""
    app.connect("source-read", fill)
    return {"parallel_read_safe": True}


def fill(app: Sphinx, docname: str, content: list[str]) -> None:
    """Put what the code says into a page."""

    def text(place: re.Match[str]) -> str:
        for path in PACKAGE.rglob("*.py"):
            app.env.note_dependency(path)
        return _PAGES[place[1]]()

    content[0] = _PLACE.sub(text, content[0])


# Settings ------------------------------------------------------------------------


@dataclass
class Group:
    """Settings without an empty line between them: what is said of all, and each one's own comment.

    ``# Title. Of all of them.`` stands above the first; after a line with ``#`` alone, the comment is the setting's.
    """

    about: str = ""
    names: dict[str, str] = field(default_factory=dict)


def settings_page() -> str:
    """Every setting of ``newscrawl/settings.py``, and what ``newscrawl/fast.py`` has in its place."""
    return "\n\n".join(_groups(settings))


def _groups(module: ModuleType) -> Iterator[str]:
    for group in groups(Path(str(module.__file__)).read_text("utf8")):
        known = {name: comment for name, comment in group.names.items() if name not in _NOT_SHOWN}
        if not known:
            continue
        if title := _TITLE.match(group.about):
            yield f"## {title[1]}"
        yield _prose(group.about[title.end() :] if title else group.about)
        for name, comment in known.items():
            yield _setting(module, name, comment)


_TITLE = re.compile(r"(\w+(?: \w+)?)\.(?: |$)")
#: Where Scrapy finds the project's parts: nothing that anybody changes.
_NOT_SHOWN = {"BOT_NAME", "SPIDER_MODULES", "NEWSPIDER_MODULE", "COMMANDS_MODULE", "SHARED_FEEDS"}


def groups(source: str) -> list[Group]:
    """The groups of settings in a module's source. An empty line ends a group."""
    comments = _comments(source)
    found: list[Group] = []
    end = 0
    for node in ast.parse(source).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)  # with its type
        if not isinstance(target, ast.Name):
            continue
        name, last = target.id, node.end_lineno or node.lineno
        if not name.isupper() or name.startswith("_"):
            continue
        above = _above(comments, node.lineno)
        own = comments[last][1] if last == node.lineno and last in comments else ""
        if not found or node.lineno - len(above) > end + 1:
            about, _, more = "\n".join(above).partition("\n\n")
            found.append(Group(about.replace("\n", " ")))
            above = more.splitlines()
        found[-1].names[name] = " ".join([*above, own]).strip()
        end = last
    return found


def _comments(source: str) -> dict[int, tuple[bool, str]]:
    """The comments by line: whether each has the line for itself, and its text."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: (not token.line[: token.start[1]].strip(), token.string.lstrip("#: "))
        for token in tokens
        if token.type == tokenize.COMMENT
    }


def _above(comments: dict[int, tuple[bool, str]], line: int) -> list[str]:
    """The comments that have the lines above a line for themselves."""
    found: list[str] = []
    while (line := line - 1) in comments and comments[line][0]:
        found.insert(0, comments[line][1])
    return found


def _setting(module: ModuleType, name: str, comment: str) -> str:
    value = getattr(module, name)
    values = {"Default": value, "Scrapy": getattr(default_settings, name, value)}
    values["`newscrawl.fast`"] = getattr(fast, name, value)
    told = [f"{whose} {_default(one)}" for whose, one in values.items() if whose == "Default" or one != value]
    lines = [f"```{{confval}} {name}", " · ".join(part for part in told if part[-1] == "`"), "", _prose(comment)]
    if _is_long(value):
        lines += ["", "Default:", "", "~~~python", pprint.pformat(_shown(value), width=110, sort_dicts=False), "~~~"]
    return "\n".join([*lines, "```"])


def _default(value: Any) -> str:
    return "below" if _is_long(value) else f"`{_shown(value)!r}`"


def _is_long(value: Any) -> bool:
    return len(repr(value)) > _LONGEST_IN_LINE


def _shown(value: Any) -> Any:
    """A value without what differs from one machine to another."""
    if isinstance(value, dict):
        return {_shown(key): _shown(one) for key, one in value.items()}
    return value.replace(str(PACKAGE.parent), "…") if isinstance(value, str) else value


def _prose(text: str) -> str:
    """A comment as a sentence. What looks like code is set as code, and a page's name is a link."""
    if not text:
        return ""
    text = re.sub(r"(-[a-z] \w+=(?:\"[^\"]*\"|[\w.-]+)|\"\w+\"|\S+\[\[\S+\]|\b[A-Z]+_[A-Z_]+\b)", r"`\1`", text)
    text = _linked(text)
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _linked(text: str) -> str:
    """A text with links for the names of pages."""
    return re.sub(r"docs/([\w/-]+\.md)", r"[](/\1)", text)


# Commands ------------------------------------------------------------------------


def commands_page() -> str:
    """Every command: what it does, its options, exit statuses and examples."""
    names = sorted(path.stem for path in (PACKAGE / "commands").glob("[!_]*.py"))
    made = {name: _parser(name) for name in names}
    shared = set.intersection(*({group.title for group in _with_options(parser)} for _, parser in made.values()))
    shared -= {"options", "Options"}
    described = [_command(name, *one, shared) for name, one in made.items()]
    common = [group for group in _with_options(made["crawl"][1]) if group.title in shared]
    return "\n\n".join([*described, "## Options of every command", *(_options(_actions(group)) for group in common)])


def _parser(name: str) -> tuple[ScrapyCommand, argparse.ArgumentParser]:
    command: ScrapyCommand = import_module(f"newscrawl.commands.{name}").Command()
    command.settings = get_project_settings()
    parser = argparse.ArgumentParser(prog=f"newscrawl {name}", add_help=False, conflict_handler="resolve")
    command.add_options(parser)
    return command, parser


def _with_options(parser: argparse.ArgumentParser) -> list[argparse._ArgumentGroup]:
    return [group for group in parser._action_groups if _actions(group)]


def _actions(group: argparse._ArgumentGroup) -> list[argparse.Action]:
    return [action for action in group._group_actions if action.help != argparse.SUPPRESS]


def _command(name: str, command: ScrapyCommand, parser: argparse.ArgumentParser, shared: set[str | None]) -> str:
    parts = [f"(command-{name})=\n## {name}", f"{_escaped(command.short_desc())}."]
    parts.append(f"```text\nnewscrawl {name} {command.syntax()}".rstrip() + "\n```")
    if (told := command.long_desc()) != command.short_desc():
        parts.append(_linked(_escaped(told)))
    for group in _with_options(parser):
        if group.title not in shared:
            parts += [f"**{(group.title or '').capitalize()}**", _options(_actions(group))]
    if statuses := getattr(command, "statuses", ()):
        rows = [f"| {number} | {_cell(when)} |" for number, when in enumerate(statuses)]
        parts.append("\n".join(["| exit status | when |", "| --- | --- |", *rows]))
    if examples := getattr(command, "examples", ()):
        parts.append("\n".join(["```sh", *(f"newscrawl {example}" for example in examples), "```"]))
    return "\n\n".join(parts)


def _options(actions: Sequence[argparse.Action]) -> str:
    rows = ["| option | meaning |", "| --- | --- |"]
    for action in actions:
        names = ", ".join(f"`{name}{_value(action)}`" for name in action.option_strings)
        rows.append(f"| {names or f'`{action.metavar or action.dest}`'} | {_cell(_help(action))} |")
    return "\n".join(rows)


def _value(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    name = action.metavar or action.dest.upper()
    return f" [{name}]" if action.nargs == "?" else f" {name}"


def _help(action: argparse.Action) -> str:
    text = action.help or ""
    return text % {**vars(action), "prog": "newscrawl"} if "%(" in text else text.replace("%%", "%")


def _cell(text: str) -> str:
    return _escaped(text).replace("|", "\\|").replace("\n", " ")


def _escaped(text: str) -> str:
    """Text of a terminal as Markdown: nothing in it is markup."""
    return re.sub(r"([*_<>\[\]{}$\\`])", r"\\\1", text)


# Fields --------------------------------------------------------------------------


def fields_page() -> str:
    """The keys of an article, in the order of the output."""
    rows = ["| key | type | meaning |", "| --- | --- | --- |"]
    rows += [
        f"| `{name}` | {_type(one)} | {_cell(one.keywords.get('description', ''))} |" for name, one in FIELDS.items()
    ]
    return "\n".join(rows)


def _type(one: FieldType) -> str:
    if one.of:
        kind = "list of objects: " + ", ".join(f"`{name}` ({_type(part)})" for name, part in one.of.items())
    elif one.instant:
        kind = "date and time, ISO 8601" + (" in UTC" if one.utc else " with offset")
    elif one.keywords.get("format") == "iri":
        kind = "address"
    else:
        kind = {str: "text", int: "whole number", bool: "true or false", list: "list of texts"}.get(
            one.kind, "object of texts: " + ", ".join(f"`{key}`" for key in one.keys)
        )
    return f"{kind}, or null" if one.optional else kind


# PostgreSQL ----------------------------------------------------------------------


def postgresql_page() -> str:
    """The tables and views, in SQL."""
    return f"```sql\n{postgresql.schema()}\n{postgresql.views()}```"


_PAGES = {
    "settings": settings_page,
    "commands": commands_page,
    "fields": fields_page,
    "postgresql": postgresql_page,
}
