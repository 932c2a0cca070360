"""The owner's pages on what the settings connect: the shop's engine with the rules on orders, and Telegram. The browser writes no secret: each line of
`.env` is told."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.telegram.checking import findings as of_telegram
from bot.desk.door import Door, field
from bot.desk.pages import Pages
from bot.desk.review.room import for_owner
from bot.desk.sessions import SignedIn
from bot.desk.setup.form import Field
from bot.desk.setup.room import KEPT, NEXT_START, NOT_YOURS, UNUSABLE, step_page, told, told_of
from bot.desk.setup.steps import ENGINES, PREFIX, Steps
from bot.finding import Finding, mend
from bot.set_up.draft import Draft
from bot.set_up.order_rules import ORDERS, RULES, standing, with_rules
from bot.settings import SettingsError
from bot.shops.checks import findings as of_engine
from bot.shops.chosen import OSCAR, SHOPIFY, VENDURE, WOOCOMMERCE, Engine
from bot.store.policies import load_shop

LINES: Mapping[str, tuple[Sequence[str], str]] = {
    WOOCOMMERCE: (["ENGINE_URL=woocommerce+https://shop.example", "ENGINE_KEY=ck_...:cs_..."], "Make the key under WooCommerce, Settings, Advanced, REST API, for an administrator, with Read/Write; both parts with a colon between."),
    SHOPIFY: (["ENGINE_URL=shopify+https://NAME.myshopify.com", "ENGINE_KEY=shpat_..."], "Make a custom app under Settings, Apps, Develop apps, with the scopes read_orders, write_orders and read_all_orders, install it, and take its Admin API access token."),
    OSCAR: (["ENGINE_URL=oscar+https://shop.example", "ENGINE_KEY=..."], "Install the app of deploy/oscar in your shop; the key is a secret of your own of 32 characters or more, GLASSKIN_KEY there."),
    VENDURE: (["ENGINE_URL=vendure+https://api.shop.example", "ENGINE_KEY=..."], "Make an API key of an administrator whose role has ReadOrder, UpdateOrder, ReadCustomer and ReadCatalog."),
}  # fmt: skip
"""For each engine what belongs into `.env`, and where the key comes from."""


@dataclass(frozen=True)
class ConnectionsRoom:
    """Makes these pages and takes what they send."""

    steps: Steps
    pages: Pages

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """Their routes."""
        for name, page, act in (("orders", self._orders, self._orders_sent), ("telegram", self._telegram, self._telegram_sent)):
            shown, sent = (for_owner(self.pages, told(self.pages, one), NOT_YOURS) for one in (page, act))
            blueprint.add_route(door.shown(shown), f"/desk/{PREFIX}{name}", methods=["GET"], name=f"desk_setup_{name}", strict_slashes=True)
            blueprint.add_route(door.sent(sent), f"/desk/{PREFIX}{name}", methods=["POST"], name=f"desk_setup_{name}_sent", strict_slashes=True)

    async def _orders(self, request: Request, who: SignedIn) -> HTTPResponse:
        wanted = str(request.args.get("engine") or "")
        return await self._orders_page(who, wanted if wanted in LINES else "", told=told_of(request))

    async def _orders_sent(self, request: Request, who: SignedIn) -> HTTPResponse:
        if field(request, "act") == "check":
            return await self._orders_page(who, found=await asyncio.to_thread(self._checked))
        draft = await asyncio.to_thread(self.steps.draft)
        typed = {rule.key: field(request, rule.key) for rule in RULES}
        looks = field(request, "looks") == "yes"
        rules, wrong = with_rules(draft.value(ORDERS), typed) if looks else (None, {})
        why = "" if wrong else await self._saved(rules, who)
        if wrong or why:
            return await self._orders_page(who, typed=typed, wrong=wrong, looks=looks, why=why)
        how = NEXT_START if await asyncio.to_thread(self.steps.stands) else KEPT
        return self.pages.go(request, f"{PREFIX}orders?told={how}")

    async def _saved(self, rules: Optional[Mapping[str, Any]], who: SignedIn) -> str:
        def save() -> None:
            load_shop(self.steps.chosen.shop, self.steps.chosen.home)
            self.steps.draft().save({ORDERS: rules}, who.member.name, "Set up: Rules on orders")

        try:
            await asyncio.to_thread(save)
        except UNUSABLE as error:
            return str(error)
        return ""

    async def _orders_page(
        self, who: SignedIn, engine: str = "", found: Sequence[Finding] = (), typed: Optional[Mapping[str, str]] = None, wrong: Optional[Mapping[str, str]] = None,
        looks: Optional[bool] = None, told: str = "", why: str = "",
    ) -> HTTPResponse:  # fmt: skip
        steps, draft = await asyncio.to_thread(lambda: (self.steps.all(), self.steps.draft()))
        connected = self.steps.chosen.engine_url.partition("+")[0]
        values = {
            "engines": ENGINES, "connected": connected, "engine": engine, "lines": LINES.get(engine, ((), "")), "found": found, "told": told, "why": why, "wrong": len(wrong or {}),
            "fields": _fields(draft, typed, wrong or {}), "looks": draft.value(ORDERS) is not None if looks is None else looks,
        }  # fmt: skip
        return step_page(self.pages, steps, "orders", who, "setup_orders.html", values, 422 if wrong or why else 200)

    def _checked(self) -> list[Finding]:
        try:
            return list(of_engine(Engine.of(self.steps.chosen), self.steps.database))
        except SettingsError as error:
            return [mend(str(error))]

    async def _telegram(self, _: Request, who: SignedIn) -> HTTPResponse:
        return await self._telegram_page(who)

    async def _telegram_sent(self, _: Request, who: SignedIn) -> HTTPResponse:
        """Asks Telegram."""
        if not self.steps.chosen.telegram_token:
            return await self._telegram_page(who)
        found, _number = await of_telegram(self.steps.chosen)
        return await self._telegram_page(who, found)

    async def _telegram_page(self, who: SignedIn, found: Sequence[Finding] = ()) -> HTTPResponse:
        steps = await asyncio.to_thread(self.steps.all)
        values = {"token": bool(self.steps.chosen.telegram_token), "webhook": self.steps.chosen.telegram_webhook_url, "found": found}
        return step_page(self.pages, steps, "telegram", who, "setup_telegram.html", values)


@dataclass(frozen=True)
class Choice(Field):
    """A field of a rule, with what can be chosen; anything where that is None."""

    choices: Optional[Mapping[str, str]] = None


def _fields(draft: Draft, typed: Optional[Mapping[str, str]], wrong: Mapping[str, str]) -> list[Choice]:
    rules = draft.value(ORDERS)
    values = {rule.key: typed[rule.key] if typed is not None else standing(rules, rule) for rule in RULES}
    return [Choice(rule.key, rule.asks, rule.why, values[rule.key], wrong.get(rule.key, ""), choices=rule.choices) for rule in RULES]
