"""`glasskin home`: where own files lie, what was changed, the way back, one file of all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.home.folder import LESSONS, PRODUCTS, SHOP, STATEMENTS, Home
from bot.home.origins import origin_file, origin_text
from bot.home.project import Place
from bot.home.versions import Versions
from tests.cli.conftest import Run, told
from tests.pictures import photo


def test_a_change_is_listed_and_taken_back(run: Run, var: Path) -> None:
    home = Home(var / "home")
    assert "Nothing yet" in run("home", "list").stdout and "Nothing was changed" in run("home", "history").stdout
    Versions(home).change("Mina", "Returns within ten days", lambda _: {SHOP: "policies:\n  return:\n    say: Ten days.\n"})
    assert "shop.yml" in run("home", "list").stdout
    assert "Mina: Returns within ten days" in run("home", "history").stdout
    assert "as before change 1" in run("home", "back", "1").stdout
    assert home.text(SHOP) is None
    assert "not there" in told(run("home", "back", "77"))


def test_what_an_update_changed_too_is_listed(run: Run, var: Path) -> None:
    home = Home(var / "home")
    assert "No update changed" in run("home", "updates").stdout and not home.folder.exists()
    Versions(home).change("Mina", "Returns", lambda _: {SHOP: "policies:\n  return:\n    say: Ten days.\n"})
    assert "No update changed" in run("home", "updates").stdout
    place = Place(SHOP, ("policies", "return", "say"))
    home.put(origin_file(place), origin_text(place, "Old words."))
    listed = run("home", "updates").stdout
    assert "shop.yml: policies.return.say" in listed and "yours: Ten days." in listed and "you changed it: Old words." in listed


def test_all_of_it_goes_to_another_machine(run: Run, var: Path, tmp_path: Path, monkeypatch: object) -> None:
    home = Home(var / "home")
    home.put(SHOP, "policies: {}\n")
    home.put_bytes("pictures/shop.png", photo(kind="PNG"))
    assert "pictures/shop.png" in run("home", "list").stdout
    assert run("home", "export", tmp_path / "own.zip").exit_code == 0
    home.put(SHOP, None)
    home.put_bytes("pictures/shop.png", None)
    assert "Imported: pictures/shop.png, shop.yml" in run("home", "import", tmp_path / "own.zip").stdout
    assert home.text(SHOP) == "policies: {}\n"
    whole = (tmp_path / "own.zip").read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    assert "damaged" in told(run("home", "import", tmp_path / "half.zip"))
    (tmp_path / "no.zip").write_bytes(b"nothing")
    assert "no export" in told(run("home", "import", tmp_path / "no.zip"))


def test_a_mistake_in_an_own_file_ends_a_check_in_a_line(run: Run, var: Path) -> None:
    Home(var / "home").put(SHOP, "colour: green\n")
    assert "colour" in told(run("shop", "check")) and "home/shop.yml" in told(run("shop", "check"))


@pytest.mark.parametrize(
    ("text", "named"),
    [("- broken: [", "not YAML"), ("- {id: a, does: answer, say: It cures acne., wordings: [{said: does it help with spots}]}\n", "lessons.yml, a: The answer makes a medical claim")],
)
def test_lessons_are_looked_over(run: Run, var: Path, text: str, named: str) -> None:
    assert run("shop", "check").exit_code == 0
    Home(var / "home").put(LESSONS, text)
    for words in (("shop", "check"), ("check",)):
        done = run(*words)
        assert done.exit_code == 1 and named in done.output, words


@pytest.mark.parametrize(
    ("file", "text", "named"),
    [(PRODUCTS, "moss: {kind: nonsense}\n", "products.yml, moss, kind: the assistant knows no kind"), (STATEMENTS, "safety.pregnancy: {silent: true}\n", "safety.pregnancy does not count: it keeps people safe")],
)
def test_mends_and_statements_are_looked_over(run: Run, var: Path, file: str, text: str, named: str) -> None:
    Home(var / "home").put(file, text)
    done = run("check")
    assert done.exit_code == 1 and named in done.output


def test_a_picture_that_cannot_be_shown_ends_a_check_in_a_line(run: Run, var: Path) -> None:
    home = Home(var / "home")
    home.put_bytes("pictures/map.png", b"<svg><script>1</script></svg>")
    home.put(SHOP, "topics:\n  store:\n    say: We are at the harbour.\n    picture: harbour.png\n")
    home.put(LESSONS, "- {id: a, does: answer, say: On Mondays., picture: chart.png, wordings: [{said: when do you repair bicycles}]}\n")
    for command in (("check",), ("shop", "check")):
        said = run(*command)
        lines = said.stdout.splitlines()
        assert said.exit_code == 1 and "pictures/map.png is no PNG, JPEG or WebP that can be read" in lines
        assert "topics.store.picture: there is no pictures/harbour.png among your own files" in lines
        assert "lessons.yml, a, picture: there is no pictures/chart.png among your own files" in lines
    home.put(SHOP, "topics:\n  store:\n    picture: ../shop.yml\n")
    assert "topics.store.picture: write the name" in told(run("shop", "check"))
