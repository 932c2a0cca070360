"""Kinds of product, concerns and skin types by the shop's own words, with the reason."""

from __future__ import annotations

import pytest

from bot.settings import settings
from bot.store.database import Database
from bot.store.importers.kinds import Kind
from bot.store.importers.known_names import known_names
from tests.store.cases import on_sale, only, take


@pytest.mark.parametrize(
    ("title", "filed", "kind"),
    [
        ("Aurelis Sun Milk 50 ml", "Sun Care", "sunscreen"),
        ("Boreal Firming Serum 30 ml", "Anti Aging Serums", "serum"),
        ("Velvet Depuffing Stick", "Eye Care", "eye_cream"),
        ("Dew Drops", "Anti Aging serums", "serum"),
        ("Dew Ampoule", "Serums", "ampoule"),
        ("Essence Toner", "", "toner"),
        ("Ampoule Cream for eyes", "", "moisturizer"),
        ("Snail Cream (50ml)", "Skincare", "moisturizer"),
        ("Dew Cleansing Balm", "Cleansers", "oil_cleanser"),
        ("Airy UV Fluid SPF50+", "", "sunscreen"),
        ("Day Cream SPF 50+", "", "sunscreen"),
        ("Oil Control Toner", "", "toner"),
        ("Clear Toner Oil Control", "", "toner"),
        ("Velvet Hand Cream", "Cream", "other"),
        ("Velvet", "Hand Cream", "other"),
        ("Glow Set", "Serums", "other"),
        ("이슬 히알루론 앰플 30ml", "", "ampoule"),
        ("달빛 선크림 SPF50+", "", "sunscreen"),
        ("모공쏙 BHA 토너패드", "", "toner_pad"),
        ("달빛 세라마이드 크림", "", "moisturizer"),
        ("Moonwater", "", ""),
    ],
)
def test_kind_by_title_and_type(title: str, filed: str, kind: str) -> None:
    assert known_names(settings().knowledge).kinds.kind(title, filed).kind == kind


def test_the_reason_says_which_words_told() -> None:
    kinds = known_names(settings().knowledge).kinds
    assert kinds.kind("Moonwater", "Sun Care") == Kind("sunscreen", "its type 'Sun Care'")
    assert kinds.kind("Moonwater", "", ["Beauty > Skin Care > Facial Cleansers"]).reason == "its category 'Beauty > Skin Care > Facial Cleansers'"
    assert kinds.kind("Moonwater", "", [], "new, type:Ampoule") == Kind("ampoule", "its tag 'type:Ampoule'")


def test_kind_from_the_category_where_there_is_no_type(database: Database) -> None:
    take(database, "42_product_category_no_type.csv")
    assert only(database).kind == "water_cleanser"


def test_a_gift_card_is_no_skincare(database: Database) -> None:
    take(database, "41_gift_card.csv")
    assert (only(database).kind, only(database).concerns) == ("other", ())


def test_a_small_korean_shop(database: Database) -> None:
    take(database, "ko_small_shop.csv")
    found = on_sale(database)
    assert {handle: view.kind for handle, view in found.items()} == {
        "isul-ampoule": "ampoule", "isul-toner": "toner", "dal-cream": "moisturizer", "dal-sun": "sunscreen", "snow-c": "serum",
        "pore-bha": "toner_pad",
    }
    assert all(view.ingredients for view in found.values())


def test_concerns_and_skin_types_of_words_are_derived() -> None:
    deriving = known_names(settings().knowledge).deriving
    assert deriving.skin_types("Moss Cream", "For dry and sensitive skin.", "oily") == ("oily", "sensitive", "dry")
    assert "acne" in deriving.concerns("Moss Cream", "Helps with acne.", "", ())
    assert deriving.concerns("Niacinamide Serum", "", "", ["NIACINAMIDE"])


def test_what_the_shop_told_is_not_derived(database: Database) -> None:
    take(database, "cheapest_similar_no_tags.csv")
    assert all(view.derived <= {"concerns", "skin_types"} for view in on_sale(database).values())
