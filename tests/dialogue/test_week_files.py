"""The week's picture and calendar, fetched from the running server as a browser would."""

from __future__ import annotations

from io import BytesIO

import requests
import vobject
from icalendar import Calendar
from PIL import Image

from tests.conftest import Assistant


def test_a_planned_week_comes_with_a_picture_and_a_calendar(assistant: Assistant) -> None:
    reply = assistant.say("plan my week with retinol and an ampoule")[0]["custom"]
    picture = requests.get(assistant.address + reply["image"]["src"], timeout=30)
    assert picture.headers["content-type"] == "image/png"
    assert Image.open(BytesIO(picture.content)).width == 1080
    assert "Retinol" in reply["image"]["alt"]
    address = next(file["href"] for file in reply["files"] if file["href"].endswith(".ics"))
    calendar = requests.get(assistant.address + address, timeout=30).content
    assert len(Calendar.from_ical(calendar).walk("VEVENT")) >= 3
    summaries = [event.summary.value for event in vobject.readOne(calendar.decode()).vevent_list]
    assert any("Retinol" in summary for summary in summaries)


def test_two_people_get_plans_of_their_own(assistant: Assistant) -> None:
    first = assistant.say("plan my week with retinol")[0]["custom"]["image"]["src"]
    second = assistant.other().say("plan my week with retinol")[0]["custom"]["image"]["src"]
    assert first != second


def test_a_built_routine_shows_products_in_stock_with_reasons(assistant: Assistant) -> None:
    reply = assistant.say("build me a routine for oily skin with dark spots")[0]["custom"]
    assert len(reply["products"]) >= 4
    for product in reply["products"]:
        assert product["in_stock"]
        assert product["reason"]
        assert product["title"] in reply["body"]


def test_a_check_carries_its_verdict_and_sources(assistant: Assistant) -> None:
    reply = assistant.say("I use toner, vitamin C serum, retinol ampoule and cream, ok?")[0]["custom"]
    assert reply["verdict"] == "careful"
    assert any(source["kind"] == "regulator" for source in reply["sources"])
