"""The owner's page on which the chat gets its line for the shop's own pages: colours, language, corner, to be copied."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, fields
from html import escape
from typing import Any, Mapping, Optional
from urllib.parse import urlsplit

from sanic import Blueprint
from sanic.request import File, Request
from sanic.response import HTTPResponse

from bot.desk.door import Door, field
from bot.desk.pages import Pages
from bot.desk.review.room import for_owner
from bot.desk.sessions import SignedIn
from bot.desk.setup.products import NO_FILE
from bot.desk.setup.room import DROPPED, NOT_YOURS, PICTURE, step_page, told, told_of
from bot.desk.setup.steps import PREFIX, Steps
from bot.home.folder import Home
from bot.home.pictures import MOST_BYTES
from bot.set_up.shades import USUAL, ColourError, Shades, shades
from bot.set_up.shops_picture import drop_shops_picture, put_shops_picture
from bot.settings import listed
from bot.support.own_pictures import Unusable, find_shops

PAGE = f"{PREFIX}page"
LARGEST = 6 * 2**20
"""Bytes of a form with a picture, of which one has `MOST_BYTES` at most."""
LANGUAGES = {"": "The page’s own", "en": "English", "ko": "Korean"}
SIDES = {"": "Right (left in Arabic, Hebrew)", "start": "Left"}
THEMES = {"": "What the visitor prefers", "light": "Light", "dark": "Dark"}
KINDS = {"": "Any page", "shopify": "Shopify", "woocommerce": "WooCommerce"}
WHERE = {
    "": "Put it before </body> on every page.",
    "shopify": "Online Store, Themes, Edit code, layout/theme.liquid: put it before </body>.",
    "woocommerce": "Put it into your theme’s functions.php, or a snippets plugin.",
}
NO_ADDRESS = "Write where it is as https://shop.example, and nothing behind."
OF_PRODUCT = {"shopify": '{% if product %} data-product="{{ product.handle | escape }}" data-product-title="{{ product.title | escape }}"{% endif %}'}
WOO = """add_action( 'wp_footer', function () {{
    $product = is_product() ? wc_get_product( get_the_ID() ) : null;
    printf(
        '{script}',
        $product ? sprintf(
            ' data-product="%s" data-product-title="%s"',
            esc_attr( $product->get_slug() ), esc_attr( $product->get_name() )
        ) : ''
    );
}} );"""


@dataclass(frozen=True)
class Placing:
    """What was chosen; anything can stand in it."""

    server: str
    shop: str = ""
    colour: str = USUAL
    lang: str = ""
    side: str = ""
    theme: str = ""
    kind: str = ""
    prompts: bool = False

    @classmethod
    def of(cls, request: Request) -> Placing:
        """From a page's address; where Glasskin runs is where its page was asked for."""

        def one(name: str, known: Mapping[str, str]) -> str:
            value = str(request.args.get(name) or "")
            return value if value in known else ""

        scheme = request.headers.get("x-forwarded-proto", request.scheme)
        here = f"{'https' if scheme == 'https' else 'http'}://{request.headers.get('host', '')}"
        return cls(
            str(request.args.get("server") or here).strip().rstrip("/")[:200], str(request.args.get("shop") or "").strip().rstrip("/")[:200],
            str(request.args.get("colour") or USUAL)[:20], one("lang", LANGUAGES), one("side", SIDES), one("theme", THEMES), one("kind", KINDS),
            bool(request.args.get("prompts")),
        )  # fmt: skip

    @property
    def wrong(self) -> Mapping[str, str]:
        """What cannot be used, by the fields' names."""
        found = {name: NO_ADDRESS for name, value in (("server", self.server), ("shop", self.shop)) if value and not is_origin(value)}
        try:
            shades(self.colour)
        except ColourError as error:
            found["colour"] = str(error)
        return found

    @property
    def shades(self) -> tuple[Shades, Shades]:
        """The colours of the light and the dark theme; the usual ones where the colour is none."""
        return shades(USUAL if "colour" in self.wrong else self.colour)

    @property
    def snippet(self) -> str:
        """What is to be put into the shop's pages."""
        marks = {"data-lang": self.lang, "data-side": self.side, "data-theme": self.theme, "data-prompts": "on" if self.prompts else ""}
        said = "".join(f' {name}="{value}"' for name, value in marks.items() if value)
        lines = f'<script type="module" src="{escape(self.server)}/widget/glasskin.js"{said}{OF_PRODUCT.get(self.kind, "")}></script>{self._style}'
        if self.kind != "woocommerce":
            return lines
        return WOO.format(script=lines.replace("></script>", "%s></script>", 1))

    @property
    def _style(self) -> str:
        if self.colour.lower() == USUAL:
            return ""
        light, dark = self.shades
        names = [one.name for one in fields(Shades)]
        said = "\n".join(f"    --gs-{name.replace('_', '-')}: light-dark({getattr(light, name)}, {getattr(dark, name)});" for name in names)
        return f"\n<style>\n  glasskin-chat, glasskin-box {{\n{said}\n  }}\n</style>"


@dataclass(frozen=True)
class PageRoom:
    """Makes this page."""

    steps: Steps
    pages: Pages

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """Its routes."""
        page, picture = (for_owner(self.pages, told(self.pages, one), NOT_YOURS) for one in (self._page, self._picture))
        blueprint.add_route(door.shown(page), f"/desk/{PAGE}", methods=["GET"], name="desk_setup_page", strict_slashes=True)
        taken = door.sent(picture, LARGEST, NOT_YOURS)
        blueprint.add_route(taken, f"/desk/{PREFIX}picture", methods=["POST"], name="desk_setup_picture", strict_slashes=True, stream=True)

    async def _picture(self, request: Request, who: SignedIn) -> HTTPResponse:
        """Takes the shop's picture, or takes it away."""
        home = Home(self.steps.chosen.home)
        if field(request, "act") == "drop":
            await asyncio.to_thread(drop_shops_picture, home)
            return self.pages.go(request, f"{PAGE}?told={DROPPED}")
        file: Optional[File] = (request.files or {}).get("file")
        if file is None or not file.body:
            return await self._shown(request, who, NO_FILE)
        try:
            await asyncio.to_thread(put_shops_picture, home, file.body)
        except Unusable as error:
            return await self._shown(request, who, f"The file {error}.")
        return self.pages.go(request, f"{PAGE}?told={PICTURE}")

    async def _page(self, request: Request, who: SignedIn) -> HTTPResponse:
        return await self._shown(request, who)

    async def _shown(self, request: Request, who: SignedIn, why: str = "") -> HTTPResponse:
        steps, own = await asyncio.to_thread(lambda: (self.steps.all(), find_shops(Home(self.steps.chosen.home)) is not None))
        wish = Placing.of(request)
        origins = listed(self.steps.chosen.web_origins)
        known = {one.rstrip("/").lower() for one in origins}
        values: dict[str, Any] = {
            "wish": wish, "bad": wish.wrong, "origins": origins, "languages": LANGUAGES, "sides": SIDES, "themes": THEMES, "kinds": KINDS, "where": WHERE[wish.kind],
            "line": " ".join([*origins, wish.shop or "https://shop.example"]), "allowed": bool(wish.shop) and wish.shop.lower() in known,
            "own": own, "megabytes": MOST_BYTES // 1_000_000, "told": told_of(request), "why": why,
        }  # fmt: skip
        return step_page(self.pages, steps, "page", who, "setup_page.html", values, 422 if wish.wrong or why else 200)


def is_origin(text: str) -> bool:
    """Whether it is scheme and host, and nothing else."""
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and f"{parts.scheme}://{parts.netloc}" == text and parts.port != 0
    except ValueError:
        return False
    return whole and all(one.isalnum() or one in ".-:[]" for one in parts.netloc)
