"""Products named in a message are found, slips and all; talk of skincare names none."""

from __future__ import annotations

import csv
import time
from statistics import median

import pytest

from bot.nlu.names.index import NameIndex
from bot.nlu.names.product_names import ProductNames
from bot.nlu.names.table import Name
from bot.nlu.plain import at_same_places
from bot.paths import CATALOGUE
from tests.nlu.naming import NLP, handles_in, ids_in

SLOWEST_MEDIAN_S = 0.004
"""Generous against a busy machine; on an idle one the median is under 1 ms."""

NAMED = [
    ("is the Haneul Dew Hyaluronic Ampoule in stock?", ["haneul-dew-hyaluronic-ampoule"]),
    ("is haneul dew hyaluronc ampule any good", ["haneul-dew-hyaluronic-ampoule"]),
    ("hyaluronic ampoule by haneul dew", ["haneul-dew-hyaluronic-ampoule"]),
    ("haneuldew rice milk serum price", ["haneul-dew-rice-milk-glow-serum"]),
    ("do u have moonsnail bounce cream", ["byeolsori-moonsnail-bounce-cream"]),
    ("moonsnail?", ["byeolsori-moonsnail-92-serum", "byeolsori-moonsnail-bounce-cream"]),
    ("what is in the bokbunja one", ["yeondu-atelier-bokbunja-peptide-ampoule"]),
    ("saebyok derm c15 serum", ["saebyeok-derm-daybreak-c15-serum"]),
    ("Baramsol's mist", ["baramsol-harbour-fog-mist"]),
    ("velvet fig cream", ["yeondu-atelier-velvet-fig-rich-cream"]),
    ("heartleaf stream toner", ["bomnal-garden-heartleaf-stream-toner"]),
    ("cica zero pad", ["narusol-cica-zero-pad"]),
    (
        "can I layer madeca quiet ampoule with the willow bha liquid",
        ["narusol-madeca-quiet-ampoule", "narusol-willow-bha-liquid"],
    ),
    (
        "retinol seedling or the night greenhouse retinal ampoule?",
        ["onsil-works-night-greenhouse-retinal-ampoule", "onsil-works-retinol-seedling-0-1-serum"],
    ),
]

NOT_NAMED = [
    "serum",
    "ampoule",
    "vitamin c",
    "which vitamin c serum do you have?",
    "how often may I put on an ampoule",
    "essence before or after toner?",
    "is a hyaluronic acid ampoule right for dry skin",
    "my skin is red and burns after the cleanser",
    "do pimple patches work overnight",
    "can I use retinol and niacinamide in one evening",
    "what is the best sunscreen for oily skin under 20 dollars",
    "is snail mucin vegan",
    "green tea toner for large pores",
    "rice toner or rice serum?",
    "do you sell a ginseng eye cream",
    "is niacin the same as niacinamide",
    "I am wide awake at night and have dark circles",
    "where is my parcel, it was sent last week",
    "first I cleanse, then I use a mist, is that fine in winter",
    "what is a good morning routine for sensitive skin",
    "hello there, can you help me choose a rich cream",
    "do you have haneul dew",
    "",
    "?!",
]


@pytest.mark.parametrize(("message", "handles"), NAMED)
def test_named_products_are_found(sample_names: ProductNames, message: str, handles: list[str]) -> None:
    assert sorted(handles_in(sample_names, message)) == handles


@pytest.mark.parametrize("message", NOT_NAMED)
def test_talk_of_skincare_names_no_product(sample_names: ProductNames, message: str) -> None:
    assert handles_in(sample_names, message) == []


def test_a_brand_and_a_kind_of_which_it_has_several_are_no_product(sample_names: ProductNames) -> None:
    assert handles_in(sample_names, "saebyeok derm ampoules") == [] == handles_in(sample_names, "serums from haneul dew")


def test_words_of_two_names_make_no_third(sample_names: ProductNames) -> None:
    message = "i use Onsil Works Retinol Seedling 0.1 Serum and Narusol Willow BHA Liquid and a cream, ok?"
    assert handles_in(sample_names, message) == ["onsil-works-retinol-seedling-0-1-serum", "narusol-willow-bha-liquid"]


def test_a_name_stands_where_it_is_written(sample_names: ProductNames) -> None:
    doc = NLP(at_same_places("how much is the Rice-Milk serum, please?"))
    (found,) = sample_names.find(doc)
    assert doc[found.start : found.end].text == "Rice Milk serum"


def test_endless_message_is_no_trouble(sample_names: ProductNames) -> None:
    assert handles_in(sample_names, "a" * 100_000) == []
    assert handles_in(sample_names, "ab " * 50_000) == []


def test_every_title_finds_its_product(sample_names: ProductNames) -> None:
    with (CATALOGUE / "sample_shop_shopify.csv").open(encoding="utf-8", newline="") as lines:
        titles = {row["Handle"]: row["Title"] for row in csv.DictReader(lines) if row["Title"]}
    for handle, title in titles.items():
        assert handle in handles_in(sample_names, f"tell me about {title.lower()} please")


@pytest.mark.alone
def test_it_is_fast(sample_names: ProductNames) -> None:
    times = []
    for message in [message for message, _ in NAMED] + NOT_NAMED:
        doc = NLP(at_same_places(f"{message} please"))
        sample_names.find(doc)
        start = time.perf_counter()
        sample_names.find(doc)
        times.append(time.perf_counter() - start)
    assert median(times) < SLOWEST_MEDIAN_S


def index(*titles: tuple[str, str]) -> NameIndex:
    return NameIndex(
        [Name(n, title, brand, "Serum") for n, (brand, title) in enumerate(titles)], {"niacinamide"}, {("vitamin", "c")}
    )


def test_title_of_generic_words_needs_its_brand() -> None:
    names = index(("Testari", "Vitamin C Serum"), ("Otherbrand", "Rice Serum"))
    assert ids_in(names, "which vitamin c serum") == []
    assert ids_in(names, "testari vitamin c serum") == [0]


def test_brand_of_an_ordinary_word_needs_the_title() -> None:
    names = index(("Goal", "Dokdo Serum"))
    assert ids_in(names, "my goal is a serum for glow") == []
    assert ids_in(names, "goal dokdo serum") == [0]


def test_product_line_is_no_product() -> None:
    line = [("Testari", f"Dokdo {kind}") for kind in ("Toner", "Serum", "Cream", "Lotion")]
    assert ids_in(index(*line), "what about dokdo") == []
    assert ids_in(index(*line), "what about dokdo toner") == [0]


def test_slip_is_mended_but_an_english_word_is_no_slip() -> None:
    names = index(("Testari", "Gardun Serum"))
    assert ids_in(names, "is gardunn good") == [0]
    assert ids_in(names, "is my garden good") == []


def test_korean_names_are_found() -> None:
    assert ids_in(index(("하늘이슬", "하늘이슬 달맞이 앰플")), "달맞이 앰플 있어요?") == [0]
