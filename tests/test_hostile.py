"""Whatever a server sends, a run ends in order, in little memory, with what was good; what was not is named."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from urllib.parse import urlsplit

from tests import hostile_site
from tests.conftest import FAST, PROJECT

_MOST_MEMORY = 300  # MB; the systemd unit and the compose file allow 1 GB
#: Runs scrapy, then tells how much memory it took. Not by getrusage(), which counts what the parent had at the fork.
_MEASURED = """
import atexit, sys
from pathlib import Path
from scrapy.cmdline import execute
status = Path("/proc/self/status")
atexit.register(lambda: status.exists() and path.write_text(status.read_text()))
path = Path(sys.argv[-1])
execute(["scrapy", *sys.argv[1:-1]])
"""


def test_a_site_with_one_page_of_each_hostile_kind(site, tmp_path):
    hostile = hostile_site.build(site)
    output, measured = tmp_path / "out.jsonl", tmp_path / "status"
    starts = ["-a", f"start={','.join(hostile.starts)}", "-a", "pages=1", "-a", "hops=0"]
    run = subprocess.run(
        [sys.executable, "-c", _MEASURED, "crawl", "section", *FAST, *starts, "-O", str(output), str(measured)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"},
    )
    assert run.returncode == 2, run.stderr
    assert "Traceback" not in run.stderr
    written = {urlsplit(json.loads(line)["url"]).path for line in output.read_text(encoding="utf8").splitlines()}
    assert written == hostile.stories, run.stderr
    for path, told in hostile.told.items():
        lines = [line for line in run.stderr.splitlines() if f"{site.origin}{path} " in line]
        assert any(told in line for line in lines), (path, run.stderr)
    assert site.paths().count("/index.xml") == 1
    if measured.exists():
        peak = int(re.search(r"VmHWM:\s*(\d+) kB", measured.read_text())[1]) / 1024
        assert peak < _MOST_MEMORY, f"{peak:.0f} MB"
