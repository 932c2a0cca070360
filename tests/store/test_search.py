"""Every filter and order of a search, on the sample shop."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.database import Database, renew_version
from bot.store.importers.importing import import_file
from bot.store.repository import ProductRepository
from bot.store.views import AnyOf, ProductQuery, ProductView, Sort
from tests.store.conftest import SAMPLE, WriteCsv, product

ALL = 1000


def found(database: Database, query: ProductQuery) -> list[ProductView]:
    with database.session() as session:
        return ProductRepository(session).search(query)


def everything(database: Database) -> list[ProductView]:
    return found(database, ProductQuery(limit=ALL))


def test_no_condition_finds_all_in_stock_first_then_in_the_shops_order(shop: Database) -> None:
    views = everything(shop)
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        order = list(dict.fromkeys(row["Handle"] for row in csv.DictReader(file)))
    assert views == sorted(views, key=lambda view: (not view.in_stock, order.index(view.handle)))
    assert len(views) >= 66 and not views[-1].in_stock


@pytest.mark.parametrize("asked", ["sheet_mask", "Sheet Mask", ("sheet_mask", "spot_patch")])
def test_product_type(shop: Database, asked: AnyOf) -> None:
    wanted = {"sheet_mask"} if isinstance(asked, str) else set(asked)
    views = found(shop, ProductQuery(product_type=asked, limit=ALL))
    assert {view.product_type for view in views} == wanted


def test_concerns_ask_for_any_and_rank_by_how_many(shop: Database) -> None:
    wanted = {"dark_spots", "dullness"}
    views = found(shop, ProductQuery(concerns=("dark_spots", "dullness"), in_stock=True, limit=ALL))
    matches = [len(wanted & set(view.concerns)) for view in views]
    assert set(matches) == {1, 2}
    assert matches == sorted(matches, reverse=True)


def test_skin_types_and_concerns_together(shop: Database) -> None:
    views = found(shop, ProductQuery(concerns=("redness_sensitivity",), skin_types=("oily",), limit=ALL))
    assert views
    assert all("redness_sensitivity" in view.concerns and "oily" in view.skin_types for view in views)


def test_with_ingredients_all_of_them(shop: Database) -> None:
    views = found(shop, ProductQuery(with_ingredients=("niacinamide", "Zinc PCA"), limit=ALL))
    assert views
    assert all({"NIACINAMIDE", "ZINC PCA"} <= set(view.inci) for view in views)


def test_with_ingredients_any_of_a_family(shop: Database) -> None:
    family = ("RETINOL", "RETINAL")
    views = found(shop, ProductQuery(with_ingredients=(family,), limit=ALL))
    assert {name for view in views for name in family if name in view.inci} == set(family)
    assert all(set(family) & set(view.inci) for view in views)


def test_without_ingredients_none_of_them(shop: Database) -> None:
    views = found(shop, ProductQuery(without_ingredients=("Fragrance", "alcohol denat."), limit=ALL))
    left_out = [view for view in everything(shop) if view not in views]
    assert all("PARFUM" not in view.inci for view in views)
    assert left_out and all({"PARFUM", "ALCOHOL DENAT."} & set(view.inci) for view in left_out)


def test_min_price_looks_at_the_cheapest_size(shop: Database) -> None:
    views = found(shop, ProductQuery(min_price=3000, max_price=3500, limit=ALL))
    assert views and all(3000 <= view.price_min <= 3500 for view in views)
    assert any(view.price_min < 3000 <= view.price_max for view in everything(shop) if view not in views)


def test_newest_first(database: Database, write_csv: WriteCsv) -> None:
    for handle in ("first-toner", "second-toner", "third-toner"):
        import_file(database, write_csv(product(handle)))
    assert [view.handle for view in found(database, ProductQuery(sort="newest", limit=2))] == [
        "third-toner", "second-toner",
    ]
    assert found(database, ProductQuery(sort="restocked")) == []


def test_max_price_looks_at_the_cheapest_size(shop: Database) -> None:
    views = found(shop, ProductQuery(max_price=1800, limit=ALL))
    assert {view.handle for view in views} == {v.handle for v in everything(shop) if v.price_min <= 1800}
    assert any(view.price_max > 1800 for view in views)


def test_in_stock_and_out_of_stock_part_the_shop(shop: Database) -> None:
    inside = found(shop, ProductQuery(in_stock=True, limit=ALL))
    outside = found(shop, ProductQuery(in_stock=False, limit=ALL))
    assert all(view.in_stock for view in inside) and not any(view.in_stock for view in outside)
    assert outside and len(inside) + len(outside) == len(everything(shop))


def test_flags_must_all_be_stated(shop: Database) -> None:
    views = found(shop, ProductQuery(flags=("vegan", "fragrance-free"), limit=ALL))
    assert views and all({"vegan", "fragrance_free"} <= set(view.flags) for view in views)


@pytest.mark.parametrize("text", ["rice toner", "RICE  Tóner", "toner rice"])
def test_text_words_in_title_brand_type(shop: Database, text: str) -> None:
    handles = [view.handle for view in found(shop, ProductQuery(text=text, limit=ALL))]
    assert "gyeoul-botanics-rice-bran-milk-toner" in handles


def test_text_finds_ingredients(shop: Database) -> None:
    views = found(shop, ProductQuery(text="bakuchiol", limit=ALL))
    assert views and all("BAKUCHIOL" in view.inci for view in views)


@pytest.mark.parametrize("text", ["100%", "_", "%", "'; DROP TABLE product; --", "\\"])
def test_odd_text_is_taken_literally(shop: Database, text: str) -> None:
    found(shop, ProductQuery(text=text))
    assert everything(shop)


def test_unknown_words_find_nothing(shop: Database) -> None:
    assert found(shop, ProductQuery(text="xyzzy")) == []
    assert found(shop, ProductQuery(product_type="lipstick")) == []
    assert found(shop, ProductQuery(with_ingredients=("UNOBTAINIUM",))) == []


@pytest.mark.parametrize(("sort", "sign"), [("price", 1), ("price_desc", -1)])
def test_sort_by_price(shop: Database, sort: Sort, sign: int) -> None:
    prices = [view.price_min for view in found(shop, ProductQuery(sort=sort, limit=ALL))]
    assert prices == sorted(prices, reverse=sign < 0)


def test_sort_by_name(shop: Database) -> None:
    titles = [view.title.lower() for view in found(shop, ProductQuery(sort="name", limit=ALL))]
    assert titles == sorted(titles)


def test_pages_join_without_gap_or_repeat(shop: Database) -> None:
    pages = [found(shop, ProductQuery(limit=20, offset=start)) for start in range(0, 120, 20)]
    assert [view for page in pages for view in page] == everything(shop)


@pytest.mark.parametrize(
    "query", [ProductQuery(limit=-1), ProductQuery(offset=-1), ProductQuery(max_price=-1), ProductQuery(min_price=-1)]
)
def test_senseless_queries(shop: Database, query: ProductQuery) -> None:
    with pytest.raises(ValueError, match="negative"):
        found(shop, query)


def test_by_handle_by_sku_types_brands(shop: Database) -> None:
    with shop.session() as session:
        repository = ProductRepository(session)
        view = repository.by_handle("haneul-dew-hyaluronic-ampoule")
        assert view is not None and view.title == "Haneul Dew Hyaluronic Ampoule"
        assert repository.by_sku(view.variants[1].sku or "") == view
        assert repository.by_handle("none") is None and repository.by_sku("none") is None
        assert {"ampoule", "sheet_mask"} <= set(repository.types()) and repository.types() == sorted(
            repository.types()
        )
        assert "Narusol" in repository.brands() and 8 <= len(repository.brands()) <= 10


def test_brands_alone(shop: Database) -> None:
    views = found(shop, ProductQuery(brands=("Narusol", "Baramsol"), limit=ALL))
    assert {view.brand for view in views} == {"Narusol", "Baramsol"}
    assert len(views) == sum(view.brand in ("Narusol", "Baramsol") for view in everything(shop))


def test_price_span_and_count(shop: Database) -> None:
    query = ProductQuery(min_price=2000, max_price=2500, limit=3)
    with shop.session() as session:
        repository = ProductRepository(session)
        assert len(repository.search(query)) == 3
        assert repository.count(query) == sum(2000 <= view.price_min <= 2500 for view in everything(shop))


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("hyaluronc ampule", "haneul-dew-hyaluronic-ampoule"),
        ("saebyok derm azelo", "saebyeok-derm-azelo-10-clarity-ampoule"),
        ("gyeul botanics toners", "gyeoul-botanics-rice-bran-milk-toner"),
        ("moon snail serum", "byeolsori-moonsnail-92-serum"),
        ("haneuldew rice milk", "haneul-dew-rice-milk-glow-serum"),
        ("a toner with rice bran", "gyeoul-botanics-rice-bran-milk-toner"),
        ("bakuch", "yeondu-atelier-bakuchi-plum-serum"),
        ("niacinimide serum", "saebyeok-derm-niacin-10-pore-serum"),
    ],
)
def test_slips_joined_words_and_beginnings_are_understood(shop: Database, text: str, handle: str) -> None:
    assert handle in [view.handle for view in found(shop, ProductQuery(text=text, limit=ALL))]


def test_text_finds_concerns_and_marks(shop: Database) -> None:
    assert all("dark_spots" in view.concerns for view in found(shop, ProductQuery(text="dark spots vegan", limit=ALL))[:3])


def test_what_stands_in_the_name_comes_before_what_is_only_on_the_label(shop: Database) -> None:
    views = found(shop, ProductQuery(text="propolis", in_stock=True, limit=ALL))
    named = ["propolis" in view.title.lower() for view in views]
    assert named[0] and named == sorted(named, reverse=True) and not all(named)


@pytest.mark.parametrize("text", ["달맞이", "앰플", "달맞이앰플", "하늘이슬 앰플을", "evening primrose 앰플", "달맞의 앰플"])
def test_korean_names(database: Database, write_csv: WriteCsv, text: str) -> None:
    evening = product("evening", Title="하늘이슬 달맞이 앰플 (Evening Primrose)", Vendor="하늘이슬", Type="수분앰플")
    import_file(database, write_csv(evening, product("other", Title="Moss Toner")))
    assert [view.handle for view in found(database, ProductQuery(text=text))] == ["evening"]


def test_broad_and_narrow_searches_agree_with_the_rows(shop: Database) -> None:
    """Whatever way the database takes, the same products come, in the same order, as a look at every row gives."""
    every = everything(shop)
    for needs in (("dullness",), ("dullness", "dryness"), ("dullness", "dryness", "acne")):
        for flags in ((), ("vegan",)):
            for stock in (None, True, False):
                query = ProductQuery(concerns=needs, flags=flags, in_stock=stock, limit=ALL)
                wanted = [
                    view for view in every
                    if set(needs) & set(view.concerns) and set(flags) <= set(view.flags) and stock in (None, view.in_stock)
                ]
                wanted.sort(key=lambda view: (not view.in_stock, -len(set(needs) & set(view.concerns))))
                assert found(shop, query) == wanted
                by_price = [view.price_min for view in found(shop, replace(query, sort="price"))]
                assert by_price == sorted(view.price_min for view in wanted)
                with shop.session() as session:
                    assert ProductRepository(session).count(query) == len(wanted)


def test_dearest_size_first_within_bounds(shop: Database) -> None:
    with shop.session() as session:
        repository = ProductRepository(session)
        everything = repository.search(ProductQuery(limit=500))
        highest = max(one.price_max for one in everything)
        assert repository.search(ProductQuery(sort="dearest", limit=1))[0].price_max == highest
        found = repository.search(ProductQuery(sort="dearest", min_price=1500, max_price=2500, limit=500))
    assert {one.handle for one in found} == {one.handle for one in everything if 1500 <= one.price_min <= 2500}
    assert [one.price_max for one in found] == sorted((one.price_max for one in found), reverse=True)


def test_count_of_one_token_is_known_without_a_search(shop: Database) -> None:
    with shop.session() as session:
        repository = ProductRepository(session)
        for query in (ProductQuery(), ProductQuery(product_type="serum"), ProductQuery(brands=("Narusol",))):
            assert repository.count(query) == len(repository.search(replace(query, limit=500)))


def test_a_search_is_made_anew_when_the_catalogue_changed(sample: Database) -> None:
    wanted = ProductQuery(product_type="serum", limit=500)
    with sample.session() as session:
        before = ProductRepository(session).search(wanted)
    with sample.session() as session, session.begin():
        session.execute(text("UPDATE product SET title = 'Changed' WHERE handle = :handle"), {"handle": before[0].handle})
        renew_version(session)
    with sample.session() as session:
        assert "Changed" in [one.title for one in ProductRepository(session).search(wanted)]


def test_a_kind_told_by_the_title_is_found_as_if_the_shop_had_filed_it(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "titles.csv"
    path.write_text("title,price\nDew Ampoule,20.00\nDew Cream,20.00\n", encoding="utf-8")
    import_file(database, path)
    with database.session() as session:
        repository = ProductRepository(session)
        assert [one.title for one in repository.search(ProductQuery(product_type="ampoule"))] == ["Dew Ampoule"]
        assert repository.types() == ["ampoule", "moisturizer"]
