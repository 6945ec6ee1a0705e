"""How pages' markup names subscription prompts, and what extraction makes of it."""

from __future__ import annotations

import re

import pytest

from newscrawl import extract_article
from newscrawl.offers.marks import CLASS_WORDS, INVITATIONS

PROSE = "".join(
    f"<p>Pilots of the port of {port} returned to the table on Monday after two weeks of talks about the fees.</p>"
    for port in ("Maro", "Serin", "Lund", "Holm", "Reis")
)


@pytest.mark.parametrize(
    "name", ["newsletter-box", "subscribe", "subscription", "signup", "sign-up", "regwall", "donate"]
)
def test_class_words(name):
    assert re.match(CLASS_WORDS, name)


@pytest.mark.parametrize(
    "text",
    ["Follow the Ledger on Facebook and Instagram", "Enjoyed this story? Tell a friend", "Got a tip? Write to us",
     "Email the desk at desk@ledger.example", "Click here to read more"],
)  # fmt: skip
def test_invitations(text):
    assert any(re.fullmatch(pattern, text, re.IGNORECASE) for pattern in INVITATIONS)


@pytest.mark.parametrize("name", ["newsletter-signup-box", "subscribe-box", "donate"])
def test_an_element_so_named_is_no_part_of_the_story(name):
    box = f'<div class="{name}"><p>The port of Maro writes each Monday what ships are due, and who pilots them in.</p></div>'
    html = f"<html><body><article><h1>Talks</h1>{PROSE}{box}<p>They meet again on Friday, in the old customs house.</p></article>"
    body = extract_article(html, "https://x.example/a", publisher="generic").body
    assert "each Monday" not in body
    assert body.endswith("customs house.")
