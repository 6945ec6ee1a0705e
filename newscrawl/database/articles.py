"""Articles as they were last, their earlier versions, and who and what they are about."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

from newscrawl.article.types import COLUMNS, FIELDS
from newscrawl.database.forms import forms_of
from newscrawl.database.letters import separated
from newscrawl.database.opening import APPLICATION, VERSION

#: The fields that tell articles by something else, and what one of them is called in its own table.
MANY = {"authors": "author", "topics": "topic"}

_JSON = [name for name, field in FIELDS.items() if field.json]
_NAMES = ", ".join(COLUMNS)
_DEFINED = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
_VALUES = ", ".join(f":{name}" for name in COLUMNS)

#: The fields whose words are searched.
SEARCHED = ("headline", "description", "body")

_TABLES = f"""
create table articles(
    article integer primary key, {_DEFINED},
    day text generated always as (substr(date_published, 1, 10)) virtual, -- the publisher's own
    unique (publisher, id)
);
create index articles_by_date on articles(date_published);
create index articles_by_day on articles(day, publisher);
create index articles_by_section on articles(section);
create index articles_by_url on articles(url);
create table earlier(
    article integer not null references articles(article), {_DEFINED}, unique (article, crawled_at, content_hash)
);
create table files(
    file text primary key, began text not null, ended text not null, new integer not null, changed integer not null,
    lines integer not null, sha256 text not null,
    size integer not null, modified integer not null, inode integer not null,
    copy_of text -- the first file that had the same lines
);
create table left_out(file text not null, line integer not null, reason text not null, primary key (file, line));
create table runs( -- an id alone begins again with a new history, and is another run's in another folder
    source text not null, id integer not null, started text not null, section text not null, folder text not null,
    seconds real, status integer, ending text not null, sentence text,
    new integer, changed integer, again integer, unchanged integer, failed integer, pages integer,
    primary key (source, id, started, section)
);

create view articles_per_day as
    select day, publisher, count(*) as articles from articles group by day, publisher order by day desc;
create view article_links as -- "Next Story", and "More From This Section", where they are articles of this database
    select a.article, 'next' as kind, b.article as leads_to from articles a join articles b on b.url = a.next_url
    union all
    select a.article, 'more', b.article from articles a, json_each(a.links) l join articles b on b.url = l.value;
"""
_TABLES += "".join(
    f"""
create table article_{many}(
    article integer not null references articles(article), {one} text not null, day text, primary key (article, {one})
) without rowid;
create index article_{many}_by_{one} on article_{many}({one}, day);
create view {many} as
    select {one}, count(*) as articles, min(day) as first_day, max(day) as last_day
    from article_{many} group by {one} order by articles desc;
create view {many}_per_month as
    select substr(day, 1, 7) as month, {one}, count(*) as articles
    from article_{many} group by month, {one} order by month desc, articles desc;
"""
    for many, one in MANY.items()
)
_SEARCH = """
-- Articles that are searched in other words than their own: with a zero width space between letters in scripts that
-- write no spaces, and their words in other forms.
create table searched_texts(
    article integer primary key references articles(article), headline text, description text, body text, forms text
);
create view searched as
    select a.article, coalesce(t.headline, a.headline) as headline,
        coalesce(t.description, a.description) as description, coalesce(t.body, a.body) as body, t.forms
    from articles a left join searched_texts t using (article);
-- M*: a vowel sign or accent that is a character of its own is no space between two words.
create virtual table articles_fts using fts5(
    headline, description, body, forms, content = 'searched', content_rowid = 'article',
    tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
);
insert into articles_fts(articles_fts, rank) values ('rank', 'bm25(10.0, 4.0, 1.0, 1.0)');
-- A new text comes in by Articles.index: a trigger for each row takes a third of a load's time.
create trigger articles_deleted before delete on articles begin
    insert into articles_fts(articles_fts, rowid, headline, description, body, forms)
    select 'delete', article, headline, description, body, forms from searched where article = old.article;
    delete from searched_texts where article = old.article;
end;
create trigger articles_updated before update of headline, description, body on articles begin
    insert into articles_fts(articles_fts, rowid, headline, description, body, forms)
    select 'delete', article, headline, description, body, forms from searched where article = old.article;
    delete from searched_texts where article = old.article;
end;
create trigger articles_changed after update of headline, description, body on articles begin
    insert into articles_fts(rowid, headline, description, body, forms)
    select article, headline, description, body, forms from searched where article = new.article;
end;
"""
#: What version 2 has of the search.
_SEARCH_BEFORE = (
    "trigger articles_deleted",
    "trigger articles_updated",
    "trigger if exists articles_changed",
    "table articles_fts",
    "view searched",
    "table article_letters",
)
# Of emissions of one text after the other (a crawl with again=1) the last one is the version. changed_stories takes
# the row of the first version for its min(): https://www.sqlite.org/lang_select.html#bareagg
_VERSIONS = f"""
create view earlier_versions as
    select article, {_NAMES} from earlier e where content_hash <> (
        select content_hash from (
            select crawled_at, content_hash from articles a where a.article = e.article
            union all select crawled_at, content_hash from earlier o where o.article = e.article
        ) where (crawled_at, content_hash) > (e.crawled_at, e.content_hash) order by crawled_at, content_hash limit 1
    );
create view versions as
    select article, {_NAMES} from articles union all select article, {_NAMES} from earlier_versions;
create view changed_stories as
    select article, a.crawled_at as changed, min(v.crawled_at) as first_crawled, count(*) + 1 as versions,
        a.publisher, a.id, a.headline, v.headline as headline_before, a.word_count - v.word_count as words_more, a.url
    from earlier_versions v join articles a using (article) group by article order by changed desc;
"""

# What databases of an earlier version lack. datetime() gives the instant, in UTC, so that clocks can be compared.
_LATER = """
create index if not exists articles_by_instant on articles(datetime(date_published));
create index if not exists articles_by_copy_group on articles(copy_group);
"""

_SEARCHED_AS = "insert into searched_texts values (?, ?, ?, ?, ?)"
_UNINDEX = (
    "insert into articles_fts(articles_fts, rowid, headline, description, body, forms)"
    " select 'delete', article, headline, description, body, forms from searched"
)
_INDEX = (
    "insert into articles_fts(rowid, headline, description, body, forms)"
    " select article, headline, description, body, forms from searched"
)


class Articles:
    """The tables in an open database. What writes is a transaction of the caller's, which ends with :meth:`index`."""

    def __init__(self, db: sqlite3.Connection):
        self.db = db
        #: Later than that, in UTC, an article was crawled by a clock that was ahead.
        self._tomorrow = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._unindexed: int | None = None  # the first article that the search does not know yet

    def make(self) -> None:
        """Make the tables, or what they lack: columns of fields that an article has gained."""
        db = self.db
        there = {row[1] for row in db.execute("pragma table_info(articles)")}
        if not there:
            _run(db, _TABLES)
            _run(db, _SEARCH)
            _run(db, _VERSIONS)
            db.execute(f"pragma application_id = {APPLICATION}")
            db.execute(f"pragma user_version = {VERSION}")
        elif db.execute("pragma user_version").fetchone()[0] != VERSION:
            self._search_anew()
        if there and (new := [name for name in COLUMNS if name not in there]):
            for view in ("changed_stories", "versions", "earlier_versions"):
                db.execute(f"drop view {view}")
            for table in ("articles", "earlier"):
                for name in new:
                    db.execute(f"alter table {table} add column {name} {COLUMNS[name]}")
            _run(db, _VERSIONS)
        _run(db, _LATER)

    def _search_anew(self) -> None:
        """Make the search of a database of version 2 again, in which words have no other forms."""
        for what in _SEARCH_BEFORE:
            self.db.execute(f"drop {what}")
        _run(self.db, _SEARCH)
        names = ", ".join((*SEARCHED, "language"))
        for number, *values in self.db.execute(f"select article, {names} from articles"):
            self._search_as(number, dict(zip((*SEARCHED, "language"), values, strict=True)))
        self.db.execute(_INDEX)
        self.db.execute(f"pragma user_version = {VERSION}")

    def put(self, article: dict[str, Any]) -> str:
        """Enter an article: ``new``; ``changed``, another version of a known one; or ``known``, which changes nothing.

        The version that was crawled last is the article's, whichever is loaded first; one of the future was crawled
        before all others, by a clock that was ahead. Of two texts crawled in one
        second, the one with the greater hash counts as the later, so that the order does not matter there either.
        """
        several = {name: article[name] for name in _JSON if article[name] is not None}
        row = article | {name: json.dumps(value, ensure_ascii=False) for name, value in several.items()}
        known = self.db.execute(
            "select article, crawled_at, content_hash from articles where publisher = :publisher and id = :id", row
        ).fetchone()
        if known is None:
            number = self.db.execute(f"insert into articles({_NAMES}) values ({_VALUES})", row).lastrowid
            self._unindexed = self._unindexed or number
            self._search_as(number, article)
            self._tell_by(number, article)
            return "new"
        number, *last = known
        row["article"] = number
        this = [article["crawled_at"], article["content_hash"]]
        if self._is_before(this, last):
            done = self.db.execute(
                f"insert or ignore into earlier(article, {_NAMES}) values (:article, {_VALUES})", row
            )
            return "changed" if done.rowcount else "known"
        if this == last or self._is_earlier(number, this):
            return "known"
        self._replace(number, row, article)
        return "changed"

    def prefer(self, key: str, crawled_at: str, content_hash: str) -> None:
        """Let an earlier version of an article, ``publisher/id``, be its last, whatever the clock says."""
        names = ", ".join(f"e.{name}" for name in COLUMNS)
        row = self.db.execute(
            f"select e.article, {names} from earlier e join articles a using (article)"
            " where a.publisher = ? and a.id = ? and e.crawled_at = ? and e.content_hash = ?",
            (*key.split("/", 1), crawled_at, content_hash),
        ).fetchone()
        if row is None:
            return
        version = dict(zip(("article", *COLUMNS), row, strict=True))
        article = version | {name: json.loads(version[name]) for name in _JSON if version[name] is not None}
        self._replace(version["article"], version, article)
        self.db.execute(
            "delete from earlier where article = ? and crawled_at = ? and content_hash = ?",
            (version["article"], crawled_at, content_hash),
        )

    def _replace(self, number: int, row: dict[str, Any], article: dict[str, Any]) -> None:
        """Put a later version of an article in the place of the one before, which is an earlier one then."""
        self.index()  # of the text that is about to change, so that it can go out of the index
        self.db.execute(
            f"insert or ignore into earlier(article, {_NAMES})"
            f" select article, {_NAMES} from articles where article = ?",
            (number,),
        )
        self.db.execute(f"update articles set ({_NAMES}) = ({_VALUES}) where article = :article", row)
        if texts := _searched_texts(article):  # in place of the text, which is in the index by now
            self.db.execute(f"{_UNINDEX} where article = ?", (number,))
            self.db.execute(_SEARCHED_AS, (number, *texts))
            self.db.execute(f"{_INDEX} where article = ?", (number,))
        for many in MANY:
            self.db.execute(f"delete from article_{many} where article = ?", (number,))
        self._tell_by(number, article)

    def _is_before(self, one: list[str], other: list[str]) -> bool:
        """Whether one version was crawled before another, as ``[crawled_at, content_hash]``."""
        ahead, other_ahead = (version[0] > self._tomorrow for version in (one, other))
        return one < other if ahead == other_ahead else ahead

    def _is_earlier(self, number: int, version: list[str]) -> bool:
        """Whether a version, as ``[crawled_at, content_hash]``, is among the earlier ones, whatever the clock says."""
        found = self.db.execute(
            "select 1 from earlier where article = ? and crawled_at = ? and content_hash = ?", (number, *version)
        )
        return found.fetchone() is not None

    def _search_as(self, number: int | None, article: dict[str, Any]) -> None:
        """Note how an article is searched that is not in the index yet."""
        if texts := _searched_texts(article):
            self.db.execute(_SEARCHED_AS, (number, *texts))

    def index(self) -> None:
        """Let the search know what is new; before the transaction ends."""
        if self._unindexed:
            self.db.execute(f"{_INDEX} where article >= ?", (self._unindexed,))
            self._unindexed = None

    def forget(self) -> None:
        """What is new was taken back with its transaction."""
        self._unindexed = None

    def _tell_by(self, number: int | None, article: dict[str, Any]) -> None:
        day = article["date_published"] and article["date_published"][:10]
        for many in MANY:
            rows = [(number, name, day) for name in article[many] or ()]
            self.db.executemany(f"insert or ignore into article_{many} values (?, ?, ?)", rows)


def _searched_texts(article: dict[str, Any]) -> list[str | None] | None:
    """The searched texts, their letters separated in scripts without spaces, and other forms of their words.

    ``None`` where an article is searched in its own words alone.
    """
    texts = [article[name] for name in SEARCHED]
    letters = [text and separated(text) for text in texts]
    forms = forms_of(texts, article["language"])
    return [*letters, forms] if forms or letters != texts else None


def _run(db: sqlite3.Connection, script: str) -> None:
    """Run the statements of a script; ``executescript`` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
