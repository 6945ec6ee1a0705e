"""Messages in the forms of the services, within a bounded time, and without a secret in what is said of them."""

from __future__ import annotations

import json
import socket
import sys
from email import message_from_bytes, policy

import pytest

from newscrawl.configuration.notify import Notify
from newscrawl.notify import sender, sending
from newscrawl.notify.sending import Message, Sent, check, send
from tests.notify.conftest import SECRET, Inbox

apprise = pytest.importorskip("apprise", reason="alerts are sent with pip install '.[notify]'")
MESSAGE = Message("world: failed", "the section refused <b>\nWhat to do: *look*", "failure")


def sent(*addresses: str, healthchecks: str = "", is_bad: bool = True) -> Sent:
    return send(Notify(addresses, healthchecks=healthchecks), MESSAGE, "exit status 1", is_bad=is_bad)


def unused_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_webhook_and_ntfy_have_the_message_as_it_is(inbox: Inbox):
    assert sent(f"json://{inbox.host}/hook", f"ntfy://{inbox.host}/topic") == Sent(2)
    hook, ntfy = json.loads(inbox.bodies("/hook")[0]), json.loads(inbox.bodies("/")[0])
    assert (hook["title"], hook["message"], hook["type"]) == (MESSAGE.title, MESSAGE.body, "failure")
    assert (ntfy["topic"], ntfy["title"], ntfy["message"]) == ("topic", MESSAGE.title, MESSAGE.body)


def test_slack_and_discord_have_the_message(inbox: Inbox, monkeypatch):
    """Their hosts are fixed, so these are sent in this process."""
    monkeypatch.setattr("apprise.plugins.slack.NotifySlack.webhook_url", f"http://{inbox.host}/services")
    monkeypatch.setattr("apprise.plugins.discord.NotifyDiscord.notify_url", f"http://{inbox.host}/api/webhooks")
    message = {"title": MESSAGE.title, "body": "the section refused", "kind": MESSAGE.kind}
    assert sender.by_apprise("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", message) == ""
    assert sender.by_apprise("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", message) == ""
    (slack_path, slack), (discord_path, discord) = inbox.got
    assert slack_path == "/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"
    assert "the section refused" in json.dumps(json.loads(slack)["attachments"])
    assert discord_path == "/api/webhooks/4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js"
    assert "the section refused" in json.dumps(json.loads(discord))
    assert "Apprise" not in slack + discord  # who sends is newscrawl


def test_what_is_too_long_for_a_service_is_cut(inbox: Inbox, monkeypatch):
    monkeypatch.setattr("apprise.plugins.discord.NotifyDiscord.notify_url", f"http://{inbox.host}/hooks")
    message = {"title": "world: news", "body": "first\n" + "x" * 9000, "kind": "success"}
    assert sender.by_apprise("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", message) == ""
    ((_, body),) = inbox.got  # one message
    assert len(json.loads(body)["content"]) <= 2000
    assert "first" in body


def test_e_mail_is_sent():
    controller = pytest.importorskip("aiosmtpd.controller", reason="the mail server is aiosmtpd")
    taken = []

    class Handler:
        async def handle_DATA(self, server, session, envelope):
            taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
            return "250 OK"

    server = controller.Controller(Handler(), hostname="127.0.0.1", port=unused_port())
    server.start()
    try:
        address = f"mailto://127.0.0.1:{server.port}/?from=crawl@news.example&to=desk@news.example&mode=insecure"
        assert sent(address) == Sent(1)
    finally:
        server.stop()
    ((to, mail),) = taken
    assert to == ["desk@news.example"]
    assert mail["Subject"] == MESSAGE.title
    assert "the section refused" in mail.get_body(("plain", "html")).get_content()


def test_a_monitor_is_requested(inbox: Inbox):
    address = f"http://{inbox.host}/{SECRET}?rid=1"
    assert sent(healthchecks=address, is_bad=False) == Sent(1)
    assert sent(healthchecks=address) == Sent(1)
    assert inbox.got == [(f"/{SECRET}", "exit status 1"), (f"/{SECRET}/fail", "exit status 1")]


def test_what_fails_is_told_without_a_secret(inbox: Inbox, monkeypatch):
    inbox.statuses = {f"/{SECRET}": 500, f"/{SECRET}/fail": 404}
    monkeypatch.setenv("ALERT_URL", f"json://me:{SECRET}@127.0.0.1:{unused_port()}/")
    monkeypatch.delenv("UNSET_URL", raising=False)
    told = sent(
        f"json://{inbox.host}/ok", f"json://{inbox.host}/{SECRET}", "${ALERT_URL}", "${UNSET_URL}", f"unknown://{SECRET}",
        f"{SECRET}", healthchecks=f"http://{inbox.host}/{SECRET}",
    )  # fmt: skip
    assert told == Sent(
        1,
        (
            "healthchecks (http://…): HTTP 404",
            "address 2 (json://…): HTTP 500",
            "address 3 (${ALERT_URL}): no connection",
            "address 4 (${UNSET_URL}): the environment has no UNSET_URL; set it where the run is started",
            "address 5 (unknown://…): Apprise does not know such an address",
            "address 6 (…): Apprise does not know such an address",
        ),
    )


def test_a_service_that_does_not_answer_is_not_waited_for(inbox: Inbox, monkeypatch):
    monkeypatch.setattr(sending, "LONGEST", 3.0)
    inbox.mute = {"/mute"}
    told = sent(f"json://{inbox.host}/mute?rto=60", f"json://{inbox.host}/ok")
    assert told == Sent(1, ("address 1 (json://…): it took too long",))


def test_a_sender_that_dies_is_no_long_wait(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    died = "address 1 (json://…): the process that sends ended with status 1"
    assert sent("json://127.0.0.1/x") == Sent(0, (died,))
    assert check(Notify(("json://127.0.0.1/x",))) == [died]


def test_a_check_that_takes_long_keeps_no_run_from_beginning(monkeypatch):
    monkeypatch.setattr(sending, "LONGEST", 0.0)
    assert check(Notify(("json://127.0.0.1/",))) == []


def test_addresses_are_checked_without_sending(inbox: Inbox):
    known = f"json://{inbox.host}/hook"
    assert check(Notify((known,), healthchecks=f"http://{inbox.host}/ping")) == []
    assert check(Notify((known, f"slakc://{SECRET}"))) == [
        "address 2 (slakc://…): Apprise does not know such an address"
    ]
    assert inbox.got == []


@pytest.mark.parametrize("address", ["ftp://x.example/", "http://[", "hc-ping.com/x"])
def test_a_monitor_has_an_address_on_the_web(address, monkeypatch):
    monkeypatch.setenv("PING", address)
    (fault,) = check(Notify(healthchecks="${PING}"))
    assert fault == "healthchecks (${PING}): expected an address that begins with https://"


def test_without_the_library_a_sentence_says_what_to_install(inbox: Inbox, monkeypatch):
    monkeypatch.setattr(sending, "find_spec", lambda name: None)
    assert check(Notify(("json://x",))) == ["address 1 (json://…): it needs pip install 'newscrawl[notify]'"]
    assert sent(healthchecks=f"http://{inbox.host}/ping") == Sent(1)  # which needs none
