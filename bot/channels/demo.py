"""The demo shop at the server's root: the catalogue of the database as a shop shows it, with the widget in its pages.

A Rasa channel that only hands out pages. What they say of products, prices and stock is read from the database with
each request; what they say of delivery and returns stands in data/shop.yml.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rasa.core.channels.channel import UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, html, raw

from bot.channels.demo_pictures import drawing
from bot.channels.demo_shelf import PER_PAGE, Shelf, Wish, money, public_address
from bot.channels.files import WEB, add_file, read_files
from bot.channels.handing_out import HandingOut
from bot.rasa.set_up import require_shop
from bot.settings import settings
from bot.store.database import Database
from bot.store.policies import load_shop

SHOP = WEB / "shop"
PICTURES_KEPT = "public, max-age=3600"
Read = TypeVar("Read")


class DemoBlueprint(Blueprint):
    """A blueprint whose front page stands at "/", where Rasa has a route of its own already."""

    def __init__(self, name: str, front_page: Callable[[Request], Awaitable[HTTPResponse]]) -> None:
        super().__init__(name)
        self.ctx.front_page = front_page

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Answers requests for "/" before Rasa's route does."""
        front_page = self.ctx.front_page

        async def before(request: Request) -> HTTPResponse | None:
            at_front = request.path == "/" and request.method in ("GET", "HEAD")
            return await front_page(request) if at_front else None

        app.register_middleware(before, "request")
        super().register(app, options)  # type: ignore[no-untyped-call]


class DemoShop(HandingOut):
    """Serves the demo shop.

    `credentials.yml` names it as `bot.channels.demo.DemoShop`.
    """

    def __init__(self, image_hosts: Sequence[str] = ()) -> None:
        """Take the origins that product pictures may come from, and read the templates.

        Raises:
            RasaException: one of them is not an origin such as `https://cdn.example.com`.
        """
        super().__init__(image_hosts)
        self._pages = Environment(
            loader=FileSystemLoader(SHOP / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._pages.filters.update(money=money, public_address=public_address)

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "demo"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The shop's routes. `on_new_message` stays unused: no message arrives here."""
        chosen = settings()
        require_shop(chosen)
        shelf = Shelf(Database(chosen.shop_database))
        self._pages.globals["shop"] = load_shop(chosen.shop, chosen.home)
        blueprint = DemoBlueprint("demo_shop", lambda request: self._front(shelf, request))

        @blueprint.get("/products/<handle:str>", strict_slashes=True)
        async def product(_: Request, handle: str) -> HTTPResponse:
            found = await _aside(shelf.product, handle)
            if found is None:
                return self._page("missing.html", {}, status=404)
            return self._page("product.html", {"product": found, "others": await _aside(shelf.beside, found)})

        @blueprint.get("/pictures/<name:str>", strict_slashes=True)
        async def picture(_: Request, name: str) -> HTTPResponse:
            found = await _aside(shelf.product, name.removesuffix(".svg"))
            if found is None or not name.endswith(".svg"):
                return self._page("missing.html", {}, status=404)
            drawn = self._pages.get_template("picture.svg").render(drawing(found, await _aside(shelf.brands)))
            headers = {**self._headers, "Cache-Control": PICTURES_KEPT}
            return raw(drawn.encode(), headers=headers, content_type="image/svg+xml")

        @blueprint.get("/help", strict_slashes=True)
        async def questions(_: Request) -> HTTPResponse:
            return self._page("help.html", {})

        for file in read_files(SHOP / "static"):
            add_file(blueprint, f"/shop/{file.name}", file, self._headers)
        return blueprint

    async def _front(self, shelf: Shelf, request: Request) -> HTTPResponse:
        wish = Wish.of(request.args)
        return self._page("front.html", {"wish": wish, "per_page": PER_PAGE, **await _aside(shelf.look, wish)})

    def _page(self, template: str, values: Mapping[str, Any], status: int = 200) -> HTTPResponse:
        return html(self._pages.get_template(template).render(values), status=status, headers=self._headers)


async def _aside(read: Callable[..., Read], *given: Any) -> Read:
    """The database's answer, waited for in a thread, so that chats go on meanwhile."""
    return await asyncio.to_thread(read, *given)
