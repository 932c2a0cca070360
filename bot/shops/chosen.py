"""The shop's engine that ENGINE_URL and ENGINE_KEY name; without them our own order book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.settings import Settings, SettingsError
from bot.shops.asked import Asked
from bot.shops.book.gateway import BookGateway
from bot.shops.oscar.client import OscarClient
from bot.shops.oscar.gateway import OscarGateway
from bot.shops.shopify.client import ShopifyClient
from bot.shops.shopify.gateway import ShopifyGateway
from bot.shops.vendure.client import VendureClient
from bot.shops.vendure.gateway import VendureGateway
from bot.shops.woo.client import WooClient
from bot.shops.woo.gateway import WooGateway
from bot.store.database import Database
from bot.store.order_policy import OrderPolicy, Way
from bot.store.requests import RequestStore
from bot.support.gateway import Capability, OrderGateway

WOOCOMMERCE, SHOPIFY, OSCAR, VENDURE = "woocommerce", "shopify", "oscar", "vendure"
TOKENS = ("shpat_", "shpca_")
KEY_PARTS = 2
SHORTEST_KEY = 32
"""So long is the key of deploy/oscar at least: who guesses it sees every order."""
NEEDS: Mapping[Way, Capability] = {Way.EMAIL: Capability.BY_EMAIL, Way.NAME_AND_POSTCODE: Capability.BY_NAME}


@dataclass(frozen=True)
class Engine:
    """Which engine, where it is, and the key that lets the assistant in."""

    name: str
    address: str
    key: str = field(repr=False)

    @classmethod
    def of(cls, chosen: Settings) -> Engine | None:
        """The engine of the settings; None where orders come from the own book.

        Raises:
            SettingsError: when its key is missing or none of this engine's.
        """
        if not chosen.engine_url:
            return None
        name, _, address = chosen.engine_url.partition("+")
        key = chosen.engine_key.strip()
        if not key:
            raise SettingsError("ENGINE_URL is set and ENGINE_KEY is empty: it is the key that the shop's engine made for the assistant (docs/engines.md).")
        if name == WOOCOMMERCE and (len(parts := key.split(":")) != KEY_PARTS or not all(parts)):
            raise SettingsError("ENGINE_KEY cannot be used: WooCommerce makes two keys; write both with a colon between, ck_...:cs_...")
        if name == SHOPIFY and not key.startswith(TOKENS):
            raise SettingsError("ENGINE_KEY cannot be used: it is the Admin API access token of a custom app, shpat_...")
        if name == OSCAR and len(key) < SHORTEST_KEY:
            raise SettingsError(f"ENGINE_KEY cannot be used: it is the shop's GLASSKIN_KEY, {SHORTEST_KEY} characters or more.")
        return cls(name, address.rstrip("/"), key)

    @property
    def woo(self) -> WooClient:
        """Calls it, where it is a WooCommerce."""
        key, _, secret = self.key.partition(":")
        return WooClient(self.address, key, secret)

    @property
    def shopify(self) -> ShopifyClient:
        """Calls it, where it is a Shopify."""
        return ShopifyClient(self.address, self.key)

    @property
    def oscar(self) -> OscarClient:
        """Calls it, where it is a django-oscar."""
        return OscarClient(self.address, self.key)

    @property
    def vendure(self) -> VendureClient:
        """Calls it, where it is a Vendure."""
        return VendureClient(self.address, self.key)


def gateway_of(chosen: Settings, database: Database, policy: OrderPolicy, requests: RequestStore) -> OrderGateway:
    """The shop's orders.

    Raises:
        SettingsError: see `Engine.of`.
    """
    engine = Engine.of(chosen)
    if engine is None:
        return BookGateway(database, policy.book_leads)
    if engine.name == OSCAR:
        return OscarGateway(engine.oscar)
    asked = Asked(requests.order_of_token)
    if engine.name == VENDURE:
        return VendureGateway(engine.vendure, asked)
    if engine.name == SHOPIFY:
        return ShopifyGateway(engine.shopify, asked, pays_back=policy.pays_back_itself, opens_returns=policy.returns.opens_itself)
    return WooGateway(engine.woo, asked)


def provable(policy: OrderPolicy, gateway: OrderGateway) -> OrderPolicy:
    """The owner's policy without the ways to prove a customer that the engine cannot look up by."""
    kept = {name: tuple(way for way in getattr(policy, name) if NEEDS.get(way) in (None, *gateway.capabilities)) or (Way.NOBODY,) for name in ("see", "change")}
    return policy.copy(update=kept)

