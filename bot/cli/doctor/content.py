"""What the assistant answers from: model, knowledge, the shop's policies and products."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from bot.cli.doctor.storage import is_there
from bot.finding import Finding, good, look, mend
from bot.paths import ROOT
from bot.settings import Settings, unread_settings

SAMPLE_NAME = "Moonjar Skin"


def settings_file(chosen: Settings) -> Iterator[Finding]:
    """Every line of .env is read by something."""
    unread = unread_settings()
    if unread:
        yield from (look(line) for line in unread)
    else:
        yield good("every line of .env is a setting")


def encoder(chosen: Settings) -> Iterator[Finding]:
    """The sentence encoder's weights are the published ones."""
    from bot.nlu.encoder.files import WEIGHTS_FILE, EncoderError, verified

    try:
        verified(WEIGHTS_FILE)
    except EncoderError as error:
        yield mend(f"{error} `./scripts/install .venv` does it.")
    else:
        yield good("the sentence encoder's weights are whole")


def training_data(chosen: Settings) -> Iterator[Finding]:
    """What a model is trained from has no mistakes."""
    from bot.rasa.data_check import DataError, check_training_data

    try:
        check_training_data(ROOT)
    except DataError as error:
        yield from (mend(problem) for problem in error.problems)
    else:
        yield good("examples, rules, domain and config can be trained from")


def model(chosen: Settings) -> Iterator[Finding]:
    """There is a model of the present files, and it can be loaded."""
    from bot.rasa.lean import prepare_rasa
    from bot.rasa.loading import ModelError, load_model
    from bot.rasa.training import current_model

    found = current_model(chosen.models)
    if found is None:
        yield mend("There is no model of the present files: `glasskin train` makes one in about a minute.")
        return
    prepare_rasa()
    try:
        asyncio.run(load_model(found, None))
    except ModelError as error:
        yield mend(str(error))
    else:
        yield good(f"the model {found.name} is current and loads")


def knowledge(chosen: Settings) -> Iterator[Finding]:
    """The skincare knowledge can be read."""
    from bot.rules.knowledge import KnowledgeError, load

    try:
        load(chosen.knowledge)
    except KnowledgeError as error:
        yield mend(f"{error.problems[0]} (`glasskin knowledge check` names all {len(error.problems)}).")
    else:
        yield good("the knowledge can be read")


def policies(chosen: Settings) -> Iterator[Finding]:
    """The shop's own words are there for every support question, and are the shop's own."""
    from bot.cli.shop import mistakes_of
    from bot.store.policies import ShopError, load_shop

    try:
        shop = load_shop(chosen.shop, chosen.home)
    except ShopError as error:
        yield mend(str(error))
        return
    mistakes = mistakes_of(shop)
    yield from (mend(f"{chosen.shop.name}: {mistake}.") for mistake in mistakes)
    if shop.sample or shop.name == SAMPLE_NAME:
        yield look(
            f"{chosen.shop.name} is still that of the sample shop, and not spoken beside your own products: `glasskin init` asks "
            "for your own policies."
        )
    elif not mistakes:
        yield good(f"{shop.name} has a policy for every support question")
    undecided = [topic.name for topic in shop.topics.values() if topic.say is None]
    if undecided:
        yield look(f"{len(undecided)} topics of {chosen.shop.name} have no answer yet, such as {undecided[0]}: fill in `say`.")


def products(chosen: Settings) -> Iterator[Finding]:
    """There are products, and they are the shop's own."""
    from bot.store.database import Database
    from bot.store.errors import StoreError
    from bot.store.ownership import is_sample
    from bot.store.repository import ProductRepository

    if not is_there(chosen.shop_database):
        return  # told by the check of the database itself
    database = Database(chosen.shop_database)
    try:
        with database.session() as session:
            count, sampled = ProductRepository(session).count(), is_sample(session)
    except StoreError:
        return
    finally:
        database.dispose()
    if not count:
        yield mend("No product is on sale: `glasskin import FILE` brings yours in.")
    elif sampled:
        yield look(f"The {count} products are those of the sample shop: `glasskin import FILE` brings yours in.")
    else:
        yield good(f"{count} products are on sale")
    if count and not chosen.product_names.is_file():
        yield mend(f"{chosen.product_names} is missing, so products are not known by name: run `glasskin setup`.")


def sync(chosen: Settings) -> Iterator[Finding]:
    """The shop's source could be looked at lately."""
    from bot.cli.syncing import sync_problem

    if chosen.sync_url or chosen.sync_every:
        problem = sync_problem(chosen)
        if not chosen.sync_url:
            problem = "SYNC_EVERY is set without SYNC_URL: nothing is fetched."
        yield mend(problem) if problem else good("the shop's source was looked at lately")
