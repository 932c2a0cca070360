"""Tickets: what comes of a customer's request that only the shop's staff can do, before their eyes at once."""

from __future__ import annotations

from typing import Optional

from bot.phrases import phrases
from bot.store.conversations import channel_of
from bot.store.pictures import PictureStore
from bot.store.requests import RequestStore, TicketView
from bot.support.handoff import Conversations


class Tickets:
    """Makes tickets, each with its conversation in the staff's inbox."""

    def __init__(self, requests: RequestStore, talks: Conversations, pictures: Optional[PictureStore] = None) -> None:
        """
        Args:
            requests: keeps them.
            talks: the staff's inbox.
            pictures: what customers sent, where pictures are taken.
        """
        self._requests = requests
        self._talks = talks
        self._pictures = pictures

    def make(self, sender: str, token: str, kind: str, text: str, order_number: str = "", email: str = "") -> TicketView:
        """The ticket of a request, made once: asked again with the same token it is the same.

        Args:
            sender: whose conversation it comes of; empty where there is none that staff could look at.
            token: the request's own key.
            kind: of the request.
            text: what the staff read.
            order_number: the order, empty for none.
            email: where to answer, empty for in the chat.

        Raises:
            StoreError: when the database gives no answer.
        """
        count = self._pictures.count(sender) if self._pictures and sender else 0
        if count:
            text = f"{text} {phrases().say('ticket_pictures', count=str(count))}"
        made = self._requests.ticket(sender, token, kind, text, order_number, email)
        if sender:
            self._talks.ticketed(sender, channel_of(sender), made)
        return made
