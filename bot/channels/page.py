"""The widget's files at `/widget/` and the chat page at `/chat/`, as a Rasa channel.

It only hands out files; messages travel through the web channel. A shop's page names `/widget/glasskin.js`, which is
asked for anew every time and leads to the folder of the present version; what lies there never changes and is kept.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from rasa.core.channels.channel import UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.answers.resources import resources
from bot.channels.files import (
    CONTENT_TYPES,
    FOR_EVER,
    REVALIDATE,
    WEB,
    Handler,
    WebFile,
    add_file,
    answer,
    embeddable_headers,
    read_file,
    read_files,
)
from bot.channels.handing_out import HandingOut
from bot.channels.own_pictures import add_pictures
from bot.store.errors import StoreError
from bot.store.policies import NAMELESS

WIDGET = WEB / "widget"
LOADER = "glasskin.js"
THEME = "theme.css"
LOGO = "logo.svg"
FRONT_PAGE = "index.html"
LATEST = b"./current/"
SHOP = "shop.js"
logger = logging.getLogger(__name__)


def widget_files() -> list[WebFile]:
    """What a browser may ask of the widget, as `scripts/widget` built it.

    Raises:
        RasaException: it is not there.
    """
    return read_files(WIDGET / "built")


def version_of(files: Sequence[WebFile]) -> str:
    """A digest of the files: another one after any change."""
    return hashlib.sha256(b"".join(file.name.encode() + file.body for file in files)).hexdigest()[:12]


def loader(version: str) -> WebFile:
    """What a shop's page names; leads to the present version."""
    file = read_file(WIDGET / LOADER, LOADER)
    return replace(file, body=file.body.replace(LATEST, f"./{version}/".encode()))


def about_shop() -> WebFile:
    """What the widget says of the shop, as a module: its name, and how its staff are reached where the chat is out of reach.
    It may change while the server runs, with whose products the catalogue holds. Blocking."""
    try:
        shop = resources().shop
    except StoreError as error:
        logger.error("the widget speaks of no shop: %s", error)
        told = {}
    else:
        told = {"name": "" if shop.name == NAMELESS else shop.name, "email": shop.contact.email, "phone": shop.contact.phone}
    body = f"export default {json.dumps(told)};\n"
    return WebFile(SHOP, body.encode(), CONTENT_TYPES[".js"])


class ChatPage(HandingOut):
    """Serves the widget and the chat page.

    `credentials.yml` names it as `bot.channels.page.ChatPage`.
    """

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "chat"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Read the files and give each its routes. `on_new_message` stays unused: no message arrives here."""
        blueprint = Blueprint("chat_page")
        blueprint.add_route(self._redirect(), "/chat", methods=["GET", "HEAD"], strict_slashes=True)
        for file in read_files(WEB / "chat"):
            path = "/chat/" if file.name == FRONT_PAGE else f"/chat/{file.name}"
            add_file(blueprint, path, file, self._headers)
        files = widget_files()
        version = version_of(files)
        for file in files:
            kept = {**embeddable_headers(), "Cache-Control": FOR_EVER}
            add_file(blueprint, f"/widget/{version}/{file.name}", file, kept)
        # The chat page and the shop borrow the widget's colours, under a name that stays; its logo's is kept for who shows it.
        shared = (read_file(WIDGET / "src" / THEME, THEME), read_file(WIDGET / LOGO, LOGO))
        for file in (loader(version), *shared):
            add_file(blueprint, f"/widget/{file.name}", file, {**embeddable_headers(), "Cache-Control": REVALIDATE})

        @blueprint.route(f"/widget/{SHOP}", methods=["GET", "HEAD"], strict_slashes=True)
        async def shop(request: Request) -> HTTPResponse:
            headers = {**embeddable_headers(), "Cache-Control": REVALIDATE}
            return answer(request, await asyncio.to_thread(about_shop), headers)

        add_pictures(blueprint, read_file(WIDGET / LOGO, LOGO))
        return blueprint

    def _redirect(self) -> Handler:
        # Relative, so that it also holds behind a proxy that serves Rasa below another path.
        headers = {**self._headers, "Location": "chat/"}

        async def redirect(request: Request) -> HTTPResponse:
            return HTTPResponse(status=308, headers=headers, content_type="text/plain; charset=utf-8")

        return redirect
