"""The owner's page of an update: what both sides changed is shown, chosen and refused there; no agent sees it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import phrases as wording
from bot.desk.members import Role
from bot.home import origins as beside
from bot.home.folder import SHOP, Home
from bot.home.versions import Versions
from tests.desk.conftest import Browser, Rooms
from tests.home.updating import WORDING, Changing

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def changing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Changing:
    """A project of a test's own, which the desk goes by."""
    (tmp_path / "project").mkdir()
    made = Changing(tmp_path / "project")
    monkeypatch.setattr(beside, "the_project", lambda: made.project)
    monkeypatch.setattr(wording, "RESPONSES", made.project.responses)
    monkeypatch.setenv("SHOP", str(made.project.shop))
    monkeypatch.setenv("KNOWLEDGE", str(made.project.knowledge))
    return made


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The owner's folder."""
    return Home(tmp_path / "home")


@pytest.fixture
def mina(changing: Changing, desk: Rooms) -> Browser:
    """An owner's browser at a desk."""
    return desk.browser("Mina", Role.OWNER)


def policy(home: Home, say: str) -> None:
    """An own change of a policy."""
    Versions(home).change("Mina", "return", lambda _: {SHOP: f"policies:\n  return:\n    say: {say}\n"})


def key_of(page: str) -> str:
    """What names the first conflict of a page."""
    return str(re.findall(r'name="key" value="(\w+)"', page)[0])


def test_only_owners_see_it(desk: Rooms) -> None:
    agent = desk.browser("Joon")
    assert agent.get("updates").status_code == 403 and agent.post("updates", {"act": "take"}).status_code == 403
    assert desk.stranger().get("updates").status_code == 303
    mina = desk.browser("Mina", Role.OWNER)
    assert mina.post("updates", {"act": "take"}, proof="x").status_code == 403
    assert 'href="updates"' in mina.get().text and 'href="updates"' not in agent.get().text


def test_without_own_changes_there_is_nothing_to_choose(mina: Browser) -> None:
    assert "You have changed nothing" in mina.get("updates").text and 'name="key"' not in mina.get("updates").text


def test_a_conflict_is_shown_and_chosen(mina: Browser, home: Home, changing: Changing) -> None:
    policy(home, "Ten days.")
    assert "nothing there that you changed too" in mina.get("updates").text
    changing.shop(lambda content: content["policies"]["return"].update(say=f"New words {HOSTILE}"))
    page = mina.get("updates").text
    assert "shop.yml: policies.return.say" in page and "Ten days." in page and "New words &lt;script&gt;" in page and HOSTILE not in page
    answer = mina.post("updates", {"act": "write", "key": key_of(page), "text": "Twelve days."})
    assert answer.status_code == 303 and "It counts from now on." in mina.get(answer.headers["Location"]).text
    assert "say: Twelve days." in (home.text(SHOP) or "") and 'name="key"' not in mina.get("updates").text
    stale = mina.post("updates", {"act": "take", "key": key_of(page)})
    assert stale.status_code == 422 and "changed meanwhile" in stale.text
    assert "Written over an update: shop.yml: policies.return.say" in mina.get("lessons").text
    mina.post("lessons", {"act": "back", "number": str(Versions(home).all()[0].number)})
    assert "Ten days." in (home.text(SHOP) or "") and 'name="key"' in mina.get("updates").text


@pytest.mark.parametrize("act, left", [("keep", True), ("take", False)])
def test_mine_stays_or_the_projects_is_taken(act: str, left: bool, mina: Browser, home: Home, changing: Changing) -> None:
    policy(home, "Ten days.")
    changing.shop(lambda content: content["policies"]["return"].update(say="New words."))
    assert mina.post("updates", {"act": act, "key": key_of(mina.get("updates").text)}).status_code == 303
    assert ("Ten days." in (home.text(SHOP) or "")) is left and 'name="key"' not in mina.get("updates").text


def test_what_cannot_be_used_is_told_and_stands_in_the_field(mina: Browser, home: Home, changing: Changing) -> None:
    Versions(home).change("Mina", "words", lambda _: {WORDING: 'wording:\n  review_way_box: "Box: {words}"\n'})
    changing.wording(lambda words: words.update(review_way_box="The box: {words} at {place}"))
    page = mina.get("updates").text
    answer = mina.post("updates", {"act": "write", "key": key_of(page), "text": "Just a box"})
    assert "it rests until you choose" in page
    assert answer.status_code == 422 and "in braces" in answer.text and "Just a box</textarea>" in answer.text
    told = mina.post("updates", {"act": "write", "key": key_of(page), "text": "Box {place}: {words}"})
    assert "next start" in mina.get(told.headers["Location"]).text
