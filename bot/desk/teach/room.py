"""The owner's pages of lessons: teaching from what was asked, what would change, what was taught, and the way back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import Thread
from typing import Any, Optional
from urllib.parse import urlencode

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk.door import Door, field
from bot.desk.pages import Pages
from bot.desk.review.groups import Groups
from bot.desk.review.room import for_owner
from bot.desk.review.words import kind_words
from bot.desk.sessions import SignedIn
from bot.desk.teach.form import TeachForm
from bot.desk.teach.past import Remembered
from bot.home.folder import HomeError
from bot.home.versions import MOST_SHOWN
from bot.phrases import Phrases
from bot.teaching.carrying import carried_out
from bot.teaching.lessons import Does, plainly
from bot.teaching.school import MOST_SHOWN as MOST_LISTED
from bot.teaching.school import School, Trial
from bot.understanding.topics import pack

ZIP = "application/zip"
LONGEST_WORDS = 500
TAUGHT, BACK, TAKEN = "It counts from now on.", "Taken back.", "The lesson is taken back."
TITLES: Mapping[Does, str] = {Does.ANSWER: "You have taught an answer", Does.MEANT: "You have taught what is meant", Does.ASIDE: "Not for you"}
TOLD: Mapping[str, str] = {"taught": TAUGHT, "back": BACK, "taken": TAKEN}
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TeachRoom:
    """Makes these pages. What reads files and the database runs in threads. `settle` brings the catalogue to files that went back."""

    school: School
    remembered: Remembered
    groups: Groups
    phrases: Phrases
    kinds: frozenset[str]
    pages: Pages
    settle: Callable[[], object]

    def add_routes(self, blueprint: Blueprint, door: Door) -> None:
        """Their routes."""
        for path, handler in (("teach", self._form), ("lessons", self._list), ("own.zip", self._file)):
            route = door.shown(for_owner(self.pages, handler))
            blueprint.add_route(route, f"/desk/{path}", methods=["GET"], name=f"desk_{path.replace('.', '_')}", strict_slashes=True)
        for path, handler in (("teach", self._sent), ("lessons", self._act)):
            route = door.sent(for_owner(self.pages, handler))
            blueprint.add_route(route, f"/desk/{path}", methods=["POST"], name=f"desk_{path}_sent", strict_slashes=True)

    def taught(self) -> dict[str, str]:
        """Wordings that were taught, plainly, with what they were taught as; none where the file cannot be used. Reads files."""
        try:
            return {plainly(one.said): TITLES[lesson.does] for lesson in self.school.lessons() for one in lesson.wordings}
        except HomeError as error:
            logger.error("what was taught cannot be shown: %s", error)
            return {}

    async def _form(self, request: Request, who: SignedIn) -> HTTPResponse:
        """An empty form, one with the wordings of a group that a wording is of, or a lesson's."""
        Thread(target=self._get_ready, name="kept questions", daemon=True).start()
        try:
            form = await asyncio.to_thread(self._begun, str(request.args.get("q") or "")[:LONGEST_WORDS], str(request.args.get("id") or ""))
        except HomeError as error:
            return self.pages.page("refused.html", {"why": str(error)}, status=503)
        return self._form_page(who, form, None)

    async def _sent(self, request: Request, who: SignedIn) -> HTTPResponse:
        """Shows what would change; teaches what was shown."""
        form = TeachForm.of(request)
        try:
            if field(request, "act") == "teach" and form.tried == form.token:
                tried = await asyncio.to_thread(self._taught, form, who.member.name)
                if tried is not None and not tried.refused:
                    return self.pages.go(request, f"lessons?{urlencode({'told': 'taught'})}")
            else:
                tried = await asyncio.to_thread(self._tried, form)
        except HomeError as error:
            return self._form_page(who, form, None, [str(error)], 503)
        if isinstance(tried, Trial):
            return self._form_page(who, replace(form, tried=form.token), tried, tried.refused, 422 if tried.refused else 200)
        return self._form_page(who, form, None, self._without_lesson(form), 422)

    async def _list(self, request: Request, who: SignedIn) -> HTTPResponse:
        return await self._list_page(who, TOLD.get(str(request.args.get("told") or ""), ""))

    async def _list_page(self, who: SignedIn, told: str = "", why: str = "") -> HTTPResponse:
        try:
            lessons, versions = await asyncio.to_thread(lambda: (self.school.lessons(), self.school.versions.latest(MOST_SHOWN)))
        except HomeError as error:
            return self.pages.page("refused.html", {"why": str(error)}, status=503)
        values = {"lessons": lessons, "versions": versions, "told": told, "why": why, "kind_words": self._kind, "page": "lessons", "me": who}
        return self.pages.page("lessons.html", values, 422 if why else 200)

    async def _act(self, request: Request, who: SignedIn) -> HTTPResponse:
        """Takes a lesson back, or a change and all after it."""
        act, number = field(request, "act"), field(request, "number")
        try:
            if act == "take_back":
                await asyncio.to_thread(self.school.take_back, field(request, "id"), who.member.name)
                return self.pages.go(request, f"lessons?{urlencode({'told': 'taken'})}")
            if act == "back" and number.isascii() and number.isdigit() and len(number) < 10:
                await asyncio.to_thread(self.school.back, int(number), who.member.name)
                await asyncio.to_thread(self.settle)
                return self.pages.go(request, f"lessons?{urlencode({'told': 'back'})}")
        except HomeError as error:
            return await self._list_page(who, why=str(error))
        return await self._list_page(who, why="Choose what to do.")

    async def _file(self, _: Request, __: SignedIn) -> HTTPResponse:
        try:
            content = (await asyncio.to_thread(carried_out, self.school.home)).content
        except HomeError as error:
            return self.pages.page("refused.html", {"why": str(error)}, status=503)
        headers = {**self.pages.headers, "Content-Disposition": 'attachment; filename="own.zip"'}
        return HTTPResponse(body=content, headers=headers, content_type=ZIP)

    def _form_page(self, who: SignedIn, form: TeachForm, tried: Optional[Trial], why: Any = (), status: int = 200) -> HTTPResponse:
        kinds = sorted(((kind, self._kind(kind)) for kind in self.kinds), key=lambda one: one[1].casefold())
        topics = {key: topic.name for key, topic in pack()[0].items()}
        values = {
            "form": form, "tried": tried, "why": list(why), "kinds": kinds, "most": MOST_LISTED, "kind_words": self._kind,
            "topic": topics.get(form.topic, ""), "me": who, "page": "lessons",
        }  # fmt: skip
        return self.pages.page("teach.html", values, status)

    def _begun(self, words: str, lesson_id: str) -> TeachForm:
        if lesson_id:
            found = next((one for one in self.school.lessons() if one.id == lesson_id), None)
            if found is not None:
                return TeachForm.of_lesson(found)
        together, topic = self.groups.together(words) if words else ([], "")
        keys = {one.name: key for key, one in pack()[0].items()}
        said = together or ([words] if words.strip() else [])
        return TeachForm(wordings="\n".join(" ".join(one.split()) for one in said), name=topic, topic=keys.get(topic, ""))

    def _tried(self, form: TeachForm) -> Optional[Trial]:
        lesson, _ = form.lesson({})
        return self.school.trial(lesson, self.remembered.past(), new=not form.id) if lesson else None

    def _taught(self, form: TeachForm, who: str) -> Optional[Trial]:
        lesson, _ = form.lesson(self.remembered.marks(form.said))
        return self.school.teach(lesson, who, self.remembered.past(), new=not form.id) if lesson else None

    def _without_lesson(self, form: TeachForm) -> list[str]:
        return form.lesson({})[1]

    def _kind(self, kind: str) -> str:
        return kind_words(self.phrases, kind)

    def _get_ready(self) -> None:
        """Looks up the kept questions beside whoever fills in the form; the first time takes a while."""
        try:
            self.school.kept()
        except OSError as error:
            logger.error("the kept questions cannot be kept: %s", error)
