"""`Steps`: all steps of a set-up with how far each is, for the page of steps and for the way from one to the next."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from bot.desk.door import INBOX
from bot.desk.members import Member, Members
from bot.home.folder import HomeError
from bot.set_up.begun import draft_of
from bot.set_up.draft import Draft
from bot.set_up.order_rules import ORDERS
from bot.set_up.steps import ASKED, How, how
from bot.set_up.topics import is_said, topic_groups
from bot.settings import Settings, listed
from bot.shops.chosen import OSCAR, SHOPIFY, VENDURE, WOOCOMMERCE
from bot.store.database import Database
from bot.store.ownership import OWN, origin
from bot.store.repository import ProductRepository
from bot.yaml_files import YamlFileError

logger = logging.getLogger(__name__)
PREFIX = "setup-"
OVERVIEW = "setup"
ENGINES = {WOOCOMMERCE: "WooCommerce", SHOPIFY: "Shopify", OSCAR: "django-oscar", VENDURE: "Vendure"}


@dataclass(frozen=True)
class Step:
    """A step: its name, its title, what it is for, how far it is, and that in words. `optional`: a shop can do without."""

    name: str
    title: str
    about: str
    how: How
    told: str
    optional: bool = False

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"{PREFIX}{self.name}"


ABOUT = {
    "shop": "Its name, its currency, and how customers reach you.",
    "delivery": "Where to, how long, what it costs, with whom.",
    "returns": "What comes back, when the money does, and what happens when something goes wrong.",
    "payment": "Ways to pay, how one orders, discounts, and why all is original.",
}


@dataclass(frozen=True)
class Steps:
    """Looks how far a set-up is. Calls read files and the database: keep them off an event loop."""

    chosen: Settings
    database: Database
    staff: Members

    def draft(self) -> Draft:
        """What was answered until now.

        Raises:
            HomeError: a file of the owner's cannot be read (so does every method).
            YamlFileError: the project's cannot.
        """
        return draft_of(self.chosen)

    def stands(self) -> bool:
        """Whether all is there that a shop cannot do without, so that what is answered counts."""
        return self.draft().stands

    def first(self, member: Member) -> str:
        """The page that a member sees first: an owner this one's, where nobody has begun to set the shop up."""
        if not member.is_owner:
            return INBOX
        try:
            draft = self.draft()
        except (HomeError, YamlFileError) as error:
            logger.error("whether the shop is set up cannot be told: %s", error)
            return INBOX
        return INBOX if draft.begun or draft.stands else OVERVIEW

    def all(self) -> Sequence[Step]:
        """Every step, in order."""
        draft = self.draft()
        asked = [self._asked(draft, place) for place in range(len(ASKED))]
        return [*asked, *(make(draft) for make in (self._topics, self._products, self._orders, self._page, self._telegram, self._staff))]

    def _asked(self, draft: Draft, place: int) -> Step:
        step = ASKED[place]
        done, of = step.done(draft), len(step.keys)
        return Step(step.name, step.title, ABOUT[step.name], how(done, of), f"{done} of {of} answered")

    def _topics(self, draft: Draft) -> Step:
        topics = [(name, topic) for group in topic_groups() for name, topic in group.topics.items()]
        done = sum(is_said(draft, name, topic) for name, topic in topics)
        told = f"{done} of {len(topics)} answered"
        return Step("topics", "What customers may ask", "Narrower questions. What you leave open, customers are told that you have not said.", how(done, len(topics)), told, optional=True)

    def _products(self, _: Draft) -> Step:
        with self.database.session() as session:
            own, count = origin(session) == OWN, ProductRepository(session).count()
        told = f"{count:,} on sale" if own else "The sample shop’s are shown"
        return Step("products", "Products", "Your shop’s export, looked at before it goes in.", How.DONE if own else How.LEFT, told)

    def _orders(self, draft: Draft) -> Step:
        engine, ruled = self.chosen.engine_url.partition("+")[0], draft.value(ORDERS) is not None
        told = f"Looked up in {ENGINES.get(engine, engine) if engine else 'the own order book'}" if ruled else "None are looked up"
        return Step("orders", "Orders", "Where the assistant looks orders up, and by which rules.", How.DONE if ruled else How.LEFT, told, optional=True)

    def _page(self, _: Draft) -> Step:
        origins = listed(self.chosen.web_origins)
        told = f"{len(origins)} {'address' if len(origins) == 1 else 'addresses'} may show it" if origins else "No address of yours may show it yet"
        return Step("page", "On your page", "The line that puts the chat on your pages, in your colours.", How.DONE if origins else How.LEFT, told)

    def _telegram(self, _: Draft) -> Step:
        told = "A token is set" if self.chosen.telegram_token else "Off"
        return Step("telegram", "Telegram", "The same assistant as a bot there.", How.DONE if self.chosen.telegram_token else How.LEFT, told, optional=True)

    def _staff(self, _: Draft) -> Step:
        members = [one for one in self.staff.members() if not one.disabled]
        told = f"{len(members)} may sign in" if len(members) > 1 else "Only you"
        return Step("staff", "Staff", "Who answers where a person is wanted, and when.", How.DONE if len(members) > 1 else How.LEFT, told, optional=True)


def place_of(steps: Sequence[Step], name: str) -> int:
    """The place of a step, from 0."""
    return next(place for place, one in enumerate(steps) if one.name == name)


def after(steps: Sequence[Step], name: str) -> Optional[Step]:
    """The step behind one; None behind the last."""
    place = place_of(steps, name) + 1
    return steps[place] if place < len(steps) else None


