"""The owner's page on who answers customers, and when."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional
from zoneinfo import available_timezones

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk.door import Door, field
from bot.desk.pages import Pages
from bot.desk.review.room import for_owner
from bot.desk.sessions import SignedIn
from bot.desk.setup.room import KEPT, NEXT_START, NOT_YOURS, UNUSABLE, step_page, told, told_of
from bot.desk.setup.steps import PREFIX, Steps
from bot.set_up.people_hours import KEYS, PEOPLE, read_people, standing
from bot.store.policies import load_shop

STAFF = "staff"


@dataclass(frozen=True)
class PeopleRoom:
    """Makes this page and takes what it sends."""

    steps: Steps
    pages: Pages

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """Its routes."""
        address = f"/desk/{PREFIX}{STAFF}"
        page, act = (for_owner(self.pages, told(self.pages, one), NOT_YOURS) for one in (self._page, self._sent))
        blueprint.add_route(door.shown(page), address, methods=["GET"], name="desk_setup_staff", strict_slashes=True)
        blueprint.add_route(door.sent(act), address, methods=["POST"], name="desk_setup_staff_sent", strict_slashes=True)

    async def _page(self, request: Request, who: SignedIn) -> HTTPResponse:
        return await self._shown(who, told=told_of(request))

    async def _sent(self, request: Request, who: SignedIn) -> HTTPResponse:
        typed = {key: field(request, key) for key in KEYS}
        people, wrong = read_people(typed)
        why = "" if wrong else await self._saved(people, who)
        if wrong or why:
            return await self._shown(who, typed, wrong, why)
        how = NEXT_START if await asyncio.to_thread(self.steps.stands) else KEPT
        return self.pages.go(request, f"{PREFIX}{STAFF}?told={how}")

    async def _saved(self, people: Mapping[str, Any], who: SignedIn) -> str:
        def save() -> None:
            load_shop(self.steps.chosen.shop, self.steps.chosen.home)
            self.steps.draft().save({PEOPLE: people}, who.member.name, "Set up: When a person answers")

        try:
            await asyncio.to_thread(save)
        except UNUSABLE as error:
            return str(error)
        return ""

    async def _shown(
        self, who: SignedIn, typed: Optional[Mapping[str, str]] = None, wrong: Optional[Mapping[str, str]] = None, why: str = "", told: str = "",
    ) -> HTTPResponse:  # fmt: skip
        steps, draft, members = await asyncio.to_thread(lambda: (self.steps.all(), self.steps.draft(), self.steps.staff.members()))
        values = {
            "members": [one for one in members if not one.disabled], "values": typed if typed is not None else standing(draft.value(PEOPLE)), "bad": wrong or {},
            "zones": sorted(one for one in available_timezones() if "/" in one and not one.startswith(("Etc/", "posix", "right"))),
            "told": told, "why": why, "wrong": len(wrong or {}),
        }  # fmt: skip
        return step_page(self.pages, steps, STAFF, who, "setup_staff.html", values, 422 if wrong or why else 200)
