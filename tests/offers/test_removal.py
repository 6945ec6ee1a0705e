"""Runs of lines that are a subscription prompt, and those that are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article.item import Article
from newscrawl.offers.removal import remove_offers, without_prompts
from newscrawl.publishers import GENERIC, by_name, described
from newscrawl.publishers.description import Offers, Publisher

BS = by_name("business-standard.com")
STORY = "Pilots of the port of Maro returned to the table on Monday."
#: Lines of Business Standard's prompt, and of stories that have the same words.
PROMPT = [
    "Already subscribed? Log in", "Subscribe to read the full story →",
    "Subscribe to Business Standard digital and get complimentary access to The New York Times",
    "Smart Quarterly", "₹900", "3 Months", "₹300/Month", "SAVE 25%", "Super Saver", "₹3,900", "2 Years", "Subscribe",
    "Renews automatically, cancel anytime", "Here’s what’s included in our digital subscription plans",
    "Exclusive premium stories online", "• Over 30 premium stories daily, handpicked by our editors",
    "• Digital replica of our daily newspaper — with options to read, save, and share", "Archives", "Ad-free Reading",
    "Seamless Access Across All Devices", "Subscribe for ₹2,700 / 1 Year", "Connect with us on WhatsApp",
]  # fmt: skip
STORIES = [
    "The port of Maro raised its fees to ₹900 for 3 months on Monday.",
    "“Subscribe to read the full story” is a sentence that readers there know well.",
    "Subscribe or leave: that was the choice the Ledger gave its readers, its editor said.",
    "Already subscribed readers pay ₹300 a month; others save 25% if they wait.",
    "The archives open on Thursday.",
    "Get ready for higher prices, the newspaper told its subscribers.",
]


def left(paragraphs: list[str], publisher: Publisher = GENERIC) -> list[str]:
    return without_prompts(paragraphs, "en", publisher)


@settings(deadline=None)  # the first compiles the wording
@given(
    st.lists(st.sampled_from(STORIES), min_size=1), st.integers(0, 10), st.integers(0, len(PROMPT) - 3), st.booleans()
)
def test_a_prompt_anywhere_goes_and_the_story_stays(story, place, skip, reverse):
    prompt = PROMPT[skip:]
    prompt = prompt[::-1] if reverse else prompt
    place = min(place, len(story))
    assert left([*story[:place], *prompt, *story[place:]], BS) == story


@settings(deadline=None)  # the first compiles the wording
@given(st.lists(st.sampled_from([*STORIES, "Archives", "₹300", "3 Months"]), max_size=3))
def test_short_lines_alone_are_no_prompt(story):
    assert left([*story, STORIES[0]], BS) == [*story, STORIES[0]]


def test_a_table_row_of_plans():
    rows = ["Smart Quarterly | ₹900 | 3 Months | ₹300/Month | SAVE 25%", "Already subscribed? Log in"]
    assert left([STORIES[0], *rows], BS) == [STORIES[0]]
    assert left([STORIES[0], "Daily | ₹900", STORIES[1]], BS) == [STORIES[0], "Daily | ₹900", STORIES[1]]


def test_labels_go_only_beside_a_prompt():
    labels = ["Newsletter", "Log in", "$9.99 / month", "Subscribe", "Privacy policy"]
    assert left([STORY, *labels]) == [STORY, *labels]
    assert left([STORY, *labels, "Already a subscriber? Log in", *labels, STORY]) == [STORY, STORY]
    assert left([STORY, "Follow us on:", "Facebook", "X | Instagram", "WhatsApp"]) == [STORY]


def test_networks_that_a_story_lists_stay_before_a_prompt():
    networks = ["Facebook", "Instagram", "WhatsApp"]
    assert left([STORY, *networks, "Follow us on Facebook"]) == [STORY, *networks]


def test_bullets_between_names_are_no_prompt():
    line = ["Ana Lopes", "•", "Rui Reis", "•", "Ida Holm", "•", "Per Lund", "•"]
    assert left([STORY, *line]) == [STORY, *line]


def test_a_long_paragraph_is_left_alone():
    long = "Sign up for our newsletter. " + "We send you what matters to you each morning. " * 7
    assert left([STORY, long]) == [STORY, long]


def test_a_sentence_of_a_story_keeps_the_paragraph():
    kept = "The ferry turned back at noon and nobody came ashore. Sign up for our newsletter."
    assert left([STORY, kept]) == [STORY, kept]


def test_a_publisher_may_do_without_the_general_wording():
    own = Publisher(name="own.example", offers=Offers(certain=("enough",), general=False))
    assert left([STORY, "Follow us on X", "Enough"], publisher=own) == [STORY, "Follow us on X"]


def test_described_publishers_have_the_general_wording():
    assert all(left([STORY, "Follow us on X"], publisher=one) == [STORY] for one in described().values())


def test_without_a_prompt_the_body_is_as_it_was():
    article = Article("https://x.example/1", "1", "x.example", body=f"{STORY}\n\n{STORY}", language="en")
    remove_offers(article, GENERIC)
    assert article.paragraphs == [STORY, STORY]


def test_likely_lines_are_a_prompt_in_a_run_of_four_or_three_at_the_end():
    own = Publisher(name="own.example", offers=Offers(likely=(r"plan \w",)))
    three = ["Plan A", "Plan B", "Plan C"]
    assert left([STORY, *three, STORY], own) == [STORY, *three, STORY]
    assert left([STORY, *three, "Plan D", STORY], own) == [STORY, STORY]
    assert left([STORY, *three], own) == [STORY]


def test_a_short_line_without_a_full_stop_between_likely_ones_belongs_to_them():
    own = Publisher(name="own.example", offers=Offers(likely=(r"plan \w",)))
    assert left([STORY, "Plan A", "Most popular", "Our pick", "Plan B", "Plan C"], own) == [STORY]
    kept = [STORY, "Plan A", "The harbour opens.", "Plan B", "Plan C"]
    assert left(kept, own) == kept


def test_a_prompt_takes_its_heading_along():
    assert left([STORY, "The Morning Tide", "Sign up for our newsletter.", STORY]) == [STORY, STORY]


@pytest.mark.parametrize("before", [["Three eggs", "A cup of flour"], ["The pilot said:"], ["Nobody was hurt."]])
def test_what_is_no_heading_stays_above_a_prompt(before):
    assert left([STORY, *before, "Sign up for our newsletter."]) == [STORY, *before]
