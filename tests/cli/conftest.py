"""A project folder of a test's own, and the commands run in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import settings as settings_module
from bot.answers.resources import resources
from bot.cli.app import app
from bot.paths import DATA, ROOT
from bot.settings import known_names, settings

Run = Callable[..., Result]


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folder of a shop of its own; no setting but this counts, neither of the environment nor of .env."""
    for name in known_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(settings_module, "DOTENV", tmp_path / ".env")
    folder = tmp_path / "var"
    folder.mkdir()
    monkeypatch.setenv("VAR", str(folder))
    settings.cache_clear()
    resources.cache_clear()  # those of a test before read its own shop
    yield folder
    settings.cache_clear()
    resources.cache_clear()


@pytest.fixture
def run(var: Path) -> Run:
    """Runs a command as typed; settings are read anew each time."""

    def typed(*words: str | Path, answer: str | None = None) -> Result:
        settings.cache_clear()
        return CliRunner().invoke(app, [str(word) for word in words], input=answer)

    return typed


@pytest.fixture
def shop_file(tmp_path: Path, var: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of data/shop.yml that the commands read."""
    copy = tmp_path / "shop.yml"
    shutil.copyfile(DATA / "shop.yml", copy)
    monkeypatch.setenv("SHOP", str(copy))
    return copy


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what a model is trained from: config, domain, examples and rules."""
    root = tmp_path / "project"
    root.mkdir()
    for name in ("config.yml", "domain.yml"):
        shutil.copyfile(ROOT / name, root / name)
    for name in ("nlu", "rules"):
        shutil.copytree(DATA / name, root / "data" / name)
    return root


def told(result: Result) -> str:
    """The line that a command ended with; fails where it is more than one, or the command did not fail."""
    assert result.exit_code != 0, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, result.stderr
    return lines[0]
