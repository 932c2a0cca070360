"""The owner's pages on skincare statements: searched, looked at with their sources, switched off or reworded for this shop."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk.door import Door, field
from bot.desk.knowledge.looking import LABELS, KnowledgeWish, Listed, Statements
from bot.desk.pages import Pages
from bot.desk.review.room import for_owner
from bot.desk.sessions import SignedIn
from bot.home.folder import HomeError
from bot.statements.allowed import LONGEST, cannot
from bot.statements.changing import Changing
from bot.statements.file import Own

PER_PAGE = 40
LONGEST_ADDRESS, MOST_TEXTS = 200, 20
GONE, NO_CHANGE = "There is no such statement any more.", "Choose what to do."
TOLD: Mapping[str, str] = {
    "off": "It is switched off. From now on it is never said.", "say": "Your words are said from now on.", "back": "It is said as the project has it.",
}


@dataclass(frozen=True)
class KnowledgeRoom:
    """Makes these pages. What reads files runs in threads."""

    statements: Statements
    changing: Changing
    pages: Pages

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """Their routes."""
        for path, handler in (("knowledge", self._list), ("statement", self._one)):
            route = door.shown(for_owner(self.pages, handler))
            blueprint.add_route(route, f"/desk/{path}", methods=["GET"], name=f"desk_{path}", strict_slashes=True)
        route = door.sent(for_owner(self.pages, self._sent))
        blueprint.add_route(route, "/desk/statement", methods=["POST"], name="desk_statement_sent", strict_slashes=True)

    async def _list(self, request: Request, who: SignedIn) -> HTTPResponse:
        wish = KnowledgeWish.of(request.args)
        try:
            owns = await asyncio.to_thread(self.changing.owns)
        except HomeError as error:
            return self.pages.page("refused.html", {"why": str(error)}, status=503)
        found, counts = await asyncio.to_thread(self.statements.found, wish, owns)
        values = {
            "found": found[wish.skip : wish.skip + PER_PAGE], "counts": counts, "labels": LABELS, "wish": wish, "owns": owns, "me": who, "page": "knowledge",
            "before": max(0, wish.skip - PER_PAGE) if wish.skip else None, "more": wish.skip + PER_PAGE if len(found) > wish.skip + PER_PAGE else 0,
        }
        return self.pages.page("knowledge.html", values)

    async def _one(self, request: Request, who: SignedIn) -> HTTPResponse:
        return await self._page(who, str(request.args.get("id") or "")[:LONGEST_ADDRESS], TOLD.get(str(request.args.get("told") or ""), ""))

    async def _sent(self, request: Request, who: SignedIn) -> HTTPResponse:
        """Switches off, rewords, or puts back."""
        address, act, name = field(request, "id")[:LONGEST_ADDRESS], field(request, "act"), who.member.name
        found = await asyncio.to_thread(self.statements.of, address)
        if found is None:
            return self.pages.page("refused.html", {"why": GONE}, status=404)
        texts = [field(request, f"text{place}").strip()[: 2 * LONGEST] for place in range(min(len(found.statement.texts), MOST_TEXTS))]
        try:
            if act == "off":
                refused = await asyncio.to_thread(self.changing.switch_off, found.statement, name)
            elif act == "say":
                refused = await asyncio.to_thread(self.changing.reword, found.statement, texts, name)
            elif act == "back":
                await asyncio.to_thread(self.changing.put_back, found.statement, name)
                refused = []
            else:
                refused = [NO_CHANGE]
        except HomeError as error:
            refused = [str(error)]
        if refused:
            return await self._page(who, address, why=refused, texts=texts if act == "say" else ())
        return self.pages.go(request, f"statement?{urlencode({'id': address, 'told': act})}")

    async def _page(self, who: SignedIn, address: str, told: str = "", why: Sequence[str] = (), texts: Sequence[str] = ()) -> HTTPResponse:
        found = await asyncio.to_thread(self.statements.of, address)
        if found is None:
            return self.pages.page("refused.html", {"why": GONE}, status=404)
        try:
            own = (await asyncio.to_thread(self.changing.owns)).get(address)
        except HomeError as error:
            return self.pages.page("refused.html", {"why": str(error)}, status=503)
        return self.pages.page("statement.html", {**_values(found, own, texts), "told": told, "why": list(why), "me": who, "page": "knowledge"}, 422 if why else 200)


def _values(found: Listed, own: Own | None, texts: Sequence[str]) -> dict[str, Any]:
    said = list(own.say) if own is not None and own.say is not None else list(found.statement.texts)
    stale = own is not None and own.say is not None and tuple(own.was or ()) != found.statement.texts
    return {
        "one": found, "own": own, "texts": list(texts) or said[: len(found.statement.texts)], "stale": stale, "longest": LONGEST,
        "cannot": cannot(found.kept) if found.kept else "",
    }
