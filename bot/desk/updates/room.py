"""The owner's page of an update: what both sides changed, yours, what the project had and what it has, and the choice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import urlencode

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk.door import Door, field
from bot.desk.pages import Pages
from bot.desk.review.room import for_owner
from bot.desk.sessions import SignedIn
from bot.home.choosing import Choosing, editable, written
from bot.home.folder import RESPONSES, SHOP, Home, HomeError
from bot.home.origins import Conflict, conflicts, note, origins
from bot.phrases import fits
from bot.settings import Settings
from bot.teaching.carrying import mistakes

NOT_YOURS = "Only an owner chooses what of an update counts."
CHANGED = "This was changed meanwhile: look at it again."
AT_ONCE, AT_START = "at_once", "at_start"
TOLD: Mapping[str, str] = {AT_ONCE: "Chosen. It counts from now on.", AT_START: "Chosen. It counts from the next start of the assistant."}
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class UpdatesRoom:
    """Makes this page. What reads and writes files runs in threads."""

    home: Home
    choosing: Choosing
    pages: Pages

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """Its routes."""
        shown, sent = for_owner(self.pages, self._page, NOT_YOURS), for_owner(self.pages, self._chosen, NOT_YOURS)
        blueprint.add_route(door.shown(shown), "/desk/updates", methods=["GET"], name="desk_updates", strict_slashes=True)
        blueprint.add_route(door.sent(sent), "/desk/updates", methods=["POST"], name="desk_updates_sent", strict_slashes=True)

    def note(self) -> None:
        """Notes what the project has beside own changes that were made by hand; the log tells where that cannot be."""
        try:
            noted(self.home)
        except HomeError as error:
            logger.error("it cannot be noted what the project has in the place of own changes: %s", error)

    async def _page(self, request: Request, who: SignedIn) -> HTTPResponse:
        return await self._shown(who, TOLD.get(str(request.args.get("told") or ""), ""))

    async def _shown(self, who: SignedIn, told: str = "", why: str = "", tried: Optional[Mapping[str, str]] = None) -> HTTPResponse:
        try:
            found, count = await asyncio.to_thread(self._read)
        except HomeError as error:
            return self.pages.page("refused.html", {"why": str(error)}, status=503)
        values: dict[str, Any] = {
            "conflicts": found, "count": count, "told": told, "why": why, "tried": tried or {}, "written": written, "editable": editable, "me": who, "rests": rests,
            "page": "updates",
        }  # fmt: skip
        return self.pages.page("updates.html", values, 422 if why else 200)

    def _read(self) -> tuple[list[Conflict], int]:
        noted(self.home)
        return conflicts(self.home), len(origins(self.home))

    async def _chosen(self, request: Request, who: SignedIn) -> HTTPResponse:
        act, key, text = field(request, "act"), field(request, "key"), field(request, "text")
        try:
            place = await asyncio.to_thread(self._choose, act, key, text, who.member.name)
        except HomeError as error:
            return await self._shown(who, why=str(error), tried={key: text} if act == "write" else {})
        return self.pages.go(request, f"updates?{urlencode({'told': AT_ONCE if place == SHOP else AT_START})}")

    def _choose(self, act: str, key: str, text: str, who: str) -> str:
        """Does what was chosen; the file that it was chosen in.

        Raises:
            HomeError: it cannot be done; the message is a sentence that says why.
        """
        conflict = next((one for one in conflicts(self.home) if one.key == key), None)
        if conflict is None:
            raise HomeError(CHANGED)
        if act == "keep":
            self.choosing.keep(conflict, who)
        elif act == "take":
            self.choosing.take(conflict, who)
        elif act == "write":
            self.choosing.write(conflict, text, who)
        else:
            raise HomeError("Choose what to do.")
        return conflict.place.file


def rests(conflict: Conflict) -> bool:
    """Whether the owner's wording cannot be used with what the project has now."""
    return conflict.place.file.startswith(f"{RESPONSES}/") and not fits(conflict.own, conflict.now)


def noted(home: Home) -> None:
    """Notes what the project has beside own changes, where there are any.

    Raises:
        HomeError: the folder cannot be used.
    """
    if home.folder.is_dir():
        with home.alone():
            note(home)


def updates_room(chosen: Settings, pages: Pages) -> UpdatesRoom:
    """This page for the settings' folder."""
    home = Home(chosen.home)
    return UpdatesRoom(home, Choosing(home, lambda texts: mistakes(texts, chosen)), pages)
