"""The owner's pages of a set-up: all steps with how far each is, those that ask, and the narrower questions of customers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Optional
from urllib.parse import urlencode

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk.door import Door, Handler, field
from bot.desk.pages import Pages
from bot.desk.review.room import for_owner
from bot.desk.sessions import SignedIn
from bot.desk.setup.form import Typed, read, read_topics, shown, shown_topics
from bot.desk.setup.steps import OVERVIEW, PREFIX, Steps, after, place_of
from bot.home.folder import HomeError
from bot.set_up.steps import ASKED, Asked, How
from bot.set_up.topics import Group, is_said, topic_groups
from bot.store.policies import ShopError, load_shop
from bot.yaml_files import YamlFileError

SAVED, KEPT, NAMED, NEXT_START, PICTURE, DROPPED = "saved", "kept", "named", "next_start", "picture", "dropped"
TOLD: Mapping[str, str] = {
    SAVED: "Saved. It counts from now on.",
    NAMED: "Saved. It counts from now on. Start the assistant again once you are through: until then some answers go by the old name and the old rules on orders.",
    NEXT_START: "Saved. It counts from the next start of the assistant on.",
    PICTURE: "The chat shows your picture from now on.",
    DROPPED: "The chat shows Glasskin’s drop again.",
    KEPT: "Kept. It counts as soon as your shop has a name, a sentence on it and a currency.",
}  # fmt: skip
UNUSABLE = (HomeError, YamlFileError, ShopError)
"""What is raised where files of the shop cannot be used; the message is a sentence that says which and why."""
TOPICS = "topics"
NOT_YOURS = "Only an owner sets the shop up."


@dataclass(frozen=True)
class SetupRoom:
    """Makes these pages. What reads files and the database runs in threads."""

    steps: Steps
    pages: Pages

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """Their routes."""
        self._add(blueprint, door, OVERVIEW, self._overview)
        for asked in ASKED:
            self._add(blueprint, door, f"{PREFIX}{asked.name}", partial(self._asked, asked), partial(self._answered, asked))
        self._add(blueprint, door, f"{PREFIX}{TOPICS}", self._topics, self._topics_answered)

    def _add(self, blueprint: Blueprint, door: Door, address: str, page: Handler, act: Optional[Handler] = None) -> None:
        name = f"desk_{address.replace('-', '_')}"
        blueprint.add_route(door.shown(for_owner(self.pages, told(self.pages, page), NOT_YOURS)), f"/desk/{address}", methods=["GET"], name=name, strict_slashes=True)
        if act is not None:
            blueprint.add_route(door.sent(for_owner(self.pages, told(self.pages, act), NOT_YOURS)), f"/desk/{address}", methods=["POST"], name=f"{name}_sent", strict_slashes=True)

    async def _overview(self, request: Request, who: SignedIn) -> HTTPResponse:
        steps, draft = await asyncio.to_thread(lambda: (self.steps.all(), self.steps.draft()))
        wanted = [one for one in steps if not one.optional]
        values = {
            "steps": steps, "done": sum(one.how is How.DONE for one in wanted), "of": len(wanted), "kept": bool(draft.answers), "told": told_of(request),
            "next": next((one for one in [*wanted, *steps] if one.how is not How.DONE), steps[0]), "begun": draft.begun or draft.stands, "me": who,
            "why": "", "wrong": 0,
        }  # fmt: skip
        return self.pages.page("setup.html", values)

    async def _asked(self, step: Asked, request: Request, who: SignedIn) -> HTTPResponse:
        draft = await asyncio.to_thread(self.steps.draft)
        return await self._step_page(step.name, who, "setup_asked.html", {"fields": shown(step, draft)}, told_of(request))

    async def _answered(self, step: Asked, request: Request, who: SignedIn) -> HTTPResponse:
        typed = {key: field(request, key) for key in step.keys}
        draft = await asyncio.to_thread(self.steps.draft)
        found = read(step, draft, typed)
        why = "" if found.wrong else await self._saved(found, who, step.title)
        if found.wrong or why:
            return await self._step_page(step.name, who, "setup_asked.html", {"fields": shown(step, draft, typed, found.wrong)}, why=why, wrong=len(found.wrong))
        named = found.answers.get("name") not in (None, draft.value("name"))
        return await self._on(request, step.name, named)

    async def _topics(self, request: Request, who: SignedIn) -> HTTPResponse:
        """All groups, or the topics of one."""
        draft = await asyncio.to_thread(self.steps.draft)
        group = group_of(str(request.args.get("group") or ""))
        if group is None:
            counts = [(one, sum(is_said(draft, name, topic) for name, topic in one.topics.items())) for one in topic_groups()]
            return await self._step_page(TOPICS, who, "setup_groups.html", {"groups": counts}, told_of(request))
        return await self._group_page(group, who, shown_topics(group, draft), told_of(request))

    async def _topics_answered(self, request: Request, who: SignedIn) -> HTTPResponse:
        group = group_of(field(request, "group"))
        if group is None:
            return self.pages.go(request, f"{PREFIX}{TOPICS}")
        typed = {name: (field(request, f"say.{name}"), field(request, f"answer.{name}"), bool(field(request, f"hand.{name}"))) for name in group.topics}
        draft = await asyncio.to_thread(self.steps.draft)
        found = read_topics(group, draft, typed)
        why = "" if found.wrong else await self._saved(found, who, f"{group.title}, narrower questions")
        if found.wrong or why:
            return await self._group_page(group, who, shown_topics(group, draft, typed, found.wrong), why=why, wrong=len(found.wrong))
        groups = topic_groups()
        place = groups.index(group) + 1
        where = f"{PREFIX}{TOPICS}" if place >= len(groups) or field(request, "act") != "next" else f"{PREFIX}{TOPICS}?group={groups[place].name}"
        return self.pages.go(request, f"{where}{'&' if '?' in where else '?'}{urlencode({'told': await self._how_it_counts()})}")

    async def _group_page(self, group: Group, who: SignedIn, fields: Any, told: str = "", why: str = "", wrong: int = 0) -> HTTPResponse:
        last = group is topic_groups()[-1]
        return await self._step_page(TOPICS, who, "setup_topics.html", {"group": group, "fields": fields, "last": last}, told, why, wrong)

    async def _saved(self, found: Typed, who: SignedIn, title: str) -> str:
        """Writes answers; a sentence that says why they are not written, else nothing."""

        def save() -> None:
            load_shop(self.steps.chosen.shop, self.steps.chosen.home)  # what is broken already is told before more is written into it
            self.steps.draft().save(found.answers, who.member.name, f"Set up: {title}")

        try:
            await asyncio.to_thread(save)
        except UNUSABLE as error:
            return str(error)
        return ""

    async def _how_it_counts(self) -> str:
        draft = await asyncio.to_thread(self.steps.draft)
        return SAVED if draft.stands else KEPT

    async def _on(self, request: Request, name: str, named: bool) -> HTTPResponse:
        how = await self._how_it_counts()
        steps = await asyncio.to_thread(self.steps.all)
        following = after(steps, name) if field(request, "act") == "next" else None
        query = urlencode({"told": NAMED if named and how == SAVED else how})
        return self.pages.go(request, f"{following.address if following else OVERVIEW}?{query}")

    async def _step_page(
        self, name: str, who: SignedIn, template: str, values: Mapping[str, Any], told: str = "", why: str = "", wrong: int = 0,
    ) -> HTTPResponse:
        steps = await asyncio.to_thread(self.steps.all)
        return step_page(self.pages, steps, name, who, template, {**values, "told": told, "why": why, "wrong": wrong}, 422 if why or wrong else 200)


def step_page(pages: Pages, steps: Any, name: str, who: SignedIn, template: str, values: Mapping[str, Any], status: int = 200) -> HTTPResponse:
    """The page of a step, with its place among all."""
    frame = {"step": steps[place_of(steps, name)], "number": place_of(steps, name) + 1, "steps": steps, "following": after(steps, name), "me": who}
    return pages.page(template, {"told": "", "why": "", "wrong": 0, **values, **frame}, status)


def told_of(request: Request) -> str:
    """What the page that led here wants told."""
    return TOLD.get(str(request.args.get("told") or ""), "")


def group_of(name: str) -> Optional[Group]:
    """A group of topics by its name."""
    return next((one for one in topic_groups() if one.name == name), None)


def told(pages: Pages, handler: Handler) -> Handler:
    """The handler, with a sentence where files of the shop cannot be used."""

    async def route(request: Request, who: SignedIn) -> Any:
        try:
            return await handler(request, who)
        except UNUSABLE as error:
            return pages.page("refused.html", {"why": str(error)}, status=503)

    return route
