"""The desk as a Rasa channel: no message arrives here, the staff's pages are handed out at `/desk/`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Union

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.answers.resources import resources
from bot.channels.files import REVALIDATE, add_file, read_files
from bot.desk.acts import Acts
from bot.desk.canned import CannedAnswers
from bot.desk.catalogue import Catalogue
from bot.desk.chatwoot_hook import add_chatwoot_hook
from bot.desk.door import Door
from bot.desk.errands import Errands
from bot.desk.glance import Glance
from bot.desk.hook import add_hook
from bot.desk.knowledge.made import knowledge_room
from bot.desk.live import Live
from bot.desk.members import Members
from bot.desk.office import Office
from bot.desk.pages import DESK, Pages, desk_headers
from bot.desk.pictures import CustomerPictures
from bot.desk.products.made import product_room
from bot.desk.reading_room import ReadingRoom
from bot.desk.review.figures import Counted, Titled
from bot.desk.review.groups import Groups
from bot.desk.review.insight import InsightRoom
from bot.desk.review.room import ReviewRoom
from bot.desk.sessions import Sessions
from bot.desk.setup.made import add_setup
from bot.desk.setup.steps import Steps
from bot.desk.teach.made import teach_room
from bot.desk.updates.room import updates_room
from bot.desk.week.sending import week_mails
from bot.phrases import phrases
from bot.settings import Settings, settings
from bot.store.database import Database
from bot.store.openings import Openings
from bot.store.pictures import PictureStore
from bot.store.requests import RequestStore
from bot.store.reviews import Looking, Weeks, Wordings
from bot.support.handoff import TYPING
from bot.support.places.chosen import chatwoot_hearing_of, hearing_of
from bot.support.places.rounds import Rounds
from bot.support.posting import Posting

WEEK_MAIL_EVERY_S = 30.0


class Desk(InputChannel):
    """Serves the staff's desk. `credentials.yml` names it as `bot.desk.channel.Desk`; its one setting there, `image_hosts`, lists
    where the shop's product pictures lie if that is elsewhere: `["https://cdn.example.com"]`."""

    def __init__(self, image_hosts: Sequence[str] = ()) -> None:
        """
        Raises:
            RasaException: one of `image_hosts` is not an origin.
        """
        self._headers = desk_headers(image_hosts)

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "desk"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> Desk:
        """Make the channel from its section in `credentials.yml`, which may be empty."""
        return cls((credentials or {}).get("image_hosts") or ())

    def url_prefix(self) -> str:
        """An absolute path, which takes the pages out of `/webhooks/` when Rasa joins the two."""
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The desk's routes. `on_new_message` stays unused: no message arrives here."""
        return desk_blueprint(settings(), self._headers)


def desk_blueprint(chosen: Settings, headers: dict[str, str]) -> Blueprint:
    """Everything at `/desk/`, over the databases of the settings."""
    database, conversations = Database(chosen.shop_database), resources().staff.talks
    staff, sessions = Members(database), Sessions(database, chosen.desk_session_hours)
    pages = Pages(headers, lambda: resources().shop.name)
    live = Live(conversations, TYPING)
    steps = Steps(chosen, database, staff)
    door = Door(staff, sessions, pages, chosen.trusted_proxies, steps.first)
    canned = CannedAnswers(phrases(), lambda: resources().shop)
    catalogue = Catalogue(database, lambda: resources().shop.cart_link)
    glance = Glance(conversations)
    requests = RequestStore(database)
    room = ReadingRoom(conversations, glance, staff, sessions, requests, catalogue, canned, pages, live)

    blueprint = Blueprint("desk")
    door.add_routes(blueprint)
    room.add_routes(blueprint, door)
    CustomerPictures(PictureStore(database), conversations, pages).add_routes(blueprint, door)
    Acts(conversations, staff, catalogue, TYPING, phrases(), pages).add_routes(blueprint, door)
    Errands(requests, conversations, pages).add_routes(blueprint, door)
    add_hook(blueprint, hearing_of(database, chosen, conversations))
    add_chatwoot_hook(blueprint, chatwoot_hearing_of(database, chosen, conversations))
    Office(staff, pages).add_routes(blueprint, door)
    add_setup(blueprint, door, steps, pages)
    looking = Looking(database)
    groups = Groups(looking, Wordings(database))
    teaching = teach_room(chosen, database, groups, pages)
    teaching.add_routes(blueprint, door)
    ReviewRoom(looking, groups, catalogue, phrases(), pages, teaching.taught).add_routes(blueprint, door)
    InsightRoom(Counted(Weeks(database), Openings(database)), Titled(phrases(), catalogue), pages).add_routes(blueprint, door)
    products = product_room(chosen, database, pages)
    products.add_routes(blueprint, door)
    updates = updates_room(chosen, pages)
    updates.add_routes(blueprint, door)
    knowledge_room(chosen, pages).add_routes(blueprint, door)
    for file in read_files(DESK / "static"):
        add_file(blueprint, f"/desk/{file.name}", file, {**headers, "Cache-Control": REVALIDATE})

    @blueprint.get("/desk", strict_slashes=True)
    async def redirect(_: Request) -> HTTPResponse:
        return HTTPResponse(status=308, headers={**headers, "Location": "desk/"})

    posting = resources().posting
    weeks = week_mails(chosen, database, lambda: resources().shop)
    rounds: list[Union[Rounds, Posting]] = [*resources().rounds, *([posting] if posting else []), *([Posting([weeks.send_due], WEEK_MAIL_EVERY_S)] if weeks.to else [])]

    @blueprint.listener("after_server_start")
    async def start(_: Sanic, __: Any) -> None:
        await asyncio.to_thread(products.settled)
        await asyncio.to_thread(updates.note)
        for one in rounds:
            one.start()

    @blueprint.listener("before_server_stop")
    async def stop(_: Sanic, __: Any) -> None:
        live.stop()
        for one in rounds:
            await asyncio.to_thread(one.stop)

    @blueprint.listener("after_server_stop")
    async def close(_: Sanic, __: Any) -> None:
        database.dispose()

    return blueprint
