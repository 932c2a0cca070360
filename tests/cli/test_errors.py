"""What people can mend is told in a line; a mistake of ours keeps its traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.exceptions import RasaException

import bot.cli.knowledge
from bot import __version__
from bot.cli.errors import sentence
from tests.cli.conftest import Run, told


def test_the_version_stands_once(run: Run) -> None:
    assert run("--version").stdout.strip() == f"glasskin {__version__}"


def test_a_mistake_of_ours_is_not_hidden(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(notices: bool) -> int:
        raise KeyError("name")

    monkeypatch.setattr(bot.cli.knowledge, "report", broken)
    assert isinstance(run("knowledge", "check").exception, KeyError)
    assert sentence(KeyError("name")) is None


def test_rasas_own_errors_are_told_in_one_line() -> None:
    assert sentence(RasaException("first line\n   second line")) == "first line second line"


def test_the_innermost_reason_is_told() -> None:
    try:
        try:
            raise RuntimeError("TensorFlow is switched off in this process")
        except RuntimeError as inner:
            raise RasaException("Error initializing graph component for node run_DIET") from inner
    except RasaException as outer:
        assert sentence(outer) == "TensorFlow is switched off in this process"


@pytest.mark.parametrize("kind", [FileNotFoundError, PermissionError, IsADirectoryError])
def test_files_are_named(tmp_path: Path, kind: type[OSError]) -> None:
    codes = {FileNotFoundError: 2, PermissionError: 13, IsADirectoryError: 21}
    assert "/some/file" in str(sentence(kind(codes[kind], "some reason", "/some/file")))


def test_the_shops_file(run: Run, shop_file: Path) -> None:
    content = shop_file.read_text(encoding="utf-8")
    shop_file.write_text(content.replace("currency: USD", "currency: [USD"), encoding="utf-8")
    line = told(run("check"))
    assert str(shop_file) in line and ":" in line
    shop_file.write_text(content.replace("currency: USD", "currencyy: USD"), encoding="utf-8")
    line = told(run("shop", "check"))
    number = content.splitlines().index("currency: USD") + 1
    assert f"shop.yml:{number}: currencyy: there is no such field. Did you mean currency?" in line
    shop_file.write_text(content.replace("  refund:", "  refnd:"), encoding="utf-8")
    checked = run("check")
    assert checked.exit_code == 1 and "'refnd'" in checked.stdout and "Did you mean refund?" in checked.stdout


def test_kinds_that_nobody_sells(run: Run) -> None:
    assert "Kinds on sale: none" in told(run("products", "list", "--type", "nonsense"))
    run("import", "data/catalogue/sample_shop_shopify.csv")
    line = told(run("products", "list", "--type", "nonsense"))
    assert "'nonsense'" in line and "ampoule, cleansing_balm" in line
    found = run("products", "list", "--type", "Sheet Masks", "--size", "100").stdout
    assert "Sheet Mask" in found and "Ampoule," not in found


def test_handles_can_be_copied_on_a_narrow_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("import", "data/catalogue/sample_shop_shopify.csv")
    monkeypatch.setenv("COLUMNS", "20")
    listed = run("products", "list", "--brand", "Narusol", "--size", "100").stdout.splitlines()
    assert "narusol-willow-bha-liquid" in listed
