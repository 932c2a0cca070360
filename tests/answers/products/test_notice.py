"""Told once when something is back: to addresses that agreed, or in the chat itself, by the import that brings it; gone with the
person."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import update

from bot.answers.door import Place, reply
from bot.answers.resources import Resources
from bot.nlu.subjects import SubjectExtractor
from bot.settings import Settings
from bot.store.importers.importing import import_file
from bot.store.models import Variant, utc_now
from bot.store.notice_models import BY_TELEGRAM, StockNotice
from bot.store.privacy import Privacy
from bot.support.mailing import Mailer, Server
from bot.understanding.frame import SURE, UNSURE
from bot.understanding.memory import Memory
from tests.answers.orders.conftest import Chat
from tests.answers.orders.test_code import server
from tests.peers.mail import CARE, MailServer, body
from tests.store.conftest import with_tables

__all__ = ["server"]
HANDLE, TITLE = "rice-toner", "Haru Rice Toner"
HEAD = "Handle,Title,Vendor,Type,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Status"


class Shopper(Chat):
    """A conversation in a shop with one toner in two sizes."""

    mails: MailServer
    me: str
    channel = "rest"

    def say(self, text: str, kind: str = "", sure: bool = True) -> str:
        frame = self.frame(text, kind, SURE if kind and sure else UNSURE)
        kept = Memory.read(self.memory.as_data())
        place = Place("" if self.memory.request else HANDLE, self.channel, self.now.timestamp(), self.sender)
        messages, self.memory = reply([frame], kept, place, self.resources)
        self.buttons = [button["title"] for message in messages for button in message.buttons]
        return "\n".join(message.text for message in messages)

    def stock(self, small: int, large: int) -> None:
        """Imports how many there are."""
        path = self.resources.chosen.var / "shop.csv"
        path.write_text("\n".join((
            HEAD, f"{HANDLE},{TITLE},Haru,Toner,Size,50 ml,RT-50,shopify,{small},9.00,active", f"{HANDLE},,,,,150 ml,RT-150,shopify,{large},18.00,",
        )) + "\n", encoding="utf-8")
        assert not import_file(self.resources.database, path).refused

    def post(self) -> None:
        assert self.resources.posting is not None and self.resources.posting.once()

    def code(self) -> str:
        self.post()
        return next(word for word in body(self.mails.inbox(self.me)[-1]).split() if word.isdecimal() and len(word) == 6)

    def notices(self) -> int:
        with self.resources.database.session() as session:
            return int(session.query(StockNotice).count())


@pytest.fixture
def shopper(tmp_path: Path, sample_shop: Resources, extractor: SubjectExtractor, server: MailServer) -> Iterator[Shopper]:
    chosen = Settings(database_url=f"sqlite:///{tmp_path / 'shop.sqlite'}", tracker_url=f"sqlite:///{tmp_path / 'talk.sqlite'}", var=tmp_path)
    with_tables(chosen.shop_database)
    resources = Resources(chosen)
    resources.__dict__.update(knowledge=sample_shop.knowledge, labels=sample_shop.labels, mailer=Mailer(CARE, Server("smtp", "127.0.0.1", server.smtp_port, "", "")))
    made = Shopper(resources, extractor)
    made.mails = server
    made.me = f"{uuid4().hex[:12]}@example.com"
    made.stock(0, 5)
    yield made
    resources.database.dispose()
    shutil.rmtree(tmp_path, ignore_errors=True)


def test_offered_agreed_to_and_sent_once(shopper: Shopper) -> None:
    assert "tell you once" in shopper.say("is the 50 ml in stock?", "stock") and shopper.buttons == ["Tell me when it is back in stock"]
    assert f"when {TITLE} (50 ml) is back. Which e-mail" in shopper.say("tell me when the 50 ml is back in stock", "stock")
    assert f"code is on its way to {shopper.me}" in shopper.say(shopper.me)
    assert "one mail when" in shopper.say(f"it is {shopper.code()}")
    shopper.post()
    shopper.stock(0, 3)
    shopper.post()
    assert len(shopper.mails.inbox(shopper.me)) == 1, "only the code so far: the other size is another thing"
    shopper.stock(7, 3)
    shopper.post()
    shopper.post()
    shopper.stock(0, 3)
    shopper.stock(4, 3)
    shopper.post()
    (_, told) = shopper.mails.inbox(shopper.me)
    assert told["Subject"] == f"{TITLE} (50 ml) is back" and "only mail" in body(told) and shopper.notices() == 0


def test_all_in_one_message_and_interrupted(shopper: Shopper) -> None:
    assert "on its way to" in shopper.say(f"email me when the 50 ml is back: {shopper.me}", "stock")
    answer = shopper.say("what does niacinamide do?", "benefits")
    assert "iacinamide" in answer and "still need the six-digit code" in answer
    assert "Done" in shopper.say(shopper.code())


def test_without_the_code_nobody_is_written_to(shopper: Shopper) -> None:
    shopper.say(f"email me when the 50 ml is back: {shopper.me}", "stock")
    code = shopper.code()
    assert "not the code" in shopper.say(f"{(int(code) + 1) % 1_000_000:06}")
    shopper.stock(7, 3)
    shopper.post()
    assert len(shopper.mails.inbox(shopper.me)) == 1
    assert "tell nobody" in shopper.say("never mind") and shopper.notices() == 0


def test_a_code_for_one_address_agrees_for_no_other(shopper: Shopper) -> None:
    shopper.say(f"email me when the 50 ml is back: {shopper.me}", "stock")
    code = shopper.code()
    assert "on its way to other@example.com" in shopper.say("no, other@example.com")
    assert "not the code" in shopper.say(code)


def test_on_telegram_the_message_is_the_wish(shopper: Shopper) -> None:
    shopper.channel, shopper.sender = "telegram", "telegram:77"
    assert "tell you here, once" in shopper.say("tell me when the 50 ml is back in stock", "stock")
    store = shopper.resources.notices
    assert not store.back(BY_TELEGRAM)
    shopper.stock(7, 3)
    (notice,) = store.back(BY_TELEGRAM)
    assert notice.sender == "telegram:77" and not store.back(BY_TELEGRAM), "claimed by one sender alone"
    store.done(notice)
    assert shopper.notices() == 0


def test_what_a_sender_left_is_sent_by_another(shopper: Shopper) -> None:
    shopper.channel, shopper.sender = "telegram", "telegram:77"
    shopper.say("tell me when the 50 ml is back in stock", "stock")
    shopper.stock(7, 3)
    assert len(shopper.resources.notices.back(BY_TELEGRAM)) == 1
    with shopper.resources.database.session() as session:
        session.execute(update(StockNotice).values(lease_until=utc_now()))
        session.commit()
    assert len(shopper.resources.notices.back(BY_TELEGRAM)) == 1


def test_what_is_there_needs_no_notice(shopper: Shopper) -> None:
    reply_ = shopper.say("tell me when the 150 ml is back in stock", "stock")
    assert "150 ml" in reply_ and "is in stock" in reply_ and shopper.notices() == 0


def test_without_mail_nothing_is_offered_or_promised(shopper: Shopper) -> None:
    shopper.resources.__dict__["mailer"] = None
    assert "tell you once" not in shopper.say("is the 50 ml in stock?", "stock")
    assert "tell you once" not in shopper.say("tell me when the 50 ml is back in stock", "stock") and shopper.notices() == 0


def test_it_goes_with_the_person_and_is_shown_to_them(shopper: Shopper) -> None:
    shopper.say(f"email me when the 50 ml is back: {shopper.me}", "stock")
    privacy = Privacy(shopper.resources.chosen.tracker_database, shopper.resources.chosen.shop_database)
    assert [one["email"] for one in privacy.export("me")["stock_notice"]] == [shopper.me]
    privacy.erase("me")
    privacy.dispose()
    assert shopper.notices() == 0


def test_a_product_that_is_taken_off_sale_is_not_back(shopper: Shopper) -> None:
    shopper.channel, shopper.sender = "telegram", "telegram:77"
    shopper.say("tell me when the 50 ml is back in stock", "stock")
    with shopper.resources.database.session() as session:
        session.execute(update(Variant).values(stock=5))
        session.connection().exec_driver_sql("UPDATE product SET status = 'archived'")
        session.commit()
    assert not shopper.resources.notices.back(BY_TELEGRAM)
    assert replace(shopper.memory).request is None
