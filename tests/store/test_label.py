"""Ingredient lists are found in a product's text and taken apart without breaking names."""

from __future__ import annotations

import pytest

from bot.labels.inci import normalise_inci
from bot.settings import settings
from bot.store.importers.fields import tags
from bot.store.importers.known_names import known_names
from bot.store.importers.label import LabelFound, find_label, split_names
from bot.store.importers.sizes import measure, size_in_title
from bot.store.importers.texts import plain_text


def found_in(body: str) -> LabelFound:
    return find_label(plain_text(body), [], known_names(settings().knowledge))


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("Water, 1,2-Hexanediol, Glycerin", ("Water", "1,2-Hexanediol", "Glycerin")),
        ("Water, 1, 2 - Hexanediol", ("Water", "1,2-Hexanediol")),
        ("Caprylic/Capric Triglyceride; Squalane", ("Caprylic/Capric Triglyceride", "Squalane")),
        ("Water\nGlycerin\nPanthenol", ("Water", "Glycerin", "Panthenol")),
        ("Water • Glycerin | Urea", ("Water", "Glycerin", "Urea")),
        (
            "Butyrospermum Parkii (Shea, organic) Butter, Urea",
            ("Butyrospermum Parkii (Shea, organic) Butter", "Urea"),
        ),
        ("Hydrogenated Poly(C6-20 Olefin), Water.", ("Hydrogenated Poly(C6-20 Olefin)", "Water")),
        ("Mica, Silica. May contain: CI 77491", ("Mica", "Silica")),
        ("Mica, Silica [+/- CI 77891, CI 77491]", ("Mica", "Silica")),
        ("Alcohol Denat., Water*, Parfum. *organic", ("Alcohol Denat", "Water", "Parfum")),
        ("CI 77491, 77492, Water", ("CI 77491", "77492", "Water")),
        ('["Water", "Glycerin"]', ("Water", "Glycerin")),
    ],
)
def test_names_of_a_list(listed: str, names: tuple[str, ...]) -> None:
    assert split_names(listed) == names


@pytest.mark.parametrize(
    "heading", ["Ingredients:", "INGREDIENTS :", "Full Ingredients:", "Ingredients (INCI):", "전성분:"]
)
def test_list_is_found_after_its_heading_and_before_the_next_panel(heading: str) -> None:
    text = f"Soft.\n{heading} Water, Glycerin\nHow to use: pat in."
    found = found_in(text)
    assert (found.rest, found.names) == ("Soft.\nHow to use: pat in.", ("Water", "Glycerin"))


@pytest.mark.parametrize(
    "text", ["Key ingredients: Niacinamide, Zinc", "Our ingredients are good.", "Ingredients: see box"]
)
def test_what_is_no_full_list_is_left_in_the_text(text: str) -> None:
    found = found_in(text)
    assert (found.rest, found.names) == (text, ())


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Water", "AQUA"),
        ("Aqua/Water/Eau", "AQUA"),
        ("Sea Water", "SEA WATER"),
        ("Parfum (Fragrance)", "PARFUM"),
        ("fragrance", "PARFUM"),
        ("Centella Asiatica (Gotu Kola) Extract", "CENTELLA ASIATICA EXTRACT"),
        ("Niacinamide (5%)", "NIACINAMIDE"),
        ("Snail Secretion Filtrate 96 %", "SNAIL SECRETION FILTRATE"),
        ("Alpha - Arbutin", "ALPHA-ARBUTIN"),
        ("Cl 77492", "CI 77492"),
        ("Alcohol Denat", "ALCOHOL DENAT."),
        ("1,2-Hexanediol", "1,2-HEXANEDIOL"),
        ("Caprylic/Capric Triglyceride", "CAPRYLIC/CAPRIC TRIGLYCERIDE"),
        ("Unheard Of Extract", "UNHEARD OF EXTRACT"),
    ],
)
def test_one_spelling_for_each_ingredient(written: str, name: str) -> None:
    assert normalise_inci(written) == name


def test_html_becomes_text_without_scripts() -> None:
    body = "<style>p{}</style><p>Soft &amp; <b>mild</b></p><script>alert(1)</script><ul><li>one<li>two</ul>a<br>b"
    assert plain_text(body) == "Soft & mild\nonetwo\na\nb"


@pytest.mark.parametrize(
    ("size", "amount", "unit"),
    [
        ("30 ml", 30.0, "ml"),
        ("30ml", 30.0, "ml"),
        ("1.7 fl. oz", 1.7, "fl oz"),
        ("60 pads", 60.0, "pad"),
        ("Large / 1,5 l", 1.5, "l"),
        ("2 x 60 ml", 120.0, "ml"),
        ("50 ml x 2", 100.0, "ml"),
        ("1.7 fl oz / 50 ml", 50.0, "ml"),
        ("30 ml + 50 ml", None, None),
        ("70매", 70.0, "sheet"),
        ("Large", None, None),
        ("5 mlx", None, None),
    ],
)
def test_amount_and_unit_of_a_size(size: str, amount: float | None, unit: str | None) -> None:
    assert measure(size) == (amount, unit)


@pytest.mark.parametrize(
    ("title", "size"),
    [
        ("Moss Toner 150ml", "150ml"),
        ("150ml Moss Toner", "150ml"),
        ("Vellora Drops (50ml)", "50ml"),
        ("Moss Cream 50 ml x 2", "50 ml x 2"),
        ("Moss Serum 30 ml / 1 fl oz", "30 ml / 1 fl oz"),
        ("Moss Serum 1.7 fl.oz", "1.7 fl.oz"),
        ("Niacinamide 10% Serum", ""),
        ("이슬 앰플 30ml", "30ml"),
        ("24K Gold Cream", ""),
    ],
)
def test_size_in_a_title(title: str, size: str) -> None:
    assert size_in_title(title) == size


def test_tags_of_three_kinds() -> None:
    assert tags("concern:Dark Spots, skin:oily,Cruelty-Free, fragrance-free, new, concern:") == (
        ("dark_spots",),
        ("oily",),
        ("cruelty_free", "fragrance_free"),
    )


def test_a_heading_in_brackets_needs_no_colon() -> None:
    known = known_names(settings().knowledge)
    listed = "Water, Glycerin, Butylene Glycol, Panthenol, Sodium Hyaluronate"
    for heading in ("[전성분] ", "【전성분】", "[Ingredients] "):
        assert find_label(f"Soft.\n{heading}{listed}\nHow to use: daily.", [], known).names[:2] == ("Water", "Glycerin")
    assert find_label("Soft. [Ingredients] of the best kind, picked by hand, only for you.", [], known).names == ()


def test_a_list_ends_with_its_lines() -> None:
    body = "Full Ingredients\nWater, Glycerin, Butylene Glycol, Panthenol, Betaine, Allantoin, Carbomer, Xanthan Gum\nShipping\nWithin two days."
    names = find_label(body, [], known_names(settings().knowledge)).names
    assert names[-1] == "Xanthan Gum" and "Shipping" not in names
