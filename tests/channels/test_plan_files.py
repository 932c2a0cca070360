"""Plans over HTTP: picture and calendar for whoever has the token, a sentence for everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from icalendar import Calendar
from PIL import Image
from sqlalchemy.exc import OperationalError

from bot.channels.plans import KINDS, MOST_CACHED, Plans
from bot.plans.page import dump
from bot.store.database import Database
from bot.store.migrations import upgrade
from bot.store.plans import PlanStore, PlanView
from tests.channels.serving import Server, running
from tests.plans.pages import week


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlanStore]:
    """A store with nothing in it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('plans') / 'shop.sqlite'}"
    upgrade(url)
    plans = PlanStore(Database(url))
    yield plans
    plans.dispose()


@pytest.fixture(scope="module")
def server(store: PlanStore) -> Iterator[Server]:
    """A server that serves the plans of the store."""
    with running(Plans(store)) as found:
        yield found


@pytest.fixture(scope="module")
def token(store: PlanStore) -> str:
    """The token of a kept plan."""
    return store.keep(dump(week()))


def test_a_dark_chat_has_a_dark_picture(server: Server, token: str) -> None:
    light, dark = (server.ask(f"/plans/{token}.{kind}") for kind in ("png", "dark.png"))
    assert (dark.status, dark.headers["content-type"]) == (200, "image/png")
    assert dark.body != light.body and dark.headers["etag"] != light.headers["etag"]


def test_the_picture_is_a_png(server: Server, token: str) -> None:
    answer = server.ask(f"/plans/{token}.png")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert Image.open(BytesIO(answer.body)).width == 1080


def test_the_calendar_is_a_calendar_to_keep(server: Server, token: str) -> None:
    answer = server.ask(f"/plans/{token}.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["content-disposition"] == 'attachment; filename="skincare-week.ics"'
    assert Calendar.from_ical(answer.body).walk("VEVENT")


@pytest.mark.parametrize("kind", KINDS)
def test_a_browser_that_has_it_is_told_so(server: Server, token: str, kind: str) -> None:
    first = server.ask(f"/plans/{token}.{kind}")
    again = server.ask(f"/plans/{token}.{kind}", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert "private" in first.headers["cache-control"]
    assert first.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_headers_are_sent_when_asked_for(server: Server, token: str, kind: str) -> None:
    answer = server.ask(f"/plans/{token}.{kind}", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.parametrize(
    "name",
    ["AAAAAAAAAAAAAAAAAAAAAA.png", "x.ics", ".png", "a.b.c", "noend", "..%2f..%2fetc%2fpasswd.png", "%00.png",
     "a" * 500 + ".png", "x.PNG", "x.light.png", "x.svg"],
)
def test_anything_else_gets_a_sentence(server: Server, name: str) -> None:
    answer = server.ask(f"/plans/{name}")
    assert answer.status == 404
    assert "no plan here" in answer.body.decode() or name.startswith("..")


def test_a_right_token_with_another_ending_is_not_served(server: Server, token: str) -> None:
    assert server.ask(f"/plans/{token}.json").status == 404
    assert server.ask(f"/plans/{token}").status == 404


class Broken(PlanStore):
    """A store whose database does not answer."""

    def __init__(self) -> None:
        """Needs no database."""

    def find(self, token: str) -> PlanView | None:
        """Fails as SQLAlchemy does."""
        raise OperationalError("SELECT", {}, Exception("gone"))


def test_a_database_that_is_gone_gets_a_sentence_too() -> None:
    channel = Plans(Broken())
    with running(channel) as server:
        answer = server.ask("/plans/AAAAAAAAAAAAAAAAAAAAAA.png")
    assert answer.status == 503
    assert "try again" in answer.body.decode()


def test_what_was_made_is_kept_but_not_without_end(store: PlanStore) -> None:
    channel = Plans(store)
    with running(channel) as server:
        for _ in range(MOST_CACHED + 3):
            assert server.ask(f"/plans/{store.keep(dump(week()))}.ics").status == 200
        assert len(channel._cache) == MOST_CACHED
