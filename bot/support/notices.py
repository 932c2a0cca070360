"""Mails to who wanted to be told that something is back in stock: one each, to addresses that agreed, as soon as an import brings it."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from bot.phrases import phrases
from bot.store.notice_models import BY_MAIL
from bot.store.notices import Notice, NoticeStore
from bot.support.mailing import Mailer, MailUnreachable, to_customer

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notices:
    """The notices that go out by mail."""

    store: NoticeStore
    mailer: Mailer
    shop: str

    def send_due(self) -> int:
        """Sends what is due, and returns how many went out; for the thread that posts.

        Raises:
            StoreError, MailUnreachable: the database or the mail server gives no answer; they are sent again in a minute.
        """
        count = 0
        for one in self.store.back(BY_MAIL):
            try:
                self._send(one)
                count += 1
            except (MailUnreachable, ValueError) as error:  # an address that cannot stand in a mail at all
                if isinstance(error, MailUnreachable) and not error.refused:
                    raise
                logger.error("a notice was not taken by the mail server")  # whose address it is stands in no log
            self.store.done(one)
        return count

    def _send(self, one: Notice) -> None:
        said = phrases()
        text = said.say("mail_back", product=one.name, shop=self.shop, page=one.url)
        self.mailer.send(to_customer(self.mailer, self.shop, one.email, said.say("mail_back_subject", product=one.name), text))
