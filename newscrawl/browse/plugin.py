"""The plugin that Datasette loads: pages for databases of this project, and nothing for any other.

Each page of such a database is Datasette's own, by its address, permissions and filters, with another template; one of
the same name in a folder that is given by ``--template-dir`` goes before it.
"""

from __future__ import annotations

import copy
import sqlite3
from base64 import b64encode
from collections.abc import Awaitable, Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from datasette import hookimpl
from datasette.filters import FilterArguments
from datasette.utils import parse_metadata, to_css_class
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, PrefixLoader
from markupsafe import Markup, escape

from newscrawl.browse import wording
from newscrawl.browse.asked import Asked, fts_of, snippet_of
from newscrawl.browse.desk import Desk
from newscrawl.database.opening import APPLICATION, VERSION
from newscrawl.load.datasette import metadata

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

_PAGES = Path(str(files("newscrawl.browse"))) / "pages"
#: Our template for a page of Datasette's, by the name that Datasette gives to the page's own template.
_TEMPLATES = {
    "row-{}-articles.html": "article.html",
    "table-{}-articles.html": "stories.html",
    "table-{}-changed_stories.html": "changed.html",
    "table-{}-topics.html": "names.html",
    "table-{}-authors.html": "names.html",
    "query-{}-search.html": "search.html",
}
#: What has a page of stories, by the name of its column.
_LISTED_BY = ("topic", "author")
_SEARCH = {
    "title": "Search, the best first",
    "hide_sql": True,
    "sql": """
        select a.day, a.headline,
            newscrawl_snippet(:words, a.language, a.body, a.description, a.headline) as found, a.url
        from articles_fts join articles a on a.article = articles_fts.rowid
        where articles_fts match newscrawl_query(:words) order by rank limit 50
    """,
}
#: The databases of this project that an instance of Datasette serves.
_ours: WeakKeyDictionary[Datasette, set[str]] = WeakKeyDictionary()


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> Callable[[], Awaitable[None]]:
    async def prepare() -> None:
        if not is_known(datasette):
            return
        _ours[datasette] = {name for name in datasette.databases if await _is_ours(datasette, name)}
        if _ours[datasette]:
            assert env.loader is not None
            own = PrefixLoader({"newscrawl": FileSystemLoader(_PAGES)})
            env.loader = ChoiceLoader([DictLoader(_aliases(datasette)), env.loader, own])
            env.filters |= wording.FILTERS

    return prepare


def is_known(datasette: Datasette) -> bool:
    """Whether it is a Datasette whose pages these are. 1.0, of which there are alphas, has others."""
    return hasattr(datasette, "metadata")


async def _is_ours(datasette: Datasette, name: str) -> bool:
    database = datasette.databases[name]
    return not database.is_memory and await database.execute_fn(_numbers) == [APPLICATION, VERSION]


def _numbers(db: sqlite3.Connection) -> list[int]:
    """What tells databases of this project, and their version."""
    return [db.execute(f"pragma {name}").fetchone()[0] for name in ("application_id", "user_version")]


def _aliases(datasette: Datasette) -> dict[str, str]:
    """Templates by the names that Datasette asks for, where the user has none of that name."""
    ours = _ours[datasette]
    names = {name.format(to_css_class(database)): page for database in ours for name, page in _TEMPLATES.items()}
    if ours == {name for name, database in datasette.databases.items() if not database.is_memory}:
        names["index.html"] = "front.html"
    own = Path(datasette.template_dir) if datasette.template_dir else None
    return {
        name: f'{{% extends "newscrawl/{page}" %}}'
        for name, page in names.items()
        if own is None or not (own / name).exists()
    }


@hookimpl
def extra_template_vars(datasette: Datasette, database: str | None, request: Request | None) -> dict[str, Any]:
    ours = _ours.get(datasette, set())
    if database is not None and database not in ours:
        return {}
    desks = [Desk(datasette, name, request) for name in sorted(ours) if database in (None, name)]
    config = datasette.plugin_config("newscrawl", database=database) or {}
    pictures = bool(config.get("pictures", True))
    brand = datasette.metadata("title") or "News"
    shown = {"brand": brand, "pictures": pictures, "style": _style(), "policy": _policy(pictures)}
    return shown | {"desks": desks} if desks else {}


@hookimpl
def filters_from_request(request: Request, database: str, table: str, datasette: Datasette) -> FilterArguments | None:
    if table != "articles" or database not in _ours.get(datasette, ()):
        return None
    asked = Asked.of({key: request.args.get(key) for key in request.args})
    return FilterArguments(*asked.conditions())


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    if _numbers(conn) == [APPLICATION, VERSION]:
        conn.create_function("newscrawl_query", 1, fts_of)
        conn.create_function("newscrawl_snippet", -1, snippet_of)


@hookimpl
def canned_queries(datasette: Datasette, database: str) -> dict[str, Any] | None:
    """The query of that name as the metadata have it, with all that ``scrapy find`` understands."""
    return {"search": _SEARCH} if database in _ours.get(datasette, ()) else None


@hookimpl
def get_metadata(datasette: Datasette) -> dict[str, Any]:
    """What ``-m`` gives, for those who leave it out: what they give goes before it."""
    ours = _ours.get(datasette)
    return {"databases": {name: _metadata(name) for name in ours}} if ours else {}


def _metadata(database: str) -> dict[str, Any]:
    return copy.deepcopy(_parsed(database))  # Datasette writes into it


@cache
def _parsed(database: str) -> dict[str, Any]:
    told: dict[str, Any] = parse_metadata(metadata(database))["databases"][database]
    return told


@hookimpl
def render_cell(row: Any, value: Any, column: str, database: str, datasette: Datasette) -> Any:
    """Links in Datasette's own tables: a headline to its article, a topic and an author to their stories."""
    if database not in _ours.get(datasette, ()) or not isinstance(value, str) or not value:
        return None
    desk = Desk(datasette, database, None)
    if column in _LISTED_BY:
        return _link(desk.stories_address(**{column: value}), value)
    if column == "headline" and "article" in row.keys():  # noqa: SIM118 - a row of SQLite has no "in"
        number = row["article"]
        return _link(desk.story_address(number["value"] if isinstance(number, dict) else number), value)
    return None


def _link(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(escape(address), text)


@cache
def _style() -> Markup:
    return Markup((_PAGES / "style.css").read_text(encoding="utf8"))  # noqa: S704 - our own file


def _policy(pictures: bool) -> str:
    """What a page may ask for (https://www.w3.org/TR/CSP3/): pictures, and its own style."""
    style = b64encode(sha256(_style().encode()).digest()).decode()
    images = "'self' http: https:" if pictures else "'self'"
    return f"default-src 'none'; style-src 'sha256-{style}'; img-src {images}; form-action 'self'; base-uri 'none'"
