"""The owner's pages on the products: all of them by what is missing, one with what the assistant makes of it, and mending it there."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import urlencode

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.answers.products.cards import amount_of
from bot.channels.demo_shelf import public_address
from bot.desk.door import Door, field
from bot.desk.pages import Pages
from bot.desk.products.looking import Looking, ReadLabel
from bot.desk.products.wish import LABELS, ProductWish
from bot.desk.review.room import for_owner
from bot.desk.sessions import SignedIn
from bot.home.folder import HomeError
from bot.labels.parsing import MOST_NAMES
from bot.rules.knowledge import KnowledgeError
from bot.store.errors import StoreError
from bot.store.gaps import DOUBTFUL, MENDED, NO_KIND, NO_LIST, OTHER_KIND, OTHER_LIST, SOLD_OUT, UNCOUNTED
from bot.store.importers.base import ProductRecord
from bot.store.mends.mending import KIND, LABEL, Mending
from bot.store.models import HANDLE_LENGTH

PER_PAGE = 50
LONGEST_LIST, LONGEST_DESCRIPTION = 12_000, 4000
GONE = "No product on sale has this handle any more."
TOO_LONG = "This is not saved, since it is too long to be read to its end: at most {names} names in {letters} characters are read."
NO_CHOICE, NO_CHANGE = "Choose a kind from the list.", "Choose what to do."
logger = logging.getLogger(__name__)
TOLD: Mapping[str, str] = {
    "kind": "The kind is mended. It counts from now on, and stays with every import.", "label": "The list is saved. It counts from now on, and stays with every import.",
    "back": "Taken back: it is as your shop’s file has it.",
}
MARKS: Mapping[int, tuple[str, str]] = {
    NO_LIST: ("unsaid", "no ingredient list"), DOUBTFUL: ("lost", "doubtful list"), NO_KIND: ("unsaid", "kind not known"), OTHER_KIND: ("unknown", "no kind of ours"),
    SOLD_OUT: ("unknown", "out of stock"), UNCOUNTED: ("unknown", "stock not counted"), MENDED: ("taught", "mended by you"), OTHER_LIST: ("lost", "your shop’s file has another list"),
}
"""Marks in a list: the look of each and its words."""


@dataclass(frozen=True)
class ProductRoom:
    """Makes these pages. What reads files and the database runs in threads."""

    looking: Looking
    mending: Mending
    pages: Pages

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """Their routes."""
        for path, handler in (("products", self._list), ("product", self._one)):
            route = door.shown(for_owner(self.pages, handler))
            blueprint.add_route(route, f"/desk/{path}", methods=["GET"], name=f"desk_shelf_{path}", strict_slashes=True)
        route = door.sent(for_owner(self.pages, self._sent))
        blueprint.add_route(route, "/desk/product", methods=["POST"], name="desk_shelf_sent", strict_slashes=True)

    def settled(self) -> None:
        """Brings the catalogue to the owner's file, which may have changed while nobody served; the log tells why where it cannot be."""
        try:
            self.mending.settle()
        except (HomeError, KnowledgeError, StoreError) as error:
            logger.error("what was mended of products is not brought into the catalogue: %s", error)

    async def _list(self, request: Request, who: SignedIn) -> HTTPResponse:
        wish = ProductWish.of(request.args)
        found, counts = await asyncio.to_thread(self.looking.listed, wish.q, wish.gap, PER_PAGE + 1, wish.skip)
        values = {
            "found": found[:PER_PAGE], "counts": counts, "labels": LABELS, "wish": wish, "me": who, "page": "products", "marks": MARKS, "kind_words": self.looking.kind_words,
            "before": max(0, wish.skip - PER_PAGE) if wish.skip else None, "more": wish.skip + PER_PAGE if len(found) > PER_PAGE else 0, "price": amount_of,
        }
        return self.pages.page("shelf.html", values)

    async def _one(self, request: Request, who: SignedIn) -> HTTPResponse:
        return await self._page(who, str(request.args.get("handle") or "")[:HANDLE_LENGTH], TOLD.get(str(request.args.get("told") or ""), ""))

    async def _sent(self, request: Request, who: SignedIn) -> HTTPResponse:
        """Mends, shows what is read of a list before it is saved, or takes a mend back."""
        handle, act, name = field(request, "handle")[:HANDLE_LENGTH], field(request, "act"), who.member.name
        record = await asyncio.to_thread(self.looking.record, handle)
        if record is None:
            return self.pages.page("refused.html", {"why": GONE}, status=404)
        try:
            if act == "kind":
                return await self._mended_kind(request, who, record)
            if act in ("read", "save"):
                return await self._mended_label(request, who, record)
            if act in ("back_kind", "back_label"):
                await asyncio.to_thread(self.mending.take_back, record, name, KIND if act == "back_kind" else LABEL)
                return self._done(request, handle, "back")
        except HomeError as error:
            return await self._page(who, handle, why=str(error))
        return await self._page(who, handle, why=NO_CHANGE)

    async def _mended_kind(self, request: Request, who: SignedIn, record: ProductRecord) -> HTTPResponse:
        kind = field(request, "kind")
        if kind not in {one for one, _ in self.looking.kinds()}:
            return await self._page(who, record.handle, why=NO_CHOICE)
        await asyncio.to_thread(self.mending.mend, record, who.member.name, kind)
        return self._done(request, record.handle, "kind")

    async def _mended_label(self, request: Request, who: SignedIn, record: ProductRecord) -> HTTPResponse:
        pasted = field(request, "ingredients").replace("\r\n", "\n").strip()
        read = await asyncio.to_thread(self.looking.read, pasted) if len(pasted) <= LONGEST_LIST else None
        if read is None or read.cut:
            return await self._page(who, record.handle, pasted=pasted, why=TOO_LONG.format(names=MOST_NAMES - 1, letters=f"{LONGEST_LIST:,}"))
        if read.doubt:
            return await self._page(who, record.handle, pasted=pasted, read=read, why=f"This is not saved, since it is no whole ingredient list: {read.doubt}.")
        if field(request, "act") == "save" and field(request, "tried") == _token(pasted):
            await asyncio.to_thread(self.mending.mend, record, who.member.name, None, [one.printed for one in read.names])
            return self._done(request, record.handle, "label")
        return await self._page(who, record.handle, pasted=pasted, read=read)

    async def _page(
        self, who: SignedIn, handle: str, told: str = "", why: str = "", pasted: str = "", read: Optional[ReadLabel] = None,
    ) -> HTTPResponse:
        shown = await asyncio.to_thread(self.looking.shown, handle, public_address)
        if shown is None:
            return self.pages.page("refused.html", {"why": GONE}, status=404)
        values: dict[str, Any] = {
            "one": shown, "kinds": self.looking.kinds(), "told": told, "why": why, "pasted": pasted, "read": read, "tried": _token(pasted) if read and not read.doubt else "",
            "me": who, "page": "products", "longest": LONGEST_DESCRIPTION, "most": MOST_NAMES,
            "mended_kind": shown.made.unmended is not None and (shown.made.kind, shown.made.kind_reason) != (shown.told.kind, shown.told.kind_reason),
            "mended_label": shown.made.unmended is not None and (shown.made.ingredients, shown.made.label_doubt) != (shown.told.ingredients, shown.told.label_doubt),
        }
        return self.pages.page("product.html", values, 422 if why else 200)

    def _done(self, request: Request, handle: str, told: str) -> HTTPResponse:
        return self.pages.go(request, f"product?{urlencode({'handle': handle, 'told': told})}")


def _token(pasted: str) -> str:
    """Stands for a list that was shown as read, so that no other is saved."""
    return hashlib.sha256(pasted.encode()).hexdigest()[:24]
