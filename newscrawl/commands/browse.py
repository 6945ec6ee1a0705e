"""``scrapy browse``: the loaded articles in a browser, for reading."""

from __future__ import annotations

import argparse
import sys

from newscrawl.browse import server
from newscrawl.command import ProjectCommand, number_from
from newscrawl.commands.load import existing_database
from newscrawl.streams import printable


class Command(ProjectCommand):
    """Serves a database by Datasette until it is interrupted."""

    requires_crawler_process = False
    statuses = ("Ctrl-C ended it", "it failed; standard error says why")
    examples = ("browse", "browse --demo --open", "browse archive.sqlite --port 8080")

    def syntax(self) -> str:
        return "[options] [DATABASE ...]"

    def long_desc(self) -> str:
        return (
            "Prints an address, and serves there until Ctrl-C: the newest stories by day, a search, and a page for each"
            " article. It is Datasette with everything set up: pip install 'newscrawl[datasette]'. Only an article's"
            " picture needs a network: your browser loads it from the publisher."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--demo", action="store_true", help="show the articles of the sample edition")
        parser.add_argument("--open", action="store_true", help="open the page in your browser")
        parser.add_argument("--no-pictures", action="store_true", help="load nothing from publishers")
        parser.add_argument(
            "--port", type=number_from(0), metavar="N",
            help=f"the port (default: the first free one from {server.PORT})",
        )  # fmt: skip
        parser.add_argument(
            "--host", default="127.0.0.1", metavar="ADDRESS",
            help="the address to serve at (default: 127.0.0.1, which only this computer reaches)",
        )  # fmt: skip

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        paths = [existing_database(self.settings, word, demo=opts.demo) for word in words or (None,)]
        try:
            datasette = server.instance(paths, pictures=not opts.no_pictures)
        except ImportError as error:
            raise ValueError(f"{error.name} is missing: pip install 'newscrawl[datasette]'") from error
        listening = server.bound(opts.host, opts.port)
        host = f"[{opts.host}]" if ":" in opts.host else opts.host
        address = f"http://{host}:{listening.getsockname()[1]}/"
        print(printable(f"{', '.join(map(str, paths))} at {address} (Ctrl-C ends it)"), file=sys.stderr, flush=True)
        if opts.open:
            import webbrowser

            webbrowser.open(address)  # it waits for the server, which already listens
        try:
            server.serve(datasette, listening)
        except KeyboardInterrupt:
            return
