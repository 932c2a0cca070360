"""The pages on which the staff read: the inbox, a conversation, and the parts of both that change while they look."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Optional
from uuid import uuid4

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk.canned import CannedAnswers
from bot.desk.catalogue import Catalogue
from bot.desk.door import COOKIE, Door
from bot.desk.glance import Glance
from bot.desk.lines import shown_lines
from bot.desk.live import Live
from bot.desk.members import Members
from bot.desk.pages import Pages
from bot.desk.sessions import Sessions, SignedIn
from bot.desk.talks import Shown, shown
from bot.desk.wishes import CHANNELS, CLOSED, LONGEST, MINE, NOTHING, OPEN, PER_PAGE, VIEWS, WAITING, Wish
from bot.store.conversations import channel_of
from bot.store.models import utc_now
from bot.store.requests import RequestStore
from bot.support.handoff import Conversations, Filter, Owner, Talk

MOST_LINES = 300
STREAM = "text/event-stream; charset=utf-8"


@dataclass(frozen=True)
class ReadingRoom:
    """Makes these pages. What reads the database runs in threads."""

    conversations: Conversations
    glance: Glance
    staff: Members
    sessions: Sessions
    requests: RequestStore
    catalogue: Catalogue
    canned: CannedAnswers
    pages: Pages
    live: Live

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """The routes of these pages."""
        for path, handler, alive in (
            ("/desk/", self._index, True), ("/desk/talk", self._talk, True), ("/desk/inbox", self._inbox, False),
            ("/desk/lines", self._lines, False), ("/desk/canned", self._canned, True), ("/desk/picks", self._picks, True),
            ("/desk/live", self._live, False),
        ):
            name = f"desk_{path.removeprefix('/desk/') or 'index'}"
            blueprint.add_route(door.shown(handler, alive), path, methods=["GET"], name=name, strict_slashes=True)

    async def _index(self, request: Request, who: SignedIn) -> HTTPResponse:
        values = await asyncio.to_thread(self._inbox_values, who, Wish.of(request.args), "")
        return self.pages.page("desk.html", {**values, "talk": None})

    async def _inbox(self, request: Request, who: SignedIn) -> HTTPResponse:
        """The inbox; nothing where it is as the page has it, which says so by the stamp that it came with."""
        values = await asyncio.to_thread(self._inbox_values, who, Wish.of(request.args), str(request.args.get("id") or ""))
        if request.args.get("stamp") == values["stamp"]:
            return HTTPResponse(status=204, headers=self.pages.headers)
        return self.pages.page("inbox.html", values)

    async def _talk(self, request: Request, who: SignedIn) -> HTTPResponse:
        conversation, wish = str(request.args.get("id") or ""), Wish.of(request.args)
        talk = await asyncio.to_thread(self._talk_values, conversation, who)
        if talk is None:
            return self.pages.page("refused.html", {"why": "This conversation is not there any more."}, status=404)
        if talk["talk"].is_mine and talk["talk"].unread:
            await asyncio.to_thread(self.conversations.read, conversation)
        values = await asyncio.to_thread(self._inbox_values, who, wish, conversation)
        return self.pages.page("desk.html", {**values, **talk})

    async def _lines(self, request: Request, who: SignedIn) -> HTTPResponse:
        """A conversation's changing parts, which the page puts in where they differ."""
        conversation = str(request.args.get("id") or "")
        values = await asyncio.to_thread(self._talk_values, conversation, who)
        if values is None:
            return self.pages.page("refused.html", {"why": "This conversation is not there any more."}, status=404)
        if request.args.get("seen") == "1" and values["talk"].is_mine and values["talk"].unread:
            await asyncio.to_thread(self.conversations.read, conversation)
            values["talk"] = replace(values["talk"], unread=0)
        return self.pages.page("talk.html", {**values, "wish": Wish.of(request.args), "me": who})

    async def _canned(self, request: Request, who: SignedIn) -> HTTPResponse:
        words = str(request.args.get("q") or "")[:LONGEST]
        found = await asyncio.to_thread(self.canned.found, words, who.member.name)
        return self.pages.page("canned.html", {"found": found, "q": words})

    async def _picks(self, request: Request, who: SignedIn) -> HTTPResponse:
        words = str(request.args.get("q") or "").strip()[:LONGEST]
        return self.pages.page("picks.html", {"found": await asyncio.to_thread(self.catalogue.found, words), "q": words})

    async def _live(self, request: Request, who: SignedIn) -> Optional[HTTPResponse]:
        if self.live.is_full:
            return HTTPResponse(status=503, headers={**self.pages.headers, "Retry-After": "10"})
        since, token = str(request.args.get("cursor") or "0"), request.cookies.get(COOKIE)
        cursor = int(since) if since.isascii() and since.isdigit() and len(since) < 10 else 0
        headers = {**self.pages.headers, "X-Accel-Buffering": "no"}
        stream = await request.respond(status=200, headers=headers, content_type=STREAM)
        async for line in self.live.events(cursor, lambda: self.sessions.of(token, sign_of_life=False) is not None):
            await stream.send(line)
        await stream.eof()
        return None

    def _inbox_values(self, who: SignedIn, wish: Wish, open_id: str) -> dict[str, Any]:
        me, now = who.member.name, utc_now()
        cursor = self.glance.cursor()
        listed = self.glance.listed(replace(wish.filter(me), most=PER_PAGE + 1))
        rows = [shown(talk, me, now) for talk in listed[:PER_PAGE]]
        mine_unread = self.glance.count(Filter(owners=frozenset({Owner.PERSON}), agent=me, unread=True))
        counts = self._counts(me)
        tickets = self.requests.open_of([row.id for row in rows])
        tickets_waiting = self.requests.count_open()
        late = [row.late for row in rows]
        return {
            "stamp": _stamp(me, wish, open_id, listed, late, counts, mine_unread, tickets, tickets_waiting),
            "tickets_of": tickets, "tickets_waiting": tickets_waiting, "me": who, "wish": wish, "rows": rows, "open_id": open_id, "cursor": cursor, "views": VIEWS, "channels": CHANNELS,
            "counts": counts, "waiting": counts[WAITING], "mine_unread": mine_unread, "nothing": NOTHING[wish.view],
            "more": wish.skip + PER_PAGE if len(listed) > PER_PAGE else 0,
            "newest": max((row.waiting_since.isoformat() for row in rows if row.waiting_since), default=""),
        }

    def _counts(self, me: str) -> Mapping[str, Optional[int]]:
        counted = {view: self.glance.count(Wish(view=view).filter(me)) for view in (OPEN, WAITING, MINE)}
        return {**counted, CLOSED: None}

    def _talk_values(self, conversation: str, who: SignedIn) -> Optional[dict[str, Any]]:
        talk = self._known(conversation)
        if talk is None:
            return None
        head: Shown = shown(talk, who.member.name, utc_now())
        lines = self.conversations.thread(conversation, MOST_LINES)
        return {
            "talk": head, "lines": shown_lines(lines, head.name), "key": uuid4().hex,
            "tickets": self.requests.tickets_of(conversation),
            "colleagues": [one.name for one in self.staff.members() if not one.disabled],
        }

    def _known(self, conversation: str) -> Optional[Talk]:
        """How a conversation stands; one that nobody ever asked a person for stands with the assistant. None where nothing was
        ever said."""
        talk = self.conversations.talk(conversation) if conversation else None
        if talk is not None or not conversation:
            return talk
        lines = self.conversations.thread(conversation, 1)
        if not lines:
            return None
        at = lines[-1].at
        return Talk(conversation=conversation, channel=channel_of(conversation), owner=Owner.ASSISTANT, since=at, at=at)


def _stamp(*seen: object) -> str:
    """What tells one state of an inbox from another, for all that is shown but how long ago things were, which a page counts itself."""
    return hashlib.blake2b(repr(seen).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
