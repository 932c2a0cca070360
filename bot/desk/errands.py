"""Tickets at the desk: all that wait on one page, and what is done with one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk.door import Door, field
from bot.desk.pages import Pages, is_htmx
from bot.desk.sessions import SignedIn
from bot.store.models import utc_now
from bot.store.requests import RequestStore
from bot.store.support_models import ANSWERED, CLOSED, GONE
from bot.support.handoff import Conversations

SAID = {ANSWERED: "Noted as answered.", CLOSED: "Closed."}
NOT_THERE = "There is no such ticket any more."


@dataclass(frozen=True)
class Errands:
    """Makes this page and takes what it and the conversations' pages send."""

    requests: RequestStore
    conversations: Conversations
    pages: Pages

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """Their routes."""
        blueprint.add_route(door.shown(self._list), "/desk/tickets", methods=["GET"], name="desk_tickets", strict_slashes=True)
        blueprint.add_route(door.sent(self._move), "/desk/tickets", methods=["POST"], name="desk_tickets_sent", strict_slashes=True)

    async def _list(self, _: Request, who: SignedIn) -> HTTPResponse:
        return await self._page(who)

    async def _page(self, who: SignedIn, told: str = "", why: str = "") -> HTTPResponse:
        tickets = await asyncio.to_thread(self.requests.open_tickets)
        values: dict[str, Any] = {"me": who, "tickets": tickets, "gone": ("", GONE), "told": told, "why": why, "now": utc_now()}
        return self.pages.page("tickets.html", values, 422 if why else 200)

    async def _move(self, request: Request, who: SignedIn) -> HTTPResponse:
        state, number = field(request, "state"), field(request, "number")
        told = SAID.get(state, "")
        moved = bool(told) and await asyncio.to_thread(self.conversations.move_ticket, number, state, who.member.name)
        if is_htmx(request):
            return self.pages.told(told) if moved else self.pages.untold(NOT_THERE, 404)
        return await self._page(who, f"{number}: {told}" if moved else "", "" if moved else NOT_THERE)
