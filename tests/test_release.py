"""What a release is made from: the lock files, the image, the workflow, and the page that says how to install."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from newscrawl.version import __version__
from tests.conftest import PROJECT

CONFIG = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf8"))
EXTRAS = CONFIG["project"]["optional-dependencies"]
DOCKERFILE = (PROJECT / "deploy" / "Dockerfile").read_text(encoding="utf8").replace("\\\n", " ")
WORKFLOW = (PROJECT / ".github" / "workflows" / "release.yml").read_text(encoding="utf8")
INSTALLING = "docs/how-to/installing.md"

#: A library in a lock file, with the hashes that follow.
PINNED = re.compile(r"^([\w.-]+)==([^\s;]+)(?: ; [^\\\n]+)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)


def wanted(lines: list[str]) -> Iterator[Requirement]:
    """The libraries of these lines, and those of the project's own extras among them."""
    for line in lines:
        requirement = Requirement(line)
        if requirement.name == "newscrawl":
            yield from wanted([line for extra in requirement.extras for line in EXTRAS[extra]])
        else:
            yield requirement


LOCKED = {
    "image.txt": [*CONFIG["project"]["dependencies"], *EXTRAS["all"]],
    "ci.txt": [*CONFIG["project"]["dependencies"], *EXTRAS["dev"]],
    "release.txt": CONFIG["dependency-groups"]["release"],
}


# Lock files ------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKED)
def test_the_lock_fits_the_project(name):
    pins = defaultdict(set)
    for library, version, _ in PINNED.findall((PROJECT / "requirements" / name).read_text(encoding="utf8")):
        pins[canonicalize_name(library)].add(version)
    do = "run requirements/lock.sh"
    for requirement in wanted(LOCKED[name]):
        versions = pins[canonicalize_name(requirement.name)]
        assert versions, f"{name} lacks {requirement.name}: {do}"
        assert all(requirement.specifier.contains(version) for version in versions), f"{requirement}: {do}"


@pytest.mark.parametrize("name", LOCKED)
def test_a_lock_has_exact_versions_with_hashes_and_nothing_else(name):
    text = (PROJECT / "requirements" / name).read_text(encoding="utf8")
    rest = [line for line in PINNED.sub("", text).splitlines() if line.strip()]
    assert all(line.startswith("#") for line in rest), rest[:3]
    assert "://" not in text


def test_all_locks_are_written_by_the_script():
    script = (PROJECT / "requirements" / "lock.sh").read_text(encoding="utf8")
    assert set(re.findall(r"^lock (\S+) ", script, re.MULTILINE)) == set(LOCKED)
    assert {path.name for path in (PROJECT / "requirements").glob("*.txt")} == set(LOCKED)


# The image -------------------------------------------------------------------------


def test_the_image_installs_only_what_the_locks_name():
    installs = re.findall(r"pip install [^&\n]*", DOCKERFILE)
    assert len(installs) == 3
    for line in installs:
        assert "--no-deps" in line or re.search(r"--require-hashes -r (requirements/\w+\.txt)", line)
    for file in re.findall(r"-r (\S+)", DOCKERFILE):
        assert (PROJECT / file).is_file()


def test_the_image_can_be_pinned_and_says_what_it_is():
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["$BASE", "$BASE"]
    assert re.search(r"^ARG BASE=[\w./-]+:[\w.-]+$", DOCKERFILE, re.MULTILINE)
    (label,) = re.findall(r"^LABEL (.*)$", DOCKERFILE, re.MULTILINE)
    labels = dict(re.findall(r'org\.opencontainers\.image\.(\w+)="([^"]*)"', label))
    assert labels["licenses"] == CONFIG["project"]["license"]
    assert CONFIG["project"]["description"].startswith(labels["description"])
    users = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert users and not users[-1].startswith(("0", "root"))


def test_all_has_what_a_server_may_need():
    """Each extra is in it, or there is a reason why not."""
    (line,) = EXTRAS["all"]
    reasons = {"all", "browser", "scale", "docs", "test", "dev", "report"}
    assert Requirement(line).extras == EXTRAS.keys() - reasons


# The workflow ----------------------------------------------------------------------


def jobs() -> dict:
    return pytest.importorskip("yaml").safe_load(WORKFLOW)["jobs"]


def test_the_workflow_has_no_password_and_each_job_only_its_rights():
    assert "secrets." not in WORKFLOW
    assert "\npermissions: {}\n" in WORKFLOW
    rights = {name: job["permissions"] for name, job in jobs().items()}
    assert rights["index"] == {"id-token": "write"}
    assert [name for name, held in rights.items() if held.get("contents") == "write"] == ["page"]
    assert {name: job.get("needs") for name, job in jobs().items()} == {
        "build": None, "index": "build", "image": "build", "page": ["index", "image"],
    }  # fmt: skip


def test_actions_are_named_by_a_version():
    actions = [step["uses"] for job in jobs().values() for step in job["steps"] if "uses" in step]
    assert actions
    for action in actions:
        assert re.fullmatch(r"[\w.-]+/[\w.-]+@(v\d+(\.\d+)*|release/v\d+|[0-9a-f]{40})", action)


def test_the_workflow_runs_what_there_is():
    for job in jobs().values():
        for step in job["steps"]:
            program = step.get("run", "").split(" ")[0]
            if program.startswith("."):
                assert os.access(PROJECT / program, os.X_OK)
            assert (PROJECT / step.get("with", {}).get("file", "README.md")).is_file()


@pytest.mark.parametrize(("tag", "status"), [(f"v{__version__}", 0), (__version__, 1), ("v99.0", 1)])
def test_only_the_tag_of_the_version_is_published(tag, status):
    (check,) = [
        step["run"] for job in jobs().values() for step in job["steps"] if step.get("name") == "The tag is the version"
    ]
    environment = os.environ | {"GITHUB_REF_NAME": tag}
    assert subprocess.run(["bash", "-euc", check], cwd=PROJECT, env=environment, check=False).returncode == status


def test_the_changelog_and_the_reference_have_the_version():
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf8")
    assert re.findall(r"^## (\S+)", changelog, re.MULTILINE)[:2] == ["Unreleased", __version__]
    reference = (PROJECT / "docs" / "reference" / "configuration.md").read_text(encoding="utf8")
    assert re.findall(r"newscrawl/(\d[\d.]*)", reference) == [__version__]


# How to install --------------------------------------------------------------------


def test_the_page_has_every_extra():
    page = (PROJECT / INSTALLING).read_text(encoding="utf8")
    cells = re.findall(r"^\| (`.*?`) \|", page, re.MULTILINE)
    assert {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} == EXTRAS.keys()


def test_pages_that_install_an_extra_lead_there():
    pages = [PROJECT / "README.md", *(PROJECT / "docs").rglob("*.md")]
    for page in pages:
        text = page.read_text(encoding="utf8")
        if page != PROJECT / INSTALLING and "pip install 'newscrawl[" in text:
            leads = re.findall(r"\]\(([^)#]*installing\.md)", text)
            assert leads, page
            assert (page.parent / leads[0]).resolve() == PROJECT / INSTALLING
