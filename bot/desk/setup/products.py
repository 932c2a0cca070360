"""The owner's page on which products come in: a file is looked at by the importer's own dry run, and goes in once it was seen."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Optional

from sanic import Blueprint
from sanic.request import File, Request
from sanic.response import HTTPResponse

from bot.desk.door import Door, field
from bot.desk.pages import Pages
from bot.desk.review.room import for_owner
from bot.desk.sessions import SignedIn
from bot.desk.setup.room import NOT_YOURS, step_page, told
from bot.desk.setup.steps import PREFIX, Steps
from bot.set_up.catalogue import own_shop, write_product_names
from bot.set_up.column_names import keep_columns, named_columns
from bot.set_up.uploads import Uploads
from bot.store.importers.base import CatalogueFileError, ImportReport, UnusableFile
from bot.store.importers.importing import import_file
from bot.store.ownership import OWN, is_sample
from bot.store.policies import load_shop

PRODUCTS = "products"
LARGEST = 20 * 2**20
MOST_SHOWN, MOST_REFUSED = 12, 50
MOST_LINES = 5
NO_FILE, GONE = "Choose a file.", "This file is not here any more. Please choose it again."
UNWRITTEN = "The file can’t be kept: {why}."
NO_COLUMNS = "Which column holds what? Write it as title = Product name, a line each."


@dataclass(frozen=True)
class Looked:
    """What came of a file: the report, or why there is none; a token where it can go in; the columns as they were typed, and whether what it does not
    name goes off sale."""

    name: str = ""
    token: str = ""
    report: Optional[ImportReport] = None
    why: str = ""
    columns: str = ""
    missing: bool = False
    done: bool = False

    @property
    def lists(self) -> Mapping[str, tuple[int, Sequence[str]]]:
        """What is to be read in the report: how many of each, and the first of them."""
        found = self.report
        if found is None:
            return {}
        changed = [f"{handle} ({', '.join(found.changes.get(handle, ('...',)))})" for handle in found.updated]
        lists: Mapping[str, Sequence[str]] = {
            "New": found.created, "Changed": changed, "Renamed": [f"{old} → {new}" for new, old in found.renamed.items()],
            "Off sale": [*found.deactivated, *found.moved], "Noted": [_noted(what, lines) for what, lines in found.notices.items()],
        }  # fmt: skip
        return {name: (len(entries), entries[:MOST_SHOWN]) for name, entries in lists.items() if entries}

    @property
    def refused(self) -> Sequence[tuple[int, str]]:
        """Rows that do not go in: their lines, and why."""
        return [(row.line, row.reason) for row in self.report.refused[:MOST_REFUSED]] if self.report else []


@dataclass(frozen=True)
class ProductsRoom:
    """Makes this page and takes what it sends."""

    steps: Steps
    uploads: Uploads
    pages: Pages

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """Its routes."""
        address = f"/desk/{PREFIX}{PRODUCTS}"
        page, act = (for_owner(self.pages, told(self.pages, one), NOT_YOURS) for one in (self._page, self._sent))
        blueprint.add_route(door.shown(page), address, methods=["GET"], name="desk_setup_products", strict_slashes=True)
        blueprint.add_route(door.sent(act, LARGEST, NOT_YOURS), address, methods=["POST"], name="desk_setup_products_sent", strict_slashes=True, stream=True)

    async def _page(self, _: Request, who: SignedIn) -> HTTPResponse:
        return await self._shown(who, Looked())

    async def _sent(self, request: Request, who: SignedIn) -> HTTPResponse:
        wish = Looked(token=field(request, "token"), columns=field(request, "columns"), missing=bool(field(request, "missing")))
        if field(request, "act") == "import":
            return await self._shown(who, await asyncio.to_thread(self._imported, wish))
        file: Optional[File] = (request.files or {}).get("file")
        if file is None or not file.body:
            return await self._shown(who, replace(wish, token="", why=NO_FILE))
        return await self._shown(who, await asyncio.to_thread(self._looked_at, file, wish))

    async def _shown(self, who: SignedIn, looked: Looked) -> HTTPResponse:
        steps, currency, sample = await asyncio.to_thread(lambda: (self.steps.all(), self._currency(), self._is_sample()))
        values = {"looked": looked, "why": looked.why, "currency": currency, "sample": sample, "megabytes": LARGEST // 2**20}
        return step_page(self.pages, steps, PRODUCTS, who, "setup_products.html", values, 422 if looked.why else 200)

    def _looked_at(self, file: File, wish: Looked) -> Looked:
        try:
            token = self.uploads.keep(file.name, file.body)
        except OSError as error:
            return replace(wish, token="", why=UNWRITTEN.format(why=error.strerror))
        looked = self._read(replace(wish, token=token), dry_run=True)
        if looked.why:
            self.uploads.drop(token)
        return looked

    def _imported(self, wish: Looked) -> Looked:
        looked = self._read(wish, dry_run=False)
        if looked.done:
            self.uploads.drop(wish.token)
            own_shop(self.steps.database, self.steps.chosen)
            write_product_names(self.steps.database, self.steps.chosen)
        return looked

    def _read(self, wish: Looked, dry_run: bool) -> Looked:
        """Reads a kept file. How many products go off sale was seen before it goes in; those of the sample shop always do."""
        path = self.uploads.path(wish.token)
        wish = replace(wish, token="")
        if path is None:
            return replace(wish, why=GONE)
        said = [f"{name.strip()}={column.strip()}" for name, sign, column in (line.partition("=") for line in wish.columns.splitlines()) if name.strip() or sign]
        missing = wish.missing or self._is_sample()
        try:
            named = named_columns(said, path, self.steps.chosen.var)
            report = import_file(
                self.steps.database, path, self._currency(), dry_run=dry_run, deactivate_missing=missing, even_many=True, columns=named, whose=OWN,
            )  # fmt: skip
            if not dry_run:
                keep_columns(named, path, self.steps.chosen.var)
        except UnusableFile as error:
            return replace(wish, name=path.name, report=error.report, why=plainly(str(error)))
        except (CatalogueFileError, ValueError) as error:
            return replace(wish, name=path.name, why=plainly(str(error)))
        return replace(wish, name=path.name, token=path.parent.name if dry_run else "", report=report, done=not dry_run)

    def _is_sample(self) -> bool:
        with self.steps.database.session() as session:
            return is_sample(session)

    def _currency(self) -> str:
        """That of prices that name none: the owner's, as soon as they said it."""
        return str(self.steps.draft().value("currency") or load_shop(self.steps.chosen.shop, self.steps.chosen.home).currency)


def plainly(why: str) -> str:
    """What the importer says, without how a command is told what columns hold."""
    head, found, _ = why.partition("Say which columns hold them:")
    return f"{head}{NO_COLUMNS}" if found else f"{NO_COLUMNS}" if why.startswith("--map") else why


def _noted(what: str, lines: Sequence[int]) -> str:
    places = [str(line) for line in lines if line]
    if not places:
        return what
    more = f" and {len(places) - MOST_LINES} more" if len(places) > MOST_LINES else ""
    return f"{what} ({'line' if len(places) == 1 else 'lines'} {', '.join(places[:MOST_LINES])}{more})"
