"""Tells people how a run ended; the run's ending then says whether they were told."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace

from scrapy.settings import BaseSettings

from newscrawl.configuration.faults import Faults
from newscrawl.configuration.file import load
from newscrawl.configuration.notify import Notify
from newscrawl.crawl.ending import NO_ALERT, Ending, ExitStatus
from newscrawl.notify.message import due_events, message_of, plain
from newscrawl.notify.sending import Sent, check, send

#: Endings of a worker's part in a crawl that another worker tells of.
_OF_OTHERS = ("own-failures",)


def faults(notify: Notify) -> list[str]:
    """What keeps alerts from being sent, a sentence each, before a run begins."""
    return [f"notify: {fault}" for fault in check(notify)] if notify else []


def checked(notify: Notify) -> None:
    """Raise ``ValueError`` where alerts cannot be sent."""
    if found := faults(notify):
        raise ValueError("; ".join(found))


def configured(settings: BaseSettings) -> Notify:
    """Who is told of this process's runs; nobody where a setting turns that off, or no file can be read."""
    try:
        return load().notify if settings.getbool("NOTIFY_ENABLED", True) else Notify()
    except Faults:
        return Notify()


def told(whole: Ending, sections: Mapping[str, Ending], notify: Notify) -> Ending:
    """The ending of a run of ``sections``, once people were told of it where ``notify`` asks for that.

    An alert that could not be sent makes a good run incomplete: nobody would hear of the next bad one. A mistake on
    the command line is not told where a person sees the last line.
    """
    if not notify or whole.anchor in _OF_OTHERS or (is_mistake(whole) and sys.stderr.isatty()):
        return whole
    message = message_of(whole, sections, notify)
    if message is None and not notify.healthchecks:
        return whole
    is_bad = bool({"failed", "incomplete"} & set(due_events(whole, sections, notify).values()))
    result = send(notify, message, plain(str(whole)), is_bad=is_bad)
    if not result.failed:
        return replace(whole, alerts=_record(result)) if result.sent else whole
    unsent = f"an alert could not be sent: {'; '.join(result.failed)}"
    if whole.status is not ExitStatus.OK:
        return replace(whole, sentence=f"{whole.sentence}; {unsent}", alerts=_record(result))
    sentence = f"{whole.sentence}, but {unsent}"
    return replace(whole, status=ExitStatus.INCOMPLETE, sentence=sentence, anchor=NO_ALERT, alerts=_record(result))


def is_mistake(ended: Ending) -> bool:
    """Whether a run failed by what it was given: its sentence says everything, so no page explains it."""
    return ended.status is ExitStatus.FAILED and not ended.anchor


def _record(result: Sent) -> dict[str, object]:
    return {"sent": result.sent, "failed": list(result.failed)}
