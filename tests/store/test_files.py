"""Files as shops save them: packed, in other encodings, below a title, in other languages, from other shop programs."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.store.database import Database
from bot.store.importers.base import CatalogueFileError
from bot.store.importers.importing import import_file
from tests.store.cases import CASES, on_sale, only, take


@pytest.mark.parametrize(
    ("name", "title", "notice"),
    [
        ("01_woo_bom.csv", "Dew Serum", ""),
        ("03_mac_cr_only.csv", "", ""),
        ("04_utf16.csv", "Crème Dew", "UTF-16"),
        ("05_windows1252.csv", "Crème Dew Sérum", "Windows-1252"),
        ("06_excel_semicolon_decimal_comma.csv", "Dew Serum", ""),
        ("07_sep_line.csv", "Dew Serum", ""),
        ("08_title_line_above_header.csv", "Dew Serum", ""),
        ("09_pandas_index.csv", "Dew Serum", "without a name"),
        ("10_export.csv.gz", "", ""),
        ("11_export.zip", "", "zip"),
        ("48_entities.csv", "Peach & Lily ’Glass’ Serum", ""),
        ("51_title_newline.csv", "Dew Serum", ""),
        ("54_extra_cells.csv", "Dew Serum", ""),
        ("86_google_quote_begins_title.tsv", '"Glow" Serum', ""),
        ("88_google_latin1.xml", "Crème Dew", ""),
        ("89b_google.xml.gz", "", ""),
        ("89d_google_csv_comma.csv", "Dew Serum", ""),
        ("89e_meta_facebook_catalog.csv", "Dew Serum", ""),
        ("90_plain_name.csv", "Dew Serum", ""),
    ],
)
def test_files_are_read(database: Database, name: str, title: str, notice: str) -> None:
    report = take(database, name)
    found = on_sale(database)
    assert found and report.refused == []
    assert not title or title in {view.title for view in found.values()}
    assert any(notice in one for one in report.notices) if notice else True


def test_korean_headers_and_encoding(database: Database) -> None:
    report = take(database, "05b_euckr.csv", currency="KRW")
    assert (only(database).title, only(database).price_min) == ("이슬 세럼", 18000)
    assert any("EUC-KR" in one for one in report.notices)


def test_korean_headers(database: Database) -> None:
    take(database, "91_plain_korean.csv", currency="KRW")
    assert (only(database).title, only(database).brand, only(database).stock) == ("이슬 앰플", "미라", 5)


@pytest.mark.parametrize("name", ["70_woo_de.csv", "71_woo_es.csv", "72_woo_fr.csv"])
def test_woocommerce_in_other_languages(database: Database, name: str) -> None:
    report = take(database, name)
    assert (report.kind, only(database).price_min, only(database).stock) == ("WooCommerce's product CSV", 2050, 5)


@pytest.mark.parametrize(
    ("name", "sizes", "stock", "kind"),
    [
        ("93_magento.csv", ("",), 5, "serum"),
        ("94_prestashop.csv", ("",), 5, "serum"),
        ("95_wix.csv", ("",), None, "serum"),
        ("96_squarespace.csv", ("30 ml", "50 ml"), 5, "serum"),
        ("97_bigcommerce.csv", ("",), 5, "serum"),
        ("98_amazon_flat.txt", ("",), 5, "serum"),
        ("99_etsy.csv", ("",), 5, "serum"),
        ("99b_square.csv", ("",), 5, "serum"),
    ],
)
def test_other_shop_programs(database: Database, name: str, sizes: tuple[str, ...], stock: int | None, kind: str) -> None:
    take(database, name)
    found = only(database)
    assert (tuple(one.size for one in found.variants), found.stock, found.kind) == (sizes, stock, kind)
    assert (found.title, found.price_min, found.in_stock) == ("Dew Serum", 2000, True)


def test_a_workbook(database: Database, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["title", "price", "stock"], ["Dew Serum", 20.5, 5]):
        book.active.append(row)
    book.save(tmp_path / "mine.xlsx")
    report = import_file(database, tmp_path / "mine.xlsx")
    assert (only(database).price_min, only(database).stock) == (2050, 5)
    assert any("workbook" in one for one in report.notices)


def test_what_is_too_large_unpacked_is_refused(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.importers.opening.MOST_UNPACKED", 1000)
    packed = tmp_path / "big.csv.gz"
    packed.write_bytes(gzip.compress(b"title,price\n" + b"Dew,1\n" * 1000))
    with pytest.raises(CatalogueFileError, match="larger than"):
        import_file(database, packed)
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", "title,price\n")
        archive.writestr("b.csv", "title,price\n")
    with pytest.raises(CatalogueFileError, match="2 tables"):
        import_file(database, tmp_path / "two.zip")


def test_a_file_cut_off_in_the_middle_of_a_row(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_text("title,price,stock,brand\nDew,1,2,Mira\nFern,2,3,Mira\nMoss,3", encoding="utf-8")
    with pytest.raises(CatalogueFileError, match="cut off in line 4"):
        import_file(database, path)


def test_a_raw_ampersand_is_named(database: Database) -> None:
    with pytest.raises(CatalogueFileError, match=r"'&' in line 1.*&amp;"):
        take(database, "87_google_raw_ampersand.xml")


def test_long_bodies_are_cut_and_said(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    picture = "data:image/png;base64," + "A" * 80_000
    path.write_text(f'title,price,description\nDew,1,{"soft " * 20_000}\nFern,2,"<p>Nice.</p><img src=""{picture}"">"\n', encoding="utf-8")
    report = import_file(database, path)
    assert sorted(view.title for view in on_sale(database).values()) == ["Dew", "Fern"]
    assert [one for one in report.notices if "was cut" in one] and on_sale(database)["fern"].description == "Nice."


def test_tables_are_readable(database: Database) -> None:
    take(database, "49_html_table.csv")
    assert only(database).description == "Size: 50ml\nSkin: Oily\nBoldly gentle"


def test_the_first_option_may_be_empty(database: Database) -> None:
    take(database, "30_first_option_empty.csv")
    assert [one.size for one in only(database).variants] == ["one size", "30 ml", "50 ml"]


def test_commas_in_pictures_and_attributes(database: Database) -> None:
    take(database, "74_woo_image_comma.csv")
    image = only(database).image
    assert image and image.src == "https://x.example/123_High,_London.jpg"


def test_an_escaped_comma_in_an_attribute(database: Database) -> None:
    take(database, "75_woo_attr_comma.csv")
    assert only(database).sizes == ("1,2 ml",)


def test_links_of_feeds(database: Database) -> None:
    take(database, "81_google_shopify_variant_links.tsv")
    assert [(one.size, one.price) for one in only(database).variants] == [("30 ml", 2000), ("50 ml", 3000)]


def test_links_of_one_script(database: Database) -> None:
    take(database, "82_google_query_links.tsv")
    assert sorted(on_sale(database)) == ["serum-1", "serum-2", "serum-3"]
    assert on_sale(database)["serum-1"].url.endswith("product_id=1")


def test_colours_are_an_option(database: Database) -> None:
    take(database, "85_google_color_shades.tsv")
    assert only(database).sizes == ("3 g / Rose", "3 g / Coral")


def test_a_parent_item_is_no_size(database: Database) -> None:
    take(database, "89c_google_parent_item.xml")
    assert (only(database).title, [one.sku for one in only(database).variants]) == ("Dew Serum", ["P-30"])


def test_columns_as_the_owner_says(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Was,Kostet,Farbe\nDew Serum,20.00,blau\n", encoding="utf-8")
    with pytest.raises(CatalogueFileError, match="--map title="):
        import_file(database, path)
    report = import_file(database, path, columns={"title": "Was", "price": "Kostet"})
    assert only(database).title == "Dew Serum" and "columns that are not read: farbe" in report.notices
    with pytest.raises(CatalogueFileError, match="no column 'Preis'"):
        import_file(database, path, columns={"title": "Was", "price": "Preis"})
    with pytest.raises(CatalogueFileError, match="there is no 'prize'"):
        import_file(database, path, columns={"prize": "Kostet"})


def test_every_case_is_a_file_that_is_read_or_refused_in_words(database: Database) -> None:
    """Nothing but a message for its owner comes out of any of the files."""
    for path in sorted(CASES.glob("*.*")):
        try:
            import_file(database, path)
        except CatalogueFileError as error:
            assert str(error).strip(), path.name


def test_a_feed_names_a_product_of_several_sizes_without_them(database: Database, tmp_path: Path) -> None:
    rows = [
        "id,title,description,availability,price,link,brand,item_group_id,size,color,quantity_to_sell_on_facebook",
        "a,[TESTARI] Moss Serum 30 ml (이끼 세럼),Soft.,in stock,24.00 USD,https://x.example/m?v=0,Testari,g1,30 ml,,8",
        "b,[TESTARI] Moss Serum 50 ml (이끼 세럼),Soft.,in stock,36.00 USD,https://x.example/m?v=1,Testari,g1,50 ml,,3",
        "c,Fern Tint (Coral) 4 g,Red.,out of stock,9.00 USD,https://x.example/f?v=0,Testari,g2,4 g,Coral,0",
        "d,Fern Tint (Plum) 4 g,Red.,in stock,9.00 USD,https://x.example/f?v=1,Testari,g2,4 g,Plum,5",
        "e,Birch Mist 100 ml,Mild.,in stock,9.00 USD,https://x.example/b,Testari,,100 ml,,6",
    ]
    file = tmp_path / "meta.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    import_file(database, file)
    found = sorted(on_sale(database).values(), key=lambda one: one.title)
    assert [one.title for one in found] == ["Birch Mist 100 ml", "Fern Tint", "[TESTARI] Moss Serum (이끼 세럼)"]
    assert [one.stock for one in found] == [6, 5, 11]
    assert found[1].sizes == ("4 g / Coral", "4 g / Plum")
