"""The shop of Vendure, once for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.peers.vendure import VendurePeer
from tests.peers.vendure_install import vendure_folder
from tests.shops.vendure.shop import VendureShop


@pytest.fixture(scope="session")
def vendure_peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VendurePeer]:
    """The running shop. Skips where there is no npm; in CI nothing may be missing."""
    installed = vendure_folder()
    if installed is None:
        assert not os.environ.get("CI"), "npm is missing, or Node is too old"
        pytest.skip("there is no npm with a newer Node to install Vendure with")
    made = VendurePeer(installed, tmp_path_factory.mktemp("vendure") / "log")
    yield made
    made.stop()


@pytest.fixture
def vendure(vendure_peer: VendurePeer) -> VendureShop:
    """It with the conformance suite's orders."""
    return VendureShop(vendure_peer)
