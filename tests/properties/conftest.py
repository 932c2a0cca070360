"""The sample shop for the properties."""

from __future__ import annotations

import logging
from typing import Iterator

import pytest

from bot.answers.resources import Resources
from tests.sample_shop import opened


@pytest.fixture(scope="session")
def resources(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resources]:
    """The knowledge, the wording and the sample shop."""
    logging.getLogger("bot.answers").setLevel(logging.CRITICAL)
    made = opened(tmp_path_factory.mktemp("properties"))
    made.ready()
    yield made
    made.database.dispose()
