"""Products whose ingredient list is not known: what their names and texts speak of counts against the person."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.products.about import about
from bot.answers.products.ingredients import product_ingredients
from bot.answers.products.search import find_product
from bot.cli.catalogue_check import check_catalogue
from bot.rules.advice import Profile
from tests.answers.products.shops import shop_of
from tests.store.cases import CASES

PROSE = CASES / "62_ingredients_heading_before_prose.csv"


@pytest.mark.parametrize("person", [Profile(), Profile(pregnant=True)])
def test_retinol_in_the_name_is_refused_in_pregnancy(tmp_path: Path, person: Profile) -> None:
    with shop_of(tmp_path, PROSE, person) as talk:
        text = talk.say(about, "pregnancy", "can I use the night retinol spot cream while pregnant?")
    assert "is said to have retinol" in text and "leave it for now" in text
    assert "no full ingredient list" in text and "nothing that is known" not in text


def test_somebody_pregnant_asking_whether_it_can_be_used(tmp_path: Path) -> None:
    with shop_of(tmp_path, PROSE, Profile(pregnant=True)) as talk:
        text = talk.say(about, "can_use", "can I use the night retinol spot cream?")
    assert "retinol" in text and "leave it for now" in text


def test_an_allergy_to_what_the_name_says(tmp_path: Path) -> None:
    with shop_of(tmp_path, PROSE, Profile(allergies=("retinol",))) as talk:
        assert "allergic" in talk.say(about, "can_use", "can I use the night retinol spot cream?")


def test_it_is_not_offered_to_somebody_pregnant(tmp_path: Path) -> None:
    with shop_of(tmp_path, PROSE, Profile(pregnant=True)) as talk:
        assert "Night Retinol" not in talk.say(find_product, "find_product", "show me a serum")


def test_what_is_in_it_is_not_known(tmp_path: Path) -> None:
    with shop_of(tmp_path, PROSE) as talk:
        text = talk.say(product_ingredients, "product_ingredients", "does the night retinol spot cream contain fragrance?")
    assert "The shop has no ingredient list" in text and "No," not in text


def test_the_check_shows_each_doubtful_list(tmp_path: Path) -> None:
    with shop_of(tmp_path, PROSE) as talk:
        _, problems = check_catalogue(talk.resources.database, talk.resources.chosen.knowledge)
    assert any("doubtful ingredient list" in one and handles == ["dew-serum"] for one, handles in problems.items())
