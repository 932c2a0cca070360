"""The owner's page of figures: what came of messages week by week, and what was asked most; drawn as bars, and as CSV."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk.door import Door
from bot.desk.pages import Pages
from bot.desk.review.figures import (
    CHOICES,
    ENDED_WORDS,
    FEWEST,
    FIRST_WORDS,
    Counted,
    Figures,
    Rows,
    Titled,
    opened_by_week,
)
from bot.desk.review.room import for_owner
from bot.desk.sessions import SignedIn
from bot.desk.wishes import CHANNELS
from bot.store.review_models import ANSWERED, ASKED_BACK, OUTCOMES, WITHOUT_ANSWER
from bot.store.reviews import Week
from bot.store.reviews.counting import ALONE, PASSED_ON, UNANSWERED
from bot.store.reviews.counts import ENDED, FIRST, HANDED, RATED, SOLVED

CSV = "text/csv; charset=utf-8"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would reckon with."""
OTHERS = "(others)"
REASONS = ("asked", "anger", "legal", "fraud", "safety", "lost", "cannot", "rule", "ticket")
PER_WEEK = {SOLVED: (ALONE, UNANSWERED, PASSED_ON), HANDED: REASONS, FIRST: tuple(FIRST_WORDS), ENDED: tuple(ENDED_WORDS), RATED: ("good", "bad")}
"""Further columns of the file of weeks, as `sort_name`."""


@dataclass(frozen=True)
class Bar:
    """A row of a chart: its name, its number, and the widths of its parts in per cent of the longest row."""

    name: str
    count: int
    parts: Sequence[tuple[str, float, float]]


@dataclass(frozen=True)
class InsightRoom:
    """Makes these pages."""

    counted: Counted
    titled: Titled
    pages: Pages

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """Their routes."""
        files = (("weeks.csv", self._weeks_file), ("asked.csv", self._asked_file), ("opened.csv", self._opened_file))
        for path, handler in (("insight", self._page), *files):
            route = door.shown(for_owner(self.pages, handler))
            blueprint.add_route(route, f"/desk/{path}", methods=["GET"], name=f"desk_{path.replace('.', '_')}", strict_slashes=True)

    async def _page(self, request: Request, who: SignedIn) -> HTTPResponse:
        count = weeks_wanted(request)
        figures, asked = await asyncio.to_thread(self._read, count)
        shown = [week for week in figures.weeks if week.messages] or figures.weeks[-1:]
        weeks = figures.weeks[figures.weeks.index(shown[0]) :]
        values = {
            "weeks": weeks, "bars": week_bars(weeks), "asked": {title: top_bars(found) for title, found in asked.items()}, "channels": CHANNELS,
            "without": lambda week: sum(week.outcomes[one] for one in WITHOUT_ANSWER), "days": timedelta(days=6), "count": count, "choices": CHOICES,
            "week_words": week_words,
        }
        return self.pages.page("insight.html", {**values, "me": who, "page": "insight"})

    def _read(self, count: int) -> tuple[Figures, dict[str, Rows]]:
        figures = self.counted.figures(count)
        return figures, self.titled.of(figures)

    async def _weeks_file(self, request: Request, who: SignedIn) -> HTTPResponse:
        figures = (await asyncio.to_thread(self._read, weeks_wanted(request)))[0]
        channels = [name for name in CHANNELS if name]
        more = [(what, name) for what, names in PER_WEEK.items() for name in names]
        head = ["week", "messages", "people", "conversations", *OUTCOMES, "handed_over", "thumbs_up", "thumbs_down", *channels, *map("_".join, more), "products_opened", "cart_links"]
        rows = [
            [week.monday.isoformat(), week.messages, week.people, week.talks, *(week.outcomes[one] for one in OUTCOMES), week.handed, week.up, week.down,
             *(week.channels.get(name, 0) for name in channels), *(week.counts.get(one, 0) for one in more), week.pages, week.carts] for week in figures.weeks
        ]  # fmt: skip
        return self._file("weeks.csv", [head, *rows])

    async def _asked_file(self, request: Request, who: SignedIn) -> HTTPResponse:
        asked = (await asyncio.to_thread(self._read, weeks_wanted(request)))[1]
        return self._file("asked.csv", [["what", "name", "times"], *([what, name, count] for what, found in asked.items() for name, count in found)])

    async def _opened_file(self, request: Request, who: SignedIn) -> HTTPResponse:
        rows = opened_by_week((await asyncio.to_thread(self._read, weeks_wanted(request)))[0].weeks)
        titles = await asyncio.to_thread(self.titled.titles, sorted({handle for _, handle, _, _ in rows}))
        head = ["week", "product", "title", "products_opened", "cart_links"]
        return self._file("opened.csv", [head, *([monday.isoformat(), handle or OTHERS, titles.get(handle, ""), *counts] for monday, handle, *counts in rows)])

    def _file(self, name: str, rows: Iterable[Sequence[object]]) -> HTTPResponse:
        text = io.StringIO()
        csv.writer(text).writerows([[_cell(one) for one in row] for row in rows])
        return HTTPResponse(text.getvalue(), headers={**self.pages.headers, "Content-Disposition": f'attachment; filename="{name}"'}, content_type=CSV)


def weeks_wanted(request: Request) -> int:
    """How many weeks the address asks for; the fewest unless it is one of `CHOICES`."""
    given: Any = request.args.get("weeks")
    return next((one for one in CHOICES if str(one) == given), FEWEST)


def week_bars(weeks: Sequence[Week]) -> list[Bar]:
    """A row for each week: answered, asked back, without an answer."""
    longest = max((week.messages for week in weeks), default=0) or 1
    return [_bar(week_words(week, weeks), week.messages, longest, [
        ("answered", week.outcomes[ANSWERED]), ("asked", week.outcomes[ASKED_BACK]), ("without", sum(week.outcomes[one] for one in WITHOUT_ANSWER)),
    ]) for week in weeks]  # fmt: skip


def week_words(week: Week, weeks: Sequence[Week]) -> str:
    """A week's Monday, with the year where it is not that of the last week."""
    return week.monday.strftime("%d %b" if week.monday.year == weeks[-1].monday.year else "%d %b %Y")


def top_bars(found: Sequence[tuple[str, int]]) -> list[Bar]:
    """A row for each thing that was asked."""
    longest = max((count for _, count in found), default=0) or 1
    return [_bar(name, count, longest, [("answered", count)]) for name, count in found]


def _bar(name: str, count: int, longest: int, parts: Sequence[tuple[str, int]]) -> Bar:
    placed, start = [], 0.0
    for kind, part in parts:
        width = round(100 * part / longest, 2)
        placed.append((kind, round(start, 2), width))
        start += width
    return Bar(name, count, [one for one in placed if one[2]])


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
