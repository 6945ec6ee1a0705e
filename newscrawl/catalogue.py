"""All commands, with a line about each: what ``newscrawl --help`` shows without importing them."""

from __future__ import annotations

#: The commands by what they are for, in the order in which a user meets them.
GROUPS: dict[str, dict[str, str]] = {
    "Crawl": {
        "crawl": "Crawl a section, by a spider's name or by its address",
        "crawlall": "Crawl all sections of a file in one process",
        "check": "Look at a few pages of a section before you crawl it",
    },
    "Look": {
        "browse": "Read the loaded articles in a browser",
        "find": "Search the loaded articles for words",
        "report": "Write a report of the last runs as one HTML file",
        "history": "Show how the last runs went, and what they wrote",
        "article": "Show one article's fields, and the rule that gave each",
        "explain": "Explain the last line of a run, and what to do",
    },
    "Output": {
        "load": "Load the output files into one database, SQLite or PostgreSQL",
        "deliver": "Deliver finished files that could not be delivered yet",
        "validate": "Check output files against the JSON Schema of an article",
        "schema": "Print the JSON Schema of an article",
        "extract": "Extract the articles of many WARC files, on all cores",
    },
    "Set up": {
        "init": "Write newscrawl.toml: your contact, delays, output, sections",
        "config": "Show what is in effect: your file, settings, publishers",
        "notify": "Show who gets alerts, and send a test message",
        "list": "List the spiders",
        "newpublisher": "Draft a publisher's description from an article",
        "completion": "Print a script that completes commands in your shell",
    },
}

COMMANDS: dict[str, str] = {name: line for group in GROUPS.values() for name, line in group.items()}

#: Command lines to begin with, and what each is for.
EXAMPLES: dict[str, str] = {
    "newscrawl crawl worldnews --start demo": "the sample edition, without a network",
    "newscrawl check https://news.example/world": "a few pages of a section, before the first crawl",
    "newscrawl crawl https://news.example/world --since 2d -o stories.jsonl": "any section, the last two days",
    "newscrawl crawl worldnews --dry-run": "what a run would read, and why",
    "newscrawl init --contact you@example.org": "say who is asking, before the first live run",
    "newscrawl report": "the last runs, as a page for your browser",
}
