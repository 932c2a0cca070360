"""Questions over catalogues that were not made for the assistant: names, kinds, budgets, ties and counts."""

from __future__ import annotations

from pathlib import Path

from bot.answers.products.about import about
from bot.answers.products.counting import how_many_sold
from bot.answers.products.ingredients import product_ingredients
from bot.answers.products.price import say_price
from bot.answers.products.search import find_product
from bot.answers.products.similar import find_similar
from bot.answers.products.stock import stock
from bot.answers.products.vegan import vegan
from tests.answers.products.shops import shop_of
from tests.store.cases import CASES

NO_TAGS = CASES / "cheapest_similar_no_tags.csv"
KOREAN = CASES / "ko_small_shop.csv"
HEAD = "title,price,stock,description,brand\n"


def made(folder: Path, *rows: str) -> Path:
    path = folder / "mine.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_similar_says_a_whole_sentence_without_concerns(tmp_path: Path) -> None:
    with shop_of(tmp_path, NO_TAGS) as talk:
        text = talk.say(find_similar, "find_similar", "something like the zephyra moonwater cream but cheaper")
    assert "()" not in text and "for ;" not in text and "Plain Day Cream" in text


def test_the_cheapest_at_a_tie_are_both_named(tmp_path: Path) -> None:
    path = made(tmp_path, "Dew Ampoule,20.00,5,,Mira", "Fern Cream,20.00,5,,Mira", "Moss Cream,30.00,5,,Mira")
    with shop_of(tmp_path, path) as talk:
        text = talk.say(say_price, "price", "what is your cheapest product?")
    assert "Dew Ampoule" in text and "Fern Cream" in text and "Moss" not in text


def test_kinds_from_shelves_with_other_names(tmp_path: Path) -> None:
    with shop_of(tmp_path, NO_TAGS) as talk:
        assert "Aurelis Sun Milk" in talk.say(find_product, "find_product", "show me sunscreens")
        assert "Boreal Firming Serum" in talk.say(find_product, "find_product", "show me serums")


def test_korean_titles_are_found_by_english_kinds(tmp_path: Path) -> None:
    with shop_of(tmp_path, KOREAN, currency="KRW") as talk:
        assert "이슬 히알루론 앰플" in talk.say(find_product, "find_product", "show me ampoules")
        assert "달빛 선크림" in talk.say(find_product, "find_product", "do you have sunscreen?")


def test_snail_cream_is_found_by_its_title(tmp_path: Path) -> None:
    path = made(tmp_path, "Mira Snail Cream 50ml,20.00,5,Best seller,Mira", "Mira Rice Cream,18.00,5,,Mira")
    with shop_of(tmp_path, path) as talk:
        text = talk.say(find_product, "find_product", "do you have snail cream?")
    assert "Mira Snail Cream" in text and "Rice" not in text


def test_a_budget_is_kept(tmp_path: Path) -> None:
    path = made(tmp_path, "Mira Calm Serum,15.00,5,,Mira", "Mira Clear Serum,40.00,5,For acne and blemishes.,Mira")
    with shop_of(tmp_path, path) as talk:
        text = talk.say(find_product, "find_product", "a serum for acne under 20 dollars")
    assert "Calm Serum" in text and "Clear Serum" not in text


def test_in_all_is_a_real_count(tmp_path: Path) -> None:
    path = made(tmp_path, *(f"Mira Moss{number} Serum,{10 + number},5,,Mira" for number in range(75)))
    with shop_of(tmp_path, path) as talk:
        assert "75 in all" in talk.say(find_product, "find_product", "show me serums")


def test_another_kind_than_the_name_says_is_not_that_product(tmp_path: Path) -> None:
    path = made(tmp_path, "Mira Moon Snail Toner,20.00,0,,Mira", "Mira Fern Cream,18.00,5,,Mira")
    with shop_of(tmp_path, path) as talk:
        assert "Moon Snail Toner" not in talk.say(stock, "stock", "is the moon snail cream in stock?")
    with shop_of(tmp_path / "again", path) as talk:
        assert "Moon Snail Toner is out of stock" in talk.say(stock, "stock", "is the moon snail toner in stock?")


def test_a_kind_without_rules_is_found_by_name(tmp_path: Path) -> None:
    path = made(tmp_path, "Mira Velvet Hand Cream,8.00,5,,Mira", "Mira Fern Cream,18.00,5,,Mira")
    with shop_of(tmp_path, path) as talk:
        text = talk.say(find_product, "find_product", "do you have a hand cream?")
    assert "Velvet Hand Cream" in text and "Fern" not in text


SIZES = "handle,title,price,stock,size,brand,description,ingredients,type\n"


def sized(folder: Path, *rows: str) -> Path:
    path = folder / "sizes.csv"
    path.write_text(SIZES + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


TWO_SIZES = ("moss,Mira Moss Serum,20.00,4,30 ml,Mira,,,Serum", "moss,Mira Moss Serum,30.00,0,50 ml,Mira,,,Serum")
COLOURS = ("tint,Mira Rose Velvet Tint,9.00,7,4 g / Brick,Mira,,,Lips", "tint,Mira Rose Velvet Tint,9.00,0,4 g / Coral,Mira,,,Lips")
PACKS = (
    "a,Mira Fern Sheet Mask,2.00,9,1 sheet,Mira,,,Mask", "a,Mira Fern Sheet Mask,16.00,9,10er Pack,Mira,,,Mask",
    "b,Mira Rice Sheet Mask,3.00,9,1 sheet,Mira,,,Mask", "b,Mira Rice Sheet Mask,12.00,9,5er Pack,Mira,,,Mask",
)  # fmt: skip


def test_each_size_has_its_price_and_says_when_it_is_sold_out(tmp_path: Path) -> None:
    with shop_of(tmp_path, sized(tmp_path, *TWO_SIZES)) as talk:
        text = talk.say(say_price, "price", "how much is the mira moss serum?")
        assert "20.00 USD in 30 ml and 30.00 USD in 50 ml (sold out)" in text
        assert "in 30 ml costs 20.00 USD" in talk.say(say_price, "price", "price of the mira moss serum 30ml")


def test_how_many_of_a_size_and_a_size_that_there_is_none_of(tmp_path: Path) -> None:
    with shop_of(tmp_path, sized(tmp_path, *TWO_SIZES)) as talk:
        assert "30 ml, is in stock: 4 left" in talk.say(stock, "stock", "mira moss serum 30 ml how many left?")
        assert "50 ml, is out of stock" in talk.say(stock, "stock", "is the mira moss serum in 50ml there?")
        assert "does not come in 80 ml; it comes in 30 ml and 50 ml" in talk.say(stock, "stock", "do you have the mira moss serum in 80 ml")


def test_a_colour_is_a_size_of_its_own(tmp_path: Path) -> None:
    with shop_of(tmp_path, sized(tmp_path, *COLOURS)) as talk:
        assert "4 g / Coral, is out of stock" in talk.say(stock, "stock", "is the rose velvet tint in coral available?")
        assert "4 g / Brick, is in stock" in talk.say(find_product, "find_product", "do you have the rose velvet tint in brick")


def test_a_pack_of_a_kind_has_its_own_price(tmp_path: Path) -> None:
    with shop_of(tmp_path, sized(tmp_path, *PACKS)) as talk:
        text = talk.say(say_price, "price", "sheet mask 10 pack price")
    assert "Fern Sheet Mask in 10er Pack costs 16.00 USD" in text and "Rice" not in text


def test_two_products_are_compared_by_parts_of_their_names(tmp_path: Path) -> None:
    path = made(tmp_path, "Mira Rice Glow Toner,20.00,5,,Mira", "Mira Snail Toner,12.00,5,,Mira", "Mira Fern Cream,9.00,5,,Mira")
    with shop_of(tmp_path, path) as talk:
        text = talk.say(about, "difference", "compare the rice toner with the snail toner")
        assert "Rice Glow Toner" in text and "Snail Toner" in text and "Fern" not in text
        assert "Snail Toner is the cheapest of them" in talk.say(about, "better", "the rice toner or the snail toner, which is cheaper?")


def test_something_like_a_product_is_not_that_product(tmp_path: Path) -> None:
    path = made(tmp_path, "Mira Snail Cream,20.00,5,For dry skin.,Mira", "Mira Fern Cream,18.00,5,For dry skin.,Mira")
    with shop_of(tmp_path, path) as talk:
        text = talk.say(find_product, "find_product", "something like the snail cream")
    assert "Mira Fern Cream" in text


def test_another_name_of_a_whole_kind_means_all_of_it(tmp_path: Path) -> None:
    path = made(tmp_path, "Mira Moss Sun Cream,20.00,5,,Mira", "Mira Fern Sun Stick,18.00,5,,Mira", "Mira UV Milk SPF50,15.00,5,,Mira")
    with shop_of(tmp_path, path) as talk:
        text = talk.say(find_product, "find_product", "what sun creams do you have?")
        assert "Sun Cream" in text and "Sun Stick" in text and "UV Milk" in text
        assert "Sun Cream" not in talk.say(find_product, "find_product", "do you have a sun stick?")


def test_a_body_lotion_is_no_lotion_for_the_face(tmp_path: Path) -> None:
    path = made(tmp_path, "Mira Oat Body Lotion,20.00,5,,Mira", "Mira Fern Lotion,18.00,5,,Mira")
    with shop_of(tmp_path, path) as talk:
        text = talk.say(find_product, "find_product", "do you have a body lotion?")
    assert "Oat Body Lotion" in text and "Fern" not in text


def test_a_relative_stands_in_for_an_ingredient_that_nothing_has(tmp_path: Path) -> None:
    path = sized(tmp_path, 'r,Mira Night Cream,20.00,5,30 ml,Mira,,"Water, Glycerin, Retinal, Squalane",Cream')
    with shop_of(tmp_path, path) as talk:
        text = talk.say(find_product, "find_product", "do you have retinol?")
    assert "Nothing with retinol itself" in text and "Mira Night Cream" in text


def test_what_a_label_prints_is_told_though_nobody_knows_it(tmp_path: Path) -> None:
    path = sized(tmp_path, 'p,Mira Propolis Cream,20.00,5,30 ml,Mira,,"Water, Glycerin, Propolis Extract, Beeswax, Butylene Glycol",Cream')
    with shop_of(tmp_path, path) as talk:
        assert "lists Beeswax" in talk.say(product_ingredients, "product_ingredients", "is there beeswax in the propolis cream?")
        assert "Water, Glycerin" in talk.say(product_ingredients, "product_ingredients", "is there carnauba in the propolis cream?")


def test_denatured_alcohol_is_alcohol(tmp_path: Path) -> None:
    path = sized(
        tmp_path, 'a,Mira Tea Toner,20.00,5,200 ml,Mira,,"Water, Glycerin, Butylene Glycol, Alcohol Denat.",Toner',
        'b,Mira Moss Toner,20.00,5,200 ml,Mira,,"Water, Glycerin, Butylene Glycol, Panthenol",Toner',
    )
    with shop_of(tmp_path, path) as talk:
        assert "Yes, Mira Tea Toner lists alcohol" in talk.say(product_ingredients, "product_ingredients", "does the mira tea toner contain alcohol?")
        text = talk.say(find_product, "find_product", "a toner without alcohol")
    assert "Moss Toner" in text and "Tea Toner" not in text


def test_an_allergy_told_by_its_common_name_is_found_on_a_label(tmp_path: Path) -> None:
    path = sized(tmp_path, 's,Mira Soybean Essence,20.00,5,100 ml,Mira,,"Water, Glycerin, Glycine Soja (Soybean) Ferment Extract, Niacinamide",Essence')
    with shop_of(tmp_path, path) as talk:
        text = talk.say(about, "allergy", "i am allergic to soy, is the mira soybean essence safe for me?")
    assert text.startswith("No.") and "Glycine Soja" in text


def test_what_the_shop_calls_vegan_is_marked_so(tmp_path: Path) -> None:
    path = made(tmp_path, "Mira Moss Toner,20.00,5,A vegan toner.,Mira", "Mira Fern Toner,18.00,5,Not vegan.,Mira", "Mira Rice Toner,18.00,5,,Mira")
    with shop_of(tmp_path, path) as talk:
        text = talk.say(vegan, "vegan", "vegan toners?")
    assert "Moss" in text and "Fern" not in text and "Rice" not in text


def test_a_colour_of_what_the_knowledge_has_no_rules_for_is_told(tmp_path: Path) -> None:
    with shop_of(tmp_path, sized(tmp_path, *COLOURS)) as talk:
        assert "4 g / Coral, is out of stock" in talk.say(stock, "stock", "is the coral lip tint in stock?")


def test_of_a_kind_with_an_ingredient_the_one_in_that_size_is_counted(tmp_path: Path) -> None:
    rows = (
        'z,Mira Zinc Serum,14.00,9,30 ml,Mira,,"Water, Glycerin, Niacinamide, Zinc PCA",Serum', "z,Mira Zinc Serum,23.00,5,60 ml,Mira,,,Serum",
        'g,Mira Green Serum,20.00,7,50 ml,Mira,,"Water, Glycerin, Niacinamide, Panthenol",Serum',
    )
    with shop_of(tmp_path, sized(tmp_path, *rows)) as talk:
        text = talk.say(stock, "stock", "niacinamide serum 60ml how many are left")
    assert "60 ml, is in stock: 5 left" in text and "Green" not in text


def test_for_a_skin_type_that_the_shop_does_not_tell_its_concern_stands_in(tmp_path: Path) -> None:
    path = made(tmp_path, "Mira Fern Toner,9.00,5,For redness.,Mira", "Mira Brook Toner,15.00,5,Deep hydration.,Mira")
    with shop_of(tmp_path, path) as talk:
        text = talk.say(find_product, "find_product", "a toner for dehydrated skin")
    assert "Brook" in text and "Fern" not in text and "Nothing fits" not in text


def test_a_large_shop_counts_a_kind_without_reading_it(tmp_path: Path) -> None:
    rows = [f"Mira Moss{number} {'Serum' if number % 3 else 'Toner'},{10 + number},{number % 2},,Mira" for number in range(660)]
    with shop_of(tmp_path, made(tmp_path, *rows)) as talk:
        text = talk.say(how_many_sold, "how_many_sold", "how many serums do you have?")
        assert "440 in our shop, 220 of them in stock" in text and "440 in all" in text
        assert "660 in our shop, 330 of them in stock" in talk.say(how_many_sold, "how_many_sold", "how many products from mira do you have?")
