"""Mails the last line of a unit that failed; newscrawl-alert@.service runs it.

By SMTP, to the mail server of this machine: the command "mail" would need a program that is setuid or setgid, which
an unprivileged unit cannot run.
"""

import os
import smtplib
import socket
import subprocess
import sys
import time
from email.message import EmailMessage

PATIENCE = 5.0  # seconds to wait for the last line in the journal; a run that was killed never wrote one


def last_line(unit: str, invocation: str) -> str:
    """The last line that a unit wrote, in one invocation if that is known."""
    command = ["journalctl", "--quiet", "--output=cat", "--lines=1", f"_SYSTEMD_UNIT={unit}.service"]
    command += [f"_SYSTEMD_INVOCATION_ID={invocation}"] if invocation else []
    until = time.monotonic() + PATIENCE
    while True:
        done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf8", errors="replace", check=True)  # noqa: S603 - systemd's own words
        line = done.stdout
        if line.startswith("exit status ") or time.monotonic() >= until:
            return line
        time.sleep(0.5)


def main(unit: str) -> None:
    """Mail it to $MAILTO. systemd 251 or newer gives $MONITOR_...; with an older one the subject lacks the reason."""
    why = " ".join(filter(None, (os.environ.get(f"MONITOR_{name}") for name in ("SERVICE_RESULT", "EXIT_STATUS"))))
    message = EmailMessage()
    message["From"] = message["To"] = os.environ["MAILTO"]
    message["Subject"] = f"{unit} on {socket.gethostname()}: {why or 'failed'}"
    line = last_line(unit, os.environ.get("MONITOR_INVOCATION_ID", ""))
    message.set_content(line or "It said nothing.\n", cte="quoted-printable")
    with smtplib.SMTP(os.environ.get("MAIL_SERVER", "localhost"), timeout=60) as server:
        server.send_message(message)


if __name__ == "__main__":
    main(sys.argv[1])
