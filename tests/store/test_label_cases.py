"""Ingredient lists as shops write them: a list is read, prose is not, and what is doubtful is said."""

from __future__ import annotations

import pytest

from bot.settings import settings
from bot.store.database import Database
from bot.store.importers.known_names import HEADINGS, known_names
from bot.store.importers.label import column_of, find_label
from bot.yaml_files import read_yaml
from tests.store.cases import only, take

WHOLE = ("Water", "Glycerin", "Niacinamide", "Butylene Glycol", "Retinol", "Fragrance")


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("60_full_list_of_ingredients.csv", WHOLE),
        ("61_key_ingredients_prose.csv", WHOLE),
        ("62_ingredients_heading_before_prose.csv", ()),
        ("63_ingredients_glued_heading.csv", WHOLE),
        ("64_ingredients_bold_colon.csv", WHOLE),
        ("65_ingredients_ul.csv", ("Water", "Glycerin", "Retinol")),
        ("66_metafield_plain.csv", WHOLE),
        ("67_metafield_rich_text_json.csv", WHOLE),
        ("68_metafield_list_json.csv", WHOLE),
        ("69_metafield_gid.csv", ()),
        ("69b_key_ingredients_metafield.csv", WHOLE),
        ("77_woo_blocks_shortcodes.csv", ("Water", "Glycerin", "Niacinamide")),
    ],
)
def test_the_list_or_none(database: Database, name: str, names: tuple[str, ...]) -> None:
    take(database, name)
    assert only(database).ingredients == names


def test_where_there_is_no_list_the_words_of_the_title_and_text_count(database: Database) -> None:
    take(database, "62_ingredients_heading_before_prose.csv")
    assert "RETINOL" in only(database).named


@pytest.mark.parametrize(
    ("body", "doubt"),
    [
        ("Ingredients\nSmooths and firms the skin, evens tone overnight.", "no list"),
        ("Key ingredients: Niacinamide, Retinol", "only some ingredients"),
        ("Soft.", ""),
    ],
)
def test_doubt_is_said(body: str, doubt: str) -> None:
    found = find_label(body, [], known_names(settings().knowledge))
    assert found.names == () and doubt in found.doubt and bool(doubt) == bool(found.doubt)


@pytest.mark.parametrize("heading", [*read_yaml(HEADINGS)["full"], *read_yaml(HEADINGS)["plain"]])
def test_every_heading_in_use(heading: str) -> None:
    body = f"Soft.\n{heading.upper()}: Water, Glycerin, Butylene Glycol, Retinol"
    assert find_label(body, [], known_names(settings().knowledge)).names == ("Water", "Glycerin", "Butylene Glycol", "Retinol")


def test_korean_list_and_korean_key_ingredients() -> None:
    known = known_names(settings().knowledge)
    found = find_label("주요성분: 레티놀, 나이아신아마이드\n전성분: 정제수, 글리세린, 레티놀, 병풀추출물", [], known)
    assert found.names == ("정제수", "글리세린", "레티놀", "병풀추출물")
    assert find_label("주요성분: 레티놀, 나이아신아마이드", [], known).names == ()


def test_lists_of_a_set_are_both_told() -> None:
    body = "Toner ingredients\nIngredients: Water, Glycerin, Panthenol\nDirections: pat.\nIngredients: Water, Retinol, Butylene Glycol"
    names = find_label(body, [], known_names(settings().knowledge)).names
    assert {"Panthenol", "Retinol"} <= set(names)


@pytest.mark.parametrize(
    ("column", "holds", "partial"),
    [
        ("ingredients (product.metafields.custom.ingredients)", True, False),
        ("key ingredients (product.metafields.custom.key_ingredients)", True, True),
        ("free from (product.metafields.custom.free_from_ingredients)", False, False),
        ("meta:전성분", True, False),
        ("title", False, False),
    ],
)
def test_columns_of_ingredients(column: str, holds: bool, partial: bool) -> None:
    assert column_of(column) == (holds, partial)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Night Retinol Cream", ("RETINOL",)),
        ("Retinol-free bakuchiol cream", ("BAKUCHIOL",)),
        ("Bakuchiol, an alternative to retinol", ("BAKUCHIOL",)),
        ("No. 1 retinol cream", ("RETINOL",)),
        ("Fragrance free retinol cream", ("RETINOL",)),
        ("AHA peel", ("AHAs",)),
        ("레티놀 크림", ("RETINOL",)),
    ],
)
def test_what_a_text_names(text: str, named: tuple[str, ...]) -> None:
    assert known_names(settings().knowledge).named_in(text) == named


def test_a_list_ends_at_the_next_row_of_a_table() -> None:
    body = "Full Ingredients: Water, Glycerin, Butylene Glycol\nOrigin: Korea"
    found = find_label(body, [], known_names(settings().knowledge))
    assert (found.names, found.rest) == (("Water", "Glycerin", "Butylene Glycol"), "Origin: Korea")
