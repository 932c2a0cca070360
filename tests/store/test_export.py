"""Export, import, export gives the same file, whatever the catalogue holds."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store.database import Database
from bot.store.exporters import Format, export_catalogue
from bot.store.importers.base import CatalogueFileError
from bot.store.importers.importing import import_file
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView
from tests.store.conftest import WriteCsv, product, size, with_tables

FORMATS: tuple[Format, ...] = ("plain", "shopify")
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


def everything(database: Database) -> list[ProductView]:
    with database.session() as session:
        return ProductRepository(session).search(ProductQuery(limit=1000))


def told(view: ProductView) -> tuple[object, ...]:
    """What a file can tell of a product."""
    return (
        view.handle, view.title, view.brand, view.product_type_text, view.description, view.image, view.variants,
        view.ingredients, view.concerns, view.skin_types, view.flags,
    )


def fresh(folder: Path, name: str) -> Database:
    url = f"sqlite:///{folder / name}"
    with_tables(url)
    return Database(url)


@pytest.mark.parametrize("form", FORMATS)
def test_sample_shop_survives(sample: Database, tmp_path: Path, form: Format) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    assert export_catalogue(sample, first, form, "USD") == len(everything(sample))
    assert len(import_file(sample, first).unchanged) == len(everything(sample))
    other = fresh(tmp_path, "other.db")
    assert import_file(other, first).refused == []
    export_catalogue(other, second, form, "USD")
    assert first.read_bytes() == second.read_bytes()
    assert [told(view) for view in everything(other)] == [told(view) for view in everything(sample)]
    other.dispose()


@pytest.mark.parametrize("form", FORMATS)
def test_odd_products_survive(database: Database, tmp_path: Path, write_csv: WriteCsv, form: Format) -> None:
    """Archived, without SKU, without label, with pictures beyond its sizes, with markup in plain words, in Korean."""
    path = write_csv(
        product("a", Status="archived", Image_Src="/a.jpg", Image_Alt_Text="A, \"quoted\""),
        {"Handle": "a", "Image Src": "/b.jpg", "Image Position": "2"},
        product("b", Variant_SKU="", Variant_Inventory_Qty="", Variant_Inventory_Policy="continue"),
        size("b", "300 ml", "", "30.50", "0"),
        product("c", **{"Body_(HTML)": "pH &lt;5 &amp;amp; &lt;b&gt;bold&lt;/b&gt;<p>two</p>", "Vendor": "", "Type": ""}),
        product("d", Title="하늘이슬 달맞이 앰플 30ml", Option1_Value="", **{"Body_(HTML)": "전성분: 정제수, 글리세린"}),
    )
    assert import_file(database, path).refused == []
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    export_catalogue(database, first, form, "USD")
    other = fresh(tmp_path, "other.db")
    assert import_file(other, first).refused == []
    export_catalogue(other, second, form, "USD")
    assert first.read_text(encoding="utf-8") == second.read_text(encoding="utf-8")
    assert [told(view) for view in everything(other)] == [told(view) for view in everything(database)]
    other.dispose()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries({"Title": TEXT, "Vendor": TEXT, "Body (HTML)": TEXT, "Tags": TEXT, "Type": TEXT}), min_size=1, max_size=4))
def test_any_text_survives(tmp_path: Path, write_csv: WriteCsv, rows: list[dict[str, str]]) -> None:
    source = write_csv(product("whole"), *(product(f"p{number}") | row for number, row in enumerate(rows)))
    for form in FORMATS:
        first, second = tmp_path / "first.csv", tmp_path / "second.csv"
        for path in tmp_path.glob("*.db*"):
            path.unlink()
        one, other = fresh(tmp_path, "one.db"), fresh(tmp_path, "other.db")
        import_file(one, source)
        export_catalogue(one, first, form, "USD")
        assert import_file(other, first).refused == []
        export_catalogue(other, second, form, "USD")
        assert first.read_text(encoding="utf-8") == second.read_text(encoding="utf-8")
        one.dispose()
        other.dispose()


def test_prices_without_minor_units(database: Database, tmp_path: Path, write_csv: WriteCsv) -> None:
    import_file(database, write_csv(product(Variant_Price="18000.00")), currency="KRW")
    for form in FORMATS:
        export_catalogue(database, tmp_path / "out.csv", form, "KRW")
        with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
            row = next(csv.DictReader(file))
        assert "18000" in (row.get("price"), row.get("Variant Price"))
    with pytest.raises(CatalogueFileError, match="prices in KRW"):
        export_catalogue(database, tmp_path / "other.csv", "shopify", "USD")
    assert [path.name for path in tmp_path.iterdir() if "other.csv" in path.name] == []


def test_folder_that_is_not_there(sample: Database, tmp_path: Path) -> None:
    with pytest.raises(CatalogueFileError, match="cannot be written"):
        export_catalogue(sample, tmp_path / "no" / "out.csv", "plain", "USD")
