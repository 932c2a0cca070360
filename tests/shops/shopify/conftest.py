"""The stand-in for Shopify, once for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.peers.shopify import ShopifyPeer
from tests.peers.shopify_schema import shopify_schema
from tests.shops.shopify.shop import ShopifyShop


@pytest.fixture(scope="session")
def shopify_peer() -> Iterator[ShopifyPeer]:
    """Skips where Shopify's schema cannot be had; in CI nothing may be missing."""
    schema = shopify_schema()
    if schema is None:
        assert not os.environ.get("CI"), "npm is missing"
        pytest.skip("there is no npm to fetch Shopify's schema with")
    made = ShopifyPeer(schema)
    yield made
    made.stop()


@pytest.fixture
def shopify(shopify_peer: ShopifyPeer) -> ShopifyShop:
    """A shop with the conformance suite's orders."""
    return ShopifyShop(shopify_peer)
