"""What a publisher has to say of itself, and which publisher an address belongs to.

Each module of this package that defines ``PUBLISHER`` describes one publisher. Nothing else in
newscrawl names one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Offers:
    """A publisher's own wording of offers, as regular expressions.

    Each is matched, ignoring case, against a whole paragraph. ``certain`` wording is an offer
    wherever it stands; ``likely`` wording is one only in a run of such paragraphs. ``general``:
    whether the wording that offers have everywhere (``wording.py``) is taken out, too.
    """

    certain: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    general: bool = True


@dataclass(frozen=True)
class Publisher:
    """A publisher described as data. Only ``name`` is needed; the rest has generic defaults.

    ``article``, ``listing`` and ``feed`` are regular expressions for the path of an address
    (``re.fullmatch``), with the groups ``section`` and ``id``, ``section`` and ``page``, and
    ``section``. Where an article's address does not tell its section, leave that group out: a
    listing's cards then tell which articles are its own, as on a site that nobody described.
    ``rules`` gives CSS selectors for a field, best first; ``.name`` in them also
    matches a CSS-modules class ``Prefix_name__hash``, and a trailing ``::attr(x)`` takes an
    attribute instead of the text. Generic rules follow a publisher's own.
    """

    name: str
    hosts: tuple[str, ...] = ()
    home: str = ""
    timezone: str = "UTC"
    article: str = ""
    listing: str = ""
    feed: str = ""
    #: Path of page ``page`` (2, 3, …) of a section's listing.
    next_page: str = ""
    #: Prefix of the path of an AMP twin, taken off to get the plain article.
    amp: str = ""
    #: Paths to read instead of a listing that refuses, stage by stage.
    alternatives: tuple[tuple[str, ...], ...] = ()
    #: Path of a section's RSS feed, by section.
    feeds: Mapping[str, str] = field(default_factory=dict)
    #: ``strptime`` forms of the dates that readers see.
    date_formats: tuple[str, ...] = ()
    #: Labels in front of a visible date, by field.
    date_labels: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType(
            {
                "date_published": ("First Published", "Published", "Posted"),
                "date_modified": ("Last Updated", "Last Modified", "Updated", "Modified"),
            }
        )
    )
    #: IANA zone of a zone abbreviation as this publisher means it.
    zones: Mapping[str, str] = field(default_factory=dict)
    #: ``strptime`` form of the digits of the article id that tell its day, and how many they are.
    id_date: tuple[str, int] | None = None
    rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: CSS selectors of what stands in a body and is not the story.
    drop: tuple[str, ...] = ()
    #: A paragraph that reads so (regular expression, whole paragraph) ends the story.
    ends: tuple[str, ...] = ()
    #: A paragraph that reads so introduces links to other stories.
    asides: tuple[str, ...] = (
        r"also read|read also|read more|must read|recommended(?: for you)?|related(?: (?:stories|news))?",
    )
    #: What the link to the following article, and the list of further ones, are called.
    next_label: str = "Next Story"
    more_label: str = "More From This Section"
    #: The language (BCP 47's first part) of all labels, where only pages in it may have them; ``None``: any page may.
    labels_language: str | None = None
    offers: Offers = Offers()

    def __hash__(self) -> int:
        return hash(self.name)


GENERIC = Publisher(name="generic", labels_language="en", more_label="")


@cache
def described() -> dict[str, Publisher]:
    """All described publishers, by name."""
    found = {}
    for module in iter_modules(__path__, prefix=f"{__name__}."):
        publisher = getattr(import_module(module.name), "PUBLISHER", None)
        if publisher is not None:
            found[publisher.name] = publisher
    return found


def by_name(name: str) -> Publisher:
    """The described publisher of that name (its domain), else the generic one."""
    return described().get(name, GENERIC)


def by_url(url: str) -> Publisher:
    """The described publisher that an address belongs to, else the generic one."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return GENERIC
    return next((p for p in described().values() if host in p.hosts), GENERIC)
