"""An owner's folder of a test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.home.folder import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Where nothing was written yet."""
    return Home(tmp_path / "home")
