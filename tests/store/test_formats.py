"""Each format is recognised by itself and read whole; what a file cannot tell is left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.importers.base import CatalogueFileError, ImportReport
from bot.store.importers.importing import import_file
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView
from tests.store.cases import CASES

SAMPLES = Path(__file__).parent / "samples"
WOO = "ID,Type,SKU,Name,Published,Regular price,Sale price,In stock?,Stock,Parent,Categories,Images,Description"
GOOGLE = "id\ttitle\tdescription\tlink\timage_link\tavailability\tprice\tbrand\titem_group_id\tsize\tsale_price"
FEED = '<?xml version="1.0"?>{}<rss xmlns:g="http://base.google.com/ns/1.0"><channel>{}</channel></rss>'


def everything(database: Database) -> dict[str, ProductView]:
    with database.session() as session:
        found = ProductRepository(session).search(ProductQuery(limit=1000))
    return {view.handle: view for view in found}


def read(database: Database, folder: Path, content: str, name: str = "file.csv") -> ImportReport:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return import_file(database, path)


@pytest.mark.parametrize(
    ("name", "kind", "handles"),
    [
        ("shopify_classic.csv", "Shopify's product CSV", ["hanbit-lab-ha-ampoule", "haneul-cica-serum", "byeol-vitamin-c-serum"]),
        ("shopify_new.csv", "Shopify's product CSV of 2024", ["hanbit-lab-ha-ampoule", "haneul-cica-serum", "byeol-vitamin-c-serum"]),
        ("woocommerce.csv", "WooCommerce's product CSV", ["hyaluron-rescue-ampoule", "cica-daily-serum", "morning-c-serum"]),
        ("google_merchant.tsv", "a Google or Meta product feed", ["hanbit-lab-ha-ampoule", "haneul-cica-serum", "byeol-vitamin-c-serum"]),
        ("google_merchant.xml", "a Google Merchant feed (XML)", ["hanbit-lab-ha-ampoule", "haneul-cica-serum", "byeol-vitamin-c-serum"]),
    ],
)
def test_samples_are_recognised_and_read_whole(database: Database, name: str, kind: str, handles: list[str]) -> None:
    report = import_file(database, SAMPLES / name)
    assert (report.kind, report.created, report.refused) == (kind, handles, [])
    found = everything(database)
    first = found[handles[0]]
    assert first.title == "Hyaluron Rescue Ampoule"
    assert first.product_type == "ampoule"
    assert first.price_min == 2400 and first.in_stock
    assert "dropper bottle" in first.description and "INGREDIENTS" not in first.description.upper()
    assert found[handles[2]].price_min == 2600
    if "google" not in name:
        assert first.inci[:2] == ("AQUA", "GLYCERIN") and "1,2-HEXANEDIOL" in first.inci
    if "woo" in name or "classic" in name:
        assert (first.price_max, len(first.variants)) == (4400, 2)
    again = import_file(database, SAMPLES / name)
    assert (again.created, again.updated, again.unchanged) == ([], [], handles)


def test_woocommerce_variations_find_their_parent_wherever_it_stands(database: Database, tmp_path: Path) -> None:
    rows = [
        "3,variation,M-50,Moss - 50,1,44,,1,,id:1,,,",
        "1,variable,,Moss Serum,1,,,1,,,Skincare > Serums,,\"Soft.\\nIngredients: Water, Glycerin\"",
        "9,simple,F-1,Fern,1,10,,0,,,,,",
        "2,variation,M-30,Moss - 30,1,30,24,1,7,id:1,,,",
        "4,variation,X-1,Lost,1,5,,1,,nobody,,,",
        "5,grouped,G-1,All,1,,,1,,,,,",
    ]
    report = read(database, tmp_path, "\n".join([WOO, *rows]))
    assert report.created == ["moss-serum", "fern"]
    assert [(row.line, row.reason.split(";")[0]) for row in report.refused] == [
        (6, "its parent 'nobody' is not in the file"),
        (7, "a grouped product has no price of its own"),
    ]
    moss = everything(database)["moss-serum"]
    assert [(one.sku, one.price, one.compare_at_price, one.stock) for one in moss.variants] == [
        ("M-50", 4400, None, None), ("M-30", 2400, 3000, 7),
    ]
    assert (moss.product_type, moss.description, moss.ingredients) == ("serum", "Soft.", ("Water", "Glycerin"))
    assert not everything(database)["fern"].in_stock


def test_google_items_of_a_group_are_sizes_of_one_product(database: Database, tmp_path: Path) -> None:
    rows = [
        "A-30\tMoss Serum\tSoft.\thttps://x.example/p/moss\thttps://x.example/a.jpg\tin_stock\t24.00 USD\tTestari\tG1\t30 ml\t",
        "F-1\tFern\tMild.\thttps://x.example/p/fern?v=2\thttps://x.example/f.jpg\tout of stock\t18000 KRW\tTestari\t\t\t",
        "A-50\tMoss Serum 50\tSoft.\thttps://x.example/p/moss\thttps://x.example/b.jpg\tpreorder\tUSD 36.00\tTestari\tG1\t50 ml\t30.00 USD",
        "B-1\tBad\tNo.\thttps://x.example/p/bad\thttps://x.example/c.jpg\tin_stock\tcheap\tTestari\t\t\t",
    ]
    report = read(database, tmp_path, "\n".join([GOOGLE, *rows]), "feed.tsv")
    assert report.created == ["moss", "fern"]
    assert [(row.line, "not a number" in row.reason) for row in report.refused] == [(5, True)]
    moss, fern = everything(database)["moss"], everything(database)["fern"]
    assert [(one.size, one.price, one.compare_at_price, one.in_stock) for one in moss.variants] == [
        ("30 ml", 2400, None, True), ("50 ml", 3000, 3600, True),
    ]
    assert (fern.price_min, fern.currency, fern.in_stock, moss.url) == (18000, "KRW", False, "https://x.example/p/moss")


def test_feed_over_a_full_catalogue_keeps_what_it_cannot_tell(database: Database) -> None:
    import_file(database, SAMPLES / "woocommerce.csv")
    before = everything(database)["hyaluron-rescue-ampoule"]
    report = import_file(database, SAMPLES / "google_merchant.tsv")
    assert (report.created, len(report.unchanged)) == ([], 3)
    assert everything(database)["hyaluron-rescue-ampoule"] == before


def test_price_in_a_feed_reaches_the_product_of_that_sku(database: Database, tmp_path: Path) -> None:
    import_file(database, SAMPLES / "woocommerce.csv")
    before = everything(database)["hyaluron-rescue-ampoule"]
    content = (SAMPLES / "google_merchant.tsv").read_text(encoding="utf-8").replace("24.00 USD", "21.00 USD")
    assert read(database, tmp_path, content, "feed.tsv").updated == ["hyaluron-rescue-ampoule"]
    after = everything(database)["hyaluron-rescue-ampoule"]
    assert (after.price_min, after.ingredients, after.title, after.stock) == (2100, before.ingredients, before.title, before.stock)
    assert len(after.variants) == len(before.variants)


@pytest.mark.parametrize(("told", "kept"), [("shopify_US_11_42", "shopify_US_11_42"), ("D1", None)])
def test_shopifys_feed_adds_the_numbers_that_its_file_lacks(database: Database, tmp_path: Path, told: str, kept: str | None) -> None:
    shopify = CASES / "57_shopify_2024_min.csv"
    import_file(database, shopify)
    feed = f"{GOOGLE}\n{told}\tDew Serum\tNice\thttps://x.example/products/dew-serum?variant=42\t\tin_stock\t19.00 USD\tMira\t11\t30 ml\t\n"
    assert read(database, tmp_path, feed, "feed.tsv").updated == ["dew-serum"]
    import_file(database, shopify)
    sizes = everything(database)["dew-serum"].variants
    assert [(one.size, one.sku, one.shop_id) for one in sizes] == [("30 ml", "D1", kept), ("50 ml", "D2", None)]


def test_plain_list_needs_no_more_than_title_and_price(database: Database, tmp_path: Path) -> None:
    report = read(database, tmp_path, "title;price\nMoss Toner 150 ml;18.00\nFern Toner;\n")
    assert report.created == ["moss-toner-150-ml"]
    assert "price is missing" in report.refused[0].reason
    assert everything(database)["moss-toner-150-ml"].sizes == ("150 ml",)


def test_columns_that_a_file_lacks_are_left_as_they_were(database: Database, tmp_path: Path) -> None:
    import_file(database, SAMPLES / "shopify_new.csv")
    before = everything(database)["haneul-cica-serum"]
    assert read(database, tmp_path, "handle,title,sku,size,price,stock\nhaneul-cica-serum,Cica Daily Serum,HNG-SER-30,30 ml,17.00,9\n").updated == ["haneul-cica-serum"]
    after = everything(database)["haneul-cica-serum"]
    assert (after.price_min, after.stock) == (1700, 9)
    for name in ("brand", "product_type", "description", "ingredients", "concerns", "image", "flags"):
        assert getattr(after, name) == getattr(before, name), name


def test_xml_with_entities_or_document_type_is_refused(database: Database, tmp_path: Path) -> None:
    bomb = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>"
    spy = "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
    for head, text in ((bomb, "&b;"), (spy, "&a;"), ("<!DOCTYPE r>", "x")):
        item = f"<item><g:id>1</g:id><title>{text}</title><link>https://x.example/p/a</link><g:price>1 USD</g:price></item>"
        with pytest.raises(CatalogueFileError, match="document type or entities"):
            read(database, tmp_path, FEED.format(head, item), "feed.xml")
    assert everything(database) == {}


def test_feed_that_was_cut_off_changes_nothing(database: Database, tmp_path: Path) -> None:
    item = "<item><g:id>{0}</g:id><title>T {0}</title><link>https://x.example/p/{0}</link><g:price>1 USD</g:price></item>"
    whole = FEED.format("", "".join(item.format(number) for number in range(50)))
    with pytest.raises(CatalogueFileError, match="cut off"):
        read(database, tmp_path, whole[:-200], "feed.xml")
    assert everything(database) == {}
    assert len(read(database, tmp_path, whole, "feed.xml").created) == 50


def test_html_is_cleaned_in_every_format(database: Database, tmp_path: Path) -> None:
    body = '"<style>p{}</style><p>Soft &amp; mild.</p><script>alert(1)</script><ul><li>One</li></ul><p><b>Ingredients:</b> Water, Glycerin</p>"'
    read(database, tmp_path, f"title,price,description\nMoss,18,{body}\n")
    moss = everything(database)["moss"]
    assert (moss.description, moss.ingredients) == ("Soft & mild.\nOne", ("Water", "Glycerin"))
