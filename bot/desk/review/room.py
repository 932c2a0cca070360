"""The owner's pages on what customers ask: every turn, and what is asked in vain, the same questions together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk.catalogue import Catalogue
from bot.desk.door import Door, Handler
from bot.desk.pages import Pages
from bot.desk.review.groups import Groups
from bot.desk.review.wishes import ReviewWish
from bot.desk.review.words import HIDDEN, ONLY, OUTCOMES, band_words, kind_words, subject_words
from bot.desk.sessions import SignedIn
from bot.desk.talks import REASONS
from bot.desk.wishes import CHANNELS
from bot.phrases import Phrases
from bot.store.review_models import APART
from bot.store.reviews import Looking
from bot.teaching.lessons import plainly

PER_PAGE, GROUPS_PER_PAGE = 50, 20
MOST_CHOICES = 60
NOT_YOURS = "Only an owner sees what customers ask."
GONE = "This conversation is not there any more, or is not in your inbox."


@dataclass(frozen=True)
class ReviewRoom:
    """Makes these pages. What reads the database runs in threads. `taught` gives wordings that were taught, plainly, with what as."""

    looking: Looking
    groups: Groups
    catalogue: Catalogue
    phrases: Phrases
    pages: Pages
    taught: Callable[[], Mapping[str, str]] = dict

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """Their routes."""
        for path, handler in (("review", self._turns), ("groups", self._groups), ("review-talk", self._talk)):
            route = door.shown(for_owner(self.pages, handler))
            blueprint.add_route(route, f"/desk/{path}", methods=["GET"], name=f"desk_{path.replace('-', '_')}", strict_slashes=True)

    async def _turns(self, request: Request, who: SignedIn) -> HTTPResponse:
        wish = ReviewWish.of(request.args)
        values = await asyncio.to_thread(self._turn_values, wish)
        return self.pages.page("review.html", {**values, "me": who, "wish": wish, "page": "review"})

    async def _groups(self, request: Request, who: SignedIn) -> HTTPResponse:
        wish = ReviewWish.of(request.args)
        found, count = await asyncio.to_thread(self.groups.ranked, wish.wanted, wish.skip, GROUPS_PER_PAGE)
        more = wish.skip + GROUPS_PER_PAGE if count > wish.skip + GROUPS_PER_PAGE else 0
        taught = await asyncio.to_thread(self.taught)
        known = [next((taught[plainly(text)] for text, _ in one.wordings if plainly(text) in taught), "") for one in found]
        values = {"taught": known, "groups": found, "count": count, "more": more, "channels": CHANNELS, "kind_words": self._kind}
        return self.pages.page("groups.html", {**values, "me": who, "wish": wish, "page": "groups"})

    async def _talk(self, request: Request, _: SignedIn) -> HTTPResponse:
        """Leads to a turn's conversation, whose name stands in no page before."""
        turn = str(request.args.get("turn") or "")
        known = turn.isascii() and turn.isdigit() and len(turn) < 10
        conversation = await asyncio.to_thread(self.looking.conversation, int(turn)) if known else None
        if conversation is None:
            return self.pages.page("refused.html", {"why": GONE}, status=404)
        return self.pages.go(request, f"talk?{urlencode({'id': conversation})}")

    def _turn_values(self, wish: ReviewWish) -> dict[str, Any]:
        found = self.looking.turns(wish.wanted, PER_PAGE + 1, wish.skip)
        handles = list(self.looking.products())[:MOST_CHOICES]
        shown = list(dict.fromkeys([*handles, *(turn.product for turn in found if turn.product)]))
        titles = {one.handle: one.title for one in self.catalogue.products(shown)}
        kinds = {kind: self._kind(kind) for kind in self.looking.kinds()}
        return {
            "turns": found[:PER_PAGE], "counts": self.looking.counts(wish.wanted), "only": ONLY, "outcomes": OUTCOMES, "hidden": HIDDEN,
            "older": wish.skip + PER_PAGE if len(found) > PER_PAGE else 0, "channels": CHANNELS, "reasons": REASONS, "apart": APART,
            "kinds": dict(sorted(kinds.items(), key=lambda one: one[1])), "products": {handle: titles.get(handle, handle) for handle in handles},
            "titles": titles, "kind_words": self._kind, "subject_words": subject_words, "band_words": band_words,
        }

    def _kind(self, kind: str) -> str:
        return kind_words(self.phrases, kind)


def for_owner(pages: Pages, handler: Handler, why: str = NOT_YOURS) -> Handler:
    """The handler for owners; others are told that it is not for them."""

    async def route(request: Request, who: SignedIn) -> Any:
        if not who.member.is_owner:
            return pages.page("refused.html", {"why": why}, status=403)
        return await handler(request, who)

    return route
