"""Whatever a server sends, a run ends in order, in little memory, with what was good; what was not is named."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from tests import hostile_site
from tests.conftest import measured_crawl

_MOST_MEMORY = 300  # MB; the systemd unit and the compose file allow 1 GB


def test_a_site_with_one_page_of_each_hostile_kind(site, tmp_path):
    hostile = hostile_site.build(site)
    output = tmp_path / "out.jsonl"
    starts = ("-a", f"start={','.join(hostile.starts)}", "-a", "pages=1", "-a", "hops=0")
    run, megabytes = measured_crawl(tmp_path, "section", *starts, "-O", str(output))
    assert run.returncode == 2, run.stderr
    assert "Traceback" not in run.stderr
    written = {urlsplit(json.loads(line)["url"]).path for line in output.read_text(encoding="utf8").splitlines()}
    assert written == hostile.stories, run.stderr
    for path, told in hostile.told.items():
        lines = [line for line in run.stderr.splitlines() if f"{site.origin}{path} " in line]
        assert any(told in line for line in lines), (path, run.stderr)
    assert site.paths().count("/index.xml") == 1
    assert megabytes < _MOST_MEMORY
