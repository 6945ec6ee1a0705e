"""What a message about a run, or about the sections of one, says; and whether there is anything to say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from socket import gethostname
from urllib.parse import urlsplit

from newscrawl.configuration.notify import Notify
from newscrawl.configuration.shown import without_secrets
from newscrawl.crawl.ending import Ending, ExitStatus
from newscrawl.notify.sending import Message
from newscrawl.plural import counted

_MOST_SECTIONS = 20  # that a message tells of one by one
_LONGEST_HEADLINE = 200  # characters
#: Of the kinds of a run's counts, those that people ask for.
_COUNTS = ("written", "changed", "unchanged", "failed")
#: What Discord and Slack take for a call to people, in a text of somebody else's.
_MENTION = re.compile(r"(?<=<)(?=[!@#])|(?<=@)(?=(?:everyone|here|channel)\b)", re.IGNORECASE)
_KINDS = {"failed": "failure", "incomplete": "warning", "recovered": "success", "": "success"}


def event_of(ended: Ending) -> str:
    """What a run is to people: ``failed``, ``incomplete``, ``recovered``, or ``""`` for a good one after a good one."""
    if ended.status is not ExitStatus.OK:
        return ended.status.name.lower()
    return "recovered" if ended.before not in (None, ExitStatus.OK) else ""


def due_events(whole: Ending, sections: Mapping[str, Ending], notify: Notify) -> dict[str, str]:
    """What people are to hear of, by section; by ``""`` what is wrong with no section."""
    events = {name: event_of(ended) for name, ended in sections.items()}
    if whole.status is not ExitStatus.OK and not {"failed", "incomplete"} & set(events.values()):
        events[""] = event_of(whole)
    return {name: event for name, event in events.items() if event in notify.on}


def message_of(whole: Ending, sections: Mapping[str, Ending], notify: Notify) -> Message | None:
    """The one message about a run of ``sections``, or ``None`` where ``notify`` asks for none.

    ``whole`` is how they ended together: of one section, how that ended.
    """
    due = due_events(whole, sections, notify)
    news = _digest(sections, notify.digest)
    if not due and not news:
        return None
    body = "\n".join([plain(*_endings(whole, sections, due)), *news, "", f"newscrawl on {gethostname()}"])
    kind = next(_KINDS[event] for event in ("failed", "incomplete", "recovered", "") if event in {"", *due.values()})
    return Message(_title(sections, due), _without_mentions(body), kind)


def _title(sections: Mapping[str, Ending], due: Mapping[str, str]) -> str:
    """What is shown first, on a telephone mostly alone."""
    if len(sections) == 1:
        ((name, ended),) = sections.items()
        return f"{plain(name)}: {next(iter(due.values()), '') or _counts(ended)}"
    if not sections:
        return f"newscrawl: {next(iter(due.values()))}"
    numbers = [f"{number} {event}" for event in _KINDS if (number := sum(one == event for one in due.values()))]
    return f"newscrawl: {', '.join(numbers) or 'news'} of {counted(len(sections), 'section')}"


def _endings(whole: Ending, sections: Mapping[str, Ending], due: Mapping[str, str]) -> list[str]:
    """How it ended, and what to do."""
    if len(sections) == 1:
        (ended,) = sections.values()
        lines = [str(replace(whole, anchor="")), _counts(ended)] if due else [_counts(ended)]
        return [line for line in [*lines, _what_to_do(whole) if due else ""] if line]
    told = [name for name in due if name]
    lines = [f"{name}: {due[name]}: {sections[name].sentence}{_word(sections[name])}" for name in told[:_MOST_SECTIONS]]
    if len(told) > _MOST_SECTIONS:
        lines.append(f"and {counted(len(told) - _MOST_SECTIONS, 'other section')}")
    return [*([str(whole)] if "" in due else []), *lines]


def _counts(ended: Ending) -> str:
    return ", ".join(f"{ended.counts[name]} {name}" for name in _COUNTS if ended.counts.get(name))


def _word(ended: Ending) -> str:
    return f" (newscrawl explain {ended.anchor})" if ended.anchor else ""


def _what_to_do(ended: Ending) -> str:
    return f"What to do: newscrawl explain {ended.anchor}" if ended.anchor else ""


def _digest(sections: Mapping[str, Ending], most: int) -> list[str]:
    """The headlines of what the runs wrote, ``most`` of them."""
    stories = [(name, story) for name, ended in sections.items() if ended.files for story in ended.headlines if most]
    lines, before = [], None
    for name, story in stories[:most]:
        if name != before and len(sections) > 1:
            lines += ["", f"{name}:"]
        before = name
        changed = " (changed)" if story["status"] == "changed" else ""
        lines += [f"- {story['headline'][:_LONGEST_HEADLINE]}{changed}", f"  {_link(story['url'])}"]
    written = sum(ended.counts.get("written", 0) for ended in sections.values() if ended.files)
    more = [f"and {written - most} more"] if most < written and lines else []
    return ["", "New and changed:", *lines, *more] if lines else []


def plain(*lines: str) -> str:
    """Text without secrets, and without what services take for a call to people."""
    return _without_mentions("\n".join(str(without_secrets("", line)) for line in lines))


def _without_mentions(text: str) -> str:
    return _MENTION.sub("\u200b", text)


def _link(url: str) -> str:
    """A story's address without a name and password. An ``@`` behind the host is the publisher's."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
