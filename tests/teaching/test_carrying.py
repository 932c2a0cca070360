"""An export holds nobody's words, and nothing is imported that could not be used."""

from __future__ import annotations

import io
import zipfile

import pytest

from bot.home import exporting
from bot.home.folder import LESSONS, SHOP, Home, HomeError
from bot.settings import settings
from bot.teaching.carrying import carried_in, carried_out
from bot.teaching.lessons import Wording, parsed, written
from tests.pictures import photo
from tests.teaching.conftest import answer

BY_HAND = "# mine\n- id: b\n  does: aside\n  wordings:\n  - said: do you repair bicycles\n"


def packed(**texts: str) -> bytes:
    """An export with these files; a double underline is a slash."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, text in texts.items():
            made.writestr(f"{name.replace('__', '/')}.yml", text)
    return target.getvalue()


def test_customers_words_stay_here(home: Home) -> None:
    theirs = Wording(said="their way to ask for it", people=["0123456789abcdef"])
    home.put(LESSONS, written([answer().copy(update={"wordings": [*answer().wordings, theirs]}), answer(id="theirs").copy(update={"wordings": [theirs]})]))
    carried = carried_out(home)
    text = zipfile.ZipFile(io.BytesIO(carried.content)).read(LESSONS).decode()
    assert carried.left_out == 2 and parsed(text) == [answer()] and "their way" in (home.text(LESSONS) or "")


def test_what_holds_nobodys_words_goes_as_it_stands(home: Home) -> None:
    home.put(LESSONS, BY_HAND)
    assert carried_in(Home(home.folder / "other"), carried_out(home).content, "Mina", settings()) == [LESSONS]
    assert (home.folder / "other" / LESSONS).read_text("utf-8") == BY_HAND


def test_marks_of_another_machine_are_not_taken_in(home: Home) -> None:
    theirs = Wording(said="their way to ask for it", people=["0123456789abcdef"])
    carried_in(home, packed(lessons=written([answer().copy(update={"wordings": [*answer().wordings, theirs]})])), "Mina", settings())
    assert parsed(home.text(LESSONS)) == [answer()]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"lessons": "- broken: ["}, "lessons.yml is not YAML"), ({"lessons": written([answer(say="This class cures acne.")])}, "lessons.yml, classes: The answer makes a medical claim"),
        ({"lessons": "- id: A B\n"}, "lesson 1, id"), ({"shop": "colour: green\n"}, "colour"), ({"shop": "a: ["}, "shop.yml"),
        ({"responses__en": "wording:\n  no_such_key: x\n"}, "no_such_key"), ({"knowledge__safety": "a: {}\n"}, "safety.yml"),
    ],
)  # fmt: skip
def test_nothing_is_written_of_an_import_with_a_mistake(home: Home, texts: dict[str, str], told: str) -> None:
    with pytest.raises(HomeError) as caught:
        carried_in(home, packed(**{"responses__de": "wording: {}\n", **texts}), "Mina", settings())
    assert told in str(caught.value) and "/tmp" not in str(caught.value)
    assert not home.folder.exists()


def test_what_is_in_order_is_taken_in(home: Home) -> None:
    files = packed(lessons=BY_HAND, shop="policies: {}\n", responses__en="wording:\n  no_policy: I was not told.\n", knowledge__brands="testari:\n  name: Testari\n")
    assert len(carried_in(home, files, "Mina", settings())) == 4 and home.text(SHOP) == "policies: {}\n"


def test_pictures_go_with_it_as_they_are(home: Home) -> None:
    home.put_bytes("pictures/shop.png", photo(kind="PNG"))
    home.put_bytes("pictures/notes.svg", b"<svg/>")
    other = Home(home.folder.parent / "other")
    assert carried_in(other, carried_out(home).content, "Mina", settings()) == ["pictures/shop.png"]
    assert (other.folder / "pictures/shop.png").read_bytes() == photo(kind="PNG") and not (other.folder / "pictures/notes.svg").exists()


@pytest.mark.parametrize(("name", "raw"), [
    ("pictures/map.png", b"<svg><script>1</script></svg>"), ("pictures/map.svg", b"<svg/>"), ("pictures/../map.png", photo()), ("pictures/a/map.png", photo()), ("map.png", photo()),
])  # fmt: skip
def test_what_is_no_picture_is_not_taken_in(home: Home, name: str, raw: bytes) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr(name, raw)
        made.writestr("pictures/good.png", photo(kind="PNG"))
    with pytest.raises(HomeError, match=name):
        carried_in(home, target.getvalue(), "Mina", settings())
    assert not home.folder.exists()


def test_more_than_an_import_takes_is_not_exported(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.put_bytes("pictures/shop.png", photo(kind="PNG"))
    whole = carried_out(home).content
    monkeypatch.setattr(exporting, "MOST_TOGETHER", 100)
    with pytest.raises(HomeError, match="pictures"):
        carried_out(home)
    with pytest.raises(HomeError, match="too large"):
        carried_in(Home(home.folder.parent / "other"), whole, "Mina", settings())
