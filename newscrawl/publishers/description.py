"""What a publisher has to say of itself: data alone, with which rules of other rooms work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Offers:
    """A publisher's own wording of subscription prompts, as regular expressions.

    Each is matched, ignoring case, against a whole paragraph. ``certain`` wording is a prompt
    wherever it stands; ``likely`` wording is one only in a run of such paragraphs. ``general``:
    whether the wording that prompts have everywhere (``offers/wording.py``) is taken out, too.
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
    listing's cards then tell which articles are its own, as on an unsupported site.
    ``rules`` gives CSS selectors for a field, best first; ``.name`` in them also
    matches a CSS-modules class ``Prefix_name__hash``, and a trailing ``::attr(x)`` takes an
    attribute instead of the text. Generic rules follow a publisher's own. ``rules["prompt"]`` are the subscription prompts
    that stand in place of a story's rest, ``rules["rest"]`` what holds that rest where it is shown.
    """

    name: str
    #: What its readers call it: an article's ``publisher_name``, and its name in reports.
    title: str = ""
    hosts: tuple[str, ...] = ()
    home: str = ""
    #: IANA zone of the publisher's clock, in which its dates are given; without one, each page's own.
    timezone: str = ""
    article: str = ""
    listing: str = ""
    feed: str = ""
    #: Path of page ``page`` (2, 3, …) of a section's listing.
    next_page: str = ""
    #: Which pages show nothing without scripts and are read in a browser, if the setting BROWSER does not say: ``listings``, ``all``.
    browser: str = ""
    #: Prefix of the path of an AMP twin, taken off to get the plain article.
    amp: str = ""
    #: Where articles have twins at other hosts: what their addresses begin with, and the plain article's path in its place.
    twins: Mapping[str, str] = field(default_factory=dict)
    #: Paths to read instead of a listing that refuses, stage by stage.
    alternatives: tuple[tuple[str, ...], ...] = ()
    #: Path of a section's RSS feed, by section.
    feeds: Mapping[str, str] = field(default_factory=dict)
    #: Path of part ``part`` (1, 2, …) of the sitemap of a ``month`` ("july") of a ``year``.
    monthly_sitemap: str = ""
    #: ``strptime`` formats of the dates that readers see.
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
    #: ``strptime`` format of the digits of the article id that tell its day, and how many they are.
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
