"""A shop with the orders of the conformance suite, and conversations about them without a model: the kind of each message is given."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.answers.door import Place, reply
from bot.answers.resources import Resources
from bot.nlu.subjects import SPOKEN, UNKNOWN_WORDS, SubjectExtractor
from bot.settings import Settings
from bot.store.importers.base import ImportReport
from bot.store.orders.records import OrderRecord
from bot.store.orders.writer import write_orders
from bot.support.gateway import Order
from bot.understanding.frame import LOST, SURE, Frame
from bot.understanding.memory import Memory
from bot.understanding.plain import Spoken
from bot.understanding.reader import Heard, Reader
from tests.store.conftest import with_tables
from tests.support.conformance import CARD, EMAIL, ORDERS
from tests.support.stocked import stock

READER = Reader()
MONDAY = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)
KNOWN_BY_NUMBER = {"  change: mailed_code": "  change: number_and_email"}
"""The line of data/shop.yml by which no code is needed to change an order; other lines replace what is there behind it."""
RULES = {
    "  see: number_and_email\n  change: number_and_email": "  see: [email, name_and_postcode]\n  change: [email, name_and_postcode]",
    "  change_address_until: packed": "  change_address_until: packed\n  change_items_until: packed\n  change_items_once: true\n  change_payment_until: packed\n"
    "  change_own_address: true\n  pays_back_itself: true\n  orders_first: true",
    "problem_days: 14}": "problem_days: 14, exchange_days: 30, ask_opened: false, refund_to: [original, gift_card], label_follows: true}",
}
"""Lines of data/shop.yml for a shop that proves customers, not single orders."""


class Chat:
    """One conversation; `now` may be moved."""

    def __init__(self, resources: Resources, extractor: SubjectExtractor, sender: str = "me", now: datetime = MONDAY) -> None:
        self.resources, self.sender, self.now = resources, sender, now
        self._extractor = extractor
        self.memory = Memory()
        self.buttons: list[str] = []

    def frame(self, text: str, kind: str, band: str) -> Frame:
        """What a message of a kind says."""
        message = self._extractor.process([Message({TEXT: text})])[0]
        tokens = [Spoken(*token) for token in message.get(SPOKEN)]
        heard = Heard(text, tokens, message.get(ENTITIES, []), ranking=[(kind or "out_of_scope", 1.0)], band=band, unknown=message.get(UNKNOWN_WORDS))
        found = READER.read(heard)
        return replace(found, kind=kind) if kind else found

    def say(self, text: str, kind: str = "", sure: bool = True) -> str:
        """The text of all replies to a message; without a kind the classifier would be lost."""
        frame = self.frame(text, kind, SURE if kind and sure else LOST)
        # Memory goes through its slot, as it does between two messages.
        kept = Memory.read(self.memory.as_data())
        messages, self.memory = reply([frame], kept, Place("", "rest", self.now.timestamp(), self.sender), self.resources)
        self.buttons = [button["title"] for message in messages for button in message.buttons]
        return "\n".join(message.text for message in messages)

    def order(self, number: str) -> Order:
        """The order as the shop has it."""
        assert self.resources.orders is not None
        found = self.resources.orders.gateway.order(number)
        assert found is not None
        return found


NewChat = Callable[..., Chat]


@pytest.fixture(scope="session")
def empty_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with nothing but its tables, for every shop to be a copy of."""
    path = tmp_path_factory.mktemp("empty") / "shop.sqlite"
    with_tables(f"sqlite:///{path}")
    return path


@pytest.fixture
def make_shop(tmp_path: Path, sample_shop: Resources, empty_shop: Path) -> Iterator[Callable[..., Resources]]:
    """Makes a shop with these orders; `lines` replaces lines of data/shop.yml."""
    made: list[Resources] = []

    def make(orders: tuple[OrderRecord, ...] = ORDERS, lines: dict[str, str] | None = None) -> Resources:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        chosen = Settings(database_url=f"sqlite:///{folder / 'shop.sqlite'}", var=folder)
        text = chosen.shop.read_text(encoding="utf-8")
        for before, after in {**KNOWN_BY_NUMBER, **(lines or {})}.items():
            assert before in text, before
            text = text.replace(before, after)
        (folder / "shop.yml").write_text(text, encoding="utf-8")
        resources = Resources(chosen.copy(update={"shop": folder / "shop.yml"}))
        resources.__dict__.update(knowledge=sample_shop.knowledge, labels=sample_shop.labels)  # loaded once for all tests
        made.append(resources)
        shutil.copyfile(empty_shop, folder / "shop.sqlite")
        write_orders(resources.database, enumerate(orders), ImportReport())
        return resources

    yield make
    for one in made:
        one.database.dispose()


@pytest.fixture
def chat(make_shop: Callable[..., Resources], extractor: SubjectExtractor) -> Chat:
    """A conversation with the shop as data/shop.yml has it."""
    return Chat(make_shop(), extractor)


@pytest.fixture
def new_chat(make_shop: Callable[..., Resources], extractor: SubjectExtractor) -> NewChat:
    """Begins a conversation with a shop of these orders and lines."""

    def begin(orders: tuple[OrderRecord, ...] = ORDERS, lines: dict[str, str] | None = None) -> Chat:
        return Chat(make_shop(orders, lines), extractor)

    return begin


@pytest.fixture
def desk(new_chat: NewChat) -> Chat:
    """A talk with a shop that proves customers, where Rosa keeps a card and a gift card and the toner comes in three variants."""
    return customers_shop(new_chat, RULES)


def customers_shop(new_chat: NewChat, lines: dict[str, str]) -> Chat:
    """A talk with such a shop of other rules."""
    known = tuple(
        replace(one, payments=tuple(replace(each, method_key=CARD) for each in one.payments)) if one.email == EMAIL
        else replace(one, first_name="Sam", last_name="Lee", address={**one.address, "line1": "1 Bay St", "postcode": "10001"}) for one in ORDERS
    )
    chat = new_chat(orders=known, lines=lines)
    stock(chat.resources.database)
    return chat
