"""What services work with: the knowledge, the shop and its database, the wording; loaded on first use and kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Optional, Sequence

from bot.answers.products.item import Items
from bot.answers.shop.asked_topics import unsaid_topics
from bot.answers.shop.words import ShopFiles, ShopWords, shop_files
from bot.answers.wording import SILENCE, Wording
from bot.home.folder import Home
from bot.home.fresh import Fresh
from bot.paths import DATA
from bot.phrases import phrases
from bot.rules.knowledge import Knowledge, load
from bot.rules.labelling import LabelReader
from bot.settings import Settings, settings
from bot.shops.chosen import gateway_of, provable
from bot.statements.at_home import OwnStatements
from bot.store.codes import CodeStore
from bot.store.database import Database
from bot.store.importers.kinds import Kinds
from bot.store.notices import NoticeStore
from bot.store.order_policy import OrderPolicy
from bot.store.ownership import Ownership
from bot.store.policies import Shop
from bot.store.proofs import ProofStore
from bot.store.requests import RequestStore
from bot.support.codes import Codes
from bot.support.gateway import OrderGateway
from bot.support.handoff.staff import Staff, staff_of
from bot.support.mailing import Mailer
from bot.support.notices import Notices
from bot.support.orders import Orders
from bot.support.photos import PhotoReader
from bot.support.pictures import Pictures
from bot.support.places.chosen import Elsewhere, mail_account, mailer, places_of
from bot.support.places.mail.account import Account
from bot.support.places.rounds import Rounds
from bot.support.posting import Posting
from bot.support.proving import Proving
from bot.support.tickets import Tickets
from bot.teaching.at_home import taught_by
from bot.teaching.taught import Taught
from bot.understanding.asked import AskedFinder
from bot.understanding.cues import CueFinder
from bot.understanding.requests import RequestWords
from bot.understanding.topics import Topic
from bot.understanding.upset import Upset
from bot.understanding.upset import finder as upset_finder


@dataclass(frozen=True)
class Resources:
    """Everything that answers rest on, by the settings' places."""

    chosen: Settings

    def ready(self) -> None:
        """Loads what the first message would wait for."""
        self.knowledge.names_in_text, self.labels, self.wording, self.topics, self.upset  # noqa: B018 - loaded by being asked for

    @property
    def knowledge(self) -> Knowledge:
        """The skincare knowledge, as the owner has it said now."""
        return self.statements.now.knowledge

    @cached_property
    def statements(self) -> OwnStatements:
        """What the owner has said otherwise, or not at all."""
        return OwnStatements(Home(self.chosen.home), lambda: load(self.chosen.knowledge), lambda: phrases().say(SILENCE))

    @cached_property
    def labels(self) -> LabelReader:
        """Reads labels with the names of the knowledge."""
        return LabelReader(self.knowledge)

    @cached_property
    def items(self) -> Items:
        """Reads the shop's rows as the rules see them."""
        return Items(self.knowledge, self.labels)

    @cached_property
    def kinds(self) -> Kinds:
        """Tells kinds of product by words."""
        return Kinds(self.knowledge)

    @property
    def shop(self) -> Shop:
        """The shop's own policies, as its files are now. The sample's are never spoken for an owner's products: only the currency is known
        then, and what the owner wrote beside."""
        return self._words.shop

    @property
    def topics(self) -> AskedFinder[Topic]:
        """Finds the narrower questions that the shop is asked."""
        return self._words.topics

    @property
    def _words(self) -> ShopWords:
        written = self._files.value
        return written.own if written.as_it_stands.shop.sample and self._owner.has_products() else written.as_it_stands

    @cached_property
    def _files(self) -> Fresh[ShopFiles]:
        return shop_files(self.chosen.shop, self.chosen.home)

    @cached_property
    def taught(self) -> Taught:
        """Finds what the owner taught."""
        return taught_by(self.chosen, lambda: frozenset(unsaid_topics(self.shop, self.topics)))

    @cached_property
    def upset(self) -> AskedFinder[Upset]:
        """Finds what is said in anger."""
        return upset_finder()

    @cached_property
    def request_words(self) -> RequestWords:
        """Reads what is wanted of orders."""
        return RequestWords.load()

    @cached_property
    def cues(self) -> CueFinder:
        """Finds cues in a part of a message."""
        return CueFinder.load(DATA / "understanding")

    @cached_property
    def _owner(self) -> Ownership:
        return Ownership(self.database)

    @cached_property
    def database(self) -> Database:
        """The shop's database."""
        return Database(self.chosen.shop_database, self.chosen.query_time_limit)

    @cached_property
    def orders(self) -> Optional[Orders]:
        """The shop's orders; None where its owner lets none be looked up."""
        policy = self.shop.orders
        if policy is None:
            return None
        gateway, proofs = self.gateway, ProofStore(self.database)
        policy = provable(policy, gateway)
        return Orders(gateway, policy, Proving(gateway, proofs, policy), self.requests, self.tickets, self.codes)

    @cached_property
    def gateway(self) -> OrderGateway:
        """The shop's orders, by the engine that the settings name."""
        return gateway_of(self.chosen, self.database, self.shop.orders or OrderPolicy(), self.requests)

    @cached_property
    def codes(self) -> Codes:
        """Sends codes by mail, for orders and for who agrees to a mail."""
        policy = provable(self.shop.orders or OrderPolicy(), self.gateway)
        return Codes(CodeStore(self.database), ProofStore(self.database), self.gateway, policy, self.mailer, self.shop.name)

    @cached_property
    def notices(self) -> NoticeStore:
        """Who wants to be told when something is back in stock."""
        return NoticeStore(self.database)

    @cached_property
    def requests(self) -> RequestStore:
        """What customers asked for, and tickets."""
        return RequestStore(self.database)

    @cached_property
    def tickets(self) -> Tickets:
        """Makes tickets for the staff."""
        return Tickets(self.requests, self.staff.talks, self.pictures.store if self.pictures else None)

    @cached_property
    def pictures(self) -> Optional[Pictures]:
        """Takes the pictures that customers send; None where the shop takes none."""
        return Pictures(self.database, self.chosen.attachment_scanner) if self.chosen.attachments else None

    @cached_property
    def photo_reader(self) -> PhotoReader:
        """Reads letters on pictures, where the owner installed what does."""
        return PhotoReader(self.chosen.label_reader)

    @cached_property
    def staff(self) -> Staff:
        """Who answers in the chat besides the assistant."""
        elsewhere = [found.place for found in self._elsewhere]
        return staff_of(self.database, self.chosen.tracker_database, self.shop.people, elsewhere)

    @cached_property
    def _elsewhere(self) -> Sequence[Elsewhere]:
        return places_of(self.database, self.chosen)

    @cached_property
    def mailbox(self) -> Optional[Account]:
        """The assistant's mailbox; None where none is set up."""
        return mail_account(self.chosen)

    @cached_property
    def mailer(self) -> Optional[Mailer]:
        """Where mail goes out; None where none does."""
        return mailer(self.chosen)

    @property
    def posting(self) -> Optional[Posting]:
        """What sends the mails to customers that wait, made anew; None where no mail goes out."""
        if self.mailer is None:
            return None
        return Posting([self.codes.send_due, Notices(self.notices, self.mailer, self.shop.name).send_due])

    @property
    def rounds(self) -> Sequence[Rounds]:
        """What goes round to the places elsewhere where staff answer, made anew."""
        return [found.rounds(self.staff.talks) for found in self._elsewhere]

    @cached_property
    def wording(self) -> Wording:
        """The assistant's wording."""
        return Wording(phrases(), self.knowledge, lambda: self.statements.now.instead)

    def wording_in(self, language: str) -> Wording:
        """The assistant's wording in a language, by its code; in English where there is none of it."""
        return Wording(phrases(language), self.knowledge, lambda: self.statements.now.instead)


@lru_cache(maxsize=1)
def resources() -> Resources:
    """The resources of this process."""
    return Resources(settings())
