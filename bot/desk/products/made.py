"""Makes the pages of products for the settings' folder and database."""

from __future__ import annotations

from bot.answers.wording import Wording
from bot.desk.pages import Pages
from bot.desk.products.looking import Looking
from bot.desk.products.room import ProductRoom
from bot.phrases import phrases
from bot.rules.knowledge import load
from bot.settings import Settings
from bot.store.database import Database
from bot.store.importers.known_names import known_names
from bot.store.mends.mending import Mending


def product_room(chosen: Settings, database: Database, pages: Pages) -> ProductRoom:
    """The pages of products."""
    looking = Looking(database, lambda: load(chosen.knowledge), lambda: known_names(chosen.knowledge), lambda: Wording(phrases(), load(chosen.knowledge)))
    return ProductRoom(looking, Mending(chosen, database), pages)
