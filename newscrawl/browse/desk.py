"""What the pages ask of one database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from newscrawl.article.types import FIELDS
from newscrawl.browse.asked import ARGUMENTS, SIGNS, Asked
from newscrawl.browse.wording import selection, signed
from newscrawl.rendering.beside import corrections_beside, lead_of
from newscrawl.rendering.html import html_of
from newscrawl.report.difference import Passage, compare

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

_NEWEST = 80  # stories on the front page
_BEST = 50  # stories of a search by rank
_LATELY = 8  # changed stories and days beside them
_TOPICS = 14
_RELATED = 6
_COMPARED = ("headline", "description", "body")
_LISTS = tuple(name for name, field in FIELDS.items() if field.kind is list)

_COLUMNS = (
    "article, url, publisher, id, section, headline, description, authors, day, date_published, premium, live,"
    " language, copy_group, crawled_at, word_count, body"
)
_STORIES = f"""
    select {_COLUMNS}, (select count(*) from earlier_versions e where e.article = a.article) as earlier
    from articles a where article in (select value from json_each(:articles))
"""


@dataclass
class Story:
    """An article in a list: its columns, and what was found in it, with marks."""

    told: dict[str, Any]
    copies: int = 0
    marks: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.told[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def title(self) -> str:
        return self.marks.get("headline") or self.told["headline"] or self.told["url"] or self.told["id"]

    @property
    def summary(self) -> str:
        """The description, or, where the words are not in it, where they are in the body."""
        description, body = self.marks.get("description", ""), self.marks.get("snippet", "")
        if SIGNS[0] in body and SIGNS[0] not in description:
            return body
        return description or self.told["description"] or ""

    @property
    def dated(self) -> str | None:
        """Its day, unless that is later than it can be: such a date was read wrong, or the page has it wrong."""
        day, crawled = self.told["day"], self.told["crawled_at"]
        latest = date.fromisoformat(crawled[:10]) + timedelta(days=1)
        return day if day and day <= latest.isoformat() else None


@dataclass(frozen=True)
class Version:
    """What became of a text when another version of it was crawled, by the names of the fields that changed."""

    crawled_at: str
    changes: dict[str, list[Passage]]


class Desk:
    """The stories of one database, for one request.

    What takes too long is left out, as facets are by Datasette; ``is_cut`` then, and the page says so.
    """

    def __init__(self, datasette: Datasette, database: str, request: Request | None):
        self.datasette = datasette
        self.name = database
        self.request = request
        self.asked = Asked.of({key: request.args.get(key) for key in request.args} if request else {})
        self.is_cut = False
        self._marker = self.asked.marker

    async def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        from datasette.database import QueryInterrupted

        try:
            found = await self.datasette.get_database(self.name).execute(sql, values)
        except QueryInterrupted:
            self.is_cut = True
            return []
        return [dict(row) for row in found.rows]

    # Addresses -----------------------------------------------------------------------

    def stories_address(self, **asked: str) -> str:
        """The list of stories with these words, topic and so on, or with values of columns."""
        from urllib.parse import urlencode

        query = urlencode({ARGUMENTS.get(name, name): value for name, value in asked.items()})
        address = str(self.datasette.urls.table(self.name, "articles"))
        return f"{address}?{query}" if query else address

    def story_address(self, article: int) -> str:
        """An article's page, with what is looked for still marked in it."""
        from urllib.parse import urlencode

        address = str(self.datasette.urls.row(self.name, "articles", str(article)))
        return f"{address}?{urlencode({'_words': self.asked.words})}" if self.asked.words else address

    def kept(self, *without: str) -> list[tuple[str, str]]:
        """The arguments of this address for another form's, but for some, and for the place in the list."""
        assert self.request is not None
        arguments = self.request.args
        left_out = {*without, "_next"}
        return [(key, text) for key in arguments if key not in left_out for text in arguments.getlist(key)]

    def chips(self, filters: Any) -> Iterator[tuple[str, str]]:
        """What the list is narrowed to, in words, and the address of the list without it."""
        from datasette.utils import path_with_removed_args

        for name, worded in zip(_present(self.asked), self.asked.conditions()[2], strict=True):
            yield worded, path_with_removed_args(self.request, {ARGUMENTS[name], "_next"})
        for column, lookup, text in filters.selections():
            key = column if lookup == "exact" and not column.startswith("_") else f"{column}__{lookup}"
            path = path_with_removed_args(self.request, {key, f"{key}__1"})
            yield selection(column, lookup, text), path

    # The front page ------------------------------------------------------------------

    async def visible(self) -> bool:
        """Whether the reader may see the articles."""
        actor = self.request.actor if self.request else None
        seen, _ = await self.datasette.check_visibility(actor, "view-table", (self.name, "articles"))
        return bool(seen)

    async def days(self) -> list[tuple[str | None, list[Story]]]:
        """The newest stories by the publisher's day, those without a date at the end."""
        rows = await self.rows("select article from articles order by date_published desc limit :most", most=_NEWEST)
        stories = await self.stories(row["article"] for row in rows)
        stories.sort(key=lambda story: story.dated or "", reverse=True)  # stable: by the clock within a day
        return [(day, list(some)) for day, some in groupby(stories, key=lambda story: story.dated)]

    async def count(self) -> int:
        rows = await self.rows("select count(*) as stories from articles")
        return int(rows[0]["stories"]) if rows else 0

    async def per_day(self) -> list[dict[str, Any]]:
        """The last days that have stories, and how many."""
        return await self.rows(
            "select day, count(*) as stories from articles where day is not null"
            " and day <= (select date(max(crawled_at), '+1 day') from articles)"
            " group by day order by day desc limit :most",
            most=_LATELY,
        )

    async def per(self, column: str) -> list[dict[str, Any]]:
        """The most frequent values of ``section`` or ``publisher``; none where all stories have the same."""
        assert column in ("section", "publisher")
        rows = await self.rows(
            f"select {column} as value, count(*) as stories from articles where {column} <> ''"
            f" group by {column} order by stories desc limit :most",
            most=_LATELY,
        )
        return rows if len(rows) > 1 else []

    async def topics(self) -> list[dict[str, Any]]:
        return await self.rows("select topic, articles as stories from topics limit :most", most=_TOPICS)

    async def changed(self) -> list[dict[str, Any]]:
        """The stories that changed last, with their first headline."""
        return await self.rows("select * from changed_stories limit :most", most=_LATELY)

    async def latest(self) -> str | None:
        """When the last article was crawled."""
        rows = await self.rows("select max(crawled_at) as latest from articles")
        return rows[0]["latest"] if rows else None

    async def one_of(self, column: str) -> bool:
        """Whether all articles have the same ``section`` or ``publisher``, which lists then need not say."""
        assert column in ("section", "publisher")
        rows = await self.rows(
            f"select (select min({column}) from articles) is (select max({column}) from articles) as one"
        )
        return bool(rows and rows[0]["one"])

    # Lists of stories ----------------------------------------------------------------

    async def listed(self, display_rows: Iterable[Any]) -> list[Story]:
        """The stories in a table of Datasette's."""
        return await self.stories(int(row["article"]) for row in display_rows)

    async def best(self) -> list[Story]:
        """The stories that have the words, by rank: https://www.sqlite.org/fts5.html, 5.1.1."""
        query = self.asked.query
        if query is None:
            return []
        rows = await self.rows(
            "select rowid as article from articles_fts where articles_fts match :query order by rank limit :most",
            query=query.fts, most=_BEST,
        )  # fmt: skip
        return await self.stories(row["article"] for row in rows)

    async def stories(self, articles: Iterable[int]) -> list[Story]:
        """Articles by their numbers, in the same order."""
        numbers = list(articles)
        told = {row["article"]: row for row in await self.rows(_STORIES, articles=json.dumps(numbers))}
        copies = await self._copies({row["copy_group"] for row in told.values()})
        return [
            Story(_read(told[number]), copies.get(told[number]["copy_group"], 1) - 1, self._marks(told[number]))
            for number in numbers
            if number in told
        ]

    async def _copies(self, groups: set[str | None]) -> dict[str, int]:
        """How many articles have the text of each group."""
        rows = await self.rows(
            "select copy_group, count(*) as texts from articles"
            " where copy_group in (select value from json_each(:groups)) group by copy_group",
            groups=json.dumps(list(groups - {None})),
        )
        return {row["copy_group"]: row["texts"] for row in rows}

    def _marks(self, row: dict[str, Any]) -> dict[str, str]:
        """The texts of an article with the words that were looked for in marks, and a piece of the body."""
        marker = self._marker
        if marker is None:
            return {}
        language = row["language"]
        return {name: marker.whole(row[name] or "", language) for name in _COMPARED} | {
            "snippet": marker.snippet([row["body"]], language)
        }

    # An article ----------------------------------------------------------------------

    async def article(self, number: str) -> Story | None:
        """An article whole."""
        rows = await self.rows("select * from articles where article = :article", article=number)
        if not rows:
            return None
        return Story(_read(rows[0]), marks=self._marks(rows[0]))

    def html(self, story: Story, *, pictures: bool) -> Markup | None:
        """The story from its Markdown, with what was looked for marked; ``None`` where it has none."""
        markdown, marker = story.told.get("body_markdown"), self._marker
        if not markdown:
            return None
        if marker is None:
            return Markup(html_of(markdown, pictures=pictures))  # noqa: S704 - text is escaped there
        return signed(html_of(markdown, pictures=pictures, marked=lambda text: marker.whole(text, story.language)))

    def lead(self, story: Story) -> dict[str, Any] | None:
        """The picture above the story, where the story does not show it itself."""
        return lead_of(story.told)

    def corrections(self, story: Story) -> list[str]:
        """The corrections and notes that do not stand in the story."""
        return corrections_beside(story.told)

    async def copies(self, story: Story) -> list[Story]:
        """The other articles of the same text."""
        rows = await self.rows(
            "select article from articles where copy_group = :copy_group and article <> :article"
            " order by datetime(date_published)",
            copy_group=story.copy_group, article=story.article,
        )  # fmt: skip
        return await self.stories(row["article"] for row in rows)

    async def related(self, story: Story) -> list[Story]:
        """The articles that its page leads to, where they are in the database."""
        rows = await self.rows(
            "select leads_to, min(kind = 'more') as later from article_links where article = :article"
            " and leads_to <> :article group by leads_to order by later, leads_to desc limit :most",
            article=story.article, most=_RELATED,
        )  # fmt: skip
        return await self.stories(row["leads_to"] for row in rows)

    async def versions(self, story: Story) -> list[Version]:
        """What changed from each version to the next, the latest change first."""
        rows = await self.rows(
            "select crawled_at, headline, description, body from versions where article = :article"
            " order by content_hash = :present, crawled_at",
            article=story.article, present=story.content_hash,
        )  # fmt: skip
        return [Version(after["crawled_at"], _changes(before, after)) for before, after in pairwise(rows)][::-1]


def _read(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its lists as lists."""
    return row | {name: json.loads(row[name] or "[]") for name in _LISTS if name in row}


def _present(asked: Asked) -> list[str]:
    return [name for name, value in vars(asked).items() if value is not None]


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Passage]]:
    texts = ((name, before[name] or "", after[name] or "") for name in _COMPARED)
    return {name: compare(old, new) for name, old, new in texts if old != new}
