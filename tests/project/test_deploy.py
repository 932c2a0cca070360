"""The deploy files, looked at by the programs that read them where those are there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels.telegram.channel import LONGEST_UPDATE
from bot.paths import ROOT
from bot.settings import Settings, known_names

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
HADOLINT = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
MOST_EXPOSED = 2.0
"""Of systemd's own score from 0 (sandboxed) to 10."""


def unit(path: Path) -> dict[str, list[str]]:
    """The lines of a unit, by key."""
    found: dict[str, list[str]] = {}
    for key, value in re.findall(r"^(\w+)=(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE):
        found.setdefault(key, []).append(value)
    return found


@pytest.mark.parametrize("path", UNITS, ids=[path.name for path in UNITS])
def test_units_run_as_nobody_special_and_can_write_little(path: Path) -> None:
    lines = unit(path)
    assert lines["User"] == ["glasskin"] and lines["UMask"] == ["0077"]
    assert lines["NoNewPrivileges"] == ["true"] and lines["ProtectSystem"] == ["strict"] and lines["CapabilityBoundingSet"] == [""]
    assert all(folder.startswith(("/opt/glasskin/var", "/opt/glasskin/models", "/var/backups/glasskin"))
               for value in lines["ReadWritePaths"] for folder in value.split())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is missing")
def test_systemd_reads_the_units() -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, UNITS), *map(str, DEPLOY.glob("*.timer"))],
        capture_output=True, text=True, check=False,
    )
    problems = [line for line in done.stderr.splitlines() if line.startswith("glasskin") and "is not executable" not in line]
    assert problems == [] and "Unknown key" not in done.stderr and "Failed to parse" not in done.stderr, done.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is missing")
@pytest.mark.parametrize("path", UNITS, ids=[path.name for path in UNITS])
def test_systemd_calls_the_units_sandboxed(path: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--no-pager", str(path)], capture_output=True, text=True, check=False
    )
    score = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    if score is None:
        pytest.skip("this systemd-analyze cannot look at a unit that is not loaded")
    assert float(score.group(1)) <= MOST_EXPOSED


def test_the_proxy_and_the_assistant_have_the_same_limits() -> None:
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert f"client_max_body_size {LONGEST_UPDATE // 1024}k" in site
    connections = re.search(r"limit_conn glasskin_connections (\d+)", site)
    assert connections is not None and int(connections.group(1)) >= Settings.__fields__["web_connections_per_address"].default


def compose() -> dict[str, Any]:
    """The compose file, its shared parts filled in."""
    content: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
    return content


def test_compose_is_closed_to_the_outside_and_not_root() -> None:
    services = compose()["services"]
    for name in ("glasskin", "telegram"):
        service = services[name]
        assert service["read_only"] and service["cap_drop"] == ["ALL"] and "no-new-privileges:true" in service["security_opt"]
        assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
        assert set(service["environment"]) <= set(known_names())
    assert services["glasskin"]["ports"] == ["127.0.0.1:5005:5005"]
    assert "ports" not in services["database"] and "ports" not in services["telegram"]
    volumes = {one.split(":")[0] for service in services.values() for one in service.get("volumes", ())}
    assert {name for name in volumes if not name.startswith((".", "/"))} == set(compose()["volumes"])


def steps() -> list[tuple[str, str]]:
    """The Dockerfile's steps."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines]


def test_the_image_has_what_it_copies_and_does_not_run_as_root() -> None:
    kinds = [kind for kind, _ in steps()]
    assert set(kinds) <= {"FROM", "WORKDIR", "ENV", "COPY", "RUN", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
    user = next(value for kind, value in steps() if kind == "USER")
    assert user.isdigit() and int(user) > 0
    assert kinds.index("USER") < kinds.index("ENTRYPOINT") and "RUN" not in kinds[kinds.index("USER") :]
    for kind, value in steps():
        if kind == "FROM":
            assert ":" in value and ":latest" not in value
        if kind == "COPY" and not value.startswith("--from"):
            assert all((ROOT / name).exists() for name in value.split()[:-1])
    assert "--require-hashes" in " ".join(value for kind, value in steps() if kind == "RUN")


@pytest.mark.skipif(HADOLINT is None, reason="hadolint is missing, which is a package for Linux on x86_64 only")
def test_a_linter_finds_nothing_in_the_dockerfile(tmp_path: Path) -> None:
    image = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    spoiled = tmp_path / "Dockerfile"
    spoiled.write_text(image.replace(" --no-install-recommends", ""), encoding="utf-8")
    assert linted(DEPLOY / "Dockerfile") == [] and linted(spoiled) == ["DL3015"]


def linted(path: Path) -> list[str]:
    """The rules that a Dockerfile breaks."""
    done = subprocess.run([str(HADOLINT), "--format", "json", str(path)], capture_output=True, text=True, check=False)
    return [one["code"] for one in json.loads(done.stdout)]


def test_nothing_private_gets_into_the_image() -> None:
    left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".env", "var", ".git", ".venv", "models/*"} <= set(left_out)
