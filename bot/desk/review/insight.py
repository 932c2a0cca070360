"""The owner's figures: what came of messages week by week, and what was asked most; drawn as bars, and as CSV."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from time import monotonic
from typing import Optional

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk.catalogue import Catalogue
from bot.desk.door import Door
from bot.desk.pages import Pages
from bot.desk.review.room import for_owner
from bot.desk.review.words import kind_words, subject_words
from bot.desk.sessions import SignedIn
from bot.desk.wishes import CHANNELS
from bot.phrases import Phrases
from bot.store.models import utc_now
from bot.store.openings import Openings
from bot.store.review_models import ANSWERED, ASKED_BACK, OUTCOMES, WITHOUT_ANSWER
from bot.store.reviews import Tops, Week, Weeks

WEEKS, MOST = 13, 12
KEPT_S = 60.0
CSV = "text/csv; charset=utf-8"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would reckon with."""


@dataclass(frozen=True)
class Bar:
    """A row of a chart: its name, its number, and the widths of its parts in per cent of the longest row."""

    name: str
    count: int
    parts: Sequence[tuple[str, float, float]]


@dataclass(frozen=True)
class Figures:
    """All of a page: weeks, the oldest first, what was asked most in them, and what on the shop's pages led to it: way, words, times."""

    weeks: Sequence[Week]
    tops: Tops
    openings: Sequence[tuple[str, str, int]] = ()


class Counted:
    """Figures, as old as a minute at most. Calls block: keep them off an event loop."""

    def __init__(self, weeks: Weeks, openings: Openings) -> None:
        self._weeks = weeks
        self._openings = openings
        self._lock = Lock()
        self._kept: Optional[Figures] = None
        self._at = 0.0

    def figures(self) -> Figures:
        """The last weeks.

        Raises:
            StoreError: when the database gives no answer.
        """
        with self._lock:
            if self._kept is None or monotonic() - self._at > KEPT_S:
                weeks = self._weeks.weekly(utc_now().date(), WEEKS)
                since = weeks[0].monday
                self._kept = Figures(weeks, self._weeks.tops(since, MOST), self._openings.counted(since, MOST))
                self._at = monotonic()
            return self._kept


@dataclass(frozen=True)
class InsightRoom:
    """Makes these pages."""

    counted: Counted
    catalogue: Catalogue
    phrases: Phrases
    pages: Pages

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """Their routes."""
        for path, handler in (("insight", self._page), ("weeks.csv", self._weeks_file), ("asked.csv", self._asked_file)):
            route = door.shown(for_owner(self.pages, handler))
            blueprint.add_route(route, f"/desk/{path}", methods=["GET"], name=f"desk_{path.replace('.', '_')}", strict_slashes=True)

    async def _page(self, _: Request, who: SignedIn) -> HTTPResponse:
        figures, asked = await asyncio.to_thread(self._read)
        shown = [week for week in figures.weeks if week.messages] or figures.weeks[-1:]
        weeks = figures.weeks[figures.weeks.index(shown[0]) :]
        values = {
            "weeks": weeks, "bars": week_bars(weeks), "asked": {title: top_bars(found) for title, found in asked.items()}, "channels": CHANNELS,
            "without": lambda week: sum(week.outcomes[one] for one in WITHOUT_ANSWER), "days": timedelta(days=6),
        }
        return self.pages.page("insight.html", {**values, "me": who, "page": "insight"})

    def _read(self) -> tuple[Figures, dict[str, list[tuple[str, int]]]]:
        figures = self.counted.figures()
        titles = {one.handle: one.title for one in self.catalogue.products([handle for handle, _ in figures.tops.products])}
        return figures, {
            "Kinds of question": [(kind_words(self.phrases, kind), count) for kind, count in figures.tops.kinds],
            "Subjects": [(subject_words([one]), count) for one, count in figures.tops.subjects],
            "Products": [(titles.get(handle, handle), count) for handle, count in figures.tops.products],
            "What led to the chat": [(opening_words(self.phrases, way, words), count) for way, words, count in figures.openings],
        }

    async def _weeks_file(self, _: Request, who: SignedIn) -> HTTPResponse:
        figures = (await asyncio.to_thread(self._read))[0]
        channels = [name for name in CHANNELS if name]
        head = ["week", "messages", "people", "conversations", *OUTCOMES, "handed_over", "thumbs_up", "thumbs_down", *channels]
        rows = [
            [week.monday.isoformat(), week.messages, week.people, week.talks, *week.outcomes.values(), week.handed, week.up, week.down,
             *(week.channels.get(name, 0) for name in channels)] for week in figures.weeks
        ]  # fmt: skip
        return self._file("weeks.csv", [head, *rows])

    async def _asked_file(self, _: Request, who: SignedIn) -> HTTPResponse:
        asked = (await asyncio.to_thread(self._read))[1]
        return self._file("asked.csv", [["what", "name", "times"], *([what, name, count] for what, found in asked.items() for name, count in found)])

    def _file(self, name: str, rows: Iterable[Sequence[object]]) -> HTTPResponse:
        text = io.StringIO()
        csv.writer(text).writerows([[_cell(one) for one in row] for row in rows])
        return HTTPResponse(text.getvalue(), headers={**self.pages.headers, "Content-Disposition": f'attachment; filename="{name}"'}, content_type=CSV)


def opening_words(phrases: Phrases, way: str, words: str) -> str:
    """What was pressed on the shop's pages, as the owner knows it."""
    return phrases.say(f"review_way_{way}", words=words) if words else phrases.say("review_way_own")


def week_bars(weeks: Sequence[Week]) -> list[Bar]:
    """A row for each week: answered, asked back, without an answer."""
    longest = max((week.messages for week in weeks), default=0) or 1
    return [_bar(week.monday.strftime("%d %b"), week.messages, longest, [
        ("answered", week.outcomes[ANSWERED]), ("asked", week.outcomes[ASKED_BACK]), ("without", sum(week.outcomes[one] for one in WITHOUT_ANSWER)),
    ]) for week in weeks]  # fmt: skip


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
