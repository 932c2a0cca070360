"""What a message wants of the shop's products, by its words and by what was shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.understanding import shopping
from bot.understanding.bare_wishes import is_bare_wish
from bot.understanding.frame import Mention
from bot.understanding.memory import Asked, Memory, Shown
from tests.knowledge import knowledge
from tests.understanding.reading import read

LIST = Memory(
    shown=Shown(
        listed=("a", "b", "c"), found=("a", "b", "c", "d"), kind="find_product",
        wish={"mentions": [["product_type", "serum", "serums", ""]]},
    )
)
PRODUCT = Memory(shown=Shown(listed=("a",), handle="a", recent=("b", "a"), kind="price"))
NAMED = Mention("product", "x", "x", 0, 1)


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("the first one", ("a",)),
        ("is the second vegan", ("b",)),
        ("number three", ("c",)),
        ("how much is the 3rd", ("c",)),
        ("compare the first and second", ("a", "b")),
        ("the first two", ("a", "b")),
        ("the last one please", ("c",)),
        ("no 2", ("b",)),
        ("is the first serum good", ("a",)),
        ("the first time it stung", ()),
        ("in the first week", ()),
        ("wait a second", ()),
        ("no one told me", ()),
        ("which goes first", ()),
    ],
)
def test_products_are_counted_off(text: str, handles: tuple[str, ...]) -> None:
    assert shopping.counted(read(text), LIST) == handles
    assert shopping.counted(read(text), PRODUCT) == ()


@pytest.mark.parametrize(
    ("text", "page", "memory", "handle"),
    [
        ("how much is it", "", PRODUCT, "a"),
        ("how much is it", "p", PRODUCT, "p"),
        ("how much is it", "p", Memory(shown=replace(PRODUCT.shown, page="p")), "a"),
        ("how much is this", "p", Memory(shown=Shown(page="p")), "p"),
        ("how much is it", "p", Memory(shown=Shown(page="p")), ""),
        ("how much is it", "", Memory(), ""),
    ],
)
def test_it_is_what_was_spoken_of_on_the_same_page(text: str, page: str, memory: Memory, handle: str) -> None:
    assert shopping.in_mind(read(text), memory, page) == handle


def test_them_are_those_listed_else_those_talked_of() -> None:
    assert shopping.recent(LIST) == ("a", "b", "c")
    assert shopping.recent(PRODUCT) == ("b", "a")


def test_what_is_still_to_show() -> None:
    assert shopping.still_to_show(LIST) == (("d",), ("a", "b", "c", "d"))
    assert shopping.still_to_show(Memory()) == ((), ())


@pytest.mark.parametrize(
    ("text", "wants"),
    [("show me more", True), ("others?", True), ("next", True), ("more like this", False), ("more serums", False), ("thanks", False)],
)
def test_a_list_goes_on(text: str, wants: bool) -> None:
    assert shopping.wants_next_page(read(text), LIST) is wants
    assert not shopping.wants_next_page(read(text), PRODUCT)


@pytest.mark.parametrize(
    ("text", "memory", "kind"),
    [
        ("any cheaper ones?", LIST, "cheaper_ones"),
        ("any cheaper serums?", LIST, "cheaper_ones"),
        ("any cheaper toners?", LIST, ""),
        ("the second one is too expensive", LIST, "find_similar"),
        ("anything cheaper?", PRODUCT, "find_similar"),
        ("anything cheaper?", Memory(), ""),
        ("show me serums", LIST, ""),
    ],
)
def test_cheaper_of_a_list_or_of_a_product(text: str, memory: Memory, kind: str) -> None:
    assert shopping.asks_for_cheaper(read(text), memory) == kind


@pytest.mark.parametrize(
    ("text", "memory", "kind"),
    [
        ("got anything cheaper?", LIST, "cheaper_ones"),
        ("got anything cheaper?", PRODUCT, "find_similar"),
        ("got anything cheaper?", Memory(asked=Asked("build_routine")), "build_routine"),
        ("is there a cheaper price with a code?", LIST, ""),
        ("got anything cheaper?", Memory(), ""),
    ],
)
def test_cheaper_is_no_discount_after_products(text: str, memory: Memory, kind: str) -> None:
    assert shopping.cheaper_means_no_discount(read(text, "discount"), memory) == kind


def test_two_codes() -> None:
    after = Memory(shown=Shown(policy="discount"))
    assert shopping.uses_two_codes(read("can i use two"), after)
    assert not shopping.uses_two_codes(read("can i use two"), Memory())
    assert not shopping.uses_two_codes(read("can i use two serums"), after)


@pytest.mark.parametrize(
    ("text", "kind", "asks"),
    [
        ("what do you have for brown spots?", "for_concern", True),
        ("do you guys sell any toners", "need", True),
        ("which of your serums would you take", "choose", True),
        ("anything for redness in your shop?", "for_concern", True),
        ("what's there in your range for dry skin", "for_skin_type", True),
        ("a sun cream that leaves no film, please", "texture", True),
        ("explain my serum please", "texture", False),
        ("what helps against brown spots?", "for_concern", False),
        ("what do you have", "for_concern", False),
        ("what do you have for eczema and redness", "for_concern", False),
    ],
)
def test_products_of_the_shop_are_asked_for(text: str, kind: str, asks: bool) -> None:
    assert shopping.asks_for_products(replace(read(text), kind=kind), knowledge()) is asks


def test_a_product_named_is_not_looked_for() -> None:
    frame = read("do you have any serum for dry skin")
    assert shopping.asks_for_products(frame, knowledge())
    assert not shopping.asks_for_products(replace(frame, mentions=(*frame.mentions, NAMED)), knowledge())


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("moisturizer, vegan, sensitive skin", True),
        ("toner no alcohol", True),
        ("cream under 20", True),
        ("moisturizer", False),
        ("sensitive skin, redness", False),
    ],
)
def test_wishes_are_listed(text: str, lists: bool) -> None:
    guessed = replace(read(text), ranking=(("ask_choose", 0.5), ("find_product", 0.3)))
    assert shopping.lists_wishes(guessed) is lists
    assert not shopping.lists_wishes(replace(guessed, ranking=(("ask_choose", 0.5),)))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("which of these is good against wrinkles?", True),
        ("which one is vegan", True),
        ("are any of them without fragrance", True),
        ("which of them is safe while pregnant", True),
        ("which of these has niacinamide", False),
        ("which of your serums is for dry skin", False),
        ("which serum is for dry skin", False),
        ("which of these", False),
        ("which of these is fine with rosacea and redness", False),
    ],
)
def test_which_of_a_list(text: str, asks: bool) -> None:
    assert shopping.asks_which(read(text), LIST, knowledge()) is asks
    assert not shopping.asks_which(read(text), Memory(), knowledge())


def test_sizes_of_a_kind_or_a_list() -> None:
    assert shopping.asks_for_sizes(read("how many patches in a pack, spot patches", "packaging"), Memory())
    assert shopping.asks_for_sizes(read("how big are they", "packaging"), LIST)
    assert not shopping.asks_for_sizes(read("how big are they", "packaging"), LIST, page="p")
    assert not shopping.asks_for_sizes(read("how big are they", "packaging"), Memory())
    assert not shopping.asks_for_sizes(read("are glass bottles better for a serum", "packaging"), Memory())


@pytest.mark.parametrize(("text", "asks"), [("which brands do you have", True), ("brand list", True), ("is the brand good", False)])
def test_brands_are_asked_for(text: str, asks: bool) -> None:
    assert shopping.asks_for_brands(read(text)) is asks


def test_prices_that_are_no_prices() -> None:
    assert shopping.compares_kinds(read("is an ampoule just a more expensive serum", "price"))
    assert not shopping.compares_kinds(read("how much more expensive is an ampoule than a serum", "price"))
    after = Memory(shown=Shown(policy="delivery_area"))
    assert shopping.price_of_delivery(read("and how much is it", "price"), after)
    assert not shopping.price_of_delivery(read("how much is a serum", "price"), after)
    assert not shopping.price_of_delivery(read("and how much is it", "price"), Memory())


@pytest.mark.parametrize(("text", "asks"), [("the cheapest ampoule", True), ("the cheapest niacinamide serum", False), ("the cheapest", False)])
def test_the_cheapest_of_a_kind(text: str, asks: bool) -> None:
    assert shopping.cheapest_of_a_kind(read(text)) is asks


def test_a_country_alone() -> None:
    assert shopping.asks_where_to(read("and to France?"))
    assert not shopping.asks_where_to(read("is a serum from France better"))


@pytest.mark.parametrize(
    ("text", "kind", "means"),
    [
        ("how much?", "price", "amount"),
        ("how long?", "delivery_time", "results"),
        ("can i drop it", "cancel_order", "need"),
        ("what is the price", "price", ""),
        ("how much is a toner", "price", ""),
    ],
)
def test_a_bare_question_goes_on_about_skin(text: str, kind: str, means: str) -> None:
    serum = Memory(asked=Asked("frequency", ("serum",)))
    assert shopping.skincare_instead(read(text, kind), serum) == means
    assert shopping.skincare_instead(read(text, kind), PRODUCT) == ""
    assert shopping.skincare_instead(read(text, kind), serum, page="p") == ""


def test_how_to_get_it_means_the_skin_that_was_explained() -> None:
    glass_skin = Memory(asked=Asked("what_is", needs=("dullness",)))
    assert shopping.skincare_instead(read("how can i get that", "how_to_order"), glass_skin) == "for_concern"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("does the aloe gel have parfum", False),
        ("does your shop have aloe gel", True),
        ("do you have aloe gel", True),
        ("shampoo for scalp", True),
    ],
)
def test_what_is_asked_of_one_product_is_no_bare_wish(text: str, wish: bool) -> None:
    assert is_bare_wish(read(text, "product_ingredients"), Memory()) is wish


def test_somebody_pregnant_who_wants_something_looks_for_products() -> None:
    for text in ("pregnant: which serum for dark spots can i take", "expecting a baby, need something against dark spots"):
        assert shopping.asks_for_products(read(text, "pregnancy"), knowledge())
    assert not shopping.asks_for_products(read("pregnant, is retinol for dark spots fine", "pregnancy"), knowledge())


def test_an_ingredient_apart_from_the_name_is_asked_about() -> None:
    said = read("is there parfum in the rice toner", "product_ingredients")
    named = replace(said, mentions=(*said.mentions, Mention("product", "rice-toner", "rice toner", 23, 33)))
    assert shopping.asks_of_its_contents(named)
    assert not shopping.asks_of_its_contents(said)
