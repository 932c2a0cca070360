"""What the staff do with a conversation: write, take over, give back, close, assign. Each says which version was looked at, and
changes nothing where somebody else was faster."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk.catalogue import Catalogue, line
from bot.desk.door import Door, field, fields
from bot.desk.members import Members
from bot.desk.pages import Pages, is_htmx
from bot.desk.sessions import SignedIn
from bot.phrases import Phrases
from bot.support.handoff import Conversations, Ending, HandoffError, TooLate, Typing, Unusable

NOTE = "note"
MOST_PRODUCTS = 5
LONGEST_KEY = 64


class Colleagues(HandoffError):
    """A colleague has the conversation; it must be taken over before."""


@dataclass(frozen=True)
class Acts:
    """Takes what the staff send."""

    conversations: Conversations
    staff: Members
    catalogue: Catalogue
    typing: Typing
    phrases: Phrases
    pages: Pages

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """The routes of these acts."""
        for name, act in (
            ("take", self._take), ("give-back", self._give_back), ("close", self._close), ("assign", self._assign), ("write", self._write),
        ):
            route = door.sent(lambda request, who, act=act: self._done(request, who, act))  # type: ignore[misc]
            blueprint.add_route(route, f"/desk/{name}", methods=["POST"], name=f"desk_act_{name}", strict_slashes=True)
        blueprint.add_route(door.sent(self._types), "/desk/typing", methods=["POST"], name="desk_act_typing", strict_slashes=True)

    async def _done(self, request: Request, who: SignedIn, act: Callable[[Request, SignedIn], str]) -> HTTPResponse:
        """Does it in a thread, and tells the page what came of it."""
        try:
            told = await asyncio.to_thread(act, request, who)
        except HandoffError as error:
            return self._refused(request, error)
        if is_htmx(request):
            return self.pages.told(told)
        return self.pages.go(request, f"talk?{urlencode({'id': field(request, 'id')})}")

    def _refused(self, request: Request, error: HandoffError) -> HTTPResponse:
        status = 409 if isinstance(error, (TooLate, Colleagues)) else 422 if isinstance(error, Unusable) else 404
        if is_htmx(request):
            return self.pages.untold(str(error), status)
        return self.pages.page("refused.html", {"why": str(error)}, status=status)

    def _take(self, request: Request, who: SignedIn) -> str:
        self.conversations.take(field(request, "id"), who.member.name, _version(request))
        return "You have this conversation now."

    def _give_back(self, request: Request, who: SignedIn) -> str:
        self._not_a_colleagues(request, who)
        self.conversations.give_back(field(request, "id"), who.member.name, _version(request))
        return "The assistant has it again."

    def _close(self, request: Request, who: SignedIn) -> str:
        self._not_a_colleagues(request, who)
        ending = Ending.UNRESOLVED if field(request, "unresolved") else Ending.BY_PERSON
        self.conversations.close(field(request, "id"), who.member.name, _version(request), ending)
        return "Closed."

    def _not_a_colleagues(self, request: Request, who: SignedIn) -> None:
        """Ends nothing that a colleague has, who would be in the middle of it.

        Raises:
            Colleagues: one has it.
        """
        talk = self.conversations.talk(field(request, "id"))
        if talk is not None and talk.agent not in ("", who.member.name):
            raise Colleagues(f"{talk.agent} has this conversation. Take it over first.")

    def _assign(self, request: Request, who: SignedIn) -> str:
        wanted = field(request, "agent")
        if wanted not in {one.name for one in self.staff.members() if not one.disabled}:
            raise Unusable("Choose one of your colleagues.")
        self.conversations.take(field(request, "id"), wanted, _version(request), by=who.member.name)
        return f"{wanted} has it now."

    def _write(self, request: Request, who: SignedIn) -> str:
        conversation, text, key = field(request, "id"), field(request, "text"), field(request, "key")[:LONGEST_KEY]
        if not key:
            raise Unusable("This page was too old to be sent. Please try again.")
        key = f"{who.member.id}-{key}"
        if field(request, "kind") == NOTE:
            self.conversations.note(conversation, who.member.name, text, key)
            return "Noted."
        data = None
        products = self.catalogue.products(fields(request, "product")[:MOST_PRODUCTS])
        if products:
            body = text.strip() or self.phrases.say("desk_products" if len(products) > 1 else "desk_product")
            # Channels that show no cards have the text, with a line for each.
            text = "\n".join((body, *map(line, products)))
            data = {"products": [one.handle for one in products], "custom": {"body": body, "products": self.catalogue.cards(products)}}
        if _version(request) == 0:
            self.conversations.take(conversation, who.member.name, 0)
        self.conversations.reply(conversation, who.member.name, text, key, data)
        self.typing.stopped(conversation, who.member.name)
        return ""

    async def _types(self, request: Request, who: SignedIn) -> HTTPResponse:
        talk = await asyncio.to_thread(self.conversations.talk, field(request, "id"))
        if talk is not None and talk.agent == who.member.name:
            self.typing.writes(talk.conversation, who.member.name)
        return HTTPResponse(status=204, headers=self.pages.headers)


def _version(request: Request) -> int:
    """The version that was looked at.

    Raises:
        Unusable: it is none.
    """
    sent = field(request, "version")
    if not (sent.isascii() and sent.isdigit() and len(sent) < 10):
        raise Unusable("This page was too old to be sent. Please try again.")
    return int(sent)
