"""The pages about the staff themselves: one's own password, and for owners who else may sign in."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk.door import Door, field
from bot.desk.members import MemberError, Members, Role
from bot.desk.pages import Pages
from bot.desk.passwords import SHORTEST, WeakPassword, made
from bot.desk.sessions import SignedIn

NOT_YOURS = "Only an owner sees to the staff."


@dataclass(frozen=True)
class Office:
    """Makes these pages and takes what they send."""

    staff: Members
    pages: Pages

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """Their routes."""
        for name, page, act in (("account", self._account, self._change), ("staff", self._list, self._see_to)):
            blueprint.add_route(door.shown(page), f"/desk/{name}", methods=["GET"], name=f"desk_{name}", strict_slashes=True)
            blueprint.add_route(door.sent(act), f"/desk/{name}", methods=["POST"], name=f"desk_{name}_sent", strict_slashes=True)

    async def _account(self, _: Request, who: SignedIn) -> HTTPResponse:
        return self._account_page(who)

    def _account_page(self, who: SignedIn, why: str = "", told: str = "") -> HTTPResponse:
        return self.pages.page("account.html", {"me": who, "why": why, "told": told, "shortest": SHORTEST}, 422 if why else 200)

    async def _change(self, request: Request, who: SignedIn) -> HTTPResponse:
        if await asyncio.to_thread(self.staff.known, who.member.name, field(request, "old")) is None:
            return self._account_page(who, "That is not your password.")
        try:
            await asyncio.to_thread(self.staff.set_password, who.member.name, field(request, "new"), who.digest)
        except WeakPassword as error:
            return self._account_page(who, str(error))
        return self._account_page(who, told="Your password is changed. Everywhere else you are signed out.")

    async def _list(self, _: Request, who: SignedIn) -> HTTPResponse:
        return await self._staff_page(who)

    async def _staff_page(self, who: SignedIn, **more: str) -> HTTPResponse:
        if not who.member.is_owner:
            return self.pages.page("refused.html", {"why": NOT_YOURS}, status=403)
        members = await asyncio.to_thread(self.staff.members)
        values: dict[str, Any] = {"me": who, "members": members, "why": "", "told": "", "password": "", **more}
        return self.pages.page("staff.html", values, 422 if more.get("why") else 200)

    async def _see_to(self, request: Request, who: SignedIn) -> HTTPResponse:
        if not who.member.is_owner:
            return self.pages.page("refused.html", {"why": NOT_YOURS}, status=403)
        try:
            done = await asyncio.to_thread(self._done, field(request, "act"), field(request, "name"), field(request, "role"))
        except (MemberError, WeakPassword) as error:
            done = {"why": str(error)}
        return await self._staff_page(who, **done)

    def _done(self, act: str, name: str, role: str) -> dict[str, str]:
        if act in ("enable", "disable"):
            member = self.staff.disable(name, act == "disable")
            return {"told": f"{member.name} is kept out." if member.disabled else f"{member.name} may sign in again."}
        password = made()
        if act == "add":
            member = self.staff.add(name, password, Role.OWNER if role == Role.OWNER.value else Role.AGENT)
            return {"told": f"{member.name} may sign in.", "password": password}
        if act == "password":
            self.staff.set_password(name, password)
            return {"told": f"A new password for {name}.", "password": password}
        raise MemberError("Choose what to do.")
