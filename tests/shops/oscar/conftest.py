"""The shop of django-oscar, once for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.peers.oscar import OscarPeer
from tests.shops.oscar.shop import OscarShop


@pytest.fixture(scope="session")
def oscar_peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OscarPeer]:
    """The running shop."""
    made = OscarPeer(tmp_path_factory.mktemp("oscar"))
    yield made
    made.stop()


@pytest.fixture
def oscar(oscar_peer: OscarPeer) -> OscarShop:
    """It with the conformance suite's orders."""
    return OscarShop(oscar_peer)
