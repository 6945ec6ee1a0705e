"""docs/how-to/many-sections.md and the containers of deploy/, as far as that goes without Docker and a cluster."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest

from newscrawl.configuration.sections import KEYS, read
from tests import forks
from tests.conftest import PROJECT

DEPLOY = PROJECT / "deploy"
PAGE = (PROJECT / "docs" / "how-to" / "many-sections.md").read_text(encoding="utf8")
MANIFESTS = ["kubernetes.yaml", "kubernetes-workers.yaml"]
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf8")


def scrapy(folder, *arguments: str) -> subprocess.CompletedProcess[str]:
    return forks.scrapy(*arguments, cwd=folder)


def documents(name: str) -> list[dict[str, Any]]:
    return list(pytest.importorskip("yaml").safe_load_all((DEPLOY / name).read_text(encoding="utf8")))


def of_kind(kind: str) -> dict[str, Any]:
    (found,) = [document for name in MANIFESTS for document in documents(name) if document["kind"] == kind]
    return found


def pods() -> list[dict[str, Any]]:
    """The pods' specs of all manifests, each with its labels."""
    templates = [
        of_kind("CronJob")["spec"]["jobTemplate"]["spec"]["template"],
        of_kind("Job")["spec"]["template"],
        of_kind("StatefulSet")["spec"]["template"],
    ]
    return [{**template["spec"], "labels": template["metadata"]["labels"]} for template in templates]


def commands() -> list[list[str]]:
    """What each crawling container gives to scrapy."""
    compose = documents("compose.yaml")[0]["services"]
    (default,) = re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    return [
        re.findall(r'"([^"]+)"', default), compose["sections"]["command"], compose["worker"]["command"],
        *(container["args"] for pod in pods() for container in pod["containers"] if container["name"] == "crawl"),
    ]  # fmt: skip


# The page ---------------------------------------------------------------------------


def test_the_command_shown_runs(tmp_path):
    (line,) = re.search(r"<!-- command: sections -->\n```sh\n(.*)\n```", PAGE).groups()
    words = line.replace("deploy/", f"{DEPLOY}/").split()
    assert words.pop(0) == "newscrawl"
    done = forks.newscrawl(*words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr.rstrip().endswith("exit status 0 (ok): 1 section, 42 articles written")
    (file,) = (tmp_path / "output" / "demo").glob("worldnews-demo-*.jsonl")
    assert len(file.read_text("utf8").splitlines()) == 42


def test_the_file_shown_is_one_and_all_keys_are_told(tmp_path):
    (shown,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "shown.toml").write_text(shown)
    assert [section.name for section in read(tmp_path / "shown.toml")] == ["world", "harbour", "markets"]
    told = {
        key for line in re.findall(r"^\| (`[a-z_]+`.*?) \|", PAGE, re.MULTILINE) for key in re.findall(r"`(\w+)`", line)
    }
    assert told >= set(KEYS)


def test_the_examples_in_the_file_to_copy_are_sections(tmp_path):
    text = (DEPLOY / "sections.toml").read_text(encoding="utf8")
    (tmp_path / "sections.toml").write_text(re.sub(r"^#(?=[\[a-zA-Z_]+(?: =|[\].]))", "", text, flags=re.MULTILINE))
    assert [section.name for section in read(tmp_path / "sections.toml")] == ["world", "harbour", "sample"]


# The containers ----------------------------------------------------------------------


def test_their_commands_are_ones_that_run(tmp_path):
    for words in commands():
        words = [word.replace("/etc/newscrawl/", f"{DEPLOY}/") for word in words]
        if words[0] == "crawlall":
            assert scrapy(tmp_path, *words, "--only", "sample").returncode == 0
        else:  # the command line is understood: what is refused is the argument that is added
            assert words[:2] == ["crawl", "worldnews"]
            done = scrapy(tmp_path, *words, "-a", "pages=none")
            assert done.stderr.rstrip().rsplit("\n", 1)[-1].startswith("exit status 1 (failed): pages='none'")


def test_the_image():
    assert 'ENTRYPOINT ["newscrawl"]' in DOCKERFILE  # the exec form: no shell between the signal and the crawl
    assert DOCKERFILE.index("USER 10001") < DOCKERFILE.index("ENTRYPOINT")
    copied = re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
    sources = [source for line in copied for source in line.split()]
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf8").splitlines()
    assert ignored[0] == "*"
    for source in sources:
        assert (PROJECT / source).exists()
        assert f"!{source}" in ignored


def test_compose_fits_together():
    compose = documents("compose.yaml")[0]
    services = compose["services"]
    for service in services.values():
        for volume in service["volumes"]:
            name, target = volume.split(":")[:2]
            assert name in compose["volumes"] or (DEPLOY / name).is_file()
            assert target in {"/srv/newscrawl/output", "/etc/newscrawl/sections.toml", "/data"}
    for name in ("sections", "worker"):
        assert services[name]["read_only"] and services[name]["init"] and services[name]["restart"] == "no"
        build = services[name]["build"]
        assert (DEPLOY / build["context"] / build["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
    assert services["worker"]["depends_on"] == {"redis": {"condition": "service_healthy"}}
    assert "REDIS_URL=redis://redis:6379/0" in services["worker"]["command"]
    assert services["redis"]["healthcheck"]["test"] == ["CMD", "redis-cli", "ping"]
    assert services["redis"]["command"][1:] == ["--appendonly", "yes", "--appendfsync", "always"]


def test_pods_are_confined_and_have_what_they_mount():
    claims = {
        document["metadata"]["name"]
        for name in MANIFESTS
        for document in documents(name)
        if "Claim" in document["kind"]
    }
    for pod in pods():
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        volumes = {volume["name"]: volume for volume in pod.get("volumes", [])}
        for volume in volumes.values():
            assert volume.get("persistentVolumeClaim", {"claimName": "newscrawl-output"})["claimName"] in claims
        for container in pod["containers"]:
            security = container["securityContext"]
            assert security["readOnlyRootFilesystem"] is True
            assert security["allowPrivilegeEscalation"] is False
            assert security["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["limits"]["memory"]
            mounted = {mount["name"] for mount in container["volumeMounts"]}
            assert mounted == set(volumes) or mounted == {"data"}
        if pod["containers"][0]["name"] == "crawl":
            paths = {mount["mountPath"] for mount in pod["containers"][0]["volumeMounts"]}
            assert {"/srv/newscrawl/output", "/tmp"} <= paths
            assert pod["securityContext"]["runAsUser"] == 10001  # the image's


def test_a_night_is_one_and_its_verdict_is_final():
    spec = of_kind("CronJob")["spec"]
    assert spec["concurrencyPolicy"] == "Forbid"
    for job, action in ((spec["jobTemplate"]["spec"], "FailJob"), (of_kind("Job")["spec"], "FailIndex")):
        assert job["activeDeadlineSeconds"] == 10800
        assert job["template"]["spec"]["restartPolicy"] == "Never"  # podFailurePolicy asks for it
        disrupted, verdict = job["podFailurePolicy"]["rules"]  # the first that fits counts
        assert disrupted == {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget"}]}
        exits = {"containerName": "crawl", "operator": "In", "values": [1, 2]}
        assert verdict == {"action": action, "onExitCodes": exits}


def test_workers_reach_redis_and_have_folders_of_their_own():
    service, redis, policy, job = map(of_kind, ("Service", "StatefulSet", "NetworkPolicy", "Job"))
    _, worker, database = pods()
    selector = service["spec"]["selector"]
    assert selector == database["labels"] == redis["spec"]["selector"]["matchLabels"]
    assert policy["spec"]["podSelector"]["matchLabels"] == selector
    assert policy["spec"]["ingress"][0]["from"] == [{"podSelector": {"matchLabels": worker["labels"]}}]
    port = service["spec"]["ports"][0]["port"]
    assert f"REDIS_URL=redis://{service['metadata']['name']}:{port}/0" in worker["containers"][0]["args"]
    assert database["containers"][0]["ports"] == [{"containerPort": port}]
    assert job["spec"]["completionMode"] == "Indexed"
    assert "backoffLimit" not in job["spec"]  # backoffLimitPerIndex stands in its place
    (index,) = worker["containers"][0]["env"]
    assert (
        index["valueFrom"]["fieldRef"]["fieldPath"]
        == "metadata.annotations['batch.kubernetes.io/job-completion-index']"
    )
    assert worker["containers"][0]["volumeMounts"][0]["subPathExpr"] == f"worker-$({index['name']})"


@pytest.mark.parametrize("name", MANIFESTS)
def test_manifests_hold_to_the_schemas_of_the_api(name):
    validate = pytest.importorskip("kubernetes_validate")
    for document in documents(name):
        validate.validate(document, validate.latest_version(), strict=True)
