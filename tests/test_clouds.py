"""Deliveries to Google Cloud Storage and Azure, by servers on this machine that stand for them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from newscrawl.targets import Target

#: What azurite's only account is called, and its well-known key.
_ACCOUNT = "devstoreaccount1"
_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return int(free.getsockname()[1])


@contextmanager
def gcs() -> Iterator[str]:
    """The address of an emulator of Google Cloud Storage with a bucket ``news``."""
    pytest.importorskip("gcsfs", reason="gcsfs is not installed")
    emulator = pytest.importorskip("gcp_storage_emulator.server", reason="gcp-storage-emulator is not installed")
    port = free_port()
    server = emulator.create_server("127.0.0.1", port, in_memory=True, default_bucket="news")
    server.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()


@contextmanager
def azure() -> Iterator[str]:
    """How to reach an azurite with a container ``news``."""
    pytest.importorskip("adlfs", reason="adlfs is not installed")
    from azure.storage.blob import BlobServiceClient

    if not shutil.which("azurite-blob"):
        pytest.skip("azurite is not installed: npm install -g azurite")
    port = free_port()
    command = ["azurite-blob", "--blobHost", "127.0.0.1", "--blobPort", str(port), "--inMemoryPersistence"]
    command += ["--skipApiVersionCheck", "--disableTelemetry"]
    how = f"DefaultEndpointsProtocol=http;AccountName={_ACCOUNT};AccountKey={_KEY};"
    how += f"BlobEndpoint=http://127.0.0.1:{port}/{_ACCOUNT};"
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            assert any("successfully listens" in line for line in process.stdout)
            BlobServiceClient.from_connection_string(how).create_container("news")
            yield how
        finally:
            process.terminate()


def check_files(target: Target, folder: Path) -> None:
    """A file is put, replaced and fetched."""
    local, back = folder / "a b.jsonl", folder / "back"
    local.write_bytes(b"1\n")
    assert target.check() == ""
    assert not target.get("x/a b.jsonl", back)
    target.put(local, "x/a b.jsonl")
    local.write_bytes(b"line\n" * 100_000)
    target.put(local, "x/a b.jsonl")
    assert target.get("x/a b.jsonl", back)
    assert back.read_bytes() == local.read_bytes()


@pytest.mark.slow
def test_google_cloud_storage(tmp_path, monkeypatch):
    with gcs() as url:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", url)
        check_files(Target.of("gs://news/up"), tmp_path)
        with pytest.raises(ValueError, match="there is no such bucket"):
            Target.of("gs://other/up").check()
    assert Target.of("gs://news/up").check() == "connection refused"


@pytest.mark.slow
def test_azure(tmp_path, monkeypatch):
    pytest.importorskip("adlfs")
    for name in [name for name in os.environ if name.startswith("AZURE_")]:
        monkeypatch.delenv(name)
    with pytest.raises(ValueError, match="abfs://news/up cannot be used: it has no credentials; set AZURE_STORAGE"):
        Target.of("abfs://news/up").check()
    with azure() as how:
        monkeypatch.setenv("AZURE_STORAGE_CONNECTION_STRING", how)
        check_files(Target.of("abfs://news/up"), tmp_path)
        check_files(Target.of(f"abfs://news@{_ACCOUNT}.dfs.core.windows.net/at"), tmp_path)
        with pytest.raises(ValueError, match="there is no such container"):
            Target.of("az://other/up").check()
        monkeypatch.setenv("AZURE_STORAGE_CONNECTION_STRING", how.replace(_KEY, _KEY[::-1].replace("=", "") + "=="))
        with pytest.raises(ValueError, match="refuses the credentials") as refused:
            Target.of("abfs://news/up").check()
        assert _KEY[::-1][:20] not in str(refused.value)
