"""Other shops than the sample one: a catalogue file in a database of its own, and talks with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.answers.resources import Resources
from bot.rules.advice import Profile
from bot.set_up.catalogue import write_product_names
from bot.settings import Settings
from bot.store.importers.importing import import_file
from tests.answers.talking import NOBODY, Talk
from tests.extracting import extractor_of
from tests.store.conftest import with_tables


@contextmanager
def shop_of(folder: Path, file: Path, person: Profile = NOBODY, currency: str = "USD") -> Iterator[Talk]:
    """A conversation about the shop whose catalogue is `file`."""
    folder.mkdir(exist_ok=True)
    chosen = Settings(var=folder)
    resources = Resources(chosen)
    with_tables(chosen.shop_database)
    import_file(resources.database, file, currency)
    write_product_names(resources.database, chosen)
    try:
        yield Talk(resources, extractor_of(chosen.product_names), person)
    finally:
        resources.database.dispose()
