"""The pictures that customers sent, for who is signed in at the desk: those of lines that the staff may read, and no others."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Optional

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from bot.desk.door import Door
from bot.desk.pages import Pages
from bot.desk.sessions import SignedIn
from bot.store.pictures import PictureStore, PictureView
from bot.support.handoff import PICTURE, Conversations

POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
GONE = "This picture is not there any more, or is not for us to see."


@dataclass(frozen=True)
class CustomerPictures:
    """Hands pictures out, each as the kind that it was made as, whatever a browser would take it for."""

    store: PictureStore
    conversations: Conversations
    pages: Pages

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """The route of the pictures."""
        route = door.shown(self._picture, False)
        blueprint.add_route(route, "/desk/picture", methods=["GET"], name="desk_picture", strict_slashes=True)

    async def _picture(self, request: Request, _: SignedIn) -> HTTPResponse:
        found = await asyncio.to_thread(self._readable, str(request.args.get("name") or ""))
        if found is None:
            return self.pages.page("refused.html", {"why": GONE}, status=404)
        headers = {**self.pages.headers, "Content-Security-Policy": POLICY, "Content-Disposition": 'inline; filename="picture.jpg"'}
        return raw(found.content, headers=headers, content_type=found.kind)

    def _readable(self, name: str) -> Optional[PictureView]:
        """The picture of a name, where the staff may read the line that it came with."""
        found = self.store.find(name) if name else None
        if found is None or not any(line.data.get(PICTURE) == name for line in self.conversations.thread(found.conversation, None)):
            return None
        return found
