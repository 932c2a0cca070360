"""Installed as a library Glasskin says that it is none; installed from its folder it has one version."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from setuptools.config.pyprojecttoml import read_configuration

from bot import __version__
from bot.paths import ROOT


def build(hook: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a hook of the build backend as pip does."""
    code = f"import sys; sys.path.insert(0, 'scripts'); import build_backend; build_backend.{hook}({str(folder)!r})"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("hook", ["prepare_metadata_for_build_wheel", "build_wheel", "build_sdist"])
def test_pip_install_says_that_it_is_no_library(hook: str, tmp_path: Path) -> None:
    done = build(hook, tmp_path)
    assert done.returncode == 1 and "no library" in done.stderr and "make serve" in done.stderr
    assert "Traceback" not in done.stderr and not list(tmp_path.iterdir())


def test_an_editable_install_is_as_before(tmp_path: Path) -> None:
    done = build("prepare_metadata_for_build_editable", tmp_path)
    assert done.returncode == 0, done.stderr
    metadata = next(tmp_path.glob("*.dist-info/METADATA")).read_text(encoding="utf-8")
    for line in (f"Version: {__version__}", "License: Apache-2.0", "Author: Glasskin contributors", "Requires-Dist: rasa ==3.6.21"):
        assert line in metadata


def test_the_metadata_is_complete() -> None:
    project = read_configuration(str(ROOT / "pyproject.toml"))["project"]
    for key in ("description", "readme", "license", "authors", "keywords", "classifiers", "requires-python"):
        assert project[key], key
