"""Every change of an owner's files is kept with who made it, and each can be taken back."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.home.exporting import exported, imported
from bot.home.folder import LESSONS, SHOP, Home, HomeError
from bot.home.versions import Version, Versions


def as_they_are(texts: Mapping[str, str], _: Mapping[str, bytes]) -> Mapping[str, str]:
    """Takes all in."""
    return texts


def write(home: Home, text: str, who: str = "Mina", name: str = SHOP) -> Version | None:
    """Changes a file."""
    return Versions(home).change(who, f"{name} is {text}", lambda _: {name: text})


def test_a_change_is_kept_with_who_and_what(home: Home) -> None:
    write(home, "a: 1\n")
    write(home, "a: 2\n", "Joon")
    assert home.text(SHOP) == "a: 2\n"
    found = [(one.number, one.who, one.before[SHOP], one.after[SHOP]) for one in Versions(home).all()]
    assert found == [(2, "Joon", "a: 1\n", "a: 2\n"), (1, "Mina", None, "a: 1\n")]


def test_what_changes_nothing_is_no_change(home: Home) -> None:
    write(home, "a: 1\n")
    assert write(home, "a: 1\n") is None and len(Versions(home).all()) == 1


def test_a_change_goes_back_with_all_after_it_and_forth_again(home: Home) -> None:
    for text in ("a: 1\n", "a: 2\n", "a: 3\n"):
        write(home, text)
    write(home, "[]\n", name=LESSONS)
    done = Versions(home).back("Mina", 2)
    assert home.text(SHOP) == "a: 1\n" and home.text(LESSONS) is None
    Versions(home).back("Mina", done.number)
    assert home.text(SHOP) == "a: 3\n" and home.text(LESSONS) == "[]\n"


def test_what_was_changed_by_hand_is_a_change_too(home: Home) -> None:
    write(home, "a: 1\n")
    home.put(SHOP, "a: by hand\n")
    write(home, "a: 2\n")
    Versions(home).back("Mina", 3)
    assert home.text(SHOP) == "a: by hand\n"
    assert [one.who for one in Versions(home).all()] == ["Mina", "Mina", "by hand", "Mina"]


def test_what_stood_there_before_history_knew_it_stays(home: Home) -> None:
    write(home, "a: 1\n")
    home.put("responses/en.yml", "wording: {}\n")
    home.put("knowledge/brands.yml", "moss: {}\n")
    write(home, "a: 2\n")
    Versions(home).back("Mina", 1)
    assert (home.text(SHOP), home.text("responses/en.yml"), home.text("knowledge/brands.yml")) == (None, "wording: {}\n", "moss: {}\n")


def test_what_was_changed_after_history_met_it_goes_back_to_how_it_was_met(home: Home) -> None:
    write(home, "a: 1\n")
    home.put("responses/en.yml", "wording: {}\n")
    write(home, "wording: {a: b}\n", name="responses/en.yml")
    Versions(home).back("Mina", 1)
    assert home.text("responses/en.yml") == "wording: {}\n"


def test_what_came_back_by_hand_goes_again(home: Home) -> None:
    write(home, "a: 1\n", name="responses/en.yml")
    Versions(home).change("Mina", "goes", lambda _: {"responses/en.yml": None})
    home.put("responses/en.yml", "a: 2\n")
    write(home, "a: 3\n")
    Versions(home).back("Mina", 3)
    assert home.text("responses/en.yml") is None


def test_what_is_not_there_does_not_go_back(home: Home) -> None:
    with pytest.raises(HomeError, match="not there"):
        Versions(home).back("Mina", 1)
    write(home, "a: 1\n")
    home.put(SHOP, None)
    with pytest.raises(HomeError, match="already"):
        Versions(home).back("Mina", 1)


def test_many_at_once_are_one_after_the_other(home: Home) -> None:
    def add(number: int) -> None:
        Versions(home).change(f"user {number}", "adds", lambda now: {SHOP: f"{now[SHOP] or ''}{number}\n"})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))
    assert sorted(map(int, (home.text(SHOP) or "").split())) == list(range(24))
    assert [one.number for one in Versions(home).all()] == list(range(24, 0, -1))


def test_nobody_else_reads_it(home: Home) -> None:
    write(home, "a: 1\n")
    home.key()
    files = [path for path in home.folder.rglob("*") if path.is_file() and path.name != ".lock"]
    assert len(files) == 5 and {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_key_is_made_once(home: Home) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: home.key(), range(16)))) == 1
    assert len(home.key()) == 32 and Home(home.folder).key() == home.key()


def test_a_broken_history_is_told(home: Home) -> None:
    write(home, "a: 1\n")
    next(home.history.glob("0*.json")).write_text("{", encoding="utf-8")
    with pytest.raises(HomeError, match="history"):
        Versions(home).all()


def test_who_is_erased_is_in_no_change(home: Home) -> None:
    write(home, "their words\n")
    write(home, "others\n")
    assert Versions(home).cleared(lambda name, text: text.replace("their words", "")) == 2
    assert "their words" not in json.dumps([one.after for one in Versions(home).all()])
    Versions(home).back("Mina", 2)
    assert home.text(SHOP) == "\n"


def test_an_export_comes_back_elsewhere(home: Home, tmp_path: Path) -> None:
    write(home, "name: Testari\n")
    home.put("responses/en.yml", "wording: {}\n")
    home.key()
    other = Home(tmp_path / "other")
    assert imported(other, exported(home, {}), "Mina", as_they_are) == ["responses/en.yml", SHOP]
    assert other.text(SHOP) == "name: Testari\n" and other.text("responses/en.yml") == "wording: {}\n"
    assert Versions(other).all()[0].what == "Files imported" and not (other.folder / ".people.key").exists()


@pytest.mark.parametrize("name", ["../shop.yml", "/etc/passwd", "other.yml", ".people.key", "history/000001.json", "responses/../../x.yml", "responses\\..\\x.yml"])
def test_an_export_with_something_else_in_it_is_refused(home: Home, name: str) -> None:
    import io
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr(name, "a: 1\n")
    with pytest.raises(HomeError, match="no export"):
        imported(home, target.getvalue(), "Mina", as_they_are)
    assert not home.folder.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"name: Testari\n"])
def test_what_is_no_export_is_refused(home: Home, content: bytes) -> None:
    with pytest.raises(HomeError, match="no export"):
        imported(home, content, "Mina", as_they_are)


def test_a_damaged_export_is_refused(home: Home, tmp_path: Path) -> None:
    write(home, "".join(f"a{number}: {number * 7919}\n" for number in range(400)))
    whole = exported(home, {})
    other = Home(tmp_path / "other")
    for place in range(30, len(whole), 37):
        damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        try:
            imported(other, damaged, "Mina", as_they_are)
        except HomeError as error:
            assert "\n" not in str(error), place
    with pytest.raises(HomeError, match="damaged"):
        imported(other, whole[: len(whole) // 2], "Mina", as_they_are)


def test_a_long_history_is_not_read_for_every_change(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        write(home, f"a: {number}\n")
    assert [one.number for one in Versions(home).latest(2)] == [4, 3]
    with monkeypatch.context() as unread:
        unread.setattr(Versions, "_read", None)
        write(home, "a: 5\n")
    home.put(SHOP, "a: by hand\n")
    write(home, "a: 6\n")
    assert [(one.number, one.who) for one in Versions(home).latest(3)] == [(7, "Mina"), (6, "by hand"), (5, "Mina")]
