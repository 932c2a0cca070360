"""The shop owner's commands, as typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from bot.cli.app import app
from bot.paths import DATA
from bot.settings import settings
from tests.store.conftest import SAMPLE, WriteCsv, product


@pytest.fixture
def owner(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A shop of its own in `tmp_path`; gives the path of its shop.yml."""
    shop = tmp_path / "shop.yml"
    shop.write_bytes((DATA / "shop.yml").read_bytes())
    for name, value in {"DATABASE_URL": url, "VAR": str(tmp_path / "var"), "SHOP": str(shop), "COLUMNS": "200"}.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield shop
    settings.cache_clear()


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_import_list_show_export(owner: Path, tmp_path: Path) -> None:
    done = run("import", SAMPLE)
    assert done.exit_code == 0 and "Shopify's product CSV, done: 83 created, 0 updated" in done.stdout
    listed = run("products", "list", "hyaluronc ampule", "--in-stock")
    assert "haneul-dew-hyaluronic-ampoule" in listed.stdout and "1 of 1 products" in listed.stdout
    assert "5 of 11 products, page 2" in run("products", "list", "--brand", "Narusol", "--size", "5", "--page", "2").stdout
    shown = run("products", "show", "HD-001-50").stdout
    assert "Haneul Dew Hyaluronic Ampoule" in shown and "36.00 USD" in shown and "Sodium Hyaluronate" in shown
    for form in ("plain", "shopify"):
        assert "83 products written" in run("export", tmp_path / "out.csv", "--format", form).stdout
        assert "83 unchanged, 0 rows refused" in run("import", tmp_path / "out.csv").stdout


def test_import_shows_what_would_be_and_what_was_refused(owner: Path, write_csv: WriteCsv) -> None:
    run("import", SAMPLE)
    path = write_csv(product("new"), product("bad", Variant_Price="cheap"))
    told = run("import", path, "--dry-run", "--deactivate-missing").stdout
    assert "would be: 1 created, 0 updated, 0 unchanged, 83 deactivated, 1 rows refused" in told
    assert "new new" in told and "refused line 3: the price 'cheap' is not a number" in told
    assert "63 more (--all shows them)" in told
    assert "83 of 83" in run("products", "list", "--size", "100").stdout


def test_prices_are_in_the_shops_currency(owner: Path, write_csv: WriteCsv) -> None:
    content = yaml.safe_load(owner.read_text(encoding="utf-8"))
    owner.write_text(yaml.safe_dump(content | {"currency": "KRW"}), encoding="utf-8")
    run("import", write_csv(product(Variant_Price="18000")))
    assert "18000 KRW" in run("products", "show", "moss-toner").stdout
    assert run("import", write_csv(product()), "--currency", "dollars").exit_code == 1


def test_check_names_what_is_missing(owner: Path, write_csv: WriteCsv) -> None:
    path = write_csv(
        product("bare", Variant_Price="0.00", Tags="concern:wishes", Type="Lipstick", **{"Body_(HTML)": ""}),
        product("whole", Image_Src="/a.jpg"),
    )
    run("import", path)
    checked = run("products", "check", "--strict")
    assert checked.exit_code == 1
    for problem in ("without ingredients", "without a picture", "without a description", "price of 0", "'Lipstick'", "'wishes'"):
        assert f"{problem}: bare" in checked.stdout, problem
    assert "whole" not in checked.stdout
    assert run("products", "check").exit_code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("import", "nowhere.csv"), "There is no file nowhere.csv"),
        (("products", "show", "nothing"), "No product on sale has the handle or SKU 'nothing'"),
        (("export", "no/folder/out.csv"), "cannot be written"),
    ],
)
def test_mistakes_end_in_a_sentence(owner: Path, words: tuple[str, ...], sentence: str) -> None:
    result = run(*words)
    assert result.exit_code == 1 and sentence in result.stderr and "Traceback" not in result.stderr


def test_database_that_is_away_ends_in_a_sentence(owner: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    settings.cache_clear()
    result = run("products", "list")
    assert result.exit_code == 1 and "the shop's database cannot be reached" in result.stderr


def test_shop_check(owner: Path) -> None:
    whole = run("shop", "check").stdout
    assert "one for every support question" in whole and "gift_cards: Do you sell gift cards?" in whole and "password:" not in whole
    content = yaml.safe_load(owner.read_text(encoding="utf-8"))
    policies = {kind: policy for kind, policy in content["policies"].items() if kind != "refund"} | {"horoscope": {"say": "Good."}}
    owner.write_text(yaml.safe_dump(content | {"policies": policies, "currency": "XQX"}), encoding="utf-8")
    checked = run("shop", "check")
    assert checked.exit_code == 1
    for mistake in ("no policy for 'refund'", "'horoscope' answers no question", "currency 'XQX'"):
        assert mistake in checked.stdout
    owner.write_text("name: [", encoding="utf-8")
    assert "shop.yml" in run("shop", "check").stderr


def test_shop_check_shows_what_each_question_catches(owner: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked.txt"
    asked.write_text("do you sell gift cards\n\ncan i order as a guest\nwhat is niacinamide\n", encoding="utf-8")
    told = run("shop", "check", "--questions", str(asked)).stdout.splitlines()[1:]
    assert told == ["gift_cards (not answered): do you sell gift cards", "account: can i order as a guest", "-: what is niacinamide"]


def test_shop_check_names_mistakes_in_topics(owner: Path) -> None:
    content = yaml.safe_load(owner.read_text(encoding="utf-8"))
    topics = {"account": {"say": "No, you need none.", "answer": False}, "own": {"name": "own", "asked": ["red ribbon"], "takes": ["a blue one"]}}
    owner.write_text(yaml.safe_dump(content | {"topics": topics, "pays_with": ["vista"]}), encoding="utf-8")
    checked = run("shop", "check")
    assert checked.exit_code == 1
    for mistake in ("topics.account: say begins with yes or no", "'a blue one' is not taken", "pays_with: 'vista'"):
        assert mistake in checked.stdout


def test_columns_said_once_are_kept(owner: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Was,Kostet\nDew Serum,20.00\n", encoding="utf-8")
    assert run("import", path).exit_code != 0
    assert run("import", path, "--dry-run", "--map", "title=Was", "--map", "price=Kostet").exit_code == 0
    assert run("import", path).exit_code != 0, "what changes nothing keeps nothing"
    assert run("import", path, "--map", "title=Was", "--map", "price=Kostet").exit_code == 0
    path.write_text("Was,Kostet\nDew Serum,21.00\n", encoding="utf-8")
    assert "1 updated" in run("import", path).stdout
