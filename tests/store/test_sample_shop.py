"""The sample shop is complete, in the knowledge's own terms, and true to its labels."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

from bot.paths import CATALOGUE
from bot.store.database import Database
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView

SCENTED = ("PARFUM", "LIMONENE", "LINALOOL", "CITRAL", "GERANIOL", "CITRONELLOL", "EUGENOL", "MENTHOL")
ESSENTIAL_OILS = ("PEEL OIL", "FLOWER OIL", "LAVANDULA", "BERGAMIA", "OBTUSA OIL", "MENTHA", "EUCALYPTUS")
ANIMAL = (
    "SNAIL",
    "HONEY",
    "PROPOLIS",
    "COLLAGEN",
    "BEESWAX",
    "CERA ALBA",
    "ROYAL JELLY",
    "LANOLIN",
    "SILK",
    "CARMINE",
)
MEDICAL = ("heal", "cure", "treat", "regenerat", "repair", "therap", "medic", "inflammat", "eczema")
PATCHES = "spot_patch"


@pytest.fixture
def views(shop: Database) -> list[ProductView]:
    with shop.session() as session:
        return ProductRepository(session).search(ProductQuery(limit=1000))


def test_enough_of_every_kind(views: list[ProductView]) -> None:
    counts = Counter(view.product_type for view in views)
    assert len(views) >= 66
    for kinds, least in WANTED.items():
        assert sum(counts[kind] for kind in kinds.split()) >= least, kinds


def test_labels_are_complete_and_without_repeats(views: list[ProductView]) -> None:
    for view in views:
        assert len(set(view.inci)) == len(view.inci), view.title
        assert 20 <= len(view.inci) <= 40 or view.product_type == PATCHES, view.title


def test_flags_are_true_to_the_label(views: list[ProductView]) -> None:
    for view in views:
        oils = [name for name in view.inci if any(oil in name for oil in ESSENTIAL_OILS)]
        if "fragrance_free" in view.flags:
            assert not set(SCENTED) & set(view.inci) and not oils, view.title
        if "vegan" in view.flags:
            assert not [name for name in view.inci if any(word in name for word in ANIMAL)], view.title


def test_words_stay_with_appearance(views: list[ProductView]) -> None:
    for view in views:
        assert 40 < len(view.description) < 400
        assert not [word for word in MEDICAL if word in view.description.lower()], view.title


def test_tags_and_types_are_those_of_the_knowledge(views: list[ProductView]) -> None:
    knowledge = CATALOGUE.parent / "knowledge"
    concerns, skins = (set(yaml.safe_load((knowledge / name).read_text("utf-8"))) for name in KNOWLEDGE)
    for view in views:
        assert set(view.concerns) <= concerns and set(view.skin_types) <= skins, view.title


def test_some_products_are_sold_out(views: list[ProductView]) -> None:
    assert 3 <= sum(not view.in_stock for view in views) <= 12
    assert any(view.in_stock and any(not size.in_stock for size in view.variants) for view in views)


KNOWLEDGE = ("concerns.yml", "skin_types.yml")
WANTED = {
    "ampoule": 10,
    "serum": 10,
    "essence": 6,
    "toner": 7,
    "cream gel_cream lotion emulsion": 9,
    "sunscreen sun_cream": 5,
    "cleansing_oil cleansing_balm gel_cleanser foam_cleanser": 6,
    "sheet_mask": 4,
    "sleeping_mask sleeping_pack overnight_mask": 2,
    "eye_cream eye_serum": 2,
    "facial_oil": 2,
    "mist face_mist": 2,
    "exfoliant peeling peeling_pad scrub": 3,
    "spot_patch": 1,
}
