"""`glasskin home`: where own files lie, what was changed, the way back, one file of all."""

from __future__ import annotations

from pathlib import Path

from bot.home.folder import SHOP, Home
from bot.home.versions import Versions
from tests.cli.conftest import Run, told


def test_a_change_is_listed_and_taken_back(run: Run, var: Path) -> None:
    home = Home(var / "home")
    assert "Nothing yet" in run("home", "list").stdout and "Nothing was changed" in run("home", "history").stdout
    Versions(home).change("Mina", "Returns within ten days", lambda _: {SHOP: "policies:\n  return:\n    say: Ten days.\n"})
    assert "shop.yml" in run("home", "list").stdout
    assert "Mina: Returns within ten days" in run("home", "history").stdout
    assert "as before change 1" in run("home", "back", "1").stdout
    assert home.text(SHOP) is None
    assert "not there" in told(run("home", "back", "77"))


def test_all_of_it_goes_to_another_machine(run: Run, var: Path, tmp_path: Path, monkeypatch: object) -> None:
    home = Home(var / "home")
    home.put(SHOP, "policies: {}\n")
    assert run("home", "export", tmp_path / "own.zip").exit_code == 0
    home.put(SHOP, None)
    assert "Imported: shop.yml" in run("home", "import", tmp_path / "own.zip").stdout
    assert home.text(SHOP) == "policies: {}\n"
    (tmp_path / "no.zip").write_bytes(b"nothing")
    assert "no export" in told(run("home", "import", tmp_path / "no.zip"))


def test_a_mistake_in_an_own_file_ends_a_check_in_a_line(run: Run, var: Path) -> None:
    Home(var / "home").put(SHOP, "colour: green\n")
    assert "colour" in told(run("shop", "check")) and "home/shop.yml" in told(run("shop", "check"))
