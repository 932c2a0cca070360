"""Whether a shop's engine lets the assistant do what it should: a finding for each thing, and what to do about what is missing. Changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bot.finding import Finding, good, look, mend
from bot.shops.check_words import NOT_THERE, REDIRECTS, WITHOUT_EMAIL, done_here, mended
from bot.shops.chosen import OSCAR, SHOPIFY, VENDURE, WOOCOMMERCE, Engine
from bot.shops.http import Refused, Unreadable
from bot.shops.oscar.gateway import CAPABILITIES as OF_OSCAR
from bot.shops.shopify.gateway import CAPABILITIES as OF_SHOPIFY
from bot.shops.shopify.gateway import RETURNS
from bot.shops.vendure.gateway import CAPABILITIES as OF_VENDURE
from bot.shops.woo.gateway import CAPABILITIES as OF_WOO
from bot.store.database import Database
from bot.store.orders.book import OrderBook
from bot.support.gateway import Capability, GatewayError

WHERE = "WooCommerce > Settings > Advanced > REST API"
READS, WRITES, ALL = "read_orders", "write_orders", "read_all_orders"
SCOPES = (READS, WRITES)


def findings(engine: Engine | None, database: Database) -> Iterator[Finding]:
    """What can be said of the engine, or of the own order book where there is none.

    Args:
        engine: the settings'.
        database: the shop's.

    Raises:
        StoreError: when the database gives no answer.
    """
    if engine is not None:
        yield from CHECKS[engine.name](engine)
        return
    yield good(f"ENGINE_URL is empty: orders come from the own order book, which holds {OrderBook(database).count()}.")


def of_woocommerce(engine: Engine) -> Iterator[Finding]:
    """Whether a WooCommerce can be reached, takes the key, shows e-mail addresses, and lets it write."""
    client = engine.woo
    try:
        newest = client.newest()
        yield good(f"WooCommerce answers at {client.http.host}; {'there is no order yet' if newest is None else 'its orders can be read'}.")
        if newest is not None and "@" not in str(newest["billing"].get("email") or ""):
            yield look(WITHOUT_EMAIL)
        if client.may_write():
            yield good("The key may change orders.")
        else:
            yield mend(f"ENGINE_KEY only reads: nothing can be cancelled or changed. Make one with Read/Write: {WHERE}.")
    except GatewayError as error:
        yield mend(_woo_mended(error, client.http.host))
        return
    yield good(done_here(OF_WOO))


def of_shopify(engine: Engine) -> Iterator[Finding]:
    """Whether a Shopify can be reached, takes the token with the scopes that are needed, and shows whose an order is."""
    client = engine.shopify
    try:
        scopes = client.scopes()
        yield good(f"Shopify answers at {client.http.host}.")
        missing = [one for one in SCOPES if one not in scopes and (one != READS or WRITES not in scopes)]
        if missing:
            yield mend(f"ENGINE_KEY lacks the scope {' and '.join(missing)}: add it to the app under Settings > Apps > Develop apps, and install it anew.")
        if missing != [WRITES] and missing:
            return
        if ALL not in scopes:
            yield look(f"Without the scope {ALL} Shopify shows the orders of the last 60 days, and older ones count as unknown.")
        newest = client.newest()
        if newest is not None and "@" not in str(newest.get("email") or ""):
            yield mend("Shopify hides e-mail addresses, so nobody can be proved: the app needs protected customer data, which the Basic plan does not give.")
        if RETURNS not in scopes:
            yield look(f"Without the scope {RETURNS} returns become tickets.")
    except GatewayError as error:
        yield mend(_shopify_mended(error, client.http.host))
        return
    yield good(done_here(OF_SHOPIFY | {Capability.RETURN} if RETURNS in scopes else OF_SHOPIFY))


def of_vendure(engine: Engine) -> Iterator[Finding]:
    """Whether a Vendure can be reached, takes the key with the permissions that are needed, and shows whose an order is."""
    client = engine.vendure
    try:
        newest = client.newest()
        yield good(f"Vendure answers at {client.http.host}; {'there is no order yet' if newest is None else 'its orders can be read'}.")
        if newest is not None and "@" not in str((newest.get("customer") or {}).get("emailAddress") or ""):
            yield look(WITHOUT_EMAIL)
        client.of_email("nobody@example.com")
        client.products(["nothing"])
        if client.may_write():
            yield good("The key may change orders.")
        else:
            yield mend("ENGINE_KEY only reads: nothing can be cancelled or changed. Give its role the permission UpdateOrder.")
    except GatewayError as error:
        yield mend(_vendure_mended(error, client.http.host))
        return
    yield good(done_here(OF_VENDURE))


def _vendure_mended(error: GatewayError, host: str) -> str:
    if isinstance(error, Refused) and error.of_the_key:
        return f"ENGINE_KEY: {error}. It is an administrator's API key, whose role has ReadOrder, UpdateOrder, ReadCustomer and ReadCatalog (docs/engines.md)."
    if isinstance(error, Refused) and error.status == NOT_THERE:
        return f"ENGINE_URL: {host} has no /admin-api there. Write the address of Vendure's server, not of the shop's pages."
    if isinstance(error, Unreadable):
        return f"ENGINE_URL: {error}, so it is no Vendure from 3.7 on, or something in front of it answers instead."
    return mended(error, host)


def _woo_mended(error: GatewayError, host: str) -> str:
    if isinstance(error, Refused) and error.of_the_key:
        return f"ENGINE_KEY: {error}. Make a key of an administrator: {WHERE}; some hosts drop the Authorization header."
    if isinstance(error, Refused) and error.status == NOT_THERE:
        hint = "Permalinks must not be Plain (Settings > Permalinks); a shop in a folder needs the folder"
        return f"ENGINE_URL: {host} has no interface of WooCommerce there. {hint}."
    if isinstance(error, Unreadable):
        return f"ENGINE_URL: {error}, so it is no WooCommerce, or something in front of it answers instead."
    return mended(error, host)


def _oscar_mended(error: GatewayError, host: str) -> str:
    if isinstance(error, Refused) and error.of_the_key:
        return f"ENGINE_KEY: {error}. It is what the shop's settings call GLASSKIN_KEY; some hosts drop the Authorization header."
    if isinstance(error, Refused) and error.status == NOT_THERE:
        return f"ENGINE_URL: {host} has no glasskin/status there. Install the app of deploy/oscar and include its addresses (docs/engines.md)."
    if isinstance(error, Unreadable):
        return f"ENGINE_URL: {error}. Install the app of deploy/oscar as it is in this version (docs/engines.md)."
    return mended(error, host)


def _shopify_mended(error: GatewayError, host: str) -> str:
    if isinstance(error, Refused) and error.of_the_key:
        return f"ENGINE_KEY: {error}. It is the Admin API access token of a custom app that is installed in this shop."
    if isinstance(error, Refused) and (error.status == NOT_THERE or error.status in REDIRECTS):
        return f"ENGINE_URL: {host} is no shop at Shopify. Write its own address, shopify+https://NAME.myshopify.com, not the one that customers see."
    if isinstance(error, Unreadable):
        return f"ENGINE_URL: {error}, so it is no Shopify, or something in front of it answers instead."
    return mended(error, host)


def of_oscar(engine: Engine) -> Iterator[Finding]:
    """Whether the app of deploy/oscar answers in a django-oscar shop, takes the key, and shows whose an order is."""
    client = engine.oscar
    try:
        newest = client.newest()
    except GatewayError as error:
        yield mend(_oscar_mended(error, client.http.host))
        return
    yield good(f"django-oscar answers at {client.http.host}; {'there is no order yet' if newest is None else 'its orders can be read'}.")
    if newest is not None and not newest.get("has_email"):
        yield look(WITHOUT_EMAIL)
    yield good(done_here(OF_OSCAR))


CHECKS: Mapping[str, Callable[[Engine], Iterator[Finding]]] = {WOOCOMMERCE: of_woocommerce, SHOPIFY: of_shopify, OSCAR: of_oscar, VENDURE: of_vendure}
