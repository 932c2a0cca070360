"""The owner looks statements up with their sources, switches them off or rewords them, and takes that back; safety stays as it is. No agent sees it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.desk.members import Role
from bot.home.folder import STATEMENTS, Home
from bot.home.versions import Versions
from bot.statements.file import parsed
from tests.desk.conftest import Browser, Rooms
from tests.desk.test_review import HOSTILE
from tests.statements.test_allowed import MIST, of

WORDS = "Pat a toner on after washing; spray a mist whenever you like."


@pytest.fixture
def owner(desk: Rooms) -> Browser:
    """A browser of an owner."""
    return desk.browser("Mina", Role.OWNER)


@pytest.fixture
def home(desk: Rooms, tmp_path: Path) -> Home:
    """The owner's folder."""
    return Home(tmp_path / "home")


def listed(page: str) -> list[str]:
    """The places of the statements of a list."""
    return re.findall(r'<a href="statement\?id=([^"]*)">', page)


def test_only_owners_see_and_change(desk: Rooms, owner: Browser, home: Home) -> None:
    agent, stranger = desk.browser("Joon"), desk.stranger()
    for path in ("knowledge", f"statement?id={MIST}"):
        assert (owner.get(path).status_code, agent.get(path).status_code, stranger.get(path).status_code) == (200, 403, 303), path
    sent = {"id": MIST, "act": "off"}
    assert agent.post("statement", sent).status_code == owner.post("statement", sent, proof="wrong").status_code == 403
    assert stranger.post("statement", sent).status_code == 303 and home.text(STATEMENTS) is None


def test_statements_are_found_by_words_parts_and_sources(owner: Browser) -> None:
    page = owner.get("knowledge")
    assert len(listed(page.text)) == 40 and len(page.content) < 100_000 and "Further" in page.text
    assert listed(owner.get("knowledge?skip=40").text)[0] not in listed(page.text)
    found = owner.get("knowledge?q=fine+spray+toner&part=topics").text
    assert MIST in listed(found) and "stays as it is" not in found.split(MIST)[1].split("</li>")[0]
    assert "stays as it is" in owner.get("knowledge?part=safety").text and not listed(owner.get("knowledge?part=changed").text)
    assert listed(owner.get("knowledge?q=American+Academy+of+Dermatology").text)
    hostile = owner.get(f"knowledge?q={HOSTILE}&part=x&skip=-1").text
    assert "<script>alert" not in hostile and "No statement has these words" in hostile


def test_a_statement_is_switched_off_and_put_back(owner: Browser, home: Home) -> None:
    page = owner.get(f"statement?id={MIST}").text
    assert of(MIST).texts[0] in page and "Sources" in page and len(page) < 100_000
    assert owner.post("statement", {"id": MIST, "act": "off"}).headers["Location"] == f"statement?id={MIST}&told=off"
    assert parsed(home.text(STATEMENTS))[MIST].silent
    assert "never said" in owner.get(f"statement?id={MIST}&told=off").text and listed(owner.get("knowledge?part=changed").text) == [MIST]
    (change,) = Versions(home).all()
    assert change.who == "Mina" and change.what.startswith("Switched off: “A toner is patted")
    owner.post("statement", {"id": MIST, "act": "back"})
    assert parsed(home.text(STATEMENTS)) == {} and "Switched off" in owner.get("lessons").text


def test_a_statement_is_reworded(owner: Browser, home: Home) -> None:
    assert owner.post("statement", {"id": MIST, "act": "say", "text0": f" {WORDS}\r\n"}).status_code == 303
    own = parsed(home.text(STATEMENTS))[MIST]
    assert (own.say, own.was) == ([WORDS], list(of(MIST).texts))
    page = owner.get(f"statement?id={MIST}").text
    assert "In your words" in page and WORDS in page and "The project’s words" in page
    assert MIST in listed(owner.get("knowledge?q=whenever+you+like").text)


@pytest.mark.parametrize(("address", "act", "text", "why"), [
    (MIST, "say", "A mist cures acne.", "medical claim"), (MIST, "say", HOSTILE, "markup"), (MIST, "nonsense", "", "Choose what to do"),
    ("safety.pregnancy", "off", "", "since it keeps people safe"), ("situations.sunburnt_lips.fact", "off", "", "since it keeps people safe"), ("situations.sunburnt_lips.fact", "say", WORDS, "since it keeps people safe"),
])
def test_what_may_not_be_is_refused_with_a_sentence(owner: Browser, home: Home, address: str, act: str, text: str, why: str) -> None:
    shown = owner.post("statement", {"id": address, "act": act, **{f"text{place}": text for place in range(8)}})
    assert shown.status_code == 422 and why in shown.text.split('role="alert"')[1].split("</div>")[0], shown.text
    assert "<script>alert" not in shown.text and home.text(STATEMENTS) is None


def test_what_is_not_there_is_not_found(owner: Browser) -> None:
    assert owner.get("statement?id=topics.nothing.fact").status_code == owner.post("statement", {"id": "x", "act": "off"}).status_code == 404


def test_words_of_a_statement_that_the_project_changed_are_told(owner: Browser, home: Home) -> None:
    home.put(STATEMENTS, f"{MIST}: {{say: [Spray away.], was: [An older statement.]}}\n")
    page = owner.get(f"statement?id={MIST}").text
    assert "do not count any more" in page and "Spray away." in page
