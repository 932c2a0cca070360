"""What an import creates, updates and leaves alone."""

from __future__ import annotations

import pytest
from sqlalchemy import event, func, select

from bot.store.database import Database, catalogue_version
from bot.store.importers.importing import import_file
from bot.store.models import Image, Product, Variant
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView
from tests.store.conftest import SAMPLE, WriteCsv, product, size


def shown(database: Database, handle: str = "moss-toner") -> ProductView:
    with database.session() as session:
        view = ProductRepository(session).by_handle(handle)
    assert view is not None
    return view


def test_sample_shop_goes_in_whole(database: Database) -> None:
    report = import_file(database, SAMPLE)
    assert report.refused == []
    assert len(report.created) >= 66
    with database.session() as session:
        assert ProductRepository(session).count() == len(report.created)


def test_second_import_writes_nothing(sample: Database) -> None:
    with sample.session() as session:
        before = catalogue_version(session)
        times = session.execute(select(Product.handle, Product.updated_at)).all()
    statements: list[str] = []
    event.listen(sample.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    report = import_file(sample, SAMPLE)
    writes = [one for one in statements if one.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == []
    assert (report.created, report.updated, report.refused) == ([], [], [])
    assert sorted(report.unchanged) == sorted(row.handle for row in times)
    with sample.session() as session:
        assert catalogue_version(session) == before
        assert session.execute(select(Product.handle, Product.updated_at)).all() == times


def test_product_is_read_in_full(database: Database, write_csv: WriteCsv) -> None:
    path = write_csv(
        product(
            Variant_Compare_At_Price="20.00",
            Image_Src="https://shop.example/a.jpg",
            Image_Position="1",
            Image_Alt_Text="Bottle",
        ),
        size("moss-toner", "300 ml", "MOSS-300", "30.50", "0"),
        {"Handle": "moss-toner", "Image Src": "/b.jpg", "Image Position": "2"},
    )
    assert import_file(database, path).created == ["moss-toner"]
    view = shown(database)
    assert (view.title, view.brand, view.product_type, view.product_type_text) == (
        "Moss Toner",
        "Testari",
        "toner",
        "Toner",
    )
    assert view.description == "A mild toner."
    assert view.ingredients == ("Water", "Glycerin", "1,2-Hexanediol")
    assert view.inci == ("AQUA", "GLYCERIN", "1,2-HEXANEDIOL")
    assert (view.concerns, view.skin_types, view.flags) == (("dryness",), ("dry",), ("vegan",))
    assert (view.price_min, view.price_max, view.currency) == (1800, 3050, "USD")
    assert (view.in_stock, view.stock, view.sizes) == (True, 5, ("150 ml", "300 ml"))
    small, large = view.variants
    assert (small.amount, small.unit, small.compare_at_price) == (150.0, "ml", 2000)
    assert (large.sku, large.stock, large.in_stock) == ("MOSS-300", 0, False)
    assert view.image is not None and view.image.alt == "Bottle"
    assert view.url == "/products/moss-toner"


def test_changed_product_alone_is_updated(database: Database, write_csv: WriteCsv) -> None:
    import_file(database, write_csv(product(), product("fern-toner")))
    report = import_file(database, write_csv(product(Variant_Price="19.00"), product("fern-toner")))
    assert (report.updated, report.unchanged) == (["moss-toner"], ["fern-toner"])
    assert shown(database).price_min == 1900


@pytest.mark.parametrize(
    "cells",
    [
        {"Title": "Moss Toner 2"},
        {"Vendor": "Other"},
        {"Type": "Essence"},
        {"Tags": "concern:dullness"},
        {"Body (HTML)": "<p>A mild toner.</p><p>Ingredients: Water, 1,2-Hexanediol, Glycerin</p>"},
        {"Body (HTML)": "<p>A mild toner.</p>"},
        {"Variant Inventory Qty": "4"},
        {"Variant Inventory Policy": "continue"},
        {"Option1 Value": "140 ml"},
        {"Image Src": "/new.jpg"},
        {"Status": "archived"},
    ],
)
def test_every_kind_of_change_is_noticed_once(
    database: Database, write_csv: WriteCsv, cells: dict[str, str]
) -> None:
    import_file(database, write_csv(product()))
    changed = write_csv(product() | cells)
    assert import_file(database, changed).updated == ["moss-toner"]
    assert import_file(database, changed).unchanged == ["moss-toner"]


def test_what_the_file_drops_from_a_product_is_removed(database: Database, write_csv: WriteCsv) -> None:
    rows = (product(Image_Src="/a.jpg"), size("moss-toner", "300 ml", "MOSS-300", "30.00"))
    import_file(database, write_csv(*rows))
    import_file(database, write_csv(product(**{"Body_(HTML)": "<p>Plain.</p>"})))
    with database.session() as session:
        counts = [session.execute(select(func.count()).select_from(model)).scalar_one() for model in OWNED]
    assert counts == [1, 0]
    assert shown(database).ingredients == ()


def test_the_moment_a_sold_out_product_comes_back_is_kept(database: Database, write_csv: WriteCsv) -> None:
    stocks = ["5", "0", "0", "3", "4"]
    came_back = []
    for stock in stocks:
        import_file(database, write_csv(product(Variant_Inventory_Qty=stock)))
        came_back.append(shown(database).restocked_at)
    assert came_back[:3] == [None, None, None]
    assert came_back[3] is not None and came_back[3] >= shown(database).added_at
    assert came_back[4] == came_back[3]
    with database.session() as session:
        back = ProductRepository(session).search(ProductQuery(sort="restocked"))
    assert [view.handle for view in back] == ["moss-toner"]


def test_products_missing_from_the_file_stay(database: Database, write_csv: WriteCsv) -> None:
    import_file(database, write_csv(product(), product("fern-toner")))
    import_file(database, write_csv(product("fern-toner")))
    assert shown(database).title == "Moss Toner"


def test_archived_draft_and_unpublished_products_are_not_shown(
    database: Database, write_csv: WriteCsv
) -> None:
    path = write_csv(
        product("a", Status="archived"),
        product("b", Status="draft"),
        product("c", Published="FALSE"),
        product("d"),
    )
    assert len(import_file(database, path).created) == 4
    with database.session() as session:
        repository = ProductRepository(session)
        assert repository.count() == 1
        assert repository.by_handle("a") is None
        assert repository.by_sku("SKU-b") is None


def test_one_ingredient_has_one_inci_name(database: Database, write_csv: WriteCsv) -> None:
    labels = ("Aqua/Water/Eau, Glycerin*", "WATER, Glycerin (vegetable)", "정제수, GLYCERIN 5%")
    rows = (product(f"p{n}", **{"Body_(HTML)": f"Ingredients: {label}"}) for n, label in enumerate(labels))
    import_file(database, write_csv(*rows))
    assert [shown(database, f"p{n}").inci for n in range(3)] == [("AQUA", "GLYCERIN")] * 3
    assert shown(database, "p0").ingredients[0] == "Aqua/Water/Eau"


def test_metafield_column_gives_the_ingredients(database: Database, write_csv: WriteCsv) -> None:
    column = "Ingredients (product.metafields.custom.ingredients)"
    import_file(database, write_csv(product() | {column: "Water, Panthenol"}))
    assert shown(database).ingredients == ("Water", "Panthenol")


def test_variants_without_sku_are_known_by_size(database: Database, write_csv: WriteCsv) -> None:
    path = write_csv(product(Variant_SKU=""), size("moss-toner", "300 ml", "", "30.00"))
    import_file(database, path)
    assert import_file(database, path).unchanged == ["moss-toner"]
    import_file(database, write_csv(product(Variant_SKU="NEW"), size("moss-toner", "300 ml", "", "31.00")))
    assert [variant.sku for variant in shown(database).variants] == ["NEW", None]


def test_uncounted_and_oversold_stock(database: Database, write_csv: WriteCsv) -> None:
    path = write_csv(
        product("uncounted", Variant_Inventory_Qty=""),
        product("oversold", Variant_Inventory_Qty="-3"),
        product("backorder", Variant_Inventory_Qty="0", Variant_Inventory_Policy="continue"),
    )
    assert import_file(database, path).refused == []
    assert [(shown(database, one).stock, shown(database, one).in_stock) for one in STOCKED] == [
        (None, True),
        (0, False),
        (0, True),
    ]


def test_currency_without_decimals(database: Database, write_csv: WriteCsv) -> None:
    import_file(database, write_csv(product(Variant_Price="18000")), currency="KRW")
    assert (shown(database).price_min, shown(database).currency) == (18000, "KRW")
    assert import_file(database, write_csv(product(Variant_Price="18000.50")), currency="KRW").notices
    assert shown(database).price_min == 18001
    with pytest.raises(ValueError, match="ISO 4217"):
        import_file(database, SAMPLE, currency="Dollars")


def test_progress_ends_at_the_size_of_the_file(database: Database) -> None:
    told: list[tuple[int, int]] = []
    import_file(database, SAMPLE, progress=lambda done, total: told.append((done, total)))
    total = SAMPLE.stat().st_size
    assert told[-1] == (total, total)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_byte_order_mark_and_windows_line_ends(database: Database, write_csv: WriteCsv) -> None:
    path = write_csv(product())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert import_file(database, path).created == ["moss-toner"]


OWNED = (Variant, Image)
STOCKED = ("uncounted", "oversold", "backorder")
