"""People call products by a part of their title; talk of ingredients and kinds of product is no such name."""

from __future__ import annotations

import pytest

from bot.nlu.names.index import NameIndex
from bot.nlu.names.product_names import ProductNames
from bot.nlu.names.table import Name
from tests.nlu.naming import handles_in, ids_in

SHORT = {
    "how much is the birch sap serum": "haneul-dew-birch-sap-hydrating-serum",
    "birch sap serum price": "haneul-dew-birch-sap-hydrating-serum",
    "do you have a birch sap serum": "haneul-dew-birch-sap-hydrating-serum",
    "is the brich sap serum vegan": "haneul-dew-birch-sap-hydrating-serum",
    "rice milk serum ingredients": "haneul-dew-rice-milk-glow-serum",
    "are the rice milk serums any good": "haneul-dew-rice-milk-glow-serum",
    "haneul rice milk": "haneul-dew-rice-milk-glow-serum",
    "is the tranexa ampoule strong": "saebyeok-derm-tranexa-5-tone-ampoule",
    "tranexa 5 ampoule in the morning?": "saebyeok-derm-tranexa-5-tone-ampoule",
    "what is in the daybreak serum": "saebyeok-derm-daybreak-c15-serum",
    "what is in the dayberak serum": "saebyeok-derm-daybreak-c15-serum",
    "tell me about the daybreak one": "saebyeok-derm-daybreak-c15-serum",
    "DAYBREAK SERUM": "saebyeok-derm-daybreak-c15-serum",
    "azelo ampoule or nothing": "saebyeok-derm-azelo-10-clarity-ampoule",
    "galaxy ampoule on dry skin": "haneul-dew-galaxy-ferment-ampoule",
    "how many ml in the yuja vita ampoule": "bomnal-garden-yuja-vita-ampoule",
    "can i use the lantern ampoule at night": "byeolsori-propolis-lantern-ampoule",
    "is the propolis lantern sold out": "byeolsori-propolis-lantern-ampoule",
    "do u sell the niacin 10 serum": "saebyeok-derm-niacin-10-pore-serum",
    "bakuchi serum while pregnant": "yeondu-atelier-bakuchi-plum-serum",
    "does the green tea seed serum sting": "bomnal-garden-green-tea-seed-sebum-serum",
    "is the teatree reset fragrance free": "narusol-teatree-reset-serum",
    "how heavy is the mucin tide": "byeolsori-mucin-tide-96-essence",
    "camellia silk essence": "yeondu-atelier-camellia-silk-essence",
    "white cloud essence, when to use": "saebyeok-derm-glutathione-white-cloud-essence",
    "is the soft rain alcohol free": "haneul-dew-soft-rain-toner",
    "soft rain toner vs cica": "haneul-dew-soft-rain-toner",
    "the hinoki breeze please": "baramsol-hinoki-breeze-toner",
    "carrot field pad, how often": "haneul-dew-carrot-field-calming-pad",
    "seaside toner every day?": "onsil-works-seaside-pha-toner",
    "rice bran toner how much": "gyeoul-botanics-rice-bran-milk-toner",
    "is the cica anchor too rich for summer": "narusol-cica-anchor-cream",
    "does the azure lotion pill": "saebyeok-derm-azure-matte-lotion",
    "velvet fig for dry skin": "yeondu-atelier-velvet-fig-rich-cream",
    "copper leaf cream with vitamin c": "onsil-works-copper-leaf-peptide-cream",
    "is the airy veil a mineral filter": "haneul-dew-airy-veil-sunscreen-spf-50-pa",
    "mineral snow sunscreen white cast?": "gyeoul-botanics-mineral-snow-sunscreen-spf-50-pa",
    "the green shade sun cream, is it sticky": "bomnal-garden-green-shade-sun-cream-spf-50-pa",
    "is tone veil sunscreen tinted": "saebyeok-derm-tone-veil-sunscreen-spf-50-pa",
    "morning mist cleanser ph": "haneul-dew-morning-mist-gel-cleanser",
    "red bean foam for oily skin": "bomnal-garden-red-bean-pore-foam",
    "overcast sheet mask": "haneul-dew-overcast-hyaluronic-sheet-mask",
    "what does the honey lantern smell of": "byeolsori-honey-lantern-sheet-mask",
    "your nightfall mask": "haneul-dew-nightfall-dew-sleeping-mask",
    "do i wash off the barrier hug": "narusol-barrier-hug-overnight-mask",
    "the retinal sprout and my lashes": "onsil-works-retinal-sprout-eye-serum",
    "hearth oil under sunscreen": "gyeoul-botanics-squalane-hearth-facial-oil",
    "cloud mist over makeup": "narusol-ectoin-cloud-mist",
    "lacto 8 peeling": "saebyeok-derm-lacto-8-night-peeling",
    "terrace pads, how many in a box": "onsil-works-aha-bha-terrace-peeling-pad",
}

TALK = [
    "rice serum for dry skin",
    "vitamin c serum",
    "is the vitamin c serum ok in the morning",
    "birch sap is good for?",
    "what does birch sap do",
    "a toner with birch sap",
    "birch sap toner",
    "green tea serum",
    "how much is the green tea serum",
    "the retinol serum after the toner",
    "ginseng eye cream",
    "hyaluronic acid ampoule",
    "the hyaluronic sheet mask",
    "snail mucin essence",
    "a ceramide cream and a peptide cream",
    "rice toner and milk toner",
    "ceramide ampoule",
    "peptide ampoule for wrinkles",
    "calming ampoule",
    "brightening vitamin c serum",
    "honey sheet mask",
    "lavender sleeping pack",
    "caffeine eye cream for puffiness",
    "mineral sunscreen without white cast",
    "a calming pad for red skin",
    "aha bha peeling pad",
    "salicylic spot patch",
    "hydrocolloid patch overnight",
    "gel cleanser or foam cleanser",
    "a rich cream for winter",
    "i need a winter cream",
    "any summer lotion",
    "matte lotion for oily skin",
    "moisture cream",
    "squalane facial oil",
    "rosehip facial oil",
    "barrier serum",
    "glow serum",
    "pore serum for large pores",
    "night serum",
    "morning cleanser",
    "water gel",
    "clear essence",
    "my skin looks dull like a white cloud",
    "i was caught in soft rain",
    "there is snow and first frost outside",
    "i am wide awake at night",
    "first i use the toner then the cream",
    "the tone of my skin",
    "sea salt in skincare",
    "what is the difference between a serum and an ampoule",
    "is the price of one serum the same as of the other one",
    "which one is the cheapest",
]


@pytest.mark.parametrize(("message", "handle"), SHORT.items())
def test_a_part_of_a_title_names_its_product(sample_names: ProductNames, message: str, handle: str) -> None:
    assert handles_in(sample_names, message) == [handle]


@pytest.mark.parametrize("message", TALK)
def test_ingredients_and_kinds_name_no_product(sample_names: ProductNames, message: str) -> None:
    assert handles_in(sample_names, message) == []


def test_two_short_names_in_one_message(sample_names: ProductNames) -> None:
    found = handles_in(sample_names, "compare the birch sap serum and the rice milk serum")
    assert found == ["haneul-dew-birch-sap-hydrating-serum", "haneul-dew-rice-milk-glow-serum"]


TALKED_OF = {("green", "tea"), ("vitamin", "c"), ("dry", "skin")}


def index(*titles: str) -> NameIndex:
    return NameIndex([Name(n, title, f"Brand{n}", "Serum") for n, title in enumerate(titles)], (), TALKED_OF)


def test_a_name_joined_to_another_needs_no_article() -> None:
    names = index("Soft Rain Toner", "Hinoki Breeze Toner")
    assert sorted(ids_in(names, "compare soft rain and hinoki breeze")) == [0, 1]
    assert ids_in(names, "we had sun and soft rain") == []


def test_a_part_of_two_titles_names_neither() -> None:
    assert ids_in(index("Rice Milk Glow Serum"), "rice milk serum") == [0]
    assert ids_in(index("Rice Milk Glow Serum", "Rice Milk Calm Serum"), "rice milk serum") == []


def test_words_that_skincare_is_talked_about_with_are_no_name() -> None:
    assert ids_in(index("Green Tea Calm Serum"), "the green tea serum") == []
    assert ids_in(index("Green Tea Leaf Calm Serum"), "the green tea leaf serum") == [0]
    assert ids_in(index("Brightening Vitamin C Pore Serum"), "brightening vitamin c serum") == []


def test_words_in_another_order_or_of_another_kind_name_nothing() -> None:
    names = index("Velvet Rice Milk Serum")
    assert ids_in(names, "milk rice serum") == []
    assert ids_in(names, "rice milk toner") == []


def test_one_plain_word_and_a_kind_after_an_article_asks_for_a_kind() -> None:
    names = index("Winter Oat Barrier Serum")
    assert ids_in(names, "i want a winter serum") == []
    assert ids_in(names, "i want the winter serum") == [0]
