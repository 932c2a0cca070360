"""The names of the sample shop's products, as the pipeline knows them."""

from __future__ import annotations

import pytest

from bot.nlu.names.product_names import ProductNames
from tests.sample_shop import opened


@pytest.fixture(scope="session")
def sample_names(tmp_path_factory: pytest.TempPathFactory) -> ProductNames:
    """The names of the sample shop."""
    resources = opened(tmp_path_factory.mktemp("shop"))
    resources.database.dispose()
    return ProductNames(resources.chosen.product_names)
