"""What was mended of products and said otherwise, as commands see it: its mistakes, and the catalogue brought to it."""

from __future__ import annotations

from bot.home.folder import STATEMENTS, Home, HomeError
from bot.settings import Settings


def mistaken_mends(chosen: Settings) -> list[str]:
    """What is wrong with the owner's `products.yml`, a line each."""
    from bot.store.mends.overlay import overlay_of

    try:
        overlay_of(chosen)
    except HomeError as error:
        return [str(error)]
    return []


def mistaken_statements(chosen: Settings) -> list[str]:
    """What is wrong with the owner's `statements.yml`, a line each."""
    from bot.rules.knowledge import load
    from bot.statements.file import parsed
    from bot.statements.spoken import spoken

    try:
        owns = parsed(Home(chosen.home).text(STATEMENTS))
    except HomeError as error:
        return [str(error)]
    return [f"{STATEMENTS}, {address} does not count: {why}" for address, why in spoken(load(chosen.knowledge), owns, "").ignored.items()]


def settle_products(chosen: Settings) -> None:
    """Brings the catalogue to what the owner's `products.yml` says now.

    Raises:
        HomeError: the file cannot be used.
        StoreError: the database gives no answer.
    """
    from bot.cli.store import shop_database
    from bot.store.mends.mending import Mending

    with shop_database() as database:
        Mending(chosen, database).settle()
