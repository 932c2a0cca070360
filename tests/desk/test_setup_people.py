"""An owner says when a person answers in the chat: checked beside the fields, kept with what else stands there."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from bot.desk.members import Role
from bot.home.folder import SHOP, Home
from bot.paths import DATA
from bot.store.policies import load_shop
from tests.desk.conftest import Browser, Rooms
from tests.desk.test_setup import SHOP_STEP, value_of

HOURS = {"timezone": "Europe/Berlin", "hours": "Monday to friday: 9:00 to 12:30, 13:30 to 18:00\nsaturday: 10:00 to 14:00\n", "answer_within": "5"}


@pytest.fixture
def owner(desk: Rooms) -> Browser:
    """A browser of an owner."""
    return desk.browser("Mina", Role.OWNER)


@pytest.fixture
def home(desk: Rooms, tmp_path: Path) -> Home:
    """The owner's folder."""
    return Home(tmp_path / "home")


def test_only_owners_say_when(desk: Rooms, owner: Browser, home: Home) -> None:
    agent, stranger = desk.browser("Joon"), desk.stranger()
    assert [one.get("setup-staff").status_code for one in (owner, agent, stranger)] == [200, 403, 303]
    assert agent.post("setup-staff", HOURS).status_code == 403 == owner.post("setup-staff", HOURS, proof="wrong").status_code
    assert home.text(SHOP) is None and "Joon, agent" in owner.get("setup-staff").text and len(owner.get("setup-staff").content) < 100_000


def test_hours_before_the_name_wait_for_it(owner: Browser, home: Home) -> None:
    assert owner.post("setup-staff", HOURS).headers["Location"] == "setup-staff?told=kept"
    assert home.text(SHOP) is None and value_of(owner.get("setup-staff").text, "timezone") == "Europe/Berlin"
    owner.post("setup-shop", SHOP_STEP)
    assert load_shop(DATA / "shop.yml", home.folder).people.answer_within == 5


def test_hours_are_written_and_shown_again(owner: Browser, home: Home) -> None:
    home.put(SHOP, "name: Mine\nabout: It is mine.\ncurrency: EUR\ncontact: {}\npolicies: {}\npeople:\n  timezone: UTC\n  hours: {sunday: '9:00 to 10:00'}\n  holidays: ['2026-12-25']  # closed\n")
    assert owner.post("setup-staff", HOURS).headers["Location"] == "setup-staff?told=next_start"
    people = load_shop(DATA / "shop.yml", home.folder).people
    assert (people.timezone, people.answer_within, people.holidays) == ("Europe/Berlin", 5, ["2026-12-25"]) and "# closed" in (home.text(SHOP) or "")
    assert dict(people.hours) == {"monday to friday": "9:00 to 12:30, 13:30 to 18:00", "saturday": "10:00 to 14:00"}
    page = owner.get("setup-staff?told=next_start").text
    assert "next start" in page and value_of(page, "hours").startswith("monday to friday: 9:00") and value_of(page, "timezone") == "Europe/Berlin"
    owner.post("setup-staff", {**HOURS, "hours": ""})
    assert dict(load_shop(DATA / "shop.yml", home.folder).people.hours) == {}


def test_several_lines_of_a_day_add_up(owner: Browser, home: Home) -> None:
    owner.post("setup-shop", SHOP_STEP)
    owner.post("setup-staff", {**HOURS, "hours": "monday: 9:00 to 12:00\nMonday : 13:00 to 18:00"})
    assert dict(load_shop(DATA / "shop.yml", home.folder).people.hours) == {"monday": "9:00 to 12:00, 13:00 to 18:00"}


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("hours", "monday: 9:00 to 12:00\nmonday: 11:00 to 18:00", "overlap"), ("timezone", "Berlin", "no time zone"), ("timezone", "", "no time zone"), ("hours", "workdays: 9:00 to 18:00", "no day of the week"), ("hours", "monday", "no time"),
        ("hours", "monday: 18:00 to 9:00", "ends before"), ("hours", "monday: 9:00 to 18:00\nmonday to friday: 10:00 to 12:00", "overlap"), ("answer_within", "soon", "whole minutes"),
        ("answer_within", "0", "whole minutes"), ("answer_within", "٣", "whole minutes"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(owner: Browser, home: Home, key: str, text: str, why: str) -> None:
    owner.post("setup-shop", SHOP_STEP)
    sent = owner.post("setup-staff", {**HOURS, key: text})
    told = re.search(rf'id="p-{key}-wrong">([^<]*)', html.unescape(sent.text))
    assert sent.status_code == 422 and told is not None and why in told[1] and sent.text.count("aria-invalid") == 1
    assert all(value_of(sent.text, name).strip() == typed.strip() for name, typed in {**HOURS, key: text}.items())
    assert "people" not in (home.text(SHOP) or "")
